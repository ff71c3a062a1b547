/** A text cut at the spans of its events, and what cannot be seen made visible. */
import type { ComponentChildren } from "preact";
import { HIDDEN, nameOf } from "../data/hidden";
import { isText, type EventRecord } from "../model";

export type Role = "evidence" | "source" | "target" | "object" | "attribution";
export interface Piece { text: string; role: Role; events: string[] }

const RANK: Role[] = ["evidence", "attribution", "target", "source", "object"];

/** Offsets of the record count characters; those of JavaScript count UTF-16 units. */
export function unitsOf(text: string): (offset: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
  const starts: number[] = [];
  for (let i = 0; i < text.length; i++) {
    starts.push(i);
    const c = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    if (c >= 0xd800 && c < 0xdc00 && next >= 0xdc00 && next < 0xe000) i++;
  }
  starts.push(text.length);
  return (offset) => starts[Math.min(offset, starts.length - 1)] as number;
}

export function pieces(text: string, events: EventRecord[]): Piece[] {
  const units = unitsOf(text);
  const spans: { start: number; end: number; role: Role; event: string }[] = [];
  for (const e of events) {
    const add = (role: Role, span: [number, number] | null): void => {
      if (span && span[1] > span[0]) spans.push({ start: units(span[0]), end: units(span[1]), role, event: e.id });
    };
    for (const p of e.evidence) if (isText(p)) add("evidence", [p.start, p.end]);
    e.sources.forEach((a) => add("source", a.span));
    e.targets.forEach((a) => add("target", a.span));
    e.objects.forEach((a) => add("object", a.span));
    e.attribution.forEach((a) => add("attribution", a.span));
  }
  spans.sort((a, b) => a.start - b.start);
  const edges = [...new Set([0, text.length, ...spans.flatMap((s) => [s.start, s.end])])].filter((n) => n <= text.length).sort((a, b) => a - b);
  const found: Piece[] = [];
  let open: typeof spans = [];
  let next = 0;
  for (let i = 0; i + 1 < edges.length; i++) {
    const [a, b] = [edges[i] as number, edges[i + 1] as number];
    open = open.filter((s) => s.end > a);
    for (; next < spans.length && (spans[next] as (typeof spans)[number]).start <= a; next++) {
      const s = spans[next] as (typeof spans)[number];
      if (s.end > a) open.push(s);
    }
    const role = open.reduce<Role>((best, s) => (RANK.indexOf(s.role) > RANK.indexOf(best) ? s.role : best), "evidence");
    // The event whose own words these are comes first: a click on them means that one.
    const order = [...open].sort((x, y) => RANK.indexOf(y.role) - RANK.indexOf(x.role) || x.end - x.start - (y.end - y.start));
    found.push({ text: text.slice(a, b), role, events: [...new Set(order.map((s) => s.event))] });
  }
  return found;
}

/** The text as text, with hidden characters named in its place. */
export function visible(text: string): ComponentChildren {
  if (!HIDDEN.test(text)) return text;
  return text.split(HIDDEN).map((part, i) =>
    i % 2 ? <span key={i} class="hidden-character" title="a hidden character of the document">{nameOf(part)}</span> : part,
  );
}
