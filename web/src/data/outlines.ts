/**
 * Every event in outline (who, what, when, where): loaded once, filtered here, so that a filter
 * answers while the finger is still on it.
 */
import { computed, signal } from "@preact/signals";
import { FAMILIES, familyOf } from "../families";
import type { CaseInfo, Interval } from "../model";
import { ms, start } from "../moments";
import { part, state, type State } from "../state";
import { answerTo } from "./asked";

export interface Outline {
  id: string;
  geometry: GeoJSON.Geometry | null;
  lon: number | null;
  lat: number | null;
  incident: string | null;
  act: string | null;
  sense: string;
  status: string;
  family: number;
  t: number | null;
  end: number | null;
  label: string;
}

interface Properties {
  id: string;
  incident: string | null;
  act: string | null;
  sense: string;
  status: string;
  time: string | Interval | null;
  label: string;
}

export const caseInfo = computed(() => answerTo<CaseInfo>("case").value);

const answer = computed(() => answerTo<GeoJSON.FeatureCollection<GeoJSON.Geometry | null, Properties>>("events.geojson").value);
export const outlinesError = computed(() => answer.value.error);
export const outlinesLoading = computed(() => answer.value.loading);

const centre = (g: GeoJSON.Geometry | null): [number, number] | [null, null] => {
  if (!g) return [null, null];
  if (g.type === "Point") return [g.coordinates[0] as number, g.coordinates[1] as number];
  const points: number[][] = [];
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === "number") points.push(value as number[]);
    else value.forEach(walk);
  };
  walk("coordinates" in g ? g.coordinates : []);
  if (!points.length) return [null, null];
  const mean = (k: number): number => points.reduce((sum, p) => sum + (p[k] as number), 0) / points.length;
  return [mean(0), mean(1)];
};

export const outlines = computed<Outline[]>(() =>
  (answer.value.value?.features ?? []).map((feature) => {
    const p = feature.properties;
    const [lon, lat] = centre(feature.geometry);
    const time = typeof p.time === "string" ? { earliest: p.time, latest: p.time } : p.time;
    return {
      id: p.id, geometry: feature.geometry, lon, lat, incident: p.incident, act: p.act, sense: p.sense,
      status: p.status, family: familyOf(p.incident, p.sense), label: p.label,
      t: start(time), end: ms(time?.latest ?? null) ?? start(time),
    };
  }),
);
export const outlineOf = computed(() => new Map(outlines.value.map((o) => [o.id, o])));

/** The case's time: of its period if it has one, else of all that has a time. */
export const extent = computed<[number, number]>(() => {
  const info = caseInfo.value.value;
  const a = ms(info?.period.earliest) ?? ms(info?.span.earliest);
  const b = ms(info?.period.latest) ?? ms(info?.span.latest);
  if (a === null || b === null) return [0, 1];
  return b > a ? [a, b] : [a, a + 1];
});
const [from, until, t, q] = [part("from"), part("until"), part("t"), part("q")];
export const brushed = computed<[number, number]>(() => [from.value ?? extent.value[0], until.value ?? extent.value[1]]);
export const moment = computed(() => t.value ?? brushed.value[1]);

/** The ids that the server finds for words; null without words. */
const worded = computed<Set<string> | null>(() => {
  const words = q.value.trim();
  if (!words) return null;
  const found = answerTo<GeoJSON.FeatureCollection<null, Properties>>("events.geojson", { q: words }).value;
  if (found.value && !found.error) return new Set(found.value.features.map((f) => f.properties.id));
  if (words.includes(":")) return null;
  // until the server has answered, what the outlines themselves hold
  const each = words.toLowerCase().split(/\s+/);
  return new Set(outlines.value.filter((o) => each.every((w) => o.label.toLowerCase().includes(w))).map((o) => o.id));
});

const key = computed(() => {
  const { hide, sense, status } = state.value;
  return JSON.stringify([hide, sense, status]);
});

/** Events that pass every filter but the time and the family. */
const passing = computed(() => {
  void key.value;
  const { sense, status } = state.peek();
  const ids = worded.value;
  return outlines.value.filter(
    (o) => (!sense || o.sense === sense) && (!status || o.status === status) && (!ids || ids.has(o.id)),
  );
});

/** Events that pass every filter but the time: the axis shows them. */
export const onAxis = computed(() => {
  void key.value;
  const hidden = new Set(state.peek().hide);
  return passing.value.filter((o) => !hidden.has(FAMILIES[o.family]?.key ?? ""));
});

const inBrush = (o: Outline, [a, b]: [number, number], whole: boolean): boolean =>
  o.t === null ? whole : o.t <= b && (o.end ?? o.t) >= a;
const wholeTime = computed(() => from.value === null && until.value === null);

/** Events that pass every filter. */
export const shown = computed(() => onAxis.value.filter((o) => inBrush(o, brushed.value, wholeTime.value)));

/** How many events of each family the other filters leave. */
export const counts = computed(() => {
  const found = new Array<number>(FAMILIES.length).fill(0);
  for (const o of passing.value)
    if (inBrush(o, brushed.value, wholeTime.value)) found[o.family] = (found[o.family] ?? 0) + 1;
  return found;
});

/** What a click on an event means: that event, and the moment that it is told of. */
export function toEvent(id: string): Partial<State> {
  const t = outlineOf.peek().get(id)?.t ?? null;
  const [a, b] = extent.peek();
  return { event: id, t: t === null ? null : Math.max(a, Math.min(b, t)) };
}

/** The event under the pointer, anywhere on the page. */
export const hovered = signal<string | null>(null);
