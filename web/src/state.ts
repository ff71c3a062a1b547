/**
 * What the page shows, as one object that is the address: every link to a state is a deep link,
 * and the browser's back button goes back through what was looked at.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";

export const VIEWS = ["map", "incidents", "reader", "network", "blockade", "ships", "search"] as const;
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
  sort: string | null;
}

export const START: State = {
  view: "map", incident: null, event: null, document: null, ship: null, pair: null, q: "",
  from: null, until: null, t: null, hide: ["routine"], sense: null, status: null, finding: null,
  layers: ["zones", "ships", "events"], tail: 6, sort: null,
};

const list = (text: string): string[] => text.split(",").filter(Boolean);
const number = (text: string): number | null => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null);

/** One field of the address; nothing for what is usual. */
function field(key: keyof State, value: State[keyof State]): string {
  const usual = START[key];
  // In the file of a brief, what follows the # must tell a state of the page from a place in the brief.
  const always = key === "view" && import.meta.env.MODE === "file";
  if (!always && (value === usual || (Array.isArray(value) && value.join() === (usual as string[]).join()))) return "";
  const text = typeof value === "number" && key !== "tail" ? new Date(value).toISOString() : Array.isArray(value) ? value.join(",") : String(value ?? "");
  return `${key}=${encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/").replaceAll("%20", "+")}`;
}
const KEYS = Object.keys(START) as (keyof State)[];

/** Where the map is: longitude, latitude, zoom. Of the address, but no part of the state: nothing but the map follows it. */
let place: [number, number, number] | null = null;

function addressOf(fields: string[]): string {
  const known = fields.filter(Boolean);
  if (place) known.push(`at=${place[0].toFixed(4)},${place[1].toFixed(4)},${place[2].toFixed(2)}`);
  return `#${known.join("&")}`;
}

function decode(hash: string): State {
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
  if (at.length === 3 && at.every((v) => v !== null)) place = at as [number, number, number];
  return found;
}

export const state = signal<State>(decode(location.hash));

/** One part of the state: what reads it wakes only when that part changes. */
export const part = <K extends keyof State>(key: K): ReadonlySignal<State[K]> => computed(() => state.value[key]);

const fields = computed(() => KEYS.map((key) => field(key, state.value[key])));

/** The address of the state that a patch makes of this one, for a real link. */
export function link(patch: Partial<State>): string {
  const now = fields.peek();
  return addressOf(KEYS.map((key, i) => (key in patch ? field(key, patch[key] as State[keyof State]) : (now[i] as string))));
}

/** Go to a state: what the patch does not name stays. Small moves (`replace`) are no step back. */
export function go(patch: Partial<State>, replace = false): void {
  const hash = link(patch);
  if (hash === link({})) return;
  state.value = { ...state.value, ...patch };
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}

export const mapPlace = (): [number, number, number] | null => place;

/** The map was moved: the address says where to, and nothing else changes. */
export function moved(to: [number, number, number]): void {
  place = to;
  history.replaceState(null, "", link({}));
}

export const toggled = (values: string[], value: string): string[] =>
  values.includes(value) ? values.filter((v) => v !== value) : [...values, value];

const isState = (hash: string): boolean => import.meta.env.MODE !== "file" || hash.includes("=");
addEventListener("popstate", () => {
  if (isState(location.hash)) state.value = decode(location.hash);
});
addEventListener("hashchange", () => {
  if (isState(location.hash) && link({}) !== location.hash) state.value = decode(location.hash);
});
