/** Ships: all of them, and one with its identities, list hits, events and track. */
import { useEffect, useMemo } from "preact/hooks";
import { useAnswer, useList } from "../data/asked";
import { countryName } from "../data/countries";
import { sailing } from "../map/feeding";
import { chart } from "../map/pane";
import type { EventRecord, ShipDetail, ShipItem } from "../model";
import { day, ms } from "../moments";
import { useDeferred } from "../parts/deferred";
import { EventCard } from "../parts/event";
import { Marks } from "../parts/marks";
import { many, Nothing, To, Trouble, Waiting } from "../parts/small";
import { go, state } from "../state";
import { Identities } from "./identities";

const MOST = 400;
const count = (v: number | unknown[] | undefined): number => (Array.isArray(v) ? v.length : (v ?? 0));
const COLUMNS: [string, string, (s: ShipItem) => string | number][] = [
  ["name", "Name", (s) => s.name ?? ""], ["flag", "Flag", (s) => (s.flag ? countryName(s.flag) : "")], ["class", "Class", (s) => s.class ?? ""],
  ["mmsi", "MMSI", (s) => s.mmsi], ["imo", "IMO", (s) => s.imo ?? 0], ["events", "Events", (s) => -count(s.events)],
  ["hits", "Lists", (s) => -count(s.hits)],
];

export function Ships() {
  const found = useList<ShipItem>("ships");
  const words = useDeferred(state.value.q, 150, (q) => go({ q }, true));
  const sort = state.value.sort ?? "events";
  const rows = useMemo(() => {
    const wanted = state.value.q.toLowerCase().split(/\s+/).filter(Boolean);
    const by = (COLUMNS.find(([k]) => k === sort) ?? COLUMNS[0])?.[2] as (s: ShipItem) => string | number;
    return (found.value ?? [])
      .filter((s) => wanted.every((w) => `${s.name ?? ""} ${s.mmsi} ${s.imo ?? ""} ${s.call_sign ?? ""} ${s.flag ?? ""} ${s.flag ? countryName(s.flag) : ""} ${s.class ?? ""}`.toLowerCase().includes(w)))
      .sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));
  }, [found.value, state.value.q, sort]);
  if (state.value.ship) return <Ship mmsi={state.value.ship} />;
  return (
    <div class="view ships">
      <h2>Ships</h2>
      <label class="field"><span>Name, number, call sign, flag or class</span>
        <input type="search" value={words.value} onInput={(e) => words.set(e.currentTarget.value)} />
      </label>
      <Trouble error={found.error} />
      {!found.value ? !found.error && <Waiting /> : rows.length === 0 ? (
        <Nothing>{found.value.length ? "No ship is called that. Try a part of its name, or its MMSI." : "The case has no ships: name AIS files under [[tracks]] in the case file."}</Nothing>
      ) : (
        <div class="scroll"><table class="list">
          <caption>{rows.length} ships{rows.length > MOST && `, the first ${MOST}`}</caption>
          <thead><tr>{COLUMNS.map(([k, label]) => (
            <th scope="col" key={k} aria-sort={sort === k ? "ascending" : "none"}><button type="button" class="sort" onClick={() => go({ sort: k }, true)}>{label}{sort === k && <span aria-hidden="true"> ▾</span>}</button></th>
          ))}</tr></thead>
          <tbody>{rows.slice(0, MOST).map((s) => (
            <tr key={s.mmsi}>
              <td><To to={{ ship: String(s.mmsi) }}>{s.name ?? "unnamed"}</To></td><td>{s.flag && countryName(s.flag)}</td><td>{s.class}</td>
              <td class="number">{s.mmsi}</td><td class="number">{s.imo ?? ""}</td><td class="number">{count(s.events)}</td><td class="number">{count(s.hits) || ""}</td>
            </tr>
          ))}</tbody>
        </table></div>
      )}
    </div>
  );
}

function Ship({ mmsi }: { mmsi: string }) {
  const found = useAnswer<ShipDetail & { about?: EventRecord[] }>(`ships/${encodeURIComponent(mmsi)}`);
  const ship = found.value;
  const events = ship?.about ?? (Array.isArray(ship?.events) ? ship.events : []);
  const toTrack = (): void => {
    const s = sailing.peek();
    if (!s) return;
    const box: [number, number, number, number] = [180, 90, -180, -90];
    for (let i = 0; i < s.rows; i++)
      if (s.mmsi[i] === Number(mmsi)) {
        box[0] = Math.min(box[0], s.lon[i] as number); box[1] = Math.min(box[1], s.lat[i] as number);
        box[2] = Math.max(box[2], s.lon[i] as number); box[3] = Math.max(box[3], s.lat[i] as number);
      }
    if (box[2] >= box[0]) chart.peek()?.fit([box[0] - 0.1, box[1] - 0.1, box[2] + 0.1, box[3] + 0.1], true);
  };
  useEffect(toTrack, [mmsi, sailing.value !== null, chart.value !== null]);
  return (
    <div class="view ship">
      <p class="crumbs"><To to={{ ship: null, event: null }}>All ships</To></p>
      <Trouble error={found.error} />
      {!ship ? !found.error && <Waiting /> : (
        <>
          <h2>{ship.name ?? `MMSI ${mmsi}`}</h2>
          <p class="standfirst">{[ship.class, ship.flag && `flag of ${countryName(ship.flag)}`, `MMSI ${ship.mmsi}`, ship.imo && `IMO ${ship.imo}`, ship.call_sign && `call sign ${ship.call_sign}`].filter(Boolean).join(", ")}</p>
          <p>{many(ship.positions)} positions{ship.first && ship.last && `, ${day(ms(ship.first) ?? 0, false)} – ${day(ms(ship.last) ?? 0)}`}. <button type="button" onClick={toTrack}>Show its track</button></p>
          <Marks about={mmsi} kinds={["star", "note"]} />
          {ship.hits.length > 0 && (
            <section><h3>On lists</h3>{ship.hits.map((h, i) => <Facts key={i} of={h} />)}</section>
          )}
          <section>
            <h3>What it said of itself</h3>
            <Identities said={ship.identities} />
          </section>
          <section>
            <h3>Events</h3>
            {events.length === 0 ? <Nothing>Nothing was seen or told of it.</Nothing> : events.slice(0, 80).map((e) => <EventCard key={e.id} event={e} />)}
            {events.length > 80 && <p class="small">The first 80 of {events.length}.</p>}
          </section>
        </>
      )}
    </div>
  );
}

function Facts({ of }: { of: Record<string, unknown> }) {
  return (
    <dl class="facts">{Object.entries(of).filter(([, v]) => v !== null && v !== "").map(([k, v]) => (
      <><dt key={k}>{k.replaceAll("_", " ")}</dt><dd>{Array.isArray(v) ? v.join(", ") : typeof v === "object" ? JSON.stringify(v) : String(v)}</dd></>
    ))}</dl>
  );
}
