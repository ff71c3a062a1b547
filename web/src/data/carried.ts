/**
 * What a single file carries: the evidence that `masthead verify` re-checks (documents, events,
 * incidents, verdicts), and beside it what the server worked out from them for the page. Packed: gzip,
 * then base 64.
 */
import type { CaseInfo, DocumentHead, EventRecord, Incident, Mark, NetworkAnswer, ShipItem, TrackColumns, Verdict } from "../model";
import { parse } from "./hidden";

export interface Evidence {
  documents: { id: string; outlet: string | null; date: string | null; text: string; title: string | null; language: string | null }[];
  events: EventRecord[];
  incidents: Incident[];
  verdicts: Verdict[];
}

export interface Around { track: Record<string, TrackColumns>; prism: GeoJSON.Feature | null; marks: Mark[] }

export interface Desk {
  case: CaseInfo;
  zones: unknown;
  ports: unknown;
  stances: unknown;
  effectiveness: unknown;
  network: NetworkAnswer;
  marks: { items: Mark[] };
  documents: DocumentHead[];
  ships: ShipItem[];
  /** By MMSI: what each ship said of itself, and its matches with lists. */
  identities: Record<string, Record<string, string | number | null>[]>;
  hits: Record<string, Record<string, unknown>[]>;
  /** By id: one line that names an event or an incident. */
  titles: Record<string, string>;
  /** By incident: the tracks of its ships, the marks on it. */
  around: Record<string, Around>;
  /** Cells of coverage at moments, in order of time. */
  coverage: { at: string; cells: unknown }[];
  /** An Arrow stream of the tracks, in base 64. */
  tracks: string;
}

export interface Carried extends Evidence { desk: Desk }

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** The text of a packed block of the file. */
export async function unpacked(id: string): Promise<string | null> {
  const text = document.getElementById(id)?.textContent;
  if (!text) return null;
  return new Response(new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

export const isFile = document.getElementById("masthead-desk") !== null;

export async function carried(): Promise<Carried> {
  const [evidence, desk] = await Promise.all(["masthead-evidence", "masthead-desk"].map(unpacked));
  return { ...(parse(evidence ?? "{}") as Evidence), desk: parse(desk ?? "{}") as Desk };
}

export const tracksOf = (c: Carried): ArrayBuffer => bytesOf(c.desk.tracks).buffer;
