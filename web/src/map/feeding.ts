/** What the state of the page means for the map: each layer follows the state by itself. */
import { computed, effect, signal } from "@preact/signals";
import { answerTo } from "../data/asked";
import { brushed, extent, hovered, moment, outlineOf, shown } from "../data/outlines";
import { source } from "../data/source";
import { epoch } from "../data/asked";
import type { IncidentDetail } from "../model";
import { iso } from "../moments";
import { part, state } from "../state";
import { fleetAt, fromArrow, wholeTracks, type Sailing } from "./sailing";
import { EMPTY, type ChartMap, type Features, type Look } from "./scene";

export const sailing = signal<Sailing | null>(null);
export const tracksError = signal<string | null>(null);
let held: { bbox: Look["bbox"]; zoom: number; of: number } | null = null;
let asking = 0;

/** Bring the tracks of what the map shows, and of as much again around it. */
export async function bringTracks(look: Look): Promise<void> {
  const zoom = Math.ceil(look.zoom);
  const [w, s, e, n] = look.bbox;
  if (
    held && held.of === epoch.peek() && held.zoom === zoom &&
    w >= held.bbox[0] && s >= held.bbox[1] && e <= held.bbox[2] && n <= held.bbox[3]
  ) return;
  const [dx, dy] = [(e - w) / 2, (n - s) / 2];
  const wide: Look["bbox"] = [w - dx, Math.max(-90, s - dy), e + dx, Math.min(90, n + dy)];
  const whole = wide[0] < -180 || wide[2] > 180;
  if (whole) [wide[0], wide[2]] = [-180, 180];
  const mine = ++asking;
  try {
    const bytes = await source.bytes("tracks", { bbox: wide.map((v) => v.toFixed(4)).join(","), zoom, format: "arrow" });
    if (mine !== asking || !bytes) return;
    held = { bbox: whole ? [-540, wide[1], 540, wide[3]] : wide, zoom, of: epoch.peek() };
    sailing.value = fromArrow(bytes, zoom);
    tracksError.value = null;
  } catch (error) {
    tracksError.value = String((error as Error).message);
  }
}

const [layers, tail, t, event, ship] = [part("layers"), part("tail"), part("t"), part("event"), part("ship")];
const incidentId = computed(() =>
  state.value.view === "incidents" || state.value.view === "map" ? state.value.incident : null,
);
const incident = computed(() => {
  const id = incidentId.value;
  return id ? answerTo<IncidentDetail>(`incidents/${encodeURIComponent(id)}`).value.value : null;
});

/** Ships that stand out: the chosen one, and those that an incident may be about. */
export const special = computed(() => {
  const found = new Map<number, string>();
  for (const c of incident.value?.verdict?.candidates ?? []) found.set(c.mmsi, "candidate");
  const mine = incident.value?.verdict?.mmsi;
  if (mine) found.set(mine, "chosen");
  if (ship.value) found.set(Number(ship.value), "chosen");
  return found;
});

const has = (name: string): boolean => layers.value.includes(name);

export function eventFeatures(): Features {
  const now = moment.value;
  const late = t.value !== null;
  const features: Features["features"] = [];
  for (const o of shown.value) {
    if (o.lon === null || o.lat === null || (late && o.t !== null && o.t > now)) continue;
    features.push({
      type: "Feature",
      geometry: { type: "Point", coordinates: [o.lon, o.lat] },
      properties: { id: o.id, family: o.family, sense: o.sense, label: o.label },
    });
  }
  return { ...EMPTY, features };
}

function focusFeatures(): Features {
  const features: Features["features"] = [];
  for (const id of new Set([event.value, hovered.value])) {
    const o = id ? outlineOf.value.get(id) : null;
    if (o?.lon != null && o.lat !== null)
      features.push({ type: "Feature", geometry: { type: "Point", coordinates: [o.lon, o.lat] }, properties: { id: o.id } });
  }
  const place = incident.value?.incident.place;
  if (place?.lat != null && place.lon != null)
    features.push({ type: "Feature", geometry: { type: "Point", coordinates: [place.lon, place.lat] }, properties: {} });
  return { ...EMPTY, features };
}

function reachFeatures(): Features {
  const prism = incident.value?.prism;
  if (!prism || !has("reach")) return EMPTY;
  const plain = (geometry: GeoJSON.Geometry): Features["features"][number] => ({ type: "Feature", geometry, properties: {} });
  if (prism.type === "FeatureCollection") return { ...EMPTY, features: prism.features.map((f) => plain(f.geometry)) };
  return { ...EMPTY, features: [plain(prism.type === "Feature" ? prism.geometry : prism)] };
}

/** A notice that names its area by coordinates alone is drawn without them. */
const LONGEST_NAME = 40;

/** An area of the case that a notice declares too is drawn once. */
function onceEach(zones: Features["features"]): Features["features"] {
  const area = (z: Features["features"][number]): string =>
    "coordinates" in z.geometry ? [...new Set((z.geometry.coordinates.flat(3) as number[]).map((v) => v.toFixed(1)))].sort().join() : "";
  const own = new Set(zones.filter((z) => z.properties.kind !== "notice").map(area));
  const named = (z: Features["features"][number]): Features["features"][number] =>
    String(z.properties.name ?? "").length > LONGEST_NAME ? { ...z, properties: { ...z.properties, name: "" } } : z;
  return zones.filter((z) => z.properties.kind !== "notice" || !own.has(area(z))).map(named);
}

/** Keep a map fed; the answer stops it. */
export function feed(map: ChartMap): () => void {
  const only = computed(() => (has("tracks") ? undefined : new Set(special.value.keys())));
  const hour = computed(() => iso(Math.floor(moment.value / 3_600_000) * 3_600_000));
  const stops = [
    effect(() => map.set("events", has("events") ? eventFeatures() : EMPTY)),
    effect(() => map.set("focus", focusFeatures())),
    effect(() => map.set("reach", reachFeatures())),
    effect(() => {
      const zones = has("zones") ? answerTo<Features>("zones").value.value : null;
      map.set("zones", zones ? { ...zones, features: onceEach(zones.features) } : EMPTY);
    }),
    effect(() => {
      const ports = has("ports") ? answerTo<Features>("ports").value.value : null;
      map.set("ports", ports ?? EMPTY);
    }),
    effect(() => {
      const cells = has("coverage") ? answerTo<Features>("coverage", { at: hour.value }).value.value : null;
      if (cells || !has("coverage")) map.set("coverage", cells ?? EMPTY);
    }),
    effect(() => {
      const s = sailing.value;
      const fleet = s && has("ships") ? fleetAt(s, moment.value, tail.value, special.value) : null;
      map.set("ships", fleet?.ships ?? EMPTY);
      map.set("tails", fleet?.tails ?? EMPTY);
    }),
    effect(() => {
      const s = sailing.value;
      const [from, until] = brushed.value;
      map.set("tracks", s && (only.value === undefined || only.value.size) ? wholeTracks(s, from, until, s.zoom, special.value, only.value) : EMPTY);
    }),
    effect(() => {
      void epoch.value;
      void extent.value;
      void bringTracks(map.look());
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
