/** The map by MapLibre GL: no tiles, no fonts and no request but its own worker's. */
import "maplibre-gl/dist/maplibre-gl.css";
import * as gl from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { FAMILIES } from "../families";
import { drawEvent, drawPort, drawShip, image, shipColour } from "./glyphs";
import { graticule, type Ground } from "./land";
import { fitting } from "./mercator";
import { nameplates } from "./nameplates";
import { EMPTY, LAYERS, type ChartMap, type Colours, type Hearing, type Look, type Picked } from "./scene";

gl.setWorkerUrl(new URL(worker, import.meta.url).href);

type Paint = gl.AddLayerObject;
const ROLES = ["other", "candidate", "chosen"];

function layersOf(c: Colours): Paint[] {
  const silent = ["==", ["get", "silent"], true];
  const role = (name: string): unknown[] => ["==", ["get", "role"], name];
  const byRole = ["case", role("chosen"), c.accent, role("candidate"), c.families[0], c.track];
  const lines = (id: string, width: number, opacity: number): unknown[] => [
    { id: `${id}-sailed`, type: "line", source: id, filter: ["!", silent], paint: { "line-color": byRole, "line-width": ["case", role("other"), width, width * 2], "line-opacity": ["case", role("other"), opacity, 1] } },
    { id: `${id}-silent`, type: "line", source: id, filter: silent, paint: { "line-color": byRole, "line-width": ["case", role("other"), width, width * 2], "line-opacity": ["case", role("other"), opacity * 0.8, 1], "line-dasharray": [2, 3] } },
  ];
  const grid = (step: number, from: number, to: number): unknown => ({ id: `grid-${step}`, type: "line", source: `grid-${step}`, minzoom: from, maxzoom: to, paint: { "line-color": c.grid, "line-width": 0.6 } });
  const text = (id: string, source: string, size: number, colour: string, more: object): unknown => ({
    id, type: "symbol", source, ...more,
    paint: { "text-color": colour, "text-halo-color": source === "zone-names" ? c.paper : c.land, "text-halo-width": 1.4 },
    layout: { "text-field": ["get", "name"], "text-font": ["serif"], "text-size": size, "text-max-width": 8, ...(more as { layout?: object }).layout },
  });
  return [
    { id: "sea", type: "background", paint: { "background-color": c.sea } },
    grid(30, 0, 3), grid(10, 3, 5), grid(2, 5, 24),
    { id: "coverage", type: "fill", source: "coverage", paint: { "fill-color": c.heard, "fill-opacity": ["*", 0.3, ["coalesce", ["get", "heard"], 0]] } },
    { id: "zones-fill", type: "fill", source: "zones", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": c.zone, "fill-opacity": 0.13 } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": c.land } },
    { id: "coast", type: "line", source: "land", paint: { "line-color": c.coast, "line-width": 0.9 } },
    { id: "borders", type: "line", source: "borders", paint: { "line-color": c.border, "line-width": 0.7, "line-dasharray": [4, 3] } },
    text("names", "names", 12, c.faint, { minzoom: 3, layout: { "text-transform": "uppercase", "text-letter-spacing": 0.12 } }),
    { id: "zones-line", type: "line", source: "zones", paint: { "line-color": c.zone, "line-width": 1.6, "line-dasharray": [6, 2] } },
    text("zones-name", "zone-names", 13, c.zone, { layout: { "text-anchor": ["get", "anchor"], "text-max-width": 30, "text-offset": ["case", ["==", ["get", "anchor"], "left"], ["literal", [0.6, 0]], ["literal", [0, -0.4]]] } }),
    { id: "reach-fill", type: "fill", source: "reach", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": c.reach, "fill-opacity": 0.16 } },
    { id: "reach-line", type: "line", source: "reach", paint: { "line-color": c.reach, "line-width": 1.2 } },
    ...lines("tracks", 0.7, 0.25),
    ...lines("tails", 1.1, 0.7),
    { id: "ports", type: "symbol", source: "ports", layout: { "icon-image": "port", "icon-allow-overlap": true, "icon-ignore-placement": true } },
    text("ports-name", "ports", 11, c.ink, { layout: { "text-anchor": "left", "text-offset": [0.6, 0] } }),
    { id: "ships", type: "symbol", source: "ships", layout: { "icon-image": ["concat", "ship-", ["get", "role"], ["case", silent, "-silent", ""]], "icon-rotate": ["get", "cog"], "icon-rotation-alignment": "map", "icon-allow-overlap": true, "icon-ignore-placement": true, "symbol-sort-key": ["case", role("other"), 0, 1], "icon-size": ["interpolate", ["linear"], ["zoom"], 3, 0.4, 6, 0.7, 8, 1] } },
    { id: "events", type: "symbol", source: "events", filter: ["==", ["geometry-type"], "Point"], layout: { "icon-image": ["concat", "event-", ["to-string", ["get", "family"]]], "icon-allow-overlap": true, "icon-ignore-placement": true, "symbol-sort-key": ["-", 10, ["get", "family"]], "icon-size": ["interpolate", ["linear"], ["zoom"], 3, ["case", ["==", ["get", "sense"], "track"], 0.5, 0.75], 9, ["case", ["==", ["get", "sense"], "track"], 0.85, 1.15]] } },
    { id: "focus-line", type: "line", source: "focus", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": c.accent, "line-width": 2 } },
    { id: "focus", type: "circle", source: "focus", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 13, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": c.accent, "circle-stroke-width": 2.2 } },
  ] as Paint[];
}

function style(ground: Ground, c: Colours): gl.StyleSpecification {
  const empty = { type: "geojson", data: EMPTY } as const;
  const of = (features: GeoJSON.GeoJSON): unknown => ({ type: "geojson", data: features });
  return {
    version: 8,
    sources: {
      land: of(ground.land), borders: of(ground.borders), names: of(ground.names),
      "grid-30": of(graticule(30)), "grid-10": of(graticule(10)), "grid-2": of(graticule(2)),
      ...Object.fromEntries([...LAYERS, "zone-names"].map((name) => [name, empty])),
    },
    layers: layersOf(c),
  } as gl.StyleSpecification;
}

function addImages(map: gl.Map, c: Colours): void {
  const put = (name: string, pixels: ImageData): void => {
    if (map.hasImage(name)) map.removeImage(name);
    map.addImage(name, pixels, { pixelRatio: 2 });
  };
  FAMILIES.forEach((_, i) => put(`event-${i}`, image(18, (g, m) => drawEvent(g, i, m, m, 6, c))));
  put("port", image(9, (g, m) => drawPort(g, m, m, c)));
  for (const role of ROLES)
    for (const silent of [false, true])
      put(`ship-${role}${silent ? "-silent" : ""}`, image(20, (g, m) => drawShip(g, m, m, role === "other" ? 5.5 : 7.5, 0, shipColour(role, c), c.paper, silent)));
}

/** Throws where there is no WebGL. */
export async function glMap(
  holder: HTMLElement, ground: Ground, first: [number, number, number], c: Colours, hearing: Hearing,
): Promise<ChartMap> {
  const map = new gl.Map({
    container: holder, style: style(ground, c), center: [first[0], first[1]], zoom: first[2],
    attributionControl: false, dragRotate: false, pitchWithRotate: false, maxPitch: 0, maxZoom: 16,
    fadeDuration: 0, renderWorldCopies: true,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new gl.ScaleControl({ unit: "nautical" }), "bottom-right");
  map.getCanvas().setAttribute("aria-label", "Map. Arrow keys move it, plus and minus zoom.");
  await new Promise<void>((done, fail) => {
    map.once("load", () => done());
    map.once("error", (e) => fail(e.error));
  });
  addImages(map, c);
  map.on("error", (e) => console.warn(e.error?.message ?? e));

  const look = (): Look => {
    const b = map.getBounds();
    const centre = map.getCenter();
    return { lon: centre.lng, lat: centre.lat, zoom: map.getZoom(), bbox: [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()] };
  };
  const under = (point: gl.Point): Picked | null => {
    const box: [gl.PointLike, gl.PointLike] = [[point.x - 6, point.y - 6], [point.x + 6, point.y + 6]];
    const found = map.queryRenderedFeatures(box, { layers: ["events", "ships"] });
    const event = found.find((f) => f.layer.id === "events");
    if (event) return { kind: "event", id: String(event.properties.id) };
    return found[0] ? { kind: "ship", id: String(found[0].properties.mmsi) } : null;
  };
  map.on("moveend", () => hearing.moved(look()));
  map.on("click", (e) => hearing.picked(under(e.point)));
  let waiting = false;
  map.on("mousemove", (e) => {
    if (waiting || map.isMoving()) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const found = under(e.point);
      map.getCanvas().classList.toggle("over", found !== null);
      hearing.hovered(found);
    });
  });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    set: (layer, features) => {
      (map.getSource(layer) as gl.GeoJSONSource).setData(features);
      if (layer === "zones") (map.getSource("zone-names") as gl.GeoJSONSource).setData(nameplates(features));
    },
    recolour: (now) => {
      addImages(map, now);
      for (const layer of layersOf(now) as { id: string; paint?: object }[])
        for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name as never, value as never);
    },
    look,
    fit: (bbox, gently) => {
      const [lon, lat, zoom] = fitting(bbox, holder.clientWidth, holder.clientHeight);
      if (gently && !still) map.easeTo({ center: [lon, lat], zoom, duration: 500 });
      else map.jumpTo({ center: [lon, lat], zoom });
    },
    jump: (lon, lat, zoom) => map.jumpTo({ center: [lon, lat], zoom }),
    resize: () => map.resize(),
    destroy: () => map.remove(),
  };
}
