/** Search: words in everything, or a field of the events. */
import { useAnswer } from "../data/asked";
import { toEvent } from "../data/outlines";
import type { Page, SearchHit } from "../model";
import { day, ms } from "../moments";
import { useDeferred } from "../parts/deferred";
import { Nothing, To, Trouble, Waiting } from "../parts/small";
import { FIELDS } from "../data/fields";
import { visible } from "./spans";
import { go, state, type State } from "../state";

const KINDS: [SearchHit["kind"], string][] = [["incident", "Incidents"], ["event", "Events"], ["ship", "Ships"], ["document", "Documents"]];

function target(hit: SearchHit): Partial<State> {
  switch (hit.kind) {
    case "incident": return { view: "incidents", incident: hit.id, event: null, q: "" };
    case "ship": return { view: "ships", ship: hit.id, q: "" };
    case "document": return { view: "reader", document: hit.id, event: null };
    case "event": return { view: "map", q: "", ...toEvent(hit.id) };
  }
}

const MEANS: Record<(typeof FIELDS)[number], string> = {
  ship: "a ship’s name, words for it, MMSI, IMO number or call sign", act: "what happened, or the PLOVER act",
  by: "who does it", to: "to whom", says: "a speaker or a channel", place: "the words for the place",
  source: "the outlet or the document", status: "asserted, denied, threatened, …", sense: "report, notice or track",
  country: "three letters of a state, of an actor or a flag",
};

export function Search() {
  const q = state.value.q.trim();
  const words = useDeferred(state.value.q, 200, (next) => go({ q: next }, true));
  const found = useAnswer<Page<SearchHit>>(q ? "search" : null, { q });
  const hits = found.value?.items ?? [];
  return (
    <div class="view search">
      <h2>Search</h2>
      <label class="field wide"><span>Words of a report, a ship, an actor, a place, a number</span>
        <input id="search" type="search" value={words.value} onInput={(e) => words.set(e.currentTarget.value)} />
      </label>
      <details class="fields">
        <summary>Search in a field</summary>
        <p>As <code>ship:"amber tern" act:seizure,boarding source:wire -denied</code>: every term must hold, one of the values between commas is enough, a minus leaves out, quotes keep words together. The fields:</p>
        <dl class="facts">{FIELDS.map((f) => <><dt key={f}><button type="button" onClick={() => go({ q: `${state.value.q} ${f}:`.trim() }, true)}>{f}:</button></dt><dd>{MEANS[f]}</dd></>)}</dl>
      </details>
      <Trouble error={found.error} />
      {!q ? <Nothing>Type a ship’s name or number, a place, an actor, or any word of a report. The time axis and the map show the events that hold it.</Nothing> : found.loading && !found.value ? <Waiting /> : !found.error && hits.length === 0 ? (
        <Nothing>Nothing holds “{q}”. Try fewer words, or a part of the name.</Nothing>
      ) : KINDS.map(([kind, label]) => {
        const mine = hits.filter((h) => h.kind === kind);
        return mine.length > 0 && (
          <section key={kind}>
            <h3>{label} <span class="small">{mine.length}</span></h3>
            <ul class="hits">{mine.map((h) => (
              <li key={h.id}><To to={target(h)}>{visible(h.title)}</To> {h.time && <span class="time">{day(ms(h.time) ?? 0, false)}</span>}<p>{visible(h.snippet)}</p></li>
            ))}</ul>
          </section>
        );
      })}
    </div>
  );
}
