/** Web Mercator: the world as a square of 512 pixels at zoom 0, as MapLibre has it. */
export const WORLD = 512;
const LIMIT = 85.051129;

export const toX = (lon: number): number => ((lon + 180) / 360) * WORLD;
export function toY(lat: number): number {
  const phi = (Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180;
  return (0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI)) * WORLD;
}
export const toLon = (x: number): number => (x / WORLD) * 360 - 180;
export const toLat = (y: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * 180) / Math.PI;

/** What a map has that is not shown and so has no size: on a phone, while another view is open. */
const UNSEEN: [number, number] = [360, 320];

/** The zoom at which a box fills a window of so many pixels, and its middle. */
export function fitting(
  [west, south, east, north]: [number, number, number, number], width: number, height: number, most = 11,
): [number, number, number] {
  const w = Math.max(1e-6, toX(east) - toX(west));
  const h = Math.max(1e-6, toY(south) - toY(north));
  const [wide, high] = width > 1 && height > 1 ? [width, height] : UNSEEN;
  const zoom = Math.max(0, Math.min(most, Math.log2(Math.min((wide * 0.86) / w, (high * 0.86) / h))));
  return [(west + east) / 2, toLat((toY(south) + toY(north)) / 2), zoom];
}
