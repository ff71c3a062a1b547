/** Lines and areas as plain numbers, cut to what is in sight before they are drawn. */
import { toX, toY } from "./mercator";
import type { Features } from "./scene";

/** Rings or lines in pixels of the world at zoom 0: x, y, x, y, …; with their bounds. */
export interface Shape { xy: Float64Array; closed: boolean; west: number; north: number; east: number; south: number }

function shape(points: GeoJSON.Position[], closed: boolean): Shape {
  const xy = new Float64Array(points.length * 2);
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  points.forEach((p, i) => {
    const x = (xy[2 * i] = toX(p[0] as number));
    const y = (xy[2 * i + 1] = toY(p[1] as number));
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  });
  return { xy, closed, west, north, east, south };
}

/** The shapes of a geometry, one list a polygon (its rings belong together), one a line. */
export function shapesOf(g: GeoJSON.Geometry | null): Shape[][] {
  switch (g?.type) {
    case "LineString": return [[shape(g.coordinates, false)]];
    case "MultiLineString": return g.coordinates.map((line) => [shape(line, false)]);
    case "Polygon": return [g.coordinates.map((ring) => shape(ring, true))];
    case "MultiPolygon": return g.coordinates.map((polygon) => polygon.map((ring) => shape(ring, true)));
    case "GeometryCollection": return g.geometries.flatMap(shapesOf);
    default: return [];
  }
}

export const shapesOfAll = (features: Features): Shape[][] => features.features.flatMap((f) => shapesOf(f.geometry));

/** How far beyond its window a shape is cut, so that the cut's own edge is never seen. */
const BEYOND = 40;

/** One side of the window: where it is, along which axis, and on which side of it one is inside. */
type Side = [at: number, axis: 0 | 1, sign: 1 | -1];

function cut(ring: ArrayLike<number>, [at, axis, sign]: Side): number[] {
  const found: number[] = [];
  const n = ring.length;
  const value = (i: number): number => ring[i] as number;
  for (let i = 0; i < n; i += 2) {
    const j = (i + 2) % n;
    const [a, b] = [(value(i + axis) - at) * sign, (value(j + axis) - at) * sign];
    if (a >= 0) found.push(value(i), value(i + 1));
    if (a >= 0 !== b >= 0) {
      const share = a / (a - b);
      found.push(value(i) + share * (value(j) - value(i)), value(i + 1) + share * (value(j + 1) - value(i + 1)));
    }
  }
  return found;
}

export interface Window { x0: number; y0: number; k: number; w: number; h: number }

export const inSight = (s: Shape, { x0, y0, k, w, h }: Window): boolean =>
  s.east * k + x0 > 0 && s.west * k + x0 < w && s.south * k + y0 > 0 && s.north * k + y0 < h;

/** Add a ring to the canvas's path, cut to the window (Sutherland and Hodgman 1974). */
function traceRing(c: CanvasRenderingContext2D, s: Shape, win: Window): void {
  const { x0, y0, k, w, h } = win;
  let ring: ArrayLike<number> = s.xy;
  const sides: [boolean, Side][] = [
    [s.west * k + x0 < -BEYOND, [(-BEYOND - x0) / k, 0, 1]], [s.east * k + x0 > w + BEYOND, [(w + BEYOND - x0) / k, 0, -1]],
    [s.north * k + y0 < -BEYOND, [(-BEYOND - y0) / k, 1, 1]], [s.south * k + y0 > h + BEYOND, [(h + BEYOND - y0) / k, 1, -1]],
  ];
  for (const [needed, side] of sides) if (needed) ring = cut(ring, side);
  let [px, py] = [NaN, NaN];
  for (let i = 0; i < ring.length; i += 2) {
    const x = (ring[i] as number) * k + x0;
    const y = (ring[i + 1] as number) * k + y0;
    if (i === 0) c.moveTo(x, y);
    else if (Math.abs(x - px) + Math.abs(y - py) < 0.6) continue;
    else c.lineTo(x, y);
    [px, py] = [x, y];
  }
  if (ring.length) c.closePath();
}

/** Add a line to the canvas's path, without the stretches out of sight; how many points it took. */
function traceLine(c: CanvasRenderingContext2D, s: Shape, { x0, y0, k, w, h }: Window): number {
  let count = 0;
  let pen = false;
  let [px, py] = [0, 0];
  for (let i = 0; i < s.xy.length; i += 2) {
    const x = (s.xy[i] as number) * k + x0;
    const y = (s.xy[i + 1] as number) * k + y0;
    if (i) {
      const out = (x < -BEYOND && px < -BEYOND) || (x > w + BEYOND && px > w + BEYOND) ||
        (y < -BEYOND && py < -BEYOND) || (y > h + BEYOND && py > h + BEYOND);
      if (out) pen = false;
      else {
        if (!pen) c.moveTo(px, py);
        c.lineTo(x, y);
        pen = true;
        count++;
      }
    }
    [px, py] = [x, y];
  }
  return count;
}

export function trace(c: CanvasRenderingContext2D, s: Shape, win: Window): number {
  if (!s.closed) return traceLine(c, s, win);
  traceRing(c, s, win);
  return s.xy.length / 2;
}
