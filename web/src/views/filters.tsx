/** The filters, the layers and the events that they leave, as a table beside the map. */
import { useDeferred } from "../parts/deferred";
import { counts, hovered, outlinesError, outlinesLoading, shown, toEvent } from "../data/outlines";
import { FAMILIES } from "../families";
import { clock, day } from "../moments";
import { Glyph, many, Nothing, To, Trouble, Waiting } from "../parts/small";
import { drawnBy } from "../map/pane";
import { useAnswer } from "../data/asked";
import { EventCard } from "../parts/event";
import type { DocumentHead, EventRecord } from "../model";
import { useState } from "preact/hooks";
import { go, part, START, state, toggled } from "../state";

const LAYERS: [string, string][] = [
  ["ships", "Ships and tails"], ["tracks", "Whole tracks"], ["events", "Events"], ["zones", "Zones and lines"], ["ports", "Ports called at or closed"],
  ["reach", "Reach of the incident’s ship"], ["coverage", "Where AIS was heard"],
];
/** Rows of the table at first, and how many more at a time. */
const ROWS = 100;
const event = part("event");

export function Filters() {
  const s = state.value;
  const words = useDeferred(s.q, 180, (q) => go({ q }, true));
  const filtered = s.q || s.sense || s.status || s.from !== null || s.until !== null || s.hide.join() !== START.hide.join();
  return (
    <div class="view filters">
      <h2>Events</h2>
      <label class="field">
        <span>Words</span>
        <input type="search" id="words" value={words.value} placeholder="a ship, a place, or ship:… act:…" onInput={(e) => words.set(e.currentTarget.value)} />
      </label>
      <fieldset class="families">
        <legend>What</legend>
        {FAMILIES.map((f, i) => (
          <label key={f.key}>
            <input type="checkbox" checked={!s.hide.includes(f.key)} onChange={() => go({ hide: toggled(s.hide, f.key) }, true)} />
            <Glyph family={i} /> <span>{f.label}</span> <span class="count">{many(counts.value[i] ?? 0)}</span>
          </label>
        ))}
      </fieldset>
      <div class="pair">
        <label class="field"><span>Seen by</span>
          <select value={s.sense ?? ""} onChange={(e) => go({ sense: e.currentTarget.value || null }, true)}>
            <option value="">reports and tracks</option><option value="report">reports</option>
            <option value="notice">notices</option><option value="track">tracks</option>
          </select>
        </label>
        <label class="field"><span>Told as</span>
          <select value={s.status ?? ""} onChange={(e) => go({ status: e.currentTarget.value || null }, true)}>
            <option value="">anything</option>
            {["asserted", "ongoing", "attempted", "planned", "offered", "requested", "threatened", "conditional", "denied", "negated"].map((x) => <option key={x}>{x}</option>)}
          </select>
        </label>
      </div>
      <fieldset class="layers">
        <legend>On the map</legend>
        {LAYERS.map(([key, label]) => (
          <label key={key}><input type="checkbox" checked={s.layers.includes(key)} onChange={() => go({ layers: toggled(s.layers, key) }, true)} /> {label}</label>
        ))}
        <label class="field inline"><span>Tail</span>
          <select value={String(s.tail)} onChange={(e) => go({ tail: Number(e.currentTarget.value) }, true)}>
            {[0, 3, 6, 12, 24, 72].map((h) => <option key={h} value={h}>{h === 0 ? "none" : `${h} h`}</option>)}
          </select>
        </label>
        <p class="small">A dashed tail is a silence of more than an hour; a hollow ship is silent at that moment.{drawnBy.value === "canvas" && " Drawn without WebGL."}</p>
      </fieldset>
      {filtered && <p><button type="button" onClick={() => go({ q: "", sense: null, status: null, from: null, until: null, t: null, hide: START.hide })}>Clear the filters</button></p>}
      <Trouble error={outlinesError.value} />
      <Chosen />
      <EventTable />
    </div>
  );
}

/** The record of the event that is chosen. */
function Chosen() {
  const id = event.value;
  const found = useAnswer<{ event: EventRecord; document: DocumentHead | null; incident_id: string | null }>(id ? `events/${encodeURIComponent(id)}` : null);
  if (!id) return null;
  if (found.error) return <Trouble error={found.error} />;
  if (!found.value) return <Waiting />;
  const { event: record, document, incident_id: incident } = found.value;
  return (
    <section class="chosen-event" aria-label="The chosen event">
      <EventCard event={record} outlet={document?.outlet} full />
      {incident && <p><To to={{ view: "incidents", incident }}>The incident it belongs to</To></p>}
    </section>
  );
}

function EventTable() {
  const [most, setMost] = useState(ROWS);
  if (outlinesLoading.value) return <Waiting />;
  const rows = shown.value;
  if (!rows.length) return <Nothing>No event passes these filters. Show more kinds, or a longer time.</Nothing>;
  return (
    <div class="scroll">
      <table class="dense events">
        <caption>{many(rows.length)} events{rows.length > most && `, the first ${most}`}</caption>
        <thead><tr><th scope="col">When</th><th scope="col">What</th></tr></thead>
        <tbody>
          {rows.slice(0, most).map((o) => (
            <tr key={o.id} class={event.value === o.id ? "chosen" : undefined} onMouseEnter={() => (hovered.value = o.id)} onMouseLeave={() => (hovered.value = null)}>
              <td class="time">{o.t === null ? "–" : `${day(o.t, false)} ${clock(o.t)}`}</td>
              <td><Glyph family={o.family} size={12} /> <To to={toEvent(o.id)}>{o.label}</To>{o.lon === null && <span class="small"> (no place)</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > most && <p><button type="button" onClick={() => setMost(most + ROWS)}>{Math.min(ROWS, rows.length - most)} more</button></p>}
    </div>
  );
}
