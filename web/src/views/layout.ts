/** A place for each node: springs between those that act on one another, the same every time. */
type Point = [number, number];

/** What is left free at the sides for names, and above and below. */
const MARGIN: Point = [78, 30];
const ROUNDS = 400;

export function lay(
  ids: string[], edges: { source: string; target: string; count: number }[], width: number, height: number,
): Map<string, Point> {
  const at = ids.map((_, i): Point => [Math.cos(i * 2.4) * Math.sqrt(i + 1), Math.sin(i * 2.4) * Math.sqrt(i + 1)]);
  const where = new Map(ids.map((id, i) => [id, i]));
  for (let round = 0; round < ROUNDS; round++) {
    const heat = 0.35 * (1 - round / ROUNDS);
    // Fruchterman and Reingold 1991, with a pull to the middle that keeps single nodes near.
    const push = at.map(([x, y]): Point => [-0.12 * x, -0.12 * y]);
    const pull = (i: number, j: number, spring: boolean): void => {
      const [a, b] = [at[i] as Point, at[j] as Point];
      const [dx, dy] = [a[0] - b[0], a[1] - b[1]];
      const d = Math.max(0.05, Math.hypot(dx, dy));
      const f = spring ? -d * 0.7 : 1 / (d * d);
      const [p, q] = [push[i] as Point, push[j] as Point];
      p[0] += dx * f; p[1] += dy * f; q[0] -= dx * f; q[1] -= dy * f;
    };
    for (let i = 0; i < at.length; i++) for (let j = i + 1; j < at.length; j++) pull(i, j, false);
    for (const e of edges) {
      const [i, j] = [where.get(e.source), where.get(e.target)];
      if (i !== undefined && j !== undefined && i !== j) pull(i, j, true);
    }
    at.forEach((p, i) => {
      const v = push[i] as Point;
      const d = Math.max(1e-6, Math.hypot(v[0], v[1]));
      p[0] += (v[0] / d) * Math.min(d, heat);
      p[1] += (v[1] / d) * Math.min(d, heat);
    });
  }
  const sizes: Point = [width, height];
  const fit = ([0, 1] as const).map((k) => {
    const values = at.map((p) => p[k]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const room = sizes[k] - 2 * MARGIN[k];
    return (v: number): number => (high > low ? MARGIN[k] + ((v - low) / (high - low)) * room : sizes[k] / 2);
  }) as [(v: number) => number, (v: number) => number];
  return new Map(ids.map((id, i) => [id, [fit[0]((at[i] as Point)[0]), fit[1]((at[i] as Point)[1])]]));
}

export interface Name { text: string; x: number; y: number; anchor: "start" | "middle" | "end" }

/** Pixels of a letter of a name, and of its height. */
const LETTER = 6.6;
const LINE = 13;

/** A place for each name beside its node: that of four where it covers the least of nodes and other names. */
export function names(nodes: { id: string; name: string; r: number }[], at: Map<string, Point>, width: number): Map<string, Name> {
  type Box = [west: number, north: number, east: number, south: number];
  const taken: Box[] = nodes.map(({ id, r }) => {
    const [x, y] = at.get(id) as Point;
    return [x - r, y - r, x + r, y + r];
  });
  const covered = ([w, n, e, s]: Box): number =>
    taken.reduce((sum, t) => sum + Math.max(0, Math.min(e, t[2]) - Math.max(w, t[0])) * Math.max(0, Math.min(s, t[3]) - Math.max(n, t[1])), 0) +
    1000 * (Math.max(0, -w) + Math.max(0, e - width));
  return new Map(nodes.map(({ id, name, r }) => {
    const [x, y] = at.get(id) as Point;
    const wide = name.length * LETTER;
    const tries: [Name, Box][] = [
      [{ text: name, x, y: y - r - 5, anchor: "middle" }, [x - wide / 2, y - r - 5 - LINE, x + wide / 2, y - r - 3]],
      [{ text: name, x, y: y + r + LINE, anchor: "middle" }, [x - wide / 2, y + r + 2, x + wide / 2, y + r + 4 + LINE]],
      [{ text: name, x: x + r + 5, y: y + 4, anchor: "start" }, [x + r + 5, y - LINE / 2, x + r + 5 + wide, y + LINE / 2]],
      [{ text: name, x: x - r - 5, y: y + 4, anchor: "end" }, [x - r - 5 - wide, y - LINE / 2, x - r - 5, y + LINE / 2]],
    ];
    const [best, box] = tries.reduce((a, b) => (covered(b[1]) < covered(a[1]) ? b : a));
    taken.push(box);
    return [id, best];
  }));
}
