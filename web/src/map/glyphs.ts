/** The marks of events and ships, drawn on a canvas: for the canvas map, and as images of the GL map. */
import { FAMILIES, outline } from "../families";
import type { Colours } from "./scene";

export function drawEvent(c: CanvasRenderingContext2D, family: number, x: number, y: number, r: number, colours: Colours): void {
  const shape = FAMILIES[family]?.shape ?? "dot";
  const { points, hollow } = outline(shape, r);
  c.beginPath();
  for (const ring of points) {
    ring.forEach(([dx, dy], i) => (i ? c.lineTo(x + dx, y + dy) : c.moveTo(x + dx, y + dy)));
    c.closePath();
  }
  const colour = colours.families[family] ?? colours.ink;
  c.lineJoin = "round";
  if (hollow) {
    c.lineWidth = r * 0.75;
    c.strokeStyle = colours.paper;
    c.stroke();
    c.lineWidth = r * 0.42;
    c.strokeStyle = colour;
    c.stroke();
  } else {
    c.lineWidth = r * 0.36;
    c.strokeStyle = colours.paper;
    c.stroke();
    c.fillStyle = colour;
    c.fill();
  }
}

/** A ship: a dart along its course; hollow where it is silent. */
export function drawShip(
  c: CanvasRenderingContext2D, x: number, y: number, r: number, course: number, colour: string, paper: string, silent: boolean,
): void {
  const angle = (course * Math.PI) / 180;
  const point = (ahead: number, side: number): [number, number] => [
    x + r * (ahead * Math.sin(angle) + side * Math.cos(angle)),
    y - r * (ahead * Math.cos(angle) - side * Math.sin(angle)),
  ];
  c.beginPath();
  c.moveTo(...point(1.25, 0));
  c.lineTo(...point(-0.85, 0.68));
  c.lineTo(...point(-0.45, 0));
  c.lineTo(...point(-0.85, -0.68));
  c.closePath();
  c.lineJoin = "round";
  c.lineWidth = 1;
  c.fillStyle = silent ? paper : colour;
  c.strokeStyle = silent ? colour : paper;
  c.fill();
  c.stroke();
}

export function drawPort(c: CanvasRenderingContext2D, x: number, y: number, colours: Colours): void {
  c.fillStyle = colours.paper;
  c.strokeStyle = colours.ink;
  c.lineWidth = 1.2;
  c.fillRect(x - 3, y - 3, 6, 6);
  c.strokeRect(x - 3, y - 3, 6, 6);
}

export function shipColour(role: string, colours: Colours): string {
  return role === "chosen" ? colours.accent : role === "candidate" ? (colours.families[0] ?? colours.accent) : colours.track;
}

/** An image of `size` pixels, at twice that for sharp screens. */
export function image(size: number, draw: (c: CanvasRenderingContext2D, middle: number) => void): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * 2;
  const c = canvas.getContext("2d") as CanvasRenderingContext2D;
  c.scale(2, 2);
  draw(c, size / 2);
  return c.getImageData(0, 0, size * 2, size * 2);
}
