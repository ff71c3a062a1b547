/** One incident in full: its state, who says what, what the tracks say and why, what is wanted. */
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { useAnswer } from "../data/asked";
import { countryName } from "../data/countries";
import { source } from "../data/source";
import { toEvent } from "../data/outlines";
import { wording } from "../families";
import { chart, show } from "../map/pane";
import { isText, type IncidentDetail, type IncidentItem, type Tally } from "../model";
import { moment, ms, span } from "../moments";
import { Chain, EventCard, names } from "../parts/event";
import { Marks, mark } from "../parts/marks";
import { Finding, percent, position, ratio, To, Trouble, Waiting } from "../parts/small";
import { go, state, type State } from "../state";
import { headOf } from "./incidents";
import { Plots } from "./plots";

export function IncidentInFull({ id, list }: { id: string; list: IncidentItem[] }) {
  const found = useAnswer<IncidentDetail>(`incidents/${encodeURIComponent(id)}`);
  const place = found.value?.incident.place;
  useEffect(() => {
    if (!found.value || !chart.value) return;
    if (place?.lat != null && place.lon != null) show(place.lon, place.lat, 1.2);
    const { earliest, latest } = found.value.incident.time ?? { earliest: null, latest: null };
    const ends = [ms(earliest), ms(latest)].filter((t): t is number => t !== null);
    const patch: Partial<State> = {};
    if (ends.length && state.peek().event === null) patch.t = ends.reduce((a, b) => a + b) / ends.length;
    if (found.value.prism && !state.peek().layers.includes("reach")) patch.layers = [...state.peek().layers, "reach"];
    go(patch, true);
  }, [id, found.value !== null, chart.value]);
  const at = list.findIndex((i) => i.incident.id === id);
  useLayoutEffect(() => {
    if (found.value && list.length && at < 0) go({ incident: heir(found.value, list) }, true);
  }, [list]);
  const step = (by: number) => {
    const next = list[at + by];
    return next ? <To to={{ incident: next.incident.id, event: null }}>{by < 0 ? "Earlier" : "Later"}</To> : null;
  };
  return (
    <div class="view incident">
      <p class="crumbs"><To to={{ incident: null, event: null }}>All incidents</To> {step(-1)} {step(1)}</p>
      {found.error && <Trouble error={found.error} />}
      {!found.value ? !found.error && <Waiting /> : <Told detail={found.value} list={list} />}
    </div>
  );
}

/** What became of an incident whose events were ruled on: that which the first of them is of now. */
function heir({ incident }: IncidentDetail, list: IncidentItem[]): string | null {
  const now = (event: string): IncidentItem | undefined => list.find((i) => i.incident.events.includes(event));
  return incident.events.map(now).find(Boolean)?.incident.id ?? null;
}

function Told({ detail, list }: { detail: IncidentDetail; list: IncidentItem[] }) {
  const { incident, verdict } = detail;
  const events = new Map(detail.events.map((e) => [e.id, e]));
  const outlets = new Map(detail.documents.map((d) => [d.id, d.outlet]));
  const outletOf = (id: string): string | null => {
    const document = events.get(id)?.evidence.find(isText)?.document;
    return document ? (outlets.get(document) ?? null) : null;
  };
  const words = (id: string): string => events.get(id)?.evidence.find(isText)?.text ?? "";
  return (
    <>
      <h2>{headOf(detail.title)}</h2>
      <p class="standfirst">
        {wording(incident.state)}. {span(incident.time)}
        {incident.place?.text && <>, {incident.place.text}</>}
        {incident.by.length > 0 && <>, by {incident.by.map(countryName).join(", ")}</>}.
        {incident.place?.lat != null && <span class="small"> {position(incident.place.lat, incident.place.lon)}</span>}
      </p>
      <Marks about={incident.id} kinds={["star", "note", "confirm", "dispute"]} made={detail.marks ?? []} />
      {verdict && (
        <section class="verdict-box" aria-label="Verdict">
          <h3>What the tracks say</h3>
          <p class="ruling"><Finding value={verdict.finding} /> <span class="odds">{percent(verdict.probability)} likely as told; the tracks weigh {ratio(verdict.ratio)}</span></p>
          <div class="scroll"><table class="reasons">
            <thead><tr><th scope="col">Test</th><th scope="col">What it found</th><th scope="col">Weighs</th></tr></thead>
            <tbody>
              {verdict.reasons.map((r, i) => (
                <tr key={i}>
                  <th scope="row">{wording(r.test)}</th>
                  <td>{r.text}{r.events.slice(0, 3).map((e, k) => <> <To key={e} to={toEvent(e)} label={`Track event ${k + 1}`}>[{k + 1}]</To></>)}</td>
                  <td class="number">{ratio(r.ratio)}</td>
                </tr>
              ))}
            </tbody>
          </table></div>
          {verdict.tipping && <p><strong>It would tip:</strong> {verdict.tipping}</p>}
          {verdict.wanted.length > 0 && <><p><strong>Wanted to settle it</strong></p><ul>{verdict.wanted.map((w) => <li key={w}>{w}</li>)}</ul></>}
          {verdict.candidates.length > 0 && (
            <div class="scroll"><table class="dense">
              <caption>Ships it may be about</caption>
              <thead><tr><th scope="col">Ship</th><th scope="col">Chance</th><th scope="col">Why</th></tr></thead>
              <tbody>{verdict.candidates.map((c) => (
                <tr key={c.mmsi}><td><To to={{ view: "ships", ship: String(c.mmsi) }}>{c.name ?? c.mmsi}</To></td><td class="number">{percent(c.probability)}</td><td>{c.why}</td></tr>
              ))}</tbody>
            </table></div>
          )}
        </section>
      )}
      <Plots detail={detail} />
      <section>
        <h3>Who says so</h3>
        <div class="voices">
          {incident.voices.map((v) => (
            <article key={v.name} class="voice">
              <h4>{v.name}</h4>
              {v.events.map((id) => {
                const e = events.get(id);
                const document = e?.evidence.find(isText)?.document;
                return (
                  <blockquote key={id} class={state.value.event === id ? "chosen" : undefined}>
                    <p>{words(id)}</p>
                    <footer>
                      {e && e.attribution.length > 0 && <Chain links={e.attribution} />}{" "}
                      {e && e.status !== "asserted" && <span class="tag">{e.status}</span>}{" "}
                      {document && <To to={{ view: "reader", document, event: id }}>Read it</To>}
                    </footer>
                  </blockquote>
                );
              })}
              {v.echoes.length > 0 && <p class="small">Repeated in {v.echoes.length} other {v.echoes.length === 1 ? "report" : "reports"}, which adds nothing: {[...new Set(v.echoes.map((id) => outletOf(id) ?? "another outlet"))].join(", ")}.</p>}
              {v.drift.map((d) => <p key={d} class="drift">Changed on the way: {d}</p>)}
            </article>
          ))}
        </div>
      </section>
      {incident.disagreements.length > 0 && (
        <section>
          <h3>Where they differ</h3>
          <div class="scroll"><table class="dense"><tbody>
            {incident.disagreements.flatMap((d) => Object.entries(d.versions).map(([version, ids], i) => (
              <tr key={d.about + version}>{i === 0 && <th scope="rowgroup" rowSpan={Object.keys(d.versions).length}>{wording(d.about)}</th>}<td>{version}</td><td>{[...new Set(ids.map((e) => outletOf(e) ?? "unnamed"))].join(", ")}</td></tr>
            )))}
          </tbody></table></div>
        </section>
      )}
      {incident.corrections.length > 0 && (
        <section>
          <h3>Corrected by the source</h3>
          <div class="scroll"><table class="dense">
            <thead><tr><th scope="col">Source</th><th scope="col">About</th><th scope="col">First</th><th scope="col">Now</th></tr></thead>
            <tbody>{incident.corrections.map((c) => (
              <tr key={c.about + c.later}><th scope="row">{c.source}</th><td>{wording(c.about)}</td><td><To to={toEvent(c.earlier)}>{c.was}</To></td><td><To to={toEvent(c.later)}>{c.now}</To></td></tr>
            ))}</tbody>
          </table></div>
        </section>
      )}
      {incident.tally && <Counted tally={incident.tally} list={list} />}
      <section>
        <h3>Step by step</h3>
        <ol class="steps">
          {incident.steps.map((s, i) => (
            <li key={i}><span class="time">{s.time ? span(s.time) : s.told_at ? `told ${moment(ms(s.told_at) ?? 0)}` : "–"}</span> <strong>{wording(s.state)}</strong>{" "}
              {events.has(s.event) && <To to={toEvent(s.event)}>{outletOf(s.event) ?? names(events.get(s.event)?.sources ?? []) ?? "source"}</To>}</li>
          ))}
        </ol>
      </section>
      <Rulings detail={detail} list={list} />
      <details>
        <summary>The {detail.events.length} events it is made of</summary>
        {incident.joined.length > 0 && <ul class="small">{incident.joined.map((j) => <li key={j}>{j}</li>)}</ul>}
        {detail.events.map((e) => <EventCard key={e.id} event={e} outlet={outletOf(e.id)} />)}
      </details>
    </>
  );
}

/** How it counts among the others of its kind. */
function Counted({ tally, list }: { tally: Tally; list: IncidentItem[] }) {
  if (tally.nth === null) {
    const parts = list.filter((i) => tally.parts.includes(i.incident.id));
    return (
      <section>
        <h3>Counted together</h3>
        <p>It counts what these tell one by one, and is no incident beside them:</p>
        <ul>{parts.map((i) => <li key={i.incident.id}><To to={{ view: "incidents", incident: i.incident.id }}>{i.title}</To></li>)}</ul>
      </section>
    );
  }
  const missing = Math.max(0, tally.nth - 1 - tally.held);
  return (
    <section>
      <h3>Counted</h3>
      <p>Told as number {tally.nth} of its kind; the case holds {tally.held} before it{missing > 0 && `, and ${missing} told of nowhere else`}.</p>
    </section>
  );
}

/** The analyst rules on merging: this and another are one, or some of its events are not of it. */
function Rulings({ detail, list }: { detail: IncidentDetail; list: IncidentItem[] }) {
  const [other, setOther] = useState("");
  const [apart, setApart] = useState<string[]>([]);
  const id = detail.incident.id;
  const others = list.filter((i) => i.incident.id !== id);
  if (!source.live) return null;
  return (
    <details class="rulings">
      <summary>Merge or split</summary>
      <p>
        <label>This is the same as <select value={other} onChange={(e) => setOther(e.currentTarget.value)}>
          <option value="">choose an incident</option>
          {others.map((i) => <option key={i.incident.id} value={i.incident.id}>{i.title}</option>)}
        </select></label>{" "}
        <button type="button" disabled={!other} onClick={() => void mark(id, "merge", { others: [other] })}>Merge</button>
      </p>
      {detail.events.length > 1 && (
        <fieldset>
          <legend>These are about something else</legend>
          {detail.events.map((e) => (
            <label key={e.id}><input type="checkbox" checked={apart.includes(e.id)} onChange={() => setApart(apart.includes(e.id) ? apart.filter((x) => x !== e.id) : [...apart, e.id])} /> {e.evidence.find(isText)?.text.slice(0, 110) ?? e.why}</label>
          ))}
          <button type="button" disabled={!apart.length || apart.length === detail.events.length} onClick={() => void mark(id, "split", { others: apart })}>Split</button>
        </fieldset>
      )}
    </details>
  );
}
