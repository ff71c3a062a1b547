/** Small parts that every view uses. */
import type { ComponentChildren } from "preact";
import type { AskError } from "../data/source";
import { FAMILIES, pathOf } from "../families";
import { go, link, type State } from "../state";

/** The mark of a family of events, as in the map. */
export function Glyph({ family, size = 14 }: { family: number; size?: number }) {
  const shape = FAMILIES[family]?.shape ?? "dot";
  return (
    <svg class={`glyph family-${family}${shape === "ring" ? " hollow" : ""}`} viewBox="-8 -8 16 16" width={size} height={size} aria-hidden="true">
      <path d={pathOf(shape, 6)} />
    </svg>
  );
}

/**
 * A link to a state of the page. The address is made anew when the link is about to be used, so that
 * a table of links does not follow every change of the state.
 */
export function To({ to, children, label, current, class: name }: {
  to: Partial<State>; children: ComponentChildren; label?: string; current?: boolean; class?: string;
}) {
  return (
    <a
      href={link(to)} class={name} aria-label={label} aria-current={current ? "true" : undefined}
      onPointerEnter={(e) => (e.currentTarget.href = link(to))} onFocus={(e) => (e.currentTarget.href = link(to))}
      onClick={(e) => {
        if (e.metaKey || e.ctrlKey || e.shiftKey) return;
        e.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}

export function Trouble({ error }: { error: AskError | null }) {
  if (!error) return null;
  return (
    <div class="trouble" role="alert">
      <p><strong>{error.message}</strong></p>
      {error.hint && <p>{error.hint}</p>}
    </div>
  );
}

export function Nothing({ children }: { children: ComponentChildren }) {
  return <p class="nothing">{children}</p>;
}

export const Waiting = () => <p class="waiting" role="status">One moment…</p>;

const FINDINGS: Record<string, [string, string]> = {
  corroborated: ["✓", "Borne out"],
  contradicted: ["✕", "Contradicted"],
  unsupported: ["○", "Not seen"],
  not_checkable: ["–", "Not checkable"],
};

/** A finding, by word and sign, never by colour alone. */
export function Finding({ value }: { value: string }) {
  const [sign, words] = FINDINGS[value] ?? ["", value];
  return <span class={`finding ${value}`}><span aria-hidden="true">{sign}</span> {words}</span>;
}
export const FINDING_WORDS = (value: string): string => FINDINGS[value]?.[1] ?? value;

export function ratio(value: number): string {
  if (value >= 1) return `×${value >= 100 ? many(Math.round(value)) : value.toPrecision(2).replace(/\.0$/, "")}`;
  const times = 1 / value;
  return `÷${times >= 100 ? many(Math.round(times)) : times.toPrecision(2).replace(/\.0$/, "")}`;
}

const NUMBERS = new Intl.NumberFormat("en");
/** A count, as 1,933,011. */
export const many = (n: number): string => NUMBERS.format(n);

export const percent = (p: number): string => (p < 0.01 ? "<1 %" : p > 0.99 ? ">99 %" : `${Math.round(p * 100)} %`);

export function position(lat: number | null | undefined, lon: number | null | undefined): string {
  if (lat == null || lon == null) return "";
  const part = (v: number, plus: string, minus: string, width: number): string => {
    const a = Math.abs(v);
    const minutes = (a % 1) * 60;
    return `${String(Math.floor(a)).padStart(width, "0")}°${minutes.toFixed(1).padStart(4, "0")}′${v < 0 ? minus : plus}`;
  };
  return `${part(lat, "N", "S", 2)} ${part(lon, "E", "W", 3)}`;
}
