/**
 * What the page shows, as one object that is the address: every link to a state is a deep link,
 * and the browser's back button goes back through what was looked at.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";

export const VIEWS = ["map", "incidents", "reader", "network", "ships", "search"] as const;
export type View = (typeof VIEWS)[number];

export interface State {
  view: View;
  incident: string | null;
  event: string | null;
  document: string | null;
  ship: string | null;
  pair: string | null;
  /** Words that events must hold. */
  q: string;
  /** The brushed time, milliseconds; null where the case's own end is meant. */
  from: number | null;
  until: number | null;
  /** The moment that the map shows. */
  t: number | null;
  /** Families of events that are not shown. */
  hide: string[];
  sense: string | null;
  status: string | null;
  finding: string | null;
  layers: string[];
  /** Hours of track behind each ship. */
  tail: number;
  /** Longitude, latitude, zoom. */
  at: [number, number, number] | null;
  sort: string | null;
}

export const START: State = {
  view: "map", incident: null, event: null, document: null, ship: null, pair: null, q: "",
  from: null, until: null, t: null, hide: ["routine"], sense: null, status: null, finding: null,
  layers: ["zones", "ships", "events"], tail: 6, at: null, sort: null,
};

const list = (text: string): string[] => text.split(",").filter(Boolean);
const number = (text: string): number | null => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null);

export function encode(s: State): string {
  const found = new URLSearchParams();
  for (const key of Object.keys(START) as (keyof State)[]) {
    const value = s[key];
    const usual = START[key];
    if (JSON.stringify(value) === JSON.stringify(usual)) continue;
    if (key === "from" || key === "until" || key === "t") {
      if (value !== null) found.set(key, new Date(value as number).toISOString());
    } else if (key === "at") {
      const [lon, lat, zoom] = value as [number, number, number];
      found.set(key, `${lon.toFixed(4)},${lat.toFixed(4)},${zoom.toFixed(2)}`);
    } else found.set(key, Array.isArray(value) ? value.join(",") : String(value ?? ""));
  }
  return found.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}

export function decode(hash: string): State {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const found: State = { ...START };
  const view = asked.get("view");
  if (VIEWS.includes(view as View)) found.view = view as View;
  for (const key of ["incident", "event", "document", "ship", "pair", "sense", "status", "finding", "sort"] as const)
    found[key] = asked.get(key) || null;
  found.q = asked.get("q") ?? "";
  for (const key of ["from", "until", "t"] as const) {
    const value = Date.parse(asked.get(key) ?? "");
    found[key] = Number.isNaN(value) ? null : value;
  }
  if (asked.has("hide")) found.hide = list(asked.get("hide") ?? "");
  if (asked.has("layers")) found.layers = list(asked.get("layers") ?? "");
  found.tail = Math.min(240, Math.max(0, number(asked.get("tail") ?? "") ?? START.tail));
  const at = (asked.get("at") ?? "").split(",").map(number);
  if (at.length === 3 && at.every((v) => v !== null)) found.at = at as [number, number, number];
  return found;
}

export const state = signal<State>(decode(location.hash));

/** One part of the state: what reads it wakes only when that part changes. */
export const part = <K extends keyof State>(key: K): ReadonlySignal<State[K]> => computed(() => state.value[key]);

/** Go to a state: what the patch does not name stays. Small moves (`replace`) are no step back. */
export function go(patch: Partial<State>, replace = false): void {
  const next = { ...state.value, ...patch };
  const hash = `#${encode(next)}`;
  if (hash === `#${encode(state.value)}`) return;
  state.value = next;
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}

/** The address of a state, for a real link. */
export const link = (patch: Partial<State>): string => `#${encode({ ...state.value, ...patch })}`;

export const toggled = (values: string[], value: string): string[] =>
  values.includes(value) ? values.filter((v) => v !== value) : [...values, value];

addEventListener("popstate", () => (state.value = decode(location.hash)));
addEventListener("hashchange", () => {
  if (`#${encode(state.value)}` !== location.hash) state.value = decode(location.hash);
});
