/** The answers that a single file carries: a dictionary from path (with its query) to answer. */
import { parse } from "./hidden";
import type { Source } from "./source";

interface Carried {
  answers: Record<string, unknown>;
}

const holder = document.getElementById("masthead-data");

export function embedded(
  failing: new (message: string, hint: string, status: number) => Error,
): Source | null {
  if (!holder?.textContent) return null;
  const carried = parse(holder.textContent) as Carried;
  const refuse = async (): Promise<never> => {
    throw new failing("This is a file: it takes no marks.", "Open the case with: masthead serve CASE.toml", 0);
  };
  return {
    live: false,
    json: async (path) => {
      const found = carried.answers[path];
      if (found === undefined)
        throw new failing("This file does not carry that.", "Open the case with: masthead serve CASE.toml", 404);
      return found;
    },
    bytes: async () => null,
    post: refuse,
    remove: refuse,
  };
}
