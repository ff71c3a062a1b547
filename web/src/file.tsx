/**
 * The page inside the file that `masthead brief --format html` writes. The brief is the file's own
 * words, there without this script; what follows the `#` tells which of the two is shown: a state of
 * the page (`#view=map&…`), or the brief and a place in it.
 */
import { effect } from "@preact/signals";
import { theme } from "./parts/theme";
import { entitle, open } from "./page";

const desk = document.getElementById("page") as HTMLElement;
const brief = document.getElementById("brief") as HTMLElement;
const styles = document.getElementById("desk-style") as HTMLStyleElement;
const others = document.getElementById("brief-style") as HTMLStyleElement;
const title = document.title;
let opened = false;

function show(): void {
  const wanted = location.hash.includes("=");
  desk.hidden = !wanted;
  brief.hidden = wanted;
  styles.media = wanted ? "all" : "not all";
  others.media = wanted ? "not all" : "all";
  if (wanted && !opened) {
    opened = true;
    open(desk);
  } else if (wanted) {
    entitle();
  }
  if (!wanted) {
    document.title = title;
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
}

for (const way of document.querySelectorAll<HTMLElement>(".to-desk")) way.hidden = false;
effect(() => {
  document.documentElement.dataset.theme = theme.value;
});
addEventListener("hashchange", show);
addEventListener("popstate", show);
show();
