/** The page: its head, the view that is open, the map beside it, the time axis under everything. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { caseInfo } from "./data/outlines";
import { source } from "./data/source";
import { connection, follow } from "./data/stream";
import { MapPane } from "./map/pane";
import { day, ms } from "./moments";
import { KeysHelp, onKey } from "./parts/keys";
import { many, To, Trouble } from "./parts/small";
import { switchTheme, theme } from "./parts/theme";
import { part, VIEWS, type View } from "./state";
import { Axis } from "./time/axis";
import { Blockade } from "./views/blockade";
import { Filters } from "./views/filters";
import { Incidents } from "./views/incidents";
import { Network } from "./views/network";
import { Reader } from "./views/reader";
import { Search } from "./views/search";
import { Ships } from "./views/ships";
import "./style/page.css";

const SHOWN: Record<View, () => preact.JSX.Element> = {
  map: Filters, incidents: Incidents, reader: Reader, network: Network, blockade: Blockade, ships: Ships, search: Search,
};
const LABELS: Record<View, string> = {
  map: "Map", incidents: "Incidents", reader: "Reader", network: "Network", blockade: "Blockade", ships: "Ships", search: "Search",
};

const view = part("view");

function Head() {
  const info = caseInfo.value.value;
  const n = (v: number | undefined): string => many(v ?? 0);
  const [a, b] = [ms(info?.period.earliest ?? info?.span.earliest), ms(info?.period.latest ?? info?.span.latest)];
  return (
    <header class="head">
      <p class="name">Masthead</p>
      <h1>{info?.title ?? "…"}</h1>
      <p class="facts-line">
        {info && <>{a !== null && b !== null && `${day(a, false)} – ${day(b)}. `}{n(info.counts.documents)} reports, {n(info.counts.positions)} positions of {n(info.counts.ships)} ships.</>}
        {info?.as_known_on && ` As known on ${day(ms(info.as_known_on) ?? 0)}.`}
        {connection.value === "lost" && <strong> The server is gone; what is shown may be old.</strong>}
      </p>
      <nav aria-label="Views">
        {VIEWS.map((v) => <To key={v} to={{ view: v }} current={view.value === v}>{LABELS[v]}</To>)}
      </nav>
      <p class="tools">
        {source.live ? <a href="./api/brief.html" target="_blank" rel="noopener">Brief</a> : <a href="#brief">Brief</a>}
        <button type="button" aria-label={`Switch to ${theme.value === "dark" ? "light" : "dark"}`} onClick={switchTheme}>{theme.value === "dark" ? "Light" : "Dark"}</button>
        <KeysHelp />
      </p>
    </header>
  );
}

function Page() {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const View = SHOWN[view.value];
  return (
    <div class={`desk view-${view.value}`}>
      <a class="skip" href="#main" onClick={(e) => { e.preventDefault(); document.getElementById("main")?.focus(); }}>To the content</a>
      <Head />
      <main id="main" tabIndex={-1} aria-label={LABELS[view.value]}>
        <Trouble error={caseInfo.value.error} />
        <View key={view.value} />
      </main>
      <MapPane />
      <Axis />
    </div>
  );
}

/** Name the window by what is shown. */
export function entitle(): void {
  const title = caseInfo.value.value?.title;
  document.title = `${LABELS[view.value]}${title ? `: ${title}` : ""} – Masthead`;
}

/** Put the page into an element. */
export function open(holder: HTMLElement): void {
  holder.replaceChildren();
  render(<Page />, holder);
  effect(entitle);
  follow();
}
