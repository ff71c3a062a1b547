/** Land and borders: Natural Earth at 1:50 million, from the package world-atlas. */
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { unpacked } from "../data/carried";
import address from "world-atlas/countries-50m.json?url";

export interface Ground {
  land: GeoJSON.FeatureCollection;
  borders: GeoJSON.MultiLineString;
  names: GeoJSON.FeatureCollection<GeoJSON.Point, { name: string }>;
}

type Atlas = Topology<{ land: GeometryCollection; countries: GeometryCollection<{ name: string }> }>;

/** Twice the area, in square degrees, from which a country gets its name: Malta does, San Marino not. */
const SMALLEST = 0.03;

let asked: Promise<Ground> | null = null;

export function ground(): Promise<Ground> {
  asked ??= load();
  return asked;
}

async function load(): Promise<Ground> {
  const carried = await unpacked("masthead-land");
  const atlas = (carried ? JSON.parse(carried) : await (await fetch(address)).json()) as Atlas;
  const countries = feature(atlas, atlas.objects.countries) as GeoJSON.FeatureCollection<
    GeoJSON.Polygon | GeoJSON.MultiPolygon, { name: string }
  >;
  return {
    land: feature(atlas, atlas.objects.land) as GeoJSON.FeatureCollection,
    borders: mesh(atlas, atlas.objects.countries, (a, b) => a !== b),
    names: { type: "FeatureCollection", features: countries.features.flatMap((c) => label(c) ?? []) },
  };
}

/** A country's name in the middle of its largest ring. */
function label(
  country: GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon, { name: string }>,
): GeoJSON.Feature<GeoJSON.Point, { name: string }> | null {
  const g = country.geometry;
  if (!g) return null;
  const rings = g.type === "Polygon" ? [g.coordinates[0]] : g.coordinates.map((p) => p[0]);
  let best: { area: number; at: [number, number] } | null = null;
  for (const ring of rings) {
    if (!ring) continue;
    let area = 0, x = 0, y = 0;
    for (let i = 0; i + 1 < ring.length; i++) {
      const [x0, y0] = ring[i] as [number, number];
      const [x1, y1] = ring[i + 1] as [number, number];
      const cross = x0 * y1 - x1 * y0;
      area += cross;
      x += (x0 + x1) * cross;
      y += (y0 + y1) * cross;
    }
    if (area && (!best || Math.abs(area) > best.area))
      best = { area: Math.abs(area), at: [x / (3 * area), y / (3 * area)] };
  }
  if (!best || best.area < SMALLEST) return null;
  return { type: "Feature", geometry: { type: "Point", coordinates: best.at }, properties: { name: country.properties.name } };
}

/** Meridians and parallels every `step` degrees. */
export function graticule(step: number): GeoJSON.MultiLineString {
  const lines: GeoJSON.Position[][] = [];
  for (let lon = -180; lon <= 180; lon += step) lines.push([[lon, -85], [lon, 85]]);
  for (let lat = -80; lat <= 80; lat += step) lines.push([[-180, lat], [180, lat]]);
  return { type: "MultiLineString", coordinates: lines };
}
