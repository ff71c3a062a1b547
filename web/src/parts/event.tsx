/** One event as a card: what, who, when, where, who says so, what shows it. */
import { signal } from "@preact/signals";
import { hovered, toEvent } from "../data/outlines";
import { familyOf, wording } from "../families";
import { isText, type Attribution, type EventRecord } from "../model";
import { span } from "../moments";
import { state } from "../state";
import { Marks } from "./marks";
import { Glyph, position, To } from "./small";

export const names = (actors: { name: string | null; text: string }[]): string =>
  actors.map((a) => a.name ?? a.text).join(", ");

/** Who says so, outermost first: as "Gulf Wire › two shipping sources said". */
export function Chain({ outlet, links }: { outlet?: string | null; links: Attribution[] }) {
  const told = links.map((a) => [a.who ?? a.channel ?? "unnamed", a.verb, a.who && a.channel ? `(${a.channel})` : null, a.quoted ? "“quoted”" : null].filter(Boolean).join(" "));
  const steps = [outlet, ...told].filter((s): s is string => Boolean(s));
  if (!steps.length) return <span class="chain">the narrator</span>;
  return (
    <span class="chain">
      {steps.map((s, i) => <span key={i}>{i > 0 && <span class="arrow" aria-label="quotes"> › </span>}{s}</span>)}
    </span>
  );
}

export function headline(e: EventRecord): string {
  return e.incident ? wording(e.incident) : wording(e.act);
}

const open = signal<Set<string>>(new Set());

export function EventCard({ event, outlet, full = false }: { event: EventRecord; outlet?: string | null; full?: boolean }) {
  const chosen = state.value.event === event.id;
  const document = event.evidence.find(isText)?.document;
  const ship = event.objects.find((v) => v.mmsi)?.mmsi ?? event.evidence.flatMap((p) => (isText(p) ? [] : [p.mmsi]))[0];
  const wide = full || open.value.has(event.id);
  return (
    <article
      class={`event${chosen ? " chosen" : ""}${hovered.value === event.id ? " hovered" : ""}`} id={`event-${event.id}`}
      onMouseEnter={() => (hovered.value = event.id)} onMouseLeave={() => (hovered.value = null)}
    >
      <h4>
        <Glyph family={familyOf(event.incident, event.sense)} />
        <To to={toEvent(event.id)}>{headline(event)}</To>
        {event.status !== "asserted" && <span class="tag">{event.status}</span>}
      </h4>
      <p class="who">
        {names(event.sources) || (event.sense === "track" ? "" : "nobody named")}
        {(event.targets.length > 0 || event.objects.length > 0) && event.sense !== "track" && <span class="arrow"> → </span>}
        {names([...event.targets, ...event.objects])}
      </p>
      <p class="when">
        {span(event.time)}{event.place?.text && <> · {event.place.text}</>}
      </p>
      {event.sense !== "track" && <p class="says">Says: <Chain outlet={outlet} links={event.attribution} /></p>}
      {wide && (
        <dl class="facts">
          {event.place?.lat != null && <><dt>Position</dt><dd>{position(event.place.lat, event.place.lon)}{event.place.radius_m != null && ` ± ${(event.place.radius_m / 1852).toFixed(1)} NM`}</dd></>}
          {event.act && <><dt>Act</dt><dd>{event.act}{event.mode && ` / ${event.mode}`}</dd></>}
          <dt>Confidence</dt><dd>{event.confidence.toFixed(2)}</dd>
          <dt>Why</dt><dd>{event.why || "not told"}</dd>
          {Object.entries(event.details).map(([k, v]) => <><dt key={k}>{k.replaceAll("_", " ")}</dt><dd>{Array.isArray(v) ? v.join(", ") : String(v)}</dd></>)}
        </dl>
      )}
      <p class="acts">
        {!full && (
          <button type="button" aria-expanded={wide} onClick={() => {
            const next = new Set(open.value);
            if (!next.delete(event.id)) next.add(event.id);
            open.value = next;
          }}>{wide ? "Less" : "Record"}</button>
        )}
        {document && state.value.document !== document && <To to={{ view: "reader", document, event: event.id }}>Read it</To>}
        {ship && state.value.ship !== String(ship) && <To to={{ view: "ships", ship: String(ship), event: event.id }}>Ship</To>}
        {(full || chosen) && <Marks about={event.id} kinds={["star", "note", "confirm", "dispute"]} />}
      </p>
    </article>
  );
}
