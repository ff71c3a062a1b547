/** Blockade: how effective it is, what it did to the traffic, what the law asks of it. */
import { useAnswer, useList } from "../data/asked";
import { toEvent } from "../data/outlines";
import type { Change, Effectiveness, Share, ShipItem } from "../model";
import { day, DAY, moment, ms } from "../moments";
import { Nothing, To, Trouble, Waiting } from "../parts/small";
import { go, state } from "../state";

const whole = (p: number): string => `${Math.round(p * 100)} %`;
const ENDS: [string, string][] = [
  ["stopped", "Stopped"], ["turned back", "Turned back"], ["through", "Through"],
  ["through in silence", "Through in silence"], ["not known", "Not known"],
];

export function Blockade() {
  const found = useAnswer<Effectiveness | null>("effectiveness");
  const told = found.value;
  return (
    <div class="view blockade">
      <h2>How effective the blockade is</h2>
      <Trouble error={found.error} />
      {found.loading ? <Waiting /> : !found.error && !told ? (
        <Nothing>No report of this case tells of a blockade of one state by another. Add such reports, or say in the case file under [blockade] whose it is and against whom.</Nothing>
      ) : told && <Told told={told} />}
    </div>
  );
}

function Events({ ids, most = 5 }: { ids: string[]; most?: number }) {
  return <>{ids.slice(0, most).map((id, i) => <> <To key={id} to={{ view: "map", ...toEvent(id) }} label={`Event ${i + 1}`}>[{i + 1}]</To></>)}</>;
}

function Told({ told }: { told: Effectiveness }) {
  const [since, until] = [ms(told.since), ms(told.until)];
  const named = (code: string | null, otherwise: string): string => (code ? (told.names[code] ?? code) : otherwise);
  return (
    <>
      <p class="standfirst">
        {named(told.by, "Somebody")} blockades {named(told.against, "a coast")}
        {since !== null && `, since ${moment(since)}`}{until !== null && `, until ${moment(until)}`}.<Events ids={told.told} />
      </p>
      {told.why_not && <Nothing>Not measured: {told.why_not}.</Nothing>}
      {told.stopped && <Passages told={told} stopped={told.stopped} />}
      {told.transits && <Transits transits={told.transits} />}
      {told.detours.length > 0 && <Detours told={told} />}
      <section>
        <h3>What the law of blockade asks</h3>
        <p class="small">What the ledger holds, condition by condition; not a legal opinion.</p>
        {told.law.map((c) => (
          <article key={c.name} class="condition">
            <h4>{c.name} <span class="small">{c.source}</span></h4>
            <ul>
              {c.held.map((h) => <li key={h.text}>{h.text}<Events ids={h.events} /></li>)}
              {c.missing.map((m) => <li key={m} class="missing">not held: {m}</li>)}
            </ul>
          </article>
        ))}
      </section>
    </>
  );
}

/** A share with the interval that holds 90 %: a dot on a line from 0 to 100 %. */
function Range({ share }: { share: Share }) {
  return (
    <svg class="range" viewBox="-4 -7 112 14" width="112" height="14" role="img" aria-label={`${whole(share.value)}, between ${whole(share.low)} and ${whole(share.high)}`}>
      <line class="scale" x1="2" x2="102" y1="0" y2="0" />
      <line class="band" x1={2 + share.low * 100} x2={2 + share.high * 100} y1="0" y2="0" />
      <circle cx={2 + share.value * 100} cy="0" r="4" />
    </svg>
  );
}

function Passages({ told, stopped }: { told: Effectiveness; stopped: Share }) {
  const all = ENDS.map(([key, label]) => ({ key, label, n: told.ends[key] ?? 0 }));
  const sum = all.reduce((s, e) => s + e.n, 0) || 1;
  let before = 0;
  const groups: [string, Record<string, Share>][] = [["Class", told.by_class], ["Flag", told.by_flag]];
  return (
    <section>
      <h3>Passages into and out of the closed ports</h3>
      <p class="ruling">{stopped.hits} of {stopped.of} stopped: <strong>{whole(stopped.value)}</strong> ({whole(stopped.low)} to {whole(stopped.high)})</p>
      <svg class="ends" viewBox="0 0 600 26" preserveAspectRatio="none" role="img" aria-label={all.map((e) => `${e.label}: ${e.n}`).join(", ")}>
        {all.map((e, i) => {
          const x = (before / sum) * 600;
          before += e.n;
          return <rect key={e.key} class={`end-${i}`} x={x} y="0" width={Math.max(0, (e.n / sum) * 600 - 1)} height="26"><title>{`${e.label}: ${e.n}`}</title></rect>;
        })}
      </svg>
      <ul class="key">{all.map((e, i) => <li key={e.key}><svg width="12" height="12" aria-hidden="true"><rect class={`end-${i}`} width="12" height="12" /></svg> {e.label} {e.n}</li>)}</ul>
      {groups.map(([name, shares]) => Object.keys(shares).length > 0 && (
        <div class="scroll" key={name}><table class="dense shares">
          <thead><tr><th scope="col">{name}</th><th scope="col">0 … 100 %</th><th scope="col">Stopped</th><th scope="col">90 % interval</th><th scope="col">Passages</th></tr></thead>
          <tbody>{Object.entries(shares).map(([of, s]) => (
            <tr key={of}><th scope="row">{told.names[of] ?? of}</th><td><Range share={s} /></td><td class="number">{whole(s.value)}</td><td class="number">{whole(s.low)} – {whole(s.high)}</td><td class="number">{s.hits} of {s.of}</td></tr>
          ))}</tbody>
        </table></div>
      ))}
      <p class="small">Counted from received tracks. What sailed unheard is not in it.</p>
    </section>
  );
}

const changed = (c: Change): string =>
  `${c.before.toPrecision(3)} a day before, ${c.after.toPrecision(3)} since: ${c.ratio.toFixed(2)} times (${c.low.toFixed(2)} to ${c.high.toFixed(2)})${c.low <= 1 && c.high >= 1 ? ", no change beyond chance" : ""}`;

function Transits({ transits }: { transits: NonNullable<Effectiveness["transits"]> }) {
  const first = ms(transits.first_day) ?? 0;
  const [w, h] = [600, 110];
  const most = Math.max(1, ...transits.daily);
  const step = w / Math.max(1, transits.daily.length);
  const every = Math.ceil(transits.daily.length / 12);
  return (
    <section>
      <h3>{transits.what.charAt(0).toUpperCase() + transits.what.slice(1)} a day</h3>
      {transits.change && <p class="ruling">{changed(transits.change)}</p>}
      <svg class="plot daily" viewBox={`0 0 ${w} ${h + 18}`} role="img" aria-label={`${transits.what} a day: ${transits.daily.join(", ")}`}>
        {transits.daily.map((n, i) => (
          <g key={i} class={i < transits.declared_day ? "before" : "since"} onClick={() => go({ from: first + i * DAY, until: first + (i + 1) * DAY, t: null })}>
            <rect x={i * step + 1} y={h - (n / most) * (h - 16)} width={Math.max(1, step - 2)} height={(n / most) * (h - 16)}><title>{`${day(first + i * DAY)}: ${n}`}</title></rect>
            {step > 22 && <text x={i * step + step / 2} y={h - (n / most) * (h - 16) - 3} text-anchor="middle">{n}</text>}
            {i % every === 0 && <text x={i * step + step / 2} y={h + 14} text-anchor="middle">{day(first + i * DAY, false)}</text>}
          </g>
        ))}
        <line class="declared" x1={transits.declared_day * step} x2={transits.declared_day * step} y1="0" y2={h} />
      </svg>
      <p class="small">The upright line is the day on which the blockade begins; pale bars are before it. A click brushes that day.</p>
      <div class="scroll"><table class="dense">
        <thead><tr><th scope="col">Class or flag</th><th scope="col">Change</th></tr></thead>
        <tbody>{Object.entries({ ...transits.by_class, ...transits.by_flag }).slice(0, 10).map(([of, c]) => <tr key={of}><th scope="row">{of}</th><td>{changed(c)}</td></tr>)}</tbody>
      </table></div>
    </section>
  );
}

const MOST = 40;
function Detours({ told }: { told: Effectiveness }) {
  const ships = useList<ShipItem>("ships").value ?? [];
  const names = new Map(ships.map((s) => [s.mmsi, s.name]));
  return (
    <section>
      <h3>Ships that turned away <span class="small">{told.detours.length}</span></h3>
      <div class="scroll"><table class="dense">
        <thead><tr><th scope="col">Ship</th><th scope="col">How</th><th scope="col">Sailed</th><th scope="col">Days</th><th scope="col">Farther by</th><th scope="col">Event</th></tr></thead>
        <tbody>{told.detours.slice(0, MOST).map((d) => (
          <tr key={d.event} class={state.value.event === d.event ? "chosen" : undefined}>
            <td><To to={{ view: "ships", ship: String(d.mmsi) }}>{names.get(d.mmsi) ?? d.mmsi}</To></td><td>{d.kind.replaceAll("_", " ")}</td>
            <td class="number">{d.arrived ? "" : "≥ "}{Math.round(d.sailed_nm)} NM</td><td class="number">{d.days.toFixed(1)}</td>
            <td class="number">{d.extra_nm === null ? "–" : `${Math.round(d.extra_nm)} NM`}</td><td><To to={toEvent(d.event)} label="The event">[1]</To></td>
          </tr>
        ))}</tbody>
      </table></div>
    </section>
  );
}
