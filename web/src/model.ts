/** The records of the API, as the page uses them (docs/event-record.md, docs/api.md). */

export interface Interval {
  earliest: string | null;
  latest: string | null;
  precision?: string;
  text?: string | null;
}

export interface Actor {
  text: string;
  name: string | null;
  country: string | null;
  sector: string | null;
  span: [number, number] | null;
}

export interface Vessel {
  text: string;
  type: string;
  subtype: string | null;
  count: number | null;
  name: string | null;
  imo: number | null;
  mmsi: number | null;
  flag: string | null;
  span: [number, number] | null;
}

export interface Place {
  text: string | null;
  lat: number | null;
  lon: number | null;
  radius_m: number | null;
  geometry: GeoJSON.Geometry | null;
}

export interface Attribution {
  who: string | null;
  country: string | null;
  channel: string | null;
  verb: string | null;
  quoted: boolean;
  span: [number, number] | null;
}

export interface TextSpan {
  document: string;
  start: number;
  end: number;
  text: string;
}

export interface TrackSpan {
  mmsi: number;
  start: string;
  end: string;
}

export type Details = Record<string, string | number | boolean | null | (string | number)[]>;

export interface EventRecord {
  id: string;
  sense: "report" | "track" | "notice";
  act: string | null;
  mode: string | null;
  incident: string | null;
  sources: Actor[];
  targets: Actor[];
  objects: Vessel[];
  time: Interval | null;
  place: Place | null;
  status: string;
  attribution: Attribution[];
  evidence: (TextSpan | TrackSpan)[];
  confidence: number;
  why: string;
  details: Details;
}

export interface Tally {
  held: number;
  nth: number | null;
  parts: string[];
}

export interface Incident {
  id: string;
  kind: string;
  state: string;
  events: string[];
  vessel: Vessel | null;
  victims: number | null;
  by: string[];
  time: Interval | null;
  place: Place | null;
  steps: { state: string; time: Interval | null; event: string; told_at: string | null }[];
  voices: { name: string; events: string[]; echoes: string[]; speakers: string[]; drift: string[] }[];
  disagreements: { about: string; versions: Record<string, string[]> }[];
  corrections: { about: string; source: string; was: string; now: string; earlier: string; later: string }[];
  tally: Tally | null;
  joined: string[];
}

export interface Reason {
  test: string;
  text: string;
  ratio: number;
  events: string[];
  details: Details;
}

export interface Candidate {
  mmsi: number;
  name: string | null;
  imo: number | null;
  probability: number;
  why: string;
}

export interface Verdict {
  about: string;
  finding: "corroborated" | "contradicted" | "unsupported" | "not_checkable";
  ratio: number;
  probability: number;
  reasons: Reason[];
  tipping: string | null;
  wanted: string[];
  mmsi: number | null;
  candidates: Candidate[];
}

export interface Mark {
  id: number;
  about: string;
  kind: "star" | "note" | "confirm" | "dispute" | "merge" | "split";
  text: string | null;
  others: string[];
  made_at: string;
}

export interface IncidentItem {
  incident: Incident;
  verdict: Verdict | null;
  title: string;
  marks?: Mark[];
}

export interface TrackColumns {
  t: (number | string)[];
  lat: number[];
  lon: number[];
  sog: (number | null)[];
  cog: (number | null)[];
}

export interface IncidentDetail extends IncidentItem {
  events: EventRecord[];
  documents: DocumentHead[];
  track: Record<string, TrackColumns>;
  prism: GeoJSON.Geometry | GeoJSON.Feature | GeoJSON.FeatureCollection | null;
}

export interface DocumentHead {
  id: string;
  title: string | null;
  outlet: string | null;
  date: string | null;
  language?: string | null;
  events?: number;
}

export interface DocumentDetail {
  document: DocumentHead & { text: string };
  events: EventRecord[];
}

export interface ShipItem {
  mmsi: number;
  imo: number | null;
  name: string | null;
  call_sign: string | null;
  flag: string | null;
  class: string | null;
  positions: number;
  first: string | null;
  last: string | null;
  events: number;
  hits: number;
}

export interface ShipDetail extends Omit<ShipItem, "events" | "hits"> {
  identities: Record<string, string | number | null>[];
  events: EventRecord[];
  hits: Record<string, unknown>[];
}

export interface CaseInfo {
  title: string;
  period: { earliest: string | null; latest: string | null };
  region: [number, number, number, number] | null;
  as_known_on: string | null;
  counts: Record<string, number>;
  span: { earliest: string | null; latest: string | null };
  /** Names of the states and flags that occur, by code. */
  states: Record<string, string>;
  head: string;
}

export interface NetworkAnswer {
  nodes: { id: string; name: string; kind?: string; country: string | null; sector?: string | null; events?: number }[];
  edges: {
    source: string; target: string; act: string; sign: number; count: number;
    events: string[]; first: string | null; last: string | null;
  }[];
}

export interface Claim {
  who: string;
  country?: string | null;
  event: string;
  text: string;
}

export interface StancesAnswer {
  matter: string | null;
  states: {
    country: string; name: string; stance: number; called?: string;
    changed: ({ from: string; stance: number } | [string, number])[]; events: string[];
  }[];
  disputes: { about: string; claims: Claim[]; against: Claim[]; incident?: string | null }[];
}

export interface SearchHit {
  kind: "event" | "incident" | "ship" | "document";
  id: string;
  title: string;
  snippet: string;
  time: string | null;
}

export interface Page<T> {
  items: T[];
  total: number;
  next: string | null;
}

export const isText = (e: TextSpan | TrackSpan): e is TextSpan => "document" in e;

/** So many of so many, and the interval that holds 90 %. */
export interface Share { hits: number; of: number; unsure: number; value: number; low: number; high: number }

/** A daily count before and after. */
export interface Change { before: number; after: number; ratio: number; low: number; high: number }

export interface Effectiveness {
  by: string | null;
  against: string | null;
  names: Record<string, string>;
  since: string | null;
  until: string | null;
  told: string[];
  ends: Record<string, number>;
  stopped: Share | null;
  by_class: Record<string, Share>;
  by_flag: Record<string, Share>;
  transits: {
    what: string; first_day: string; daily: number[]; declared_day: number; change: Change | null;
    by_class: Record<string, Change>; by_flag: Record<string, Change>;
  } | null;
  detours: { event: string; mmsi: number; kind: string; sailed_nm: number; days: number; arrived: boolean; extra_nm: number | null }[];
  law: { name: string; source: string; held: { text: string; events: string[] }[]; missing: string[] }[];
  why_not: string | null;
}
