/**
 * A search in words and fields, as `masthead.web.wanted` reads it: `ship:"amber tern" act:seizure -denied`.
 * All terms must hold; of several values with commas, any; a minus before a term means that it must not.
 */
import { isText, type EventRecord } from "../model";

export const FIELDS = ["ship", "act", "by", "to", "says", "place", "source", "status", "sense", "country"] as const;
type Field = (typeof FIELDS)[number];
export interface Term { field: Field | null; values: string[]; not: boolean }

const TERM = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S*))/gi;
export const fold = (text: string): string => text.replace(/\s+/g, " ").trim().toLowerCase();

export function wordsOf(q: string): Term[] {
  const found: Term[] = [];
  for (const [, minus, name, quoted, bare] of q.matchAll(TERM)) {
    const field = FIELDS.find((f) => f === name?.toLowerCase()) ?? null;
    const text = quoted ?? bare ?? "";
    const values = (field && quoted === undefined ? text.split(",") : [field || !name ? text : `${name}:${text}`]).map(fold).filter(Boolean);
    if (values.length) found.push({ field, values, not: minus === "-" });
  }
  return found;
}

/** The words of an event that a field looks in; without a field, all of them. */
export function wordsIn(e: EventRecord, field: Field | null, outletOf: (document: string) => string | null): string {
  const actors = (list: EventRecord["sources"]): unknown[] => list.flatMap((a) => [a.text, a.name, a.country]);
  const of: Record<Field, () => unknown[]> = {
    ship: () => [...e.objects.flatMap((v) => [v.text, v.name, v.imo, v.mmsi]), ...e.evidence.map((p) => (isText(p) ? null : p.mmsi))],
    act: () => [e.incident, e.incident?.replaceAll("_", " "), e.act, e.mode],
    by: () => actors(e.sources),
    to: () => actors(e.targets),
    says: () => e.attribution.flatMap((a) => [a.who, a.channel]),
    place: () => [e.place?.text],
    source: () => e.evidence.flatMap((p) => (isText(p) ? [p.document, outletOf(p.document)] : [])),
    status: () => [e.status],
    sense: () => [e.sense],
    country: () => [...e.sources.map((a) => a.country), ...e.targets.map((a) => a.country), ...e.objects.map((v) => v.flag)],
  };
  const parts = field ? of[field]() : [...(["ship", "act", "by", "to", "says", "place"] as const).flatMap((f) => of[f]()), ...e.evidence.map((p) => (isText(p) ? p.text : null))];
  return fold(parts.filter((p) => p !== null && p !== undefined).join(" "));
}

export const says = (term: Term, words: string): boolean => term.values.some((v) => words.includes(v)) !== term.not;

export function holds(e: EventRecord, asked: Term[], outletOf: (document: string) => string | null): boolean {
  return asked.every((term) => says(term, wordsIn(e, term.field, outletOf)));
}
