/** What the map draws, whichever way it draws it: a few collections of features. */

export const LAYERS = ["coverage", "zones", "reach", "tracks", "tails", "ports", "ships", "events", "focus"] as const;
export type LayerName = (typeof LAYERS)[number];
export type Features = GeoJSON.FeatureCollection<GeoJSON.Geometry, Record<string, string | number | boolean | null>>;
export type Scene = Record<LayerName, Features>;

export interface Look {
  lon: number;
  lat: number;
  zoom: number;
  /** West, south, east, north. */
  bbox: [number, number, number, number];
}

export interface Picked {
  kind: "event" | "ship";
  id: string;
}

export interface Colours {
  sea: string; land: string; coast: string; border: string; grid: string; ink: string; faint: string;
  paper: string; accent: string; zone: string; reach: string; heard: string; track: string;
  families: string[];
}

export interface ChartMap {
  set(layer: LayerName, features: Features): void;
  recolour(colours: Colours): void;
  look(): Look;
  fit(bbox: [number, number, number, number], gently: boolean): void;
  jump(lon: number, lat: number, zoom: number): void;
  resize(): void;
  destroy(): void;
}

export interface Hearing {
  moved(look: Look): void;
  picked(found: Picked | null): void;
  hovered(found: Picked | null): void;
}

export const EMPTY: Features = { type: "FeatureCollection", features: [] };

/** The colours as the style sheet has them now, light or dark. */
export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    sea: of("sea"), land: of("land"), coast: of("coast"), border: of("border-line"), grid: of("grid"),
    ink: of("ink"), faint: of("faint"), paper: of("paper"), accent: of("accent"), zone: of("zone"),
    reach: of("reach"), heard: of("heard"), track: of("track"),
    families: Array.from({ length: 9 }, (_, i) => of(`family-${i}`)),
  };
}
