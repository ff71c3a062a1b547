/** The map without WebGL: the same scene on a plain canvas. */
import { drawEvent, drawShip, shipColour } from "./glyphs";
import { graticule, type Ground } from "./land";
import { fitting, toLat, toLon, toX, toY, WORLD } from "./mercator";
import { EMPTY, LAYERS, type ChartMap, type Colours, type Features, type Hearing, type Look, type Picked, type Scene } from "./scene";

type Properties = Record<string, string | number | boolean | null>;

/** A geometry's lines and rings in pixels of the world at zoom 0. */
function trace(path: Path2D, g: GeoJSON.Geometry | null): void {
  if (!g || g.type === "Point" || g.type === "MultiPoint") return;
  if (g.type === "GeometryCollection") return g.geometries.forEach((part) => trace(path, part));
  const line = (points: GeoJSON.Position[]): void =>
    points.forEach(([lon, lat], i) => {
      const x = toX(lon as number);
      const y = toY(lat as number);
      if (i) path.lineTo(x, y);
      else path.moveTo(x, y);
    });
  if (g.type === "LineString") line(g.coordinates);
  else if (g.type === "Polygon" || g.type === "MultiLineString") g.coordinates.forEach(line);
  else g.coordinates.forEach((polygon) => polygon.forEach(line));
}

function pathOf(geometries: (GeoJSON.Geometry | null)[]): Path2D {
  const path = new Path2D();
  for (const g of geometries) trace(path, g);
  return path;
}

interface Part { path: Path2D; west: number; north: number; east: number; south: number }

/** Each polygon and line by itself with its bounds, so that what is out of sight is not drawn. */
function partsOf(geometries: GeoJSON.Geometry[]): Part[] {
  const found: Part[] = [];
  const add = (g: GeoJSON.Polygon | GeoJSON.LineString): void => {
    const ring = (g.type === "Polygon" ? g.coordinates[0] : g.coordinates) as GeoJSON.Position[];
    const xs = ring.map((p) => toX(p[0] as number));
    const ys = ring.map((p) => toY(p[1] as number));
    found.push({
      path: pathOf([g]), west: Math.min(...xs), east: Math.max(...xs), north: Math.min(...ys), south: Math.max(...ys),
    });
  };
  for (const g of geometries) {
    if (g.type === "Polygon" || g.type === "LineString") add(g);
    else if (g.type === "MultiPolygon") g.coordinates.forEach((coordinates) => add({ type: "Polygon", coordinates }));
    else if (g.type === "MultiLineString") g.coordinates.forEach((coordinates) => add({ type: "LineString", coordinates }));
    else if (g.type === "GeometryCollection") found.push(...partsOf(g.geometries));
  }
  return found;
}

/** Lines in small paths: one path of many crossing lines is drawn many times slower than its parts. */
const MOST_POINTS = 200;

function chunksOf(features: Features["features"]): Path2D[] {
  const found: Path2D[] = [];
  let path = new Path2D();
  let points = 0;
  for (const f of features) {
    const line = f.geometry.type === "LineString" ? f.geometry.coordinates : [];
    for (let i = 0; i + 1 < line.length; i += MOST_POINTS) {
      const part = line.slice(i, i + MOST_POINTS + 1);
      trace(path, { type: "LineString", coordinates: part });
      points += part.length;
      if (points >= MOST_POINTS) {
        found.push(path);
        path = new Path2D();
        points = 0;
      }
    }
  }
  found.push(path);
  return found;
}

export function canvasMap(
  holder: HTMLElement, ground: Ground, first: [number, number, number], firstColours: Colours, hearing: Hearing,
): ChartMap {
  const canvas = document.createElement("canvas");
  canvas.className = "chart-canvas";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", "Map. Arrow keys move it, plus and minus zoom.");
  holder.append(canvas);
  const c = canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
  let colours = firstColours;
  let [lon, lat, zoom] = first;
  let asked = 0;
  const scene = Object.fromEntries(LAYERS.map((name) => [name, EMPTY])) as Scene;
  const land = partsOf(ground.land.features.map((f) => f.geometry));
  const borders = partsOf([ground.borders]);
  const grids = new Map([30, 10, 2].map((step) => [step, pathOf([graticule(step)])]));
  const paths = new Map<string, Path2D>();
  const chunks = new Map<string, Path2D[]>();
  const lineChunks = (layer: "tracks" | "tails", role: string, silent: boolean): Path2D[] => {
    const name = `${layer} ${role} ${silent}`;
    let found = chunks.get(name);
    if (!found) {
      const mine = scene[layer].features.filter((f) => f.properties.role === role && f.properties.silent === silent);
      chunks.set(name, (found = chunksOf(mine)));
    }
    return found;
  };
  const linePath = (layer: string, key: string, keep: (p: Properties) => boolean): Path2D => {
    const name = `${layer} ${key}`;
    let found = paths.get(name);
    if (!found) {
      const features = scene[layer as keyof Scene].features.filter((f) => keep(f.properties));
      paths.set(name, (found = pathOf(features.map((f) => f.geometry))));
    }
    return found;
  };

  const size = (): [number, number] => [holder.clientWidth || 1, holder.clientHeight || 1];
  const scale = (): number => 2 ** zoom;
  const toScreen = (x: number, y: number): [number, number] => {
    const [w, h] = size();
    const k = scale();
    let dx = toX(x) - toX(lon);
    if (dx > WORLD / 2) dx -= WORLD;
    if (dx < -WORLD / 2) dx += WORLD;
    return [dx * k + w / 2, (toY(y) - toY(lat)) * k + h / 2];
  };
  const fromScreen = (x: number, y: number): [number, number] => {
    const [w, h] = size();
    const k = scale();
    return [toLon(toX(lon) + (x - w / 2) / k), toLat(toY(lat) + (y - h / 2) / k)];
  };

  function draw(): void {
    asked = 0;
    const [w, h] = size();
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(h * ratio)) {
      canvas.width = Math.round(w * ratio);
      canvas.height = Math.round(h * ratio);
    }
    const k = scale();
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = colours.sea;
    c.fillRect(0, 0, w, h);
    const [x0, y0] = [w / 2 - toX(lon) * k, h / 2 - toY(lat) * k];
    const worlds = [-1, 0, 1].filter((n) => x0 + (n + 1) * WORLD * k > 0 && x0 + n * WORLD * k < w);
    const paint = (path: Path2D, how: { fill?: string; stroke?: string; width?: number; dash?: number[]; alpha?: number }): void => {
      for (const n of worlds) {
        c.setTransform(ratio * k, 0, 0, ratio * k, ratio * (x0 + n * WORLD * k), ratio * y0);
        c.globalAlpha = how.alpha ?? 1;
        if (how.fill) {
          c.fillStyle = how.fill;
          c.fill(path, "evenodd");
        }
        if (how.stroke) {
          c.globalAlpha = how.fill ? 1 : (how.alpha ?? 1);
          c.strokeStyle = how.stroke;
          c.lineWidth = (how.width ?? 1) / k;
          c.setLineDash((how.dash ?? []).map((d) => d / k));
          c.stroke(path);
        }
      }
      c.globalAlpha = 1;
      c.setLineDash([]);
    };
    paint(grids.get(zoom < 3 ? 30 : zoom < 5 ? 10 : 2) as Path2D, { stroke: colours.grid, width: 0.6 });
    for (let i = 1; i <= 5; i++)
      paint(linePath("coverage", `${i}`, (p) => Math.ceil(Number(p.heard ?? 0) * 5) === i), { fill: colours.heard, alpha: 0.06 * i });
    paint(linePath("zones", "areas", () => true), { fill: colours.zone, alpha: 0.13 });
    const inView = (p: Part): boolean =>
      worlds.some((n) => p.east * k + x0 + n * WORLD * k > 0 && p.west * k + x0 + n * WORLD * k < w) && p.south * k + y0 > 0 && p.north * k + y0 < h;
    for (const p of land) if (inView(p)) paint(p.path, { fill: colours.land, stroke: colours.coast, width: 0.9 });
    for (const p of borders) if (inView(p)) paint(p.path, { stroke: colours.border, width: 0.7, dash: [4, 3] });
    paint(linePath("zones", "all", () => true), { stroke: colours.zone, width: 1.6, dash: [9, 3] });
    paint(linePath("reach", "all", () => true), { fill: colours.reach, stroke: colours.reach, alpha: 0.16 });
    for (const layer of ["tracks", "tails"] as const)
      for (const role of ["other", "candidate", "chosen"])
        for (const silent of [false, true])
          for (const path of lineChunks(layer, role, silent)) paint(path, {
            stroke: shipColour(role, colours), width: (layer === "tracks" ? 0.8 : 1.1) * (role === "other" ? 1 : 2),
            dash: silent ? [3, 4] : [], alpha: role === "other" ? (layer === "tracks" ? 0.25 : 0.7) : 1,
          });
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    names();
    const points = (features: Features, each: (x: number, y: number, p: Properties) => void): void => {
      for (const f of features.features) {
        if (f.geometry.type !== "Point") continue;
        const [x, y] = toScreen(f.geometry.coordinates[0] as number, f.geometry.coordinates[1] as number);
        if (x > -20 && y > -20 && x < w + 20 && y < h + 20) each(x, y, f.properties);
      }
    };
    const small = zoom < 5 ? 0.65 : 1;
    points(scene.ships, (x, y, p) =>
      drawShip(c, x, y, (p.role === "other" ? 5.5 : 7.5) * small, Number(p.cog), shipColour(String(p.role), colours), colours.paper, p.silent === true));
    points(scene.events, (x, y, p) => drawEvent(c, Number(p.family), x, y, (p.sense === "track" ? 4.4 : 6) * small, colours));
    points(scene.focus, (x, y) => {
      c.beginPath();
      c.arc(x, y, 13, 0, 2 * Math.PI);
      c.strokeStyle = colours.accent;
      c.lineWidth = 2.2;
      c.stroke();
    });
    scaleBar(w, h);
  }

  function names(): void {
    c.textAlign = "center";
    c.lineJoin = "round";
    const write = (text: string, x: number, y: number, colour: string, halo: string, font: string): void => {
      c.font = font;
      c.lineWidth = 3;
      c.strokeStyle = halo;
      c.strokeText(text, x, y);
      c.fillStyle = colour;
      c.fillText(text, x, y);
    };
    if (zoom >= 3)
      for (const f of ground.names.features) {
        const [x, y] = toScreen(f.geometry.coordinates[0] as number, f.geometry.coordinates[1] as number);
        write(f.properties.name.toUpperCase(), x, y, colours.faint, colours.land, "11px serif");
      }
    for (const f of scene.zones.features) {
      const g = f.geometry;
      const ring = g.type === "Polygon" ? g.coordinates[0] : g.type === "LineString" ? g.coordinates : null;
      if (!ring?.length || !f.properties.name) continue;
      const mean = (i: number): number => ring.reduce((s, p) => s + (p[i] as number), 0) / ring.length;
      const [x, y] = toScreen(mean(0), mean(1));
      write(String(f.properties.name), x, y, colours.zone, colours.sea, "italic 12px serif");
    }
  }

  function scaleBar(w: number, h: number): void {
    const perPixel = (21638.8 / WORLD / scale()) * Math.cos((lat * Math.PI) / 180);
    const most = perPixel * 110;
    const unit = 10 ** Math.floor(Math.log10(most));
    const told = [5, 2, 1].map((n) => n * unit).find((n) => n <= most) ?? unit;
    c.fillStyle = c.strokeStyle = colours.ink;
    c.lineWidth = 1;
    const length = told / perPixel;
    c.beginPath();
    c.moveTo(w - 12 - length, h - 16);
    c.lineTo(w - 12 - length, h - 10);
    c.lineTo(w - 12, h - 10);
    c.lineTo(w - 12, h - 16);
    c.stroke();
    c.font = "11px sans-serif";
    c.textAlign = "right";
    c.fillText(`${told} NM`, w - 16, h - 14);
  }

  const redraw = (): void => {
    if (!asked) asked = requestAnimationFrame(draw);
  };
  const look = (): Look => {
    const [w, h] = size();
    const [west, north] = fromScreen(0, 0);
    const [east, south] = fromScreen(w, h);
    return { lon, lat, zoom, bbox: [west, south, east, north] };
  };
  let settling = 0;
  const settled = (): void => {
    clearTimeout(settling);
    settling = window.setTimeout(() => hearing.moved(look()), 150);
  };
  const move = (dx: number, dy: number): void => {
    const [w, h] = size();
    [lon, lat] = fromScreen(w / 2 - dx, h / 2 - dy);
    lon = ((lon + 540) % 360) - 180;
    lat = Math.max(-80, Math.min(80, lat));
    redraw();
    settled();
  };
  const zoomBy = (by: number, x = size()[0] / 2, y = size()[1] / 2): void => {
    const before = fromScreen(x, y);
    zoom = Math.max(0.5, Math.min(16, zoom + by));
    const [sx, sy] = toScreen(...before);
    move(x - sx, y - sy);
  };
  const under = (x: number, y: number): Picked | null => {
    let best: { d: number; found: Picked } | null = null;
    const test = (features: Features, make: (p: Properties) => Picked, bias: number): void => {
      for (const f of features.features) {
        if (f.geometry.type !== "Point") continue;
        const [px, py] = toScreen(f.geometry.coordinates[0] as number, f.geometry.coordinates[1] as number);
        const d = Math.hypot(px - x, py - y) + bias;
        if (d < 12 && (!best || d < best.d)) best = { d, found: make(f.properties) };
      }
    };
    test(scene.events, (p) => ({ kind: "event", id: String(p.id) }), 0);
    test(scene.ships, (p) => ({ kind: "ship", id: String(p.mmsi) }), 3);
    return (best as { found: Picked } | null)?.found ?? null;
  };

  const pointers = new Map<number, [number, number]>();
  let dragged = false;
  const place = (e: PointerEvent | MouseEvent): [number, number] => {
    const r = canvas.getBoundingClientRect();
    return [e.clientX - r.left, e.clientY - r.top];
  };
  canvas.addEventListener("pointerdown", (e) => {
    canvas.setPointerCapture(e.pointerId);
    pointers.set(e.pointerId, place(e));
    dragged = false;
  });
  canvas.addEventListener("pointermove", (e) => {
    const now = place(e);
    const before = pointers.get(e.pointerId);
    if (!before) {
      const found = under(...now);
      canvas.classList.toggle("over", found !== null);
      return hearing.hovered(found);
    }
    if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== e.pointerId)?.[1] as [number, number];
      const apart = (p: [number, number]): number => Math.hypot(p[0] - other[0], p[1] - other[1]);
      zoomBy(Math.log2(apart(now) / Math.max(1, apart(before))), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    } else move(now[0] - before[0], now[1] - before[1]);
    if (Math.hypot(now[0] - before[0], now[1] - before[1]) > 2) dragged = true;
    pointers.set(e.pointerId, now);
  });
  for (const name of ["pointerup", "pointercancel"] as const) canvas.addEventListener(name, (e) => pointers.delete(e.pointerId));
  canvas.addEventListener("click", (e) => {
    if (!dragged) hearing.picked(under(...place(e)));
  });
  canvas.addEventListener("wheel", (e) => {
    e.preventDefault();
    zoomBy(-e.deltaY / 400, ...place(e));
  }, { passive: false });
  canvas.addEventListener("keydown", (e) => {
    const step = 80;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => move(step, 0), ArrowRight: () => move(-step, 0), ArrowUp: () => move(0, step),
      ArrowDown: () => move(0, -step), "+": () => zoomBy(0.5), "=": () => zoomBy(0.5), "-": () => zoomBy(-0.5),
    };
    const act = moves[e.key];
    if (act) {
      e.preventDefault();
      e.stopPropagation();
      act();
    }
  });
  redraw();
  return {
    set: (layer, features) => {
      scene[layer] = features;
      for (const known of [paths, chunks])
        for (const key of [...known.keys()]) if (key.startsWith(`${layer} `)) known.delete(key);
      redraw();
    },
    recolour: (now) => {
      colours = now;
      redraw();
    },
    look,
    fit: (bbox) => {
      [lon, lat, zoom] = fitting(bbox, ...size());
      redraw();
      settled();
    },
    jump: (x, y, z) => {
      [lon, lat, zoom] = [x, y, z];
      redraw();
      settled();
    },
    resize: redraw,
    destroy: () => canvas.remove(),
  };
}
