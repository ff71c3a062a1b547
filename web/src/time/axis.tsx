/** The one time axis under everything: how many events of each family, the brush, the moment. */
import { computed, signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { brushed, extent, moment, onAxis } from "../data/outlines";
import { FAMILIES } from "../families";
import { clock, day, HOUR, moment as told, ticks } from "../moments";
import { go, state } from "../state";
import { Glyph } from "../parts/small";

const BINS = 120;
export const playing = signal(false);
const table = signal(false);

interface Bins {
  counts: number[][];
  most: number;
  width: number;
}

export const bins = computed<Bins>(() => {
  const [a, b] = extent.value;
  const width = (b - a) / BINS;
  const counts = FAMILIES.map(() => new Array<number>(BINS).fill(0));
  for (const o of onAxis.value) {
    if (o.t === null || o.t < a || o.t > b) continue;
    const row = counts[o.family] as number[];
    const i = Math.min(BINS - 1, Math.floor((o.t - a) / width));
    row[i] = (row[i] as number) + 1;
  }
  let most = 1;
  for (let i = 0; i < BINS; i++) most = Math.max(most, counts.reduce((s, row) => s + (row[i] as number), 0));
  return { counts, most, width };
});

/** Move the moment on by hours, within the brush. */
export function step(hours: number): void {
  const [a, b] = brushed.peek();
  const now = state.peek().t ?? b;
  const next = Math.max(a, Math.min(b, now + hours * HOUR));
  go({ t: next >= b ? null : next }, true);
  if (next >= b) playing.value = false;
}

function usePlaying(): void {
  const on = playing.value;
  useEffect(() => {
    if (!on) return;
    const [a, b] = brushed.peek();
    if (state.peek().t === null) go({ t: a }, true);
    const hours = Math.max(0.1, (b - a) / HOUR / 240);
    const beat = setInterval(() => step(hours), 125);
    return () => clearInterval(beat);
  }, [on]);
}

export function Axis() {
  usePlaying();
  const holder = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(800);
  const [drag, setDrag] = useState<number | null>(null);
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const sizes = new ResizeObserver(() => setWidth(element.clientWidth || 800));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  const [a, b] = extent.value;
  const [from, until] = brushed.value;
  const height = 64;
  const x = (t: number): number => ((t - a) / (b - a)) * width;
  const atX = (px: number): number => a + (Math.max(0, Math.min(width, px)) / width) * (b - a);
  const px = (e: PointerEvent): number => e.clientX - (holder.current as SVGSVGElement).getBoundingClientRect().left;
  const whole = state.value.from === null && state.value.until === null;
  const now = moment.value;
  const brush = (one: number, two: number): void => {
    const [low, high] = one < two ? [one, two] : [two, one];
    go({ from: low <= a ? null : low, until: high >= b ? null : high, t: null }, true);
  };
  const keys = (e: KeyboardEvent): void => {
    const by = e.shiftKey ? 24 : 1;
    const acts: Record<string, () => void> = {
      ArrowLeft: () => step(-by), ArrowRight: () => step(by),
      Home: () => go({ t: from }, true), End: () => go({ t: null }, true),
      "[": () => go({ from: now }, true), "]": () => go({ until: now, t: null }, true),
      Escape: () => go({ from: null, until: null, t: null }, true),
    };
    const act = acts[e.key];
    if (act) {
      e.preventDefault();
      act();
    }
  };
  return (
    <section class="axis" aria-label="Time">
      <div class="axis-bar">
        <button type="button" class="play" aria-pressed={playing.value} onClick={() => (playing.value = !playing.value)}>
          {playing.value ? "Pause" : "Play"}
        </button>
        <button type="button" aria-label="One hour back" onClick={() => step(-1)}>−1 h</button>
        <button type="button" aria-label="One hour on" onClick={() => step(1)}>+1 h</button>
        <output class="now">{b > 1 ? told(now) : ""}</output>
        <span class="brushed">
          {whole ? "the whole time" : `${day(from, false)} ${clock(from)} – ${day(until, false)} ${clock(until)}`}
        </span>
        {!whole && <button type="button" onClick={() => go({ from: null, until: null, t: null })}>Whole time</button>}
        <button type="button" class="aside" aria-expanded={table.value} onClick={() => (table.value = !table.value)}>Table</button>
      </div>
      <svg
        ref={holder} class="histogram" height={height + 18} width="100%" tabindex={0} role="slider"
        aria-label="The moment shown. Left and right step an hour, with Shift a day; [ and ] set the ends of the time; Escape clears it."
        aria-valuemin={a} aria-valuemax={b} aria-valuenow={now} aria-valuetext={told(now)}
        onKeyDown={keys}
        onPointerDown={(e) => {
          (e.currentTarget as SVGSVGElement).setPointerCapture(e.pointerId);
          setDrag(px(e));
        }}
        onPointerMove={(e) => {
          if (drag !== null && Math.abs(px(e) - drag) > 4) brush(atX(drag), atX(px(e)));
        }}
        onPointerUp={(e) => {
          if (drag !== null && Math.abs(px(e) - drag) <= 4) go({ t: Math.min(until, Math.max(from, atX(px(e)))) }, true);
          setDrag(null);
        }}
      >
        {bins.value.counts.map((row, f) => <Bars key={f} family={f} width={width} height={height} row={row} />)}
        {!whole && <><rect class="outside" x={0} y={0} width={Math.max(0, x(from))} height={height} /><rect class="outside" x={x(until)} y={0} width={Math.max(0, width - x(until))} height={height} /></>}
        <line class="base" x1={0} x2={width} y1={height} y2={height} />
        {ticks(a, b, width / 66).map((k) => (
          <g key={k.at} class={k.major ? "tick major" : "tick"}>
            <line x1={x(k.at)} x2={x(k.at)} y1={height} y2={height + 4} />
            <text x={x(k.at) + 3} y={height + 14}>{k.label}</text>
          </g>
        ))}
        <line class="hand" x1={x(now)} x2={x(now)} y1={0} y2={height + 5} />
      </svg>
      {table.value && <BinTable />}
    </section>
  );
}

function Bars({ family, row, width, height }: { family: number; row: number[]; width: number; height: number }) {
  const { counts, most } = bins.value;
  const w = width / BINS;
  const y = (n: number): number => Math.sqrt(n / most) * (height - 4);
  let path = "";
  row.forEach((n, i) => {
    if (!n) return;
    let below = 0;
    for (let f = 0; f < family; f++) below += (counts[f] as number[])[i] as number;
    const top = y(below + n);
    path += `M${(i * w).toFixed(1)},${(height - y(below)).toFixed(1)}h${Math.max(1, w - 1).toFixed(1)}V${(height - top).toFixed(1)}h${-Math.max(1, w - 1).toFixed(1)}Z`;
  });
  return <path class={`family-${family}`} d={path} />;
}

function BinTable() {
  const [a, b] = extent.value;
  const days = new Map<number, number[]>();
  for (const o of onAxis.value) {
    if (o.t === null || o.t < a || o.t > b) continue;
    const key = Math.floor(o.t / (24 * HOUR)) * 24 * HOUR;
    const row = days.get(key) ?? new Array<number>(FAMILIES.length).fill(0);
    row[o.family] = (row[o.family] as number) + 1;
    days.set(key, row);
  }
  return (
    <div class="scroll bin-table">
      <table>
        <caption>Events by day</caption>
        <thead><tr><th scope="col">Day</th>{FAMILIES.map((f, i) => <th scope="col" key={f.key}><Glyph family={i} /> {f.label}</th>)}</tr></thead>
        <tbody>
          {[...days].sort(([x], [y]) => x - y).map(([at, row]) => (
            <tr key={at}><th scope="row">{day(at)}</th>{row.map((n, i) => <td key={i} class="number">{n || ""}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
