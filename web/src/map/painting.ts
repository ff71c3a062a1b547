/** What is on the canvas map: the ground and what lies on it, and what moves with the moment. */
import { drawEvent, drawPort, drawShip, shipColour } from "./glyphs";
import { graticule, type Ground } from "./land";
import { nameplates } from "./nameplates";
import { EMPTY, LAYERS, type Colours, type Features, type LayerName, type Scene } from "./scene";
import { inSight, shapesOf, shapesOfAll, trace, type Shape, type Window } from "./shapes";
import type { Painting } from "./sheet";
import { offsets, scale, toScreen, type View } from "./view";

interface How { fill?: string; stroke?: string; width?: number; dash?: number[]; alpha?: number }

/** Points of lines drawn at once: one path of many crossing lines takes many times longer than its parts. */
const MOST_POINTS = 200;
/** Points drawn between two looks at the clock. */
const AT_ONCE = 50;

type Box = [west: number, north: number, east: number, south: number];

/** Whether a name still has its place on the map; if so it is taken. */
function free(taken: Box[], x: number, y: number, w: number, h: number): boolean {
  if (taken.some(([west, north, east, south]) => x < east && x + w > west && y < south && y + h > north)) return false;
  taken.push([x, y, x + w, y + h]);
  return true;
}

export class Scenery {
  readonly scene = Object.fromEntries(LAYERS.map((name) => [name, EMPTY])) as Scene;
  private readonly cut = new Map<string, Shape[][]>();
  private readonly stamps = new Map<string, HTMLCanvasElement>();
  private readonly land: Shape[][];
  private readonly borders: Shape[][];
  private readonly grids = new Map<number, Shape[][]>();
  private plates = EMPTY;

  constructor(private readonly ground: Ground, public colours: Colours) {
    this.land = ground.land.features.flatMap((f) => shapesOf(f.geometry));
    this.borders = shapesOf(ground.borders);
    for (const step of [30, 10, 2]) this.grids.set(step, shapesOf(graticule(step)));
  }

  set(layer: LayerName, features: Features): void {
    this.scene[layer] = features;
    if (layer === "zones") this.plates = nameplates(features);
    for (const key of [...this.cut.keys()]) if (key.startsWith(`${layer} `)) this.cut.delete(key);
  }

  recolour(now: Colours): void {
    this.colours = now;
    this.stamps.clear();
  }

  /** Land, zones, and whole tracks: what stays while time goes on. */
  readonly under: Painting = function* (this: Scenery, c: CanvasRenderingContext2D, v: View) {
    const of = this.colours;
    c.fillStyle = of.sea;
    c.fillRect(0, 0, v.w, v.h);
    yield* this.draw(c, v, this.grids.get(v.zoom < 3 ? 30 : v.zoom < 5 ? 10 : 2) as Shape[][], { stroke: of.grid, width: 0.6 });
    for (let i = 1; i <= 5; i++) {
      const cells = this.part("coverage", `${i}`, (p) => Math.min(5, Math.floor(Number(p.heard ?? 0) * 5) + 1) === i);
      yield* this.draw(c, v, cells, { fill: of.heard, alpha: 0.07 * i });
    }
    yield* this.draw(c, v, this.part("zones", "areas", (_, g) => g.type.endsWith("Polygon")), { fill: of.zone, alpha: 0.13 });
    yield* this.draw(c, v, this.land, { fill: of.land, stroke: of.coast, width: 0.9 });
    yield* this.draw(c, v, this.borders, { stroke: of.border, width: 0.7, dash: [4, 3] });
    yield* this.draw(c, v, this.part("zones", "all", () => true), { stroke: of.zone, width: 1.6, dash: [9, 3] });
    yield* this.names(c, v);
    yield* this.lines(c, v, "tracks", 0.8, 0.3);
  }.bind(this);

  /** The reach of a ship, tails, ships and events: what goes with the moment and the filters. */
  readonly over: Painting = function* (this: Scenery, c: CanvasRenderingContext2D, v: View) {
    const of = this.colours;
    const small = v.zoom < 5 ? 0.65 : 1;
    yield* this.draw(c, v, this.part("reach", "all", () => true), { fill: of.reach, stroke: of.reach, alpha: 0.16, width: 1.2 });
    yield* this.lines(c, v, "tails", 1, 0.7);
    const taken: Box[] = [];
    yield* this.points(v, "ports", (x, y, p) => this.port(c, x, y, String(p.name ?? ""), taken));
    yield* this.points(v, "ships", (x, y, p) =>
      drawShip(c, x, y, (p.role === "other" ? 5.5 : 7.5) * small, Number(p.cog), shipColour(String(p.role), of), of.paper, p.silent === true));
    yield* this.points(v, "events", (x, y, p) => this.stamp(c, Number(p.family), x, y, (p.sense === "track" ? 4.4 : 6) * small));
  }.bind(this);

  /** The shapes of the features of a layer that a test keeps, worked out once. */
  private part(layer: LayerName, key: string, keep: (p: Features["features"][number]["properties"], g: GeoJSON.Geometry) => boolean): Shape[][] {
    const name = `${layer} ${key}`;
    let found = this.cut.get(name);
    if (!found) {
      const features = this.scene[layer].features.filter((f) => keep(f.properties, f.geometry));
      this.cut.set(name, (found = shapesOfAll({ ...EMPTY, features })));
    }
    return found;
  }

  private *draw(c: CanvasRenderingContext2D, v: View, shapes: Shape[][], how: How): Generator<void> {
    const k = scale(v);
    for (const [x0, y0] of offsets(v)) {
      const win: Window = { x0, y0, k, w: v.w, h: v.h };
      let points = 0;
      for (const rings of shapes) {
        if (!rings[0] || !inSight(rings[0], win)) continue;
        c.beginPath();
        for (const ring of rings) points += trace(c, ring, win);
        c.globalAlpha = how.alpha ?? 1;
        if (how.fill) {
          c.fillStyle = how.fill;
          c.fill("evenodd");
          c.globalAlpha = 1;
        }
        if (how.stroke) {
          c.strokeStyle = how.stroke;
          c.lineWidth = how.width ?? 1;
          c.setLineDash(how.dash ?? []);
          c.stroke();
          c.setLineDash([]);
        }
        c.globalAlpha = 1;
        if (points > AT_ONCE) {
          points = 0;
          yield;
        }
      }
    }
  }

  /** Ways of ships: those that stand out last and twice as thick, silences dashed. */
  private *lines(c: CanvasRenderingContext2D, v: View, layer: "tracks" | "tails", width: number, alpha: number): Generator<void> {
    const k = scale(v);
    for (const role of ["other", "candidate", "chosen"])
      for (const silent of [false, true]) {
        const lines = this.part(layer, `${role} ${silent}`, (p) => p.role === role && p.silent === silent);
        const begin = (): void => {
          c.globalAlpha = role === "other" ? alpha : 1;
          c.strokeStyle = shipColour(role, this.colours);
          c.lineWidth = width * (role === "other" ? 1 : 2);
          c.lineJoin = "round";
          c.setLineDash(silent ? [3, 4] : []);
          c.beginPath();
        };
        const end = (): void => {
          c.stroke();
          c.setLineDash([]);
          c.globalAlpha = 1;
        };
        for (const [x0, y0] of offsets(v)) {
          const win: Window = { x0, y0, k, w: v.w, h: v.h };
          let points = 0;
          let open = false;
          for (const [line] of lines) {
            if (!line || !inSight(line, win)) continue;
            if (!open) begin();
            open = true;
            points += trace(c, line, win);
            if (points > MOST_POINTS) {
              end();
              open = false;
              points = 0;
              yield;
            }
          }
          if (open) {
            end();
            yield;
          }
        }
      }
  }

  private *points(v: View, layer: LayerName, each: (x: number, y: number, p: Features["features"][number]["properties"]) => void): Generator<void> {
    let drawn = 0;
    for (const f of this.scene[layer].features) {
      if (f.geometry.type !== "Point") continue;
      const [x, y] = toScreen(v, f.geometry.coordinates[0] as number, f.geometry.coordinates[1] as number);
      if (x < -20 || y < -20 || x > v.w + 20 || y > v.h + 20) continue;
      each(x, y, f.properties);
      if (++drawn % AT_ONCE === 0) yield;
    }
  }

  /** An event's mark, drawn once for all of its family. */
  private stamp(c: CanvasRenderingContext2D, family: number, x: number, y: number, r: number): void {
    const ratio = devicePixelRatio || 1;
    const key = `${family} ${r} ${ratio}`;
    let found = this.stamps.get(key);
    const half = Math.ceil(r * 1.6);
    if (!found) {
      found = document.createElement("canvas");
      found.width = found.height = 2 * half * ratio;
      const own = found.getContext("2d") as CanvasRenderingContext2D;
      own.scale(ratio, ratio);
      drawEvent(own, family, half, half, r, this.colours);
      this.stamps.set(key, found);
    }
    c.drawImage(found, x - half, y - half, 2 * half, 2 * half);
  }

  private port(c: CanvasRenderingContext2D, x: number, y: number, name: string, taken: Box[]): void {
    drawPort(c, x, y, this.colours);
    c.textAlign = "left";
    if (free(taken, x + 4, y - 7, name.length * 6 + 4, 14)) this.write(c, name, x + 6, y + 4, this.colours.ink, this.colours.land, "11px sans-serif");
  }

  private write(c: CanvasRenderingContext2D, text: string, x: number, y: number, colour: string, halo: string, font: string): void {
    c.font = font;
    c.lineJoin = "round";
    c.lineWidth = 3;
    c.strokeStyle = halo;
    c.strokeText(text, x, y);
    c.fillStyle = colour;
    c.fillText(text, x, y);
  }

  private *names(c: CanvasRenderingContext2D, v: View): Generator<void> {
    const of = this.colours;
    const taken: Box[] = [];
    const near = (x: number, y: number): boolean => x > -60 && y > -20 && x < v.w + 60 && y < v.h + 20;
    for (const f of this.plates.features) {
      if (f.geometry.type !== "Point") continue;
      const [x, y] = toScreen(v, f.geometry.coordinates[0] as number, f.geometry.coordinates[1] as number);
      const wide = String(f.properties.name).length * 6;
      const over = f.properties.anchor === "bottom";
      const left = over ? x - wide / 2 : x + 7;
      if (!near(x, y) || !free(taken, left, over ? y - 18 : y - 7, wide, 14)) continue;
      c.textAlign = over ? "center" : "left";
      this.write(c, String(f.properties.name), over ? x : left, over ? y - 7 : y + 4, of.zone, of.paper, "italic 13px serif");
    }
    c.textAlign = "center";
    if (v.zoom >= 3)
      for (const f of this.ground.names.features) {
        const [x, y] = toScreen(v, f.geometry.coordinates[0] as number, f.geometry.coordinates[1] as number);
        const wide = f.properties.name.length * 8;
        if (!near(x, y) || !free(taken, x - wide / 2, y - 8, wide, 12)) continue;
        this.write(c, f.properties.name.toUpperCase(), x, y, of.faint, of.land, "11px serif");
        yield;
      }
  }
}
