/** How a hand moves the canvas map: pointers, the wheel, keys. */
import type { Hearing, Picked } from "./scene";

interface Moved {
  move(dx: number, dy: number): void;
  zoomBy(by: number, x?: number, y?: number): void;
  nearest(x: number, y: number): Picked | null;
}

const STEP = 80;

export function moveByHand(canvas: HTMLCanvasElement, map: Moved, hearing: Hearing): void {
  const pointers = new Map<number, [number, number]>();
  let dragged = false;
  const place = (e: PointerEvent | MouseEvent): [number, number] => {
    const r = canvas.getBoundingClientRect();
    return [e.clientX - r.left, e.clientY - r.top];
  };
  canvas.addEventListener("pointerdown", (e) => {
    if (e.isTrusted) canvas.setPointerCapture(e.pointerId);
    pointers.set(e.pointerId, place(e));
    dragged = false;
  });
  canvas.addEventListener("pointermove", (e) => {
    const now = place(e);
    const before = pointers.get(e.pointerId);
    if (!before) {
      const found = map.nearest(...now);
      canvas.classList.toggle("over", found !== null);
      return hearing.hovered(found);
    }
    if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== e.pointerId)?.[1] as [number, number];
      const apart = (p: [number, number]): number => Math.hypot(p[0] - other[0], p[1] - other[1]);
      map.zoomBy(Math.log2(apart(now) / Math.max(1, apart(before))), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    } else map.move(now[0] - before[0], now[1] - before[1]);
    if (Math.hypot(now[0] - before[0], now[1] - before[1]) > 2) dragged = true;
    pointers.set(e.pointerId, now);
  });
  for (const name of ["pointerup", "pointercancel"] as const) canvas.addEventListener(name, (e) => pointers.delete(e.pointerId));
  canvas.addEventListener("click", (e) => {
    if (!dragged) hearing.picked(map.nearest(...place(e)));
  });
  canvas.addEventListener("wheel", (e) => {
    e.preventDefault();
    map.zoomBy(-e.deltaY / 400, ...place(e));
  }, { passive: false });
  canvas.addEventListener("keydown", (e) => {
    const moves: Record<string, () => void> = {
      ArrowLeft: () => map.move(STEP, 0), ArrowRight: () => map.move(-STEP, 0), ArrowUp: () => map.move(0, STEP),
      ArrowDown: () => map.move(0, -STEP), "+": () => map.zoomBy(0.5), "=": () => map.zoomBy(0.5), "-": () => map.zoomBy(-0.5),
    };
    const act = moves[e.key];
    if (act) {
      e.preventDefault();
      e.stopPropagation();
      act();
    }
  });
}
