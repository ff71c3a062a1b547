/**
 * A drawing of a part of the map that is larger than the window, made a few milliseconds a frame.
 * Until a newer one is done, the last is shown, moved and scaled to where the map is now: so the map
 * follows the hand however much there is to draw.
 */
import { toX, toY, WORLD } from "./mercator";
import { scale, type View } from "./view";

/** By how much of the window's size a sheet reaches beyond it on each side, and when it is made anew. */
const MARGIN = 0.25;
const DRIFT = MARGIN * 0.6;

export type Painting = (c: CanvasRenderingContext2D, v: View) => Generator<void, void, void>;

function surface(): CanvasRenderingContext2D {
  // Without a graphics processor (where this map is used) a canvas in main memory is the faster one.
  return document.createElement("canvas").getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
}

export class Sheet {
  private front = surface();
  private back = surface();
  private shown: View | null = null;
  private making: { view: View; steps: Generator<void, void, void> } | null = null;
  private stale = true;

  constructor(private readonly paint: Painting) {}

  /** Whether there is nothing to show yet. */
  get blank(): boolean {
    return this.shown === null;
  }

  /** What it shows has changed. */
  spoil(): void {
    this.stale = true;
  }

  /** Work on it until a moment; whether there is more to do. */
  work(now: View, until: number): boolean {
    if (this.making && Math.abs(this.making.view.zoom - now.zoom) > 0.5) this.making = null;
    if (!this.making) {
      if (!this.stale && !this.outgrown(now)) return false;
      this.begin(now);
    }
    const { view, steps } = this.making as NonNullable<typeof this.making>;
    do {
      if (steps.next().done) {
        [this.front, this.back] = [this.back, this.front];
        this.shown = view;
        this.making = null;
        return this.stale || this.outgrown(now);
      }
    } while (performance.now() < until);
    return true;
  }

  private begin(now: View): void {
    const wide: View = { ...now, w: Math.ceil(now.w * (1 + 2 * MARGIN)), h: Math.ceil(now.h * (1 + 2 * MARGIN)) };
    const ratio = devicePixelRatio || 1;
    const canvas = this.back.canvas;
    const [w, h] = [Math.round(wide.w * ratio), Math.round(wide.h * ratio)];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
    }
    this.back.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.back.globalAlpha = 1;
    this.back.clearRect(0, 0, wide.w, wide.h);
    this.stale = false;
    this.making = { view: wide, steps: this.paint(this.back, wide) };
  }

  /** Pixels of the window from the sheet's middle to the map's. */
  private moved(s: View, now: View): [number, number] {
    let dx = toX(s.lon) - toX(now.lon);
    if (dx > WORLD / 2) dx -= WORLD;
    if (dx < -WORLD / 2) dx += WORLD;
    return [dx * scale(now), (toY(s.lat) - toY(now.lat)) * scale(now)];
  }

  private outgrown(now: View): boolean {
    const s = this.shown;
    if (!s || s.zoom !== now.zoom || Math.abs(s.w - now.w * (1 + 2 * MARGIN)) > 2 || Math.abs(s.h - now.h * (1 + 2 * MARGIN)) > 2) return true;
    const [dx, dy] = this.moved(s, now);
    return Math.abs(dx) > now.w * DRIFT || Math.abs(dy) > now.h * DRIFT;
  }

  /** Show the last finished drawing where the map is now. */
  show(c: CanvasRenderingContext2D, now: View): void {
    const s = this.shown;
    if (!s) return;
    const ratio = devicePixelRatio || 1;
    const grown = scale(now) / scale(s);
    const [dx, dy] = this.moved(s, now);
    const x = Math.round((now.w / 2 + dx - (s.w / 2) * grown) * ratio);
    const y = Math.round((now.h / 2 + dy - (s.h / 2) * grown) * ratio);
    const canvas = this.front.canvas;
    if (grown === 1) c.drawImage(canvas, x, y);
    else c.drawImage(canvas, x, y, canvas.width * grown, canvas.height * grown);
  }
}
