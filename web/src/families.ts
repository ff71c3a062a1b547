/**
 * Families of events: what a reader tells apart at a glance, by colour and by shape. The colours
 * are Okabe and Ito's (jfly.uni-koeln.de/color), which people with any colour vision tell apart.
 */

export interface Family {
  key: string;
  label: string;
  shape: "diamond" | "triangle" | "star" | "ring" | "square" | "plus" | "cross" | "hexagon" | "dot";
}

export const FAMILIES: readonly Family[] = [
  { key: "held", label: "Seized or held", shape: "diamond" },
  { key: "stopped", label: "Stopped or boarded", shape: "triangle" },
  { key: "attack", label: "Attacked", shape: "star" },
  { key: "released", label: "Released or lifted", shape: "ring" },
  { key: "forces", label: "Blockade and forces", shape: "square" },
  { key: "words", label: "Words and diplomacy", shape: "plus" },
  { key: "silence", label: "Silence, false signals", shape: "cross" },
  { key: "odd", label: "Unusual movement", shape: "hexagon" },
  { key: "routine", label: "Routine traffic", shape: "dot" },
];

const OF: Record<string, string> = {
  seizure: "held", detention: "held", hijack: "held", kidnap: "held",
  boarding: "stopped", interception: "stopped", pursuit: "stopped", approach: "stopped",
  diversion: "stopped", attempted_boarding: "stopped", suspicious_approach: "stopped",
  attack: "attack", robbery: "attack",
  release: "released", blockade_lifted: "released",
  blockade: "forces", deployment: "forces", exercise: "forces", escort: "forces",
  hazard_area: "forces", other_warning: "forces",
  gap: "silence", jump: "silence", spoofing: "silence", identity_conflict: "silence",
  identity_change: "silence", invalid_identity: "silence", silent_after_stop: "silence", gnss_interference: "silence",
  loitering: "odd", encounter: "odd", stopped_at_sea: "odd", turn_back: "odd", escorted: "odd",
  port_call: "routine", zone_entry: "routine", zone_exit: "routine", line_crossing: "routine",
};
const OF_TRACKS: Record<string, string> = { diversion: "odd", approach: "odd", pursuit: "odd" };

/** The family of an event, as an index into FAMILIES. */
export function familyOf(incident: string | null, sense: string): number {
  const key = incident === null ? "words" : ((sense === "track" && OF_TRACKS[incident]) || OF[incident] || "odd");
  return FAMILIES.findIndex((f) => f.key === key);
}

export const familyKey = (index: number): string => FAMILIES[index]?.key ?? "odd";

const SENTENCES: Record<string, string> = {
  gnss_interference: "GNSS or AIS interference",
  identity_conflict: "One MMSI on two ships",
  identity_change: "Identity changed",
  invalid_identity: "MMSI or IMO number that cannot be",
  silent_after_stop: "Stopped with a companion, then silent",
  spoofing: "False positions",
  jump: "Impossible jump",
  gap: "AIS gap",
  turn_back: "Turned back before the line",
  stopped_at_sea: "Stopped at sea",
  escorted: "Escorted to a port not its own",
  zone_entry: "Zone entered",
  zone_exit: "Zone left",
};

/** A word of the incident vocabulary, or an act, as a person would write it. */
export function wording(word: string | null): string {
  if (!word) return "";
  const known = SENTENCES[word];
  if (known) return known;
  const plain = word.replaceAll("_", " ").toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** The outline of a shape around (0, 0) in a circle of radius r, for a canvas or an SVG path. */
export function outline(shape: Family["shape"], r: number): { points: [number, number][][]; hollow: boolean } {
  const turn = (n: number, from: number, radii: number[] = [r]): [number, number][] =>
    Array.from({ length: n }, (_, i) => {
      const angle = ((from + (360 * i) / n) * Math.PI) / 180;
      const radius = radii[i % radii.length] as number;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
  const a = r * 0.36;
  const plus: [number, number][] = [
    [-a, -r], [a, -r], [a, -a], [r, -a], [r, a], [a, a], [a, r], [-a, r], [-a, a], [-r, a], [-r, -a], [-a, -a],
  ];
  switch (shape) {
    case "diamond": return { points: [turn(4, 0, [r * 1.1])], hollow: false };
    case "triangle": return { points: [turn(3, -90, [r * 1.15])], hollow: false };
    case "star": return { points: [turn(10, -90, [r * 1.25, r * 0.5])], hollow: false };
    case "ring": return { points: [turn(24, 0, [r * 0.85])], hollow: true };
    case "square": return { points: [turn(4, 45, [r * 1.15])], hollow: false };
    case "plus": return { points: [plus], hollow: false };
    case "cross": return { points: [plus.map(([x, y]) => [(x - y) * 0.75, (x + y) * 0.75])], hollow: false };
    case "hexagon": return { points: [turn(6, 0)], hollow: false };
    case "dot": return { points: [turn(12, 0, [r * 0.45])], hollow: false };
  }
}

export function pathOf(shape: Family["shape"], r: number): string {
  return outline(shape, r)
    .points.map((ring) => "M" + ring.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join("L") + "Z")
    .join("");
}
