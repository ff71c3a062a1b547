/**
 * The tracks of all ships as columns, and where each ship was at a moment. Rows are sorted by ship
 * and time; `link` says how a row is joined to the one before it: 0 not, 1 sailed, 2 silence.
 */
import { tableFromIPC } from "@uwdata/flechette";
import { HOUR } from "../moments";
import { WORLD } from "./mercator";
import { EMPTY, type Features } from "./scene";

export interface Sailing {
  mmsi: ArrayLike<number>;
  t: ArrayLike<number>;
  lat: ArrayLike<number>;
  lon: ArrayLike<number>;
  cog: ArrayLike<number | null>;
  link: ArrayLike<number>;
  /** The first row of each ship, and the number of rows at the end. */
  begins: number[];
  rows: number;
  /** The zoom that they were thinned for. */
  zoom: number;
}

const LOST_AFTER = 12 * HOUR;

export function fromArrow(bytes: ArrayBuffer, zoom: number): Sailing {
  const table = tableFromIPC(new Uint8Array(bytes));
  const column = (name: string): ArrayLike<number> => table.getChild(name).toArray() as ArrayLike<number>;
  return index({
    mmsi: column("mmsi"), t: column("t"), lat: column("lat"), lon: column("lon"), cog: column("cog"),
    link: column("link"),
  }, zoom);
}

function index(columns: Omit<Sailing, "begins" | "rows" | "zoom">, zoom: number): Sailing {
  const begins: number[] = [];
  const rows = columns.mmsi.length;
  for (let i = 0; i < rows; i++) if (i === 0 || columns.mmsi[i] !== columns.mmsi[i - 1]) begins.push(i);
  begins.push(rows);
  return { ...columns, begins, rows, zoom };
}

const at = (values: ArrayLike<number>, i: number): number => values[i] as number;

/** The last row of [low, high) that is not after a moment; low - 1 if all are. */
function lastBefore(t: ArrayLike<number>, low: number, high: number, moment: number): number {
  const first = low;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(t, middle) <= moment) low = middle + 1;
    else high = middle;
  }
  return low > first ? low - 1 : first - 1;
}

export interface Fleet {
  ships: Features;
  tails: Features;
}

/** Every ship at a moment, and its way of the hours before: silent stretches apart, to be dashed. */
export function fleetAt(s: Sailing, moment: number, hours: number, special: Map<number, string>): Fleet {
  const ships: Features["features"] = [];
  const tails: Features["features"] = [];
  const since = moment - hours * HOUR;
  for (let k = 0; k + 1 < s.begins.length; k++) {
    const low = s.begins[k] as number;
    const high = s.begins[k + 1] as number;
    const i = lastBefore(s.t, low, high, moment);
    if (i < low || moment - at(s.t, i) > LOST_AFTER) continue;
    const mmsi = at(s.mmsi, i);
    let lon = at(s.lon, i);
    let lat = at(s.lat, i);
    let cog = s.cog[i];
    const next = i + 1 < high ? at(s.link, i + 1) : 0;
    const sailing = next === 1;
    if (sailing) {
      const share = (moment - at(s.t, i)) / Math.max(1, at(s.t, i + 1) - at(s.t, i));
      const dlon = at(s.lon, i + 1) - lon;
      const dlat = at(s.lat, i + 1) - lat;
      if (Math.abs(dlon) < 180) {
        if (Math.hypot(dlon, dlat) > 1e-4) cog = (Math.atan2(dlon * Math.cos((lat * Math.PI) / 180), dlat) * 180) / Math.PI;
        lon += dlon * share;
        lat += dlat * share;
      }
    }
    const silent = next === 2 || (!sailing && moment - at(s.t, i) > HOUR);
    const role = special.get(mmsi) ?? "other";
    ships.push({
      type: "Feature",
      geometry: { type: "Point", coordinates: [lon, lat] },
      properties: { mmsi, cog: cog ?? 0, silent, role },
    });
    if (hours > 0) trail(s, low, i, since, [lon, lat], role, tails);
  }
  return { ships: { ...EMPTY, features: ships }, tails: { ...EMPTY, features: tails } };
}

function trail(
  s: Sailing, low: number, i: number, since: number, head: [number, number], role: string, into: Features["features"],
): void {
  let line: [number, number][] = [head];
  const push = (points: [number, number][], silent: boolean): void => {
    if (points.length > 1)
      into.push({ type: "Feature", geometry: { type: "LineString", coordinates: points }, properties: { silent, role } });
  };
  for (let j = i; j >= low; j--) {
    const here: [number, number] = [at(s.lon, j), at(s.lat, j)];
    const last = line[line.length - 1] as [number, number];
    if (Math.abs(last[0] - here[0]) > 180) break;
    line.push(here);
    if (at(s.t, j) < since || at(s.link, j) === 0 || j === low) break;
    if (at(s.link, j) === 2) {
      push(line, false);
      const before: [number, number] = [at(s.lon, j - 1), at(s.lat, j - 1)];
      if (Math.abs(before[0] - here[0]) < 180) push([here, before], true);
      line = [before];
    }
  }
  push(line, false);
}

/**
 * Whole tracks as lines, silent stretches apart. At a zoom, a point within half a pixel of the last
 * one drawn is not drawn: the server thins by when a ship was where, the eye only sees where.
 */
export function wholeTracks(s: Sailing, from: number, until: number, zoom: number, special: Map<number, string>, only?: Set<number>): Features {
  const found: Features["features"] = [];
  const pixel = 360 / (WORLD * 2 ** zoom) / 2;
  for (let k = 0; k + 1 < s.begins.length; k++) {
    const low = s.begins[k] as number;
    const high = s.begins[k + 1] as number;
    const mmsi = at(s.mmsi, low);
    if (only && !only.has(mmsi)) continue;
    const role = special.get(mmsi) ?? "other";
    let line: [number, number][] = [];
    const end = (): void => {
      if (line.length > 1)
        found.push({ type: "Feature", geometry: { type: "LineString", coordinates: line }, properties: { silent: false, role } });
      line = [];
    };
    for (let i = low; i < high; i++) {
      const t = at(s.t, i);
      if (t < from || t > until) { end(); continue; }
      const here: [number, number] = [at(s.lon, i), at(s.lat, i)];
      const last = line[line.length - 1];
      const link = at(s.link, i);
      const seen = !last || Math.abs(last[0] - here[0]) > pixel || Math.abs(last[1] - here[1]) > pixel;
      if (link !== 1 || (last && Math.abs(last[0] - here[0]) > 180)) {
        if (link === 2 && !seen) continue;
        end();
        if (link === 2 && last && Math.abs(last[0] - here[0]) < 180)
          found.push({ type: "Feature", geometry: { type: "LineString", coordinates: [last, here] }, properties: { silent: true, role } });
      } else if (!seen) continue;
      line.push(here);
    }
    end();
  }
  return { ...EMPTY, features: found };
}
