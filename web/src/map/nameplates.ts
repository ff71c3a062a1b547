/** Where the names of zones and lines stand: over an area's northern edge, at a line's eastern end, out of the way of what lies in them. */
import type { Features } from "./scene";

/** Of an area's height: what is this near its top belongs to its northern edge. */
const EDGE = 0.05;

function place(g: GeoJSON.Geometry): { at: GeoJSON.Position; anchor: "bottom" | "left" } | null {
  if (g.type === "LineString") {
    const ends = [g.coordinates[0], g.coordinates[g.coordinates.length - 1]] as GeoJSON.Position[];
    const east = ends.reduce((a, b) => ((b[0] as number) > (a[0] as number) ? b : a));
    return { at: east, anchor: "left" };
  }
  const ring = g.type === "Polygon" ? g.coordinates[0] : g.type === "MultiPolygon" ? g.coordinates[0]?.[0] : null;
  if (!ring?.length) return null;
  const lats = ring.map((p) => p[1] as number);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const top = ring.filter((p) => (p[1] as number) >= north - EDGE * (north - south)).map((p) => p[0] as number);
  return { at: [(Math.min(...top) + Math.max(...top)) / 2, north], anchor: "bottom" };
}

export function nameplates(zones: Features): Features {
  const features = zones.features.flatMap((f) => {
    const found = f.properties.name ? place(f.geometry) : null;
    return found ? [{ ...f, geometry: { type: "Point" as const, coordinates: found.at }, properties: { ...f.properties, anchor: found.anchor } }] : [];
  });
  return { ...zones, features };
}
