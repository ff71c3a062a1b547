/** The ships' tracks around an incident, small: the way, the distance to the place told, the speed. */
import type { IncidentDetail, TrackColumns } from "../model";
import { clock, day, HOUR, ms, ticks } from "../moments";
import { To } from "../parts/small";

const W = 220;
const H = 130;
const PAD = { left: 34, right: 6, top: 20, bottom: 18 };
const NM = 1852;
/** A wider ring is drawn cut off. */
const WIDEST_RING_NM = 40;

interface Row { t: number; lat: number; lon: number; sog: number | null; d: number | null }

export function distanceNm(aLat: number, aLon: number, bLat: number, bLon: number): number {
  const rad = Math.PI / 180;
  const h = Math.sin(((bLat - aLat) * rad) / 2) ** 2 +
    Math.cos(aLat * rad) * Math.cos(bLat * rad) * Math.sin(((bLon - aLon) * rad) / 2) ** 2;
  return (2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(h)))) / NM;
}

function rowsOf(track: TrackColumns, place: { lat: number | null; lon: number | null } | null): Row[] {
  return track.t.map((t, i) => {
    const lat = track.lat[i] as number;
    const lon = track.lon[i] as number;
    return {
      t: typeof t === "number" ? t : (ms(t) ?? 0), lat, lon, sog: track.sog[i] ?? null,
      d: place?.lat != null && place.lon != null ? distanceNm(lat, lon, place.lat, place.lon) : null,
    };
  });
}

export function Plots({ detail }: { detail: IncidentDetail }) {
  const ships = Object.entries(detail.track).filter(([, t]) => t.t.length > 1);
  if (!ships.length) return null;
  const { incident, verdict } = detail;
  const told: [number | null, number | null] = [ms(incident.time?.earliest), ms(incident.time?.latest)];
  return (
    <section>
      <h3>The tracks around it</h3>
      {ships.map(([mmsi, track]) => {
        const rows = rowsOf(track, incident.place);
        const name = verdict?.candidates.find((c) => String(c.mmsi) === mmsi)?.name ?? (String(verdict?.mmsi) === mmsi ? (incident.vessel?.name ?? mmsi) : mmsi);
        const last = rows[rows.length - 1] as Row;
        const first = rows[0] as Row;
        const closest = rows.reduce((best, r) => (r.d !== null && (best.d === null || r.d < best.d) ? r : best), first);
        const caption = `${name}, ${day(first.t, false)} ${clock(first.t)} to ${day(last.t, false)} ${clock(last.t)} UTC` +
          (closest.d === null ? "" : `; closest to the place told ${closest.d.toFixed(1)} NM at ${clock(closest.t)}, ${day(closest.t, false)}`);
        return (
          <figure key={mmsi} class="plots">
            <div class="plot-row">
              <Way rows={rows} detail={detail} />
              {closest.d !== null && <Line rows={rows} of={(r) => r.d} unit="NM off" told={told} />}
              <Line rows={rows} of={(r) => r.sog} unit="knots" told={told} />
            </div>
            <figcaption><To to={{ view: "ships", ship: mmsi }}>{name}</To>{caption.slice(String(name).length)}</figcaption>
            <details class="plot-table"><summary>As a table</summary><PlotTable rows={rows} /></details>
          </figure>
        );
      })}
    </section>
  );
}

function Way({ rows, detail }: { rows: Row[]; detail: IncidentDetail }) {
  const place = detail.incident.place;
  const lats = rows.map((r) => r.lat);
  const lons = rows.map((r) => r.lon);
  if (place?.lat != null && place.lon != null) {
    const ring = Math.min(place.radius_m ?? 0, WIDEST_RING_NM * NM) / NM / 60;
    const across = ring / Math.cos((place.lat * Math.PI) / 180);
    lats.push(place.lat - ring, place.lat + ring);
    lons.push(place.lon - across, place.lon + across);
  }
  const mid = (v: number[]): number => (Math.min(...v) + Math.max(...v)) / 2;
  const [lat0, lon0] = [mid(lats), mid(lons)];
  const squeeze = Math.cos((lat0 * Math.PI) / 180);
  const reach = Math.max((Math.max(...lats) - Math.min(...lats)) / (H - 24), ((Math.max(...lons) - Math.min(...lons)) * squeeze) / (W - 24), 1e-4);
  const x = (lon: number): number => W / 2 + ((lon - lon0) * squeeze) / reach;
  const y = (lat: number): number => H / 2 - (lat - lat0) / reach;
  let sailed = "";
  let silent = "";
  rows.forEach((r, i) => {
    const before = rows[i - 1];
    const here = `${x(r.lon).toFixed(1)},${y(r.lat).toFixed(1)}`;
    if (!before) sailed += `M${here}`;
    else if (r.t - before.t > HOUR) {
      silent += `M${x(before.lon).toFixed(1)},${y(before.lat).toFixed(1)}L${here}`;
      sailed += `M${here}`;
    } else sailed += `L${here}`;
  });
  const radius = place?.radius_m ? Math.min(200, place.radius_m / NM / 60 / reach) : 0;
  const end = rows[rows.length - 1] as Row;
  return (
    <svg class="plot" viewBox={`0 0 ${W} ${H}`} role="img" aria-label="The way of the ship; the ring is the place told">
      {place?.lat != null && place.lon != null && <><circle class="told-place" cx={x(place.lon)} cy={y(place.lat)} r={Math.max(4, radius)} /><path class="told-cross" d={`M${x(place.lon) - 4},${y(place.lat)}h8m-4,-4v8`} /></>}
      <path class="line" d={sailed} /><path class="line silent" d={silent} />
      <circle class="dot" cx={x(end.lon)} cy={y(end.lat)} r="2.5" />
    </svg>
  );
}

function Line({ rows, of, unit, told }: { rows: Row[]; of: (r: Row) => number | null; unit: string; told: [number | null, number | null] }) {
  const a = (rows[0] as Row).t;
  const b = Math.max(a + 1, (rows[rows.length - 1] as Row).t);
  const values = rows.map(of).filter((v): v is number => v !== null);
  const most = Math.max(1, ...values) * 1.05;
  const x = (t: number): number => PAD.left + ((Math.max(a, Math.min(b, t)) - a) / (b - a)) * (W - PAD.left - PAD.right);
  const y = (v: number): number => H - PAD.bottom - (v / most) * (H - PAD.top - PAD.bottom);
  let path = "";
  let gap = true;
  rows.forEach((r, i) => {
    const v = of(r);
    const before = rows[i - 1];
    if (v === null || (before && r.t - before.t > HOUR)) gap = true;
    if (v === null) return;
    path += `${gap ? "M" : "L"}${x(r.t).toFixed(1)},${y(v).toFixed(1)}`;
    gap = false;
  });
  const steps = [0, most / 2, most].map((v) => (most > 20 ? Math.round(v / 5) * 5 : Math.round(v)));
  const [from, until] = [told[0] ?? told[1], told[1] ?? told[0]];
  return (
    <svg class="plot" viewBox={`0 0 ${W} ${H}`} role="img" aria-label={`${unit} over time; the band is the time told`}>
      {from !== null && until !== null && until >= a && from <= b && <rect class="told-time" x={x(from)} y={PAD.top} width={Math.max(2, x(until) - x(from))} height={H - PAD.top - PAD.bottom} />}
      {[...new Set(steps)].filter((v) => v <= most).map((v) => <g key={v} class="tick"><line x1={PAD.left} x2={W - PAD.right} y1={y(v)} y2={y(v)} /><text x={PAD.left - 4} y={y(v) + 3} text-anchor="end">{v}</text></g>)}
      {ticks(a, b, 4).map((k) => <g key={k.at} class="tick"><text x={x(k.at)} y={H - 5} text-anchor="middle">{k.label}</text></g>)}
      <path class="line" d={path} />
      <text class="unit" x={PAD.left} y={PAD.top - 8}>{unit}</text>
    </svg>
  );
}

function PlotTable({ rows }: { rows: Row[] }) {
  const every = Math.max(1, Math.ceil(rows.length / 24));
  return (
    <table class="dense">
      <thead><tr><th scope="col">UTC</th><th scope="col">Latitude</th><th scope="col">Longitude</th><th scope="col">Knots</th><th scope="col">NM off</th></tr></thead>
      <tbody>
        {rows.filter((_, i) => i % every === 0).map((r) => (
          <tr key={r.t}><td class="time">{day(r.t, false)} {clock(r.t)}</td><td class="number">{r.lat.toFixed(3)}</td><td class="number">{r.lon.toFixed(3)}</td><td class="number">{r.sog?.toFixed(1) ?? "–"}</td><td class="number">{r.d?.toFixed(1) ?? "–"}</td></tr>
        ))}
      </tbody>
    </table>
  );
}
