/** The map without WebGL: the same scene on a plain canvas. */
import type { Ground } from "./land";
import { fitting, WORLD } from "./mercator";
import { moveByHand } from "./hand";
import { Scenery } from "./painting";
import type { ChartMap, Colours, Hearing, LayerName, Look, Picked } from "./scene";
import { Sheet } from "./sheet";
import { fromScreen, scale, toScreen, type View } from "./view";

/** Milliseconds of drawing a frame: while the map is moved by hand, and while it is still. */
const MOVING_MS = 6;
const STILL_MS = 24;
const UNDER: LayerName[] = ["coverage", "zones", "tracks"];

export function canvasMap(
  holder: HTMLElement, ground: Ground, first: [number, number, number], colours: Colours, hearing: Hearing,
): ChartMap {
  const canvas = document.createElement("canvas");
  canvas.className = "chart-canvas";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", "Map. Arrow keys move it, plus and minus zoom.");
  holder.append(canvas);
  const c = canvas.getContext("2d", { willReadFrequently: true, alpha: false }) as CanvasRenderingContext2D;
  const scenery = new Scenery(ground, colours);
  const under = new Sheet(scenery.under);
  const over = new Sheet(scenery.over);
  let [lon, lat, zoom] = first;
  let asked = 0;
  let settling = 0;

  // Asking the holder in each frame would lay the whole page out in the middle of it.
  const measured = (): [number, number] => [holder.clientWidth || 1, holder.clientHeight || 1];
  let [w, h] = measured();
  const view = (): View => ({ lon, lat, zoom, w, h });

  function draw(): void {
    asked = 0;
    const begin = performance.now();
    const v = view();
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(v.w * ratio) || canvas.height !== Math.round(v.h * ratio)) {
      canvas.width = Math.round(v.w * ratio);
      canvas.height = Math.round(v.h * ratio);
    }
    const until = begin + (settling ? MOVING_MS : STILL_MS);
    // First some ground to stand on; then what moves with the moment, so that a filter is seen at once.
    let more = false;
    for (const sheet of under.blank ? [under, over] : [over, under])
      more = (performance.now() < until ? sheet.work(v, until) : true) || more;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.fillStyle = scenery.colours.sea;
    c.fillRect(0, 0, canvas.width, canvas.height);
    under.show(c, v);
    over.show(c, v);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    focus(v);
    scaleBar(v);
    if (more) redraw();
  }

  function focus(v: View): void {
    c.strokeStyle = scenery.colours.accent;
    c.lineWidth = 2.2;
    for (const f of scenery.scene.focus.features) {
      if (f.geometry.type !== "Point") continue;
      const [x, y] = toScreen(v, f.geometry.coordinates[0] as number, f.geometry.coordinates[1] as number);
      c.beginPath();
      c.arc(x, y, 13, 0, 2 * Math.PI);
      c.stroke();
    }
  }

  function scaleBar(v: View): void {
    const perPixel = (21638.8 / WORLD / scale(v)) * Math.cos((lat * Math.PI) / 180);
    const most = perPixel * 110;
    const unit = 10 ** Math.floor(Math.log10(most));
    const told = [5, 2, 1].map((n) => n * unit).find((n) => n <= most) ?? unit;
    const length = told / perPixel;
    c.fillStyle = c.strokeStyle = scenery.colours.ink;
    c.lineWidth = 1;
    c.beginPath();
    c.moveTo(v.w - 12 - length, v.h - 16);
    c.lineTo(v.w - 12 - length, v.h - 10);
    c.lineTo(v.w - 12, v.h - 10);
    c.lineTo(v.w - 12, v.h - 16);
    c.stroke();
    c.font = "11px sans-serif";
    c.textAlign = "right";
    c.fillText(`${told} NM`, v.w - 16, v.h - 14);
  }

  const redraw = (): void => {
    if (!asked) asked = requestAnimationFrame(draw);
  };
  const look = (): Look => {
    const v = view();
    const [west, north] = fromScreen(v, 0, 0);
    const [east, south] = fromScreen(v, v.w, v.h);
    return { lon, lat, zoom, bbox: [west, south, east, north] };
  };
  const settled = (): void => {
    clearTimeout(settling);
    settling = window.setTimeout(() => {
      settling = 0;
      redraw();
      hearing.moved(look());
    }, 150);
  };
  const move = (dx: number, dy: number): void => {
    const v = view();
    [lon, lat] = fromScreen(v, v.w / 2 - dx, v.h / 2 - dy);
    lon = ((lon + 540) % 360) - 180;
    lat = Math.max(-80, Math.min(80, lat));
    redraw();
    settled();
  };
  const zoomBy = (by: number, x = view().w / 2, y = view().h / 2): void => {
    const before = fromScreen(view(), x, y);
    zoom = Math.max(0.5, Math.min(16, zoom + by));
    const [sx, sy] = toScreen(view(), ...before);
    move(x - sx, y - sy);
  };
  const nearest = (x: number, y: number): Picked | null => {
    const v = view();
    let found: Picked | null = null;
    let least = 12;
    for (const [layer, key, bias] of [["events", "id", 0], ["ships", "mmsi", 3]] as const)
      for (const f of scenery.scene[layer].features) {
        if (f.geometry.type !== "Point") continue;
        const [px, py] = toScreen(v, f.geometry.coordinates[0] as number, f.geometry.coordinates[1] as number);
        const d = Math.hypot(px - x, py - y) + bias;
        if (d < least) {
          least = d;
          found = { kind: layer === "events" ? "event" : "ship", id: String(f.properties[key]) };
        }
      }
    return found;
  };
  moveByHand(canvas, { move, zoomBy, nearest }, hearing);
  redraw();
  return {
    set: (layer, features) => {
      scenery.set(layer, features);
      if (UNDER.includes(layer)) under.spoil();
      else if (layer !== "focus") over.spoil();
      redraw();
    },
    recolour: (now) => {
      scenery.recolour(now);
      under.spoil();
      over.spoil();
      redraw();
    },
    look,
    fit: (bbox) => {
      const v = view();
      [lon, lat, zoom] = fitting(bbox, v.w, v.h);
      redraw();
      settled();
    },
    jump: (x, y, z) => {
      [lon, lat, zoom] = [x, y, z];
      redraw();
      settled();
    },
    resize: () => {
      [w, h] = measured();
      redraw();
    },
    destroy: () => canvas.remove(),
  };
}
