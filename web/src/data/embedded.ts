/** The API's answers without a server, from what the file carries (docs/api.md has the routes). */
import type { DocumentHead, EventRecord, IncidentItem, NetworkAnswer, SearchHit } from "../model";
import { isText } from "../model";
import { ms, start } from "../moments";
import { carried, isFile, tracksOf, type Carried } from "./carried";
import { FIELDS, fold, holds, says, wordsIn, wordsOf, type Term } from "./fields";
import type { Query, Source } from "./source";

type Failing = new (message: string, hint: string, status: number) => Error;
const SERVE = "Open the case with: masthead serve CASE.toml";

interface Index {
  all: Carried;
  events: Map<string, EventRecord>;
  heads: Map<string, DocumentHead>;
  incidents: IncidentItem[];
}

const documentOf = (e: EventRecord): string | null => e.evidence.find(isText)?.document ?? null;
const shipsOf = (e: EventRecord): number[] =>
  [...e.objects.map((v) => v.mmsi), ...e.evidence.map((p) => (isText(p) ? null : p.mmsi))].filter((m): m is number => m !== null);

function indexed(all: Carried): Index {
  const verdicts = new Map(all.verdicts.map((v) => [v.about, v]));
  return {
    all,
    events: new Map(all.events.map((e) => [e.id, e])),
    heads: new Map(all.desk.documents.map((d) => [d.id, d])),
    incidents: all.incidents.map((incident) => ({
      incident, verdict: verdicts.get(incident.id) ?? null, title: all.desk.titles[incident.id] ?? incident.kind,
      marks: all.desk.around[incident.id]?.marks ?? [],
    })),
  };
}

const paged = <T>(items: T[]): { items: T[]; total: number; next: null } => ({ items, total: items.length, next: null });

function feature(e: EventRecord, label: string): GeoJSON.Feature<GeoJSON.Geometry | null> {
  const p = e.place;
  const point: GeoJSON.Point | null = p?.lat != null && p.lon != null ? { type: "Point", coordinates: [p.lon, p.lat] } : null;
  return {
    type: "Feature", id: e.id, geometry: p?.geometry ?? point,
    properties: { id: e.id, incident: e.incident, act: e.act, sense: e.sense, status: e.status, time: e.time?.earliest ?? e.time?.latest ?? null, label },
  };
}

function matching(i: Index, q: string): EventRecord[] {
  const asked = wordsOf(q);
  return i.all.events.filter((e) => holds(e, asked, (id) => i.heads.get(id)?.outlet ?? null));
}

function network(i: Index, from: number | null, until: number | null): NetworkAnswer {
  const whole = i.all.desk.network;
  if (from === null && until === null) return whole;
  const edges = whole.edges.flatMap((e) => {
    const mine = e.events.filter((id) => {
      const t = start(i.events.get(id)?.time);
      return t !== null && (from === null || t >= from) && (until === null || t <= until);
    });
    const times = mine.map((id) => start(i.events.get(id)?.time) as number).sort((a, b) => a - b);
    const day = (t: number | undefined): string | null => (t === undefined ? null : new Date(t).toISOString());
    return mine.length ? [{ ...e, events: mine, count: mine.length, first: day(times[0]), last: day(times[times.length - 1]) }] : [];
  });
  edges.sort((a, b) => b.count - a.count);
  const kept = new Set(edges.flatMap((e) => [e.source, e.target]));
  return { nodes: whole.nodes.filter((n) => kept.has(n.id)), edges };
}

function search(i: Index, q: string): SearchHit[] {
  const asked = wordsOf(q);
  if (!asked.length) return [];
  const outletOf = (id: string): string | null => i.heads.get(id)?.outlet ?? null;
  /** Whether every term is one of these fields' (or of none), and holds of what `text` gives for it. */
  const all = (fields: Term["field"][], text: (field: Term["field"]) => string): boolean =>
    asked.every((t) => (t.field === null || fields.includes(t.field)) && says(t, fold(text(t.field))));
  const first = asked.find((t) => !t.field && !t.not)?.values[0] ?? "";
  const around = (text: string): string => {
    const line = text.replace(/\s+/g, " ");
    const at = Math.max(0, line.toLowerCase().indexOf(first));
    return (at > 80 ? "…" : "") + line.slice(Math.max(0, at - 80), at + 80) + (at + 80 < line.length ? "…" : "");
  };
  const quote = (e: EventRecord | undefined): string => e?.evidence.find(isText)?.text ?? e?.why ?? "";
  const titles = i.all.desk.titles;
  const eventsOf = (x: IncidentItem): EventRecord[] => x.incident.events.flatMap((id) => i.events.get(id) ?? []);
  return [
    ...i.incidents.filter((x) => all([...FIELDS], (f) => [f ? "" : x.title, ...eventsOf(x).map((e) => wordsIn(e, f, outletOf))].join(" "))).map((x): SearchHit => ({ kind: "incident", id: x.incident.id, title: x.title, snippet: around(quote(eventsOf(x)[0])), time: x.incident.time?.earliest ?? null })),
    ...i.all.desk.ships.filter((s) => all(["ship"], () => [s.name, s.call_sign, s.mmsi, s.imo].join(" "))).map((s): SearchHit => ({ kind: "ship", id: String(s.mmsi), title: `${s.name ?? "MMSI"} (${s.mmsi})`, snippet: [s.imo && `IMO ${s.imo}`, s.flag && `flag ${s.flag}`, s.class].filter(Boolean).join(", "), time: null })),
    ...i.all.documents.filter((d) => all(["source"], (f) => (f ? `${d.id} ${d.outlet ?? ""}` : `${d.title ?? ""} ${d.outlet ?? ""} ${d.text}`))).map((d): SearchHit => ({ kind: "document", id: d.id, title: i.heads.get(d.id)?.title ?? d.id, snippet: around(d.text), time: d.date })),
    ...matching(i, q).map((e): SearchHit => ({ kind: "event", id: e.id, title: titles[e.id] ?? e.id, snippet: around(quote(e)), time: e.time?.earliest ?? null })),
  ];
}

function coverage(i: Index, at: string): unknown {
  const t = ms(at) ?? 0;
  const far = (c: { at: string }): number => Math.abs((ms(c.at) ?? 0) - t);
  const nearest = i.all.desk.coverage.reduce<Carried["desk"]["coverage"][number] | null>((best, c) => (!best || far(c) < far(best) ? c : best), null);
  return nearest?.cells ?? { type: "FeatureCollection", features: [] };
}

/** The answer to a path of the API; undefined for one that the file does not carry. */
function answer(i: Index, path: string, query: Query): unknown {
  const desk = i.all.desk;
  const [, list, name] = /^([a-z]+)\/(.*)$/s.exec(path) ?? [];
  const id = decodeURIComponent(name ?? "");
  switch (list ?? path) {
    case "case": return desk.case;
    case "zones": return desk.zones;
    case "ports": return desk.ports;
    case "stances": return desk.stances;
    case "effectiveness": return desk.effectiveness;
    case "marks": return desk.marks;
    case "coverage": return coverage(i, String(query.at));
    case "network": return network(i, ms(query.from as string | null), ms(query.until as string | null));
    case "search": return paged(search(i, String(query.q)).slice(0, 100));
    case "events.geojson": {
      const found = query.q ? matching(i, String(query.q)) : i.all.events;
      return { type: "FeatureCollection", features: found.map((e) => feature(e, desk.titles[e.id] ?? "")) };
    }
    case "events": {
      const event = i.events.get(id);
      const incident = i.incidents.find((x) => x.incident.events.includes(id));
      const document = event && documentOf(event);
      return event && { event, document: document ? (i.heads.get(document) ?? null) : null, incident_id: incident?.incident.id ?? null, verdict: incident?.verdict ?? null, marks: desk.marks.items.filter((m) => m.about === id) };
    }
    case "incidents": {
      if (!name) return paged(i.incidents);
      const item = i.incidents.find((x) => x.incident.id === id);
      const events = item?.incident.events.flatMap((e) => i.events.get(e) ?? []) ?? [];
      const documents = [...new Set(events.map(documentOf))].flatMap((d) => (d ? (i.heads.get(d) ?? []) : []));
      return item && { ...item, events, documents, ...(desk.around[id] ?? { track: {}, prism: null }) };
    }
    case "documents": {
      if (!name) return paged(desk.documents);
      const document = i.all.documents.find((d) => d.id === id);
      return document && { document: { ...i.heads.get(id), ...document }, events: i.all.events.filter((e) => e.evidence.some((p) => isText(p) && p.document === id)), marks: [] };
    }
    case "ships": {
      if (!name) return paged(desk.ships);
      const ship = desk.ships.find((s) => String(s.mmsi) === id);
      return ship && { ...ship, identities: desk.identities[id] ?? [], hits: desk.hits[id] ?? [], events: i.all.events.filter((e) => shipsOf(e).includes(ship.mmsi)), marks: [] };
    }
    default: return undefined;
  }
}

export function embedded(failing: Failing): Source | null {
  if (!isFile) return null;
  let index: Promise<Index> | null = null;
  const open = (): Promise<Index> => (index ??= carried().then(indexed));
  const refuse = async (): Promise<never> => {
    throw new failing("This is a file: it takes no marks.", SERVE, 0);
  };
  return {
    live: false,
    json: async (path, query = {}) => {
      const found = answer(await open(), path, query);
      if (found === undefined) throw new failing(`This file has no ${path.replace("/", " ")}.`, SERVE, 404);
      return found;
    },
    bytes: async () => tracksOf((await open()).all),
    post: refuse,
    remove: refuse,
  };
}
