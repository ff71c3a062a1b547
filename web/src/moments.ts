/** Times: milliseconds since 1970 inside the page, UTC in everything that is shown. */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function ms(text: string | null | undefined): number | null {
  if (!text) return null;
  const value = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  return Number.isNaN(value) ? null : value;
}

export const iso = (t: number): string => new Date(t).toISOString().replace(/\.\d+Z$/, "Z");

const two = (n: number): string => String(n).padStart(2, "0");

/** As "7 Mar 2031". */
export function day(t: number, year = true): string {
  const d = new Date(t);
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}${year ? ` ${d.getUTCFullYear()}` : ""}`;
}

export const clock = (t: number): string => {
  const d = new Date(t);
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
};

/** As "7 Mar 2031, 14:05 UTC". */
export const moment = (t: number): string => `${day(t)}, ${clock(t)} UTC`;

/** An interval in words: a day, a moment, or from when to when. */
export function span(time: { earliest: string | null; latest: string | null } | null | undefined): string {
  if (!time) return "no time told";
  const a = ms(time.earliest);
  const b = ms(time.latest);
  if (a === null && b === null) return "no time told";
  if (a === null) return `until ${moment(b as number)}`;
  if (b === null) return `from ${moment(a)}`;
  if (b - a < 60_000) return moment(a);
  const whole = a % DAY === 0 && (b + 1000) % DAY <= 1000;
  if (whole) return b - a < DAY ? day(a) : `${day(a, false)} – ${day(b)}`;
  if (day(a) === day(b)) return `${day(a)}, ${clock(a)}–${clock(b)} UTC`;
  return `${day(a, false)} ${clock(a)} – ${day(b)} ${clock(b)} UTC`;
}

/** When an interval begins, else when it ends; null without either. */
export function start(time: { earliest: string | null; latest: string | null } | null | undefined): number | null {
  return time ? (ms(time.earliest) ?? ms(time.latest)) : null;
}

/** Ticks of a time axis: a step that leaves about `wanted` of them, on whole steps of UTC. */
export function ticks(from: number, until: number, wanted: number): { at: number; label: string; major: boolean }[] {
  const steps = [HOUR / 4, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 91 * DAY, 365 * DAY];
  const step = steps.find((s) => (until - from) / s <= wanted) ?? 365 * DAY;
  const found = [];
  for (let at = Math.ceil(from / step) * step; at <= until; at += step) {
    const major = at % DAY === 0;
    found.push({ at, label: major ? day(at, false) : clock(at), major });
  }
  return found;
}
