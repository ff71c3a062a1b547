/** The keys of the page, and the list of them. */
import { useRef } from "preact/hooks";
import { go, VIEWS } from "../state";
import { playing, step } from "../time/axis";

const KEYS: [string, string][] = [
  ["1 – 7", "open a view"], ["/", "search"], ["Space", "play or pause"], [", and .", "an hour back, an hour on"],
  ["← →", "on the time axis: an hour; with Shift a day"], ["[ and ]", "on the time axis: begin or end the time here"],
  ["j and k", "the next or the former link of a list"], ["?", "these keys"],
];

export function onKey(e: KeyboardEvent): void {
  const on = e.target as HTMLElement;
  if (e.ctrlKey || e.metaKey || e.altKey || on.closest("input, textarea, select, dialog")) return;
  const view = VIEWS[Number(e.key) - 1];
  if (view) return go({ view });
  if (e.key === "/") {
    e.preventDefault();
    go({ view: "search" });
    requestAnimationFrame(() => document.querySelector<HTMLInputElement>("#search")?.select());
  } else if (e.key === " " && !on.closest("button, a, summary")) {
    e.preventDefault();
    playing.value = !playing.value;
  } else if (e.key === ",") step(-1);
  else if (e.key === ".") step(1);
  else if (e.key === "j" || e.key === "k") {
    const links = [...document.querySelectorAll<HTMLElement>("main td a, main .hits a, main .event h4 a")];
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[Math.max(0, at + (e.key === "j" ? 1 : -1))]?.focus();
  } else if (e.key === "?") document.querySelector<HTMLButtonElement>("#keys-button")?.click();
}

export function KeysHelp() {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" id="keys-button" onClick={() => dialog.current?.showModal()}>Keys</button>
      <dialog ref={dialog} aria-label="Keys">
        <h2>Keys</h2>
        <dl class="facts">{KEYS.map(([k, what]) => <><dt key={k}>{k}</dt><dd>{what}</dd></>)}</dl>
        <button type="button" onClick={() => dialog.current?.close()}>Close</button>
      </dialog>
    </>
  );
}
