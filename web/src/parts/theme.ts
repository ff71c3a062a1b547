/** Light or dark: as the system has it, until the reader says otherwise. */
import { effect, signal } from "@preact/signals";

export type Theme = "light" | "dark";
const system = matchMedia("(prefers-color-scheme: dark)");

function remembered(): Theme | null {
  try {
    const told = localStorage.getItem("masthead-theme");
    return told === "light" || told === "dark" ? told : null;
  } catch {
    return null;
  }
}

export const theme = signal<Theme>(remembered() ?? (system.matches ? "dark" : "light"));

system.addEventListener("change", () => {
  if (!remembered()) theme.value = system.matches ? "dark" : "light";
});
effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function switchTheme(): void {
  theme.value = theme.value === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("masthead-theme", theme.value);
  } catch {
    // a browser that keeps nothing still switches
  }
}
