/** What a ship said of itself: who it is, and where it says it is bound. */
import { countryName } from "../data/countries";
import type { ShipDetail } from "../model";
import { clock, day, ms } from "../moments";
import { Nothing } from "../parts/small";

type Said = ShipDetail["identities"][number];

/** Rows that say the same of these facts, one after another, are one. */
function merged(rows: Said[], facts: string[]): Said[] {
  const found: Said[] = [];
  for (const row of rows) {
    const last = found[found.length - 1];
    if (last && facts.every((f) => last[f] === row[f])) last.until = row.until ?? null;
    else found.push({ ...row });
  }
  return found;
}

const when = (t: Said[string] | undefined): string => {
  const at = ms(t ? String(t) : null);
  return at === null ? "–" : `${day(at, false)} ${clock(at)}`;
};

const shown = (fact: string, value: Said[string] | undefined): string | number => {
  if (value === null || value === undefined) return "";
  if (fact === "flag") return countryName(String(value));
  return typeof value === "number" && !Number.isInteger(value) ? value.toFixed(1) : value;
};

function Table({ rows, facts, caption }: { rows: Said[]; facts: [string, string][]; caption: string }) {
  return (
    <div class="scroll"><table class="dense">
      <caption>{caption}</caption>
      <thead><tr><th scope="col">From</th><th scope="col">Until</th>{facts.map(([f, label]) => <th scope="col" key={f}>{label}</th>)}</tr></thead>
      <tbody>{rows.map((row, i) => (
        <tr key={i}><td class="time">{when(row.from)}</td><td class="time">{when(row.until)}</td>{facts.map(([f]) => <td key={f}>{shown(f, row[f])}</td>)}</tr>
      ))}</tbody>
    </table></div>
  );
}

const WHO: [string, string][] = [["name", "Name"], ["imo", "IMO"], ["call_sign", "Call sign"], ["flag", "Flag"], ["length_m", "Length, m"], ["width_m", "Width, m"]];
const BOUND: [string, string][] = [["destination", "Destination"], ["draught_m", "Draught, m"]];

export function Identities({ said }: { said: Said[] }) {
  if (!said.length) return <Nothing>It sent no static data.</Nothing>;
  const [who, bound] = [WHO, BOUND].map((facts) => merged(said, facts.map(([f]) => f))) as [Said[], Said[]];
  const voyages = bound.filter((row) => row.destination != null || row.draught_m != null);
  return (
    <>
      <Table rows={who} facts={WHO} caption={who.length > 1 ? `${who.length} identities, by day and UTC` : "One identity all the time"} />
      {voyages.length > 0 && <details><summary>Where it said it was bound ({voyages.length})</summary><Table rows={voyages} facts={BOUND} caption="Times in UTC" /></details>}
    </>
  );
}
