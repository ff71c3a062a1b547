/** Where the canvas map looks: its middle, its zoom, its size in pixels of the style sheet. */
import { toLat, toLon, toX, toY, WORLD } from "./mercator";

export interface View { lon: number; lat: number; zoom: number; w: number; h: number }

export const scale = (v: View): number => 2 ** v.zoom;

/** Pixels of the window for a place, by the shorter way around the world. */
export function toScreen(v: View, lon: number, lat: number): [number, number] {
  let dx = toX(lon) - toX(v.lon);
  if (dx > WORLD / 2) dx -= WORLD;
  if (dx < -WORLD / 2) dx += WORLD;
  return [dx * scale(v) + v.w / 2, (toY(lat) - toY(v.lat)) * scale(v) + v.h / 2];
}

export function fromScreen(v: View, x: number, y: number): [number, number] {
  return [toLon(toX(v.lon) + (x - v.w / 2) / scale(v)), toLat(toY(v.lat) + (y - v.h / 2) / scale(v))];
}

/** What is added to a place's pixels of the world (times the scale) to have those of the window, for each copy of the world in sight. */
export function offsets(v: View): [number, number][] {
  const k = scale(v);
  const x0 = v.w / 2 - toX(v.lon) * k;
  const y0 = v.h / 2 - toY(v.lat) * k;
  return [-1, 0, 1].map((n) => x0 + n * WORLD * k).filter((x) => x + WORLD * k > 0 && x < v.w).map((x) => [x, y0]);
}
