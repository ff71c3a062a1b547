/** Network: who does what to whom, where the states stand, claims against counter-claims. */
import { useMemo } from "preact/hooks";
import { useAnswer } from "../data/asked";
import { toEvent } from "../data/outlines";
import { wording } from "../families";
import type { Claim, NetworkAnswer, StancesAnswer } from "../model";
import { day, iso, ms } from "../moments";
import { Nothing, To, Trouble, Waiting } from "../parts/small";
import { go, state } from "../state";
import { lay, names } from "./layout";

export function Network() {
  const { from, until } = state.value;
  const net = useAnswer<NetworkAnswer>("network", { from: from === null ? null : iso(from), until: until === null ? null : iso(until) });
  const stances = useAnswer<StancesAnswer>("stances");
  return (
    <div class="view network">
      <h2>Who does what to whom</h2>
      <p class="small">{from === null && until === null ? "Over the whole time. Brush the time axis to see a part of it." : "In the brushed time."}</p>
      <Trouble error={net.error} />
      {!net.value ? !net.error && <Waiting /> : net.value.edges.length === 0 ? (
        <Nothing>In this time no report says that one actor did something to another. Choose a longer time.</Nothing>
      ) : <Drawn net={net.value} />}
      <Trouble error={stances.error} />
      {stances.value && <Stances told={stances.value} />}
      {stances.value && stances.value.disputes.length > 0 && <Disputes told={stances.value} />}
    </div>
  );
}

const sign = (v: number): string => (v > 0.05 ? "friendly" : v < -0.05 ? "hostile" : "neutral");
const MOST = 24;
/** The drawing's size: on a phone it is narrower, so that its words stay legible. */
const sizeOf = (): [number, number] => (innerWidth < 760 ? [380, 440] : [640, 420]);

function Drawn({ net }: { net: NetworkAnswer }) {
  const [W, H] = sizeOf();
  const nodes = net.nodes.slice(0, MOST);
  const kept = new Set(nodes.map((n) => n.id));
  const edges = net.edges.filter((e) => kept.has(e.source) && kept.has(e.target));
  const pairs = useMemo(() => {
    const found = new Map<string, { source: string; target: string; count: number; sign: number }>();
    for (const e of edges) {
      const key = `${e.source}>${e.target}`;
      const p = found.get(key) ?? { source: e.source, target: e.target, count: 0, sign: 0 };
      p.sign = (p.sign * p.count + e.sign * e.count) / (p.count + e.count);
      p.count += e.count;
      found.set(key, p);
    }
    return [...found.entries()];
  }, [net]);
  const at = useMemo(() => lay(nodes.map((n) => n.id), pairs.map(([, p]) => p), W, H), [net, W]);
  const size = new Map(nodes.map((n) => [n.id, Math.min(13, 5 + Math.sqrt(n.events ?? 1))]));
  const short = nodes.map((n) => ({ id: n.id, name: n.name.length > 30 ? `${n.name.slice(0, 29)}…` : n.name, r: size.get(n.id) ?? 6 }));
  const labels = useMemo(() => names(short, at, W), [net, W]);
  const pair = state.value.pair;
  const name = (id: string): string => net.nodes.find((n) => n.id === id)?.name ?? id;
  const rows = pair ? net.edges.filter((e) => `${e.source}>${e.target}` === pair) : net.edges;
  return (
    <>
      <svg class="graph" viewBox={`0 0 ${W} ${H}`} role="img" aria-label="Network of actors; the table below says the same">
        <defs>{["friendly", "hostile", "neutral"].map((k) => <marker key={k} id={`arrow-${k}`} class={k} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0L8,4L0,8Z" /></marker>)}</defs>
        {pairs.map(([key, p]) => {
          const a = at.get(p.source);
          const b = at.get(p.target);
          if (!a || !b) return null;
          const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
          const length = Math.hypot(dx, dy) || 1;
          const [mx, my] = [(a[0] + b[0]) / 2 - (dy / length) * 16, (a[1] + b[1]) / 2 + (dx / length) * 16];
          const stop = (from: [number, number], x: number, y: number, r: number): [number, number] => {
            const d = Math.hypot(x - from[0], y - from[1]) || 1;
            return [from[0] + ((x - from[0]) / d) * r, from[1] + ((y - from[1]) / d) * r];
          };
          const s = stop(a, mx, my, (size.get(p.source) ?? 6) + 2);
          const e = stop(b, mx, my, (size.get(p.target) ?? 6) + 4);
          const k = sign(p.sign);
          return (
            <path
              key={key} class={`edge ${k}${pair === key ? " chosen" : ""}`} stroke-width={1 + Math.log2(p.count) * 1.1} marker-end={`url(#arrow-${k})`}
              d={`M${s[0].toFixed(1)},${s[1].toFixed(1)}Q${mx.toFixed(1)},${my.toFixed(1)} ${e[0].toFixed(1)},${e[1].toFixed(1)}`}
              onClick={() => go({ pair: pair === key ? null : key })}
            ><title>{`${name(p.source)} to ${name(p.target)}: ${p.count}, ${k}`}</title></path>
          );
        })}
        {nodes.map((n) => {
          const p = at.get(n.id);
          const label = labels.get(n.id);
          return p && label && (
            <g key={n.id} class={`node ${n.kind ?? ""}`}><circle cx={p[0]} cy={p[1]} r={size.get(n.id)}><title>{`${n.name}: ${n.events ?? 0} events`}</title></circle><text x={label.x} y={label.y} text-anchor={label.anchor}>{label.text}</text></g>
          );
        })}
      </svg>
      <p class="small key"><span class="friendly">friendly</span> <span class="neutral">neutral</span> <span class="hostile">hostile (dashed)</span> full: a state or its government; ring: another actor{net.nodes.length > MOST && `; the ${MOST} busiest of ${net.nodes.length}`}</p>
      {pair && <p>{pair.split(">").map(name).join(" to ")}. <button type="button" onClick={() => go({ pair: null })}>Show all</button></p>}
      <div class="scroll"><table class="dense">
        <thead><tr><th scope="col">Who</th><th scope="col">does</th><th scope="col">to whom</th><th scope="col">Times</th><th scope="col">Sign</th><th scope="col">Between</th><th scope="col">Events</th></tr></thead>
        <tbody>{rows.map((e) => (
          <tr key={`${e.source}${e.target}${e.act}`}>
            <td>{name(e.source)}</td><td>{wording(e.act)}</td><td>{name(e.target)}</td><td class="number">{e.count}</td>
            <td class={sign(e.sign)}>{e.sign > 0 ? "+" : ""}{e.sign.toFixed(1).replace("-", "−")}</td>
            <td class="time">{[...new Set([e.first, e.last].map((t) => (ms(t) === null ? "" : day(ms(t) as number, false))))].filter(Boolean).join(" – ")}</td>
            <td>{e.events.slice(0, 4).map((id, i) => <><To key={id} to={{ view: "map", ...toEvent(id) }} label={`Event ${i + 1}`}>{i + 1}</To> </>)}</td>
          </tr>
        ))}</tbody>
      </table></div>
    </>
  );
}

function Stances({ told }: { told: StancesAnswer }) {
  if (!told.states.length) return null;
  return (
    <section>
      <h3>Where states stand{told.matter && `: ${told.matter}`}</h3>
      <div class="scroll"><table class="dense stances">
        <thead><tr><th scope="col">State</th><th scope="col">Against … for</th><th scope="col">Stance</th><th scope="col">Last change</th><th scope="col">Events</th></tr></thead>
        <tbody>{told.states.map((s) => {
          const last = s.changed[s.changed.length - 1];
          const on = last ? (Array.isArray(last) ? last[0] : last.from) : null;
          return (
            <tr key={s.country}>
              <th scope="row">{s.name}</th>
              <td><svg viewBox="-52 -7 104 14" width="104" height="14" aria-hidden="true"><line class="scale" x1="-50" x2="50" y1="0" y2="0" /><line class="scale" x1="0" x2="0" y1="-6" y2="6" /><circle class={sign(s.stance)} cx={s.stance * 50} cy="0" r="5" /></svg></td>
              <td>{s.stance > 0 ? "+" : ""}{s.stance.toFixed(2).replace("-", "−")}{s.called && <span class="small"> {s.called}</span>}</td>
              <td class="time">{on ? day(ms(on) ?? 0, false) : ""}</td>
              <td>{s.events.slice(0, 5).map((id, i) => <><To key={id} to={{ view: "map", ...toEvent(id) }} label={`Event ${i + 1}`}>{i + 1}</To> </>)}</td>
            </tr>
          );
        })}</tbody>
      </table></div>
    </section>
  );
}

function Disputes({ told }: { told: StancesAnswer }) {
  const side = (claims: Claim[]) => claims.map((c) => (
    <blockquote key={c.event + c.who}><p>{c.text}</p><footer><To to={{ view: "map", ...toEvent(c.event) }}>{c.who}</To></footer></blockquote>
  ));
  return (
    <section>
      <h3>Claims and counter-claims</h3>
      {told.disputes.map((d) => (
        <article key={d.about} class="dispute">
          <h4>{d.incident ? <To to={{ view: "incidents", incident: d.incident }}>{d.about}</To> : d.about}</h4>
          <div class="sides"><div><h5>Says</h5>{side(d.claims)}</div><div><h5>Against it</h5>{side(d.against)}</div></div>
        </article>
      ))}
    </section>
  );
}
