/** A place for each node: springs between those that act on one another, the same every time. */
export function lay(
  ids: string[], edges: { source: string; target: string; count: number }[], width: number, height: number,
): Map<string, [number, number]> {
  const n = ids.length;
  const at = ids.map((_, i): [number, number] => [
    width / 2 + Math.cos(i * 2.4) * (40 + 9 * i), height / 2 + Math.sin(i * 2.4) * (30 + 6 * i),
  ]);
  const where = new Map(ids.map((id, i) => [id, i]));
  const ideal = Math.sqrt((width * height) / Math.max(1, n)) * 0.62;
  for (let round = 0; round < 300; round++) {
    const heat = 14 * (1 - round / 300);
    const push = at.map((): [number, number] => [0, 0]);
    const pull = (i: number, j: number, force: number): void => {
      const [a, b] = [at[i] as [number, number], at[j] as [number, number]];
      const [dx, dy] = [a[0] - b[0], a[1] - b[1]];
      const d = Math.max(1, Math.hypot(dx, dy));
      const f = force * (force > 0 ? (ideal * ideal) / d : (d * d) / ideal) / d;
      const [p, q] = [push[i] as [number, number], push[j] as [number, number]];
      p[0] += dx * f; p[1] += dy * f; q[0] -= dx * f; q[1] -= dy * f;
    };
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) pull(i, j, 1);
    for (const e of edges) {
      const [i, j] = [where.get(e.source), where.get(e.target)];
      if (i !== undefined && j !== undefined) pull(i, j, -0.9);
    }
    at.forEach((p, i) => {
      const v = push[i] as [number, number];
      const d = Math.max(1e-6, Math.hypot(v[0], v[1]));
      p[0] = Math.max(80, Math.min(width - 80, p[0] + (v[0] / d) * Math.min(d, heat)));
      p[1] = Math.max(24, Math.min(height - 16, p[1] + (v[1] / d) * Math.min(d, heat)));
    });
  }
  return new Map(ids.map((id, i) => [id, at[i] as [number, number]]));
}
