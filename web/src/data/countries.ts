/** Names of states: as the case's own actors have them, else the code. */
import { computed } from "@preact/signals";
import type { NetworkAnswer } from "../model";
import { answerTo } from "./asked";

const names = computed(() => {
  const found = new Map<string, string>();
  for (const n of answerTo<NetworkAnswer>("network", { from: null, until: null }).value.value?.nodes ?? [])
    if (n.country && (n.kind === "state" || !found.has(n.country)) && !/ministry|navy/i.test(n.name)) found.set(n.country, n.name);
  return found;
});

export const countryName = (code: string): string => names.value.get(code) ?? code;
