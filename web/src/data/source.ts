/**
 * Where the page's data come from: the API of `masthead serve`, or answers of that API that a file
 * carries with it (`<script type="application/json" id="masthead-data">`).
 */
import { embedded } from "./embedded";
import { parse } from "./hidden";

export class AskError extends Error {
  constructor(message: string, readonly hint: string, readonly status: number) {
    super(message);
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Source {
  /** Whether marks can be made and changes followed. */
  live: boolean;
  json(path: string, query?: Query): Promise<unknown>;
  bytes(path: string, query?: Query): Promise<ArrayBuffer | null>;
  post(path: string, body: unknown): Promise<unknown>;
  remove(path: string): Promise<unknown>;
}

function address(path: string, query: Query = {}): string {
  const words = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== "") words.set(key, String(value));
  const text = words.toString();
  return `./api/${path}${text ? `?${text}` : ""}`;
}

async function ask(path: string, query?: Query, options?: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address(path, query), { credentials: "same-origin", ...options });
  } catch {
    throw new AskError("The server does not answer.", "Start it again with: masthead serve CASE.toml", 0);
  }
  if (answer.ok) return answer;
  const told = (await answer.json().catch(() => ({}))) as { error?: string; hint?: string };
  throw new AskError(told.error ?? `The server answered ${answer.status}.`, told.hint ?? "", answer.status);
}

const server: Source = {
  live: true,
  json: async (path, query) => parse(await (await ask(path, query)).text()),
  bytes: async (path, query) => (await ask(path, query)).arrayBuffer(),
  post: async (path, body) =>
    (
      await ask(path, undefined, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      })
    ).json(),
  remove: async (path) => (await ask(path, undefined, { method: "DELETE" })).json().catch(() => null),
};

export const source: Source = embedded(AskError) ?? server;

/** All items of a paged list. */
export async function all<T>(path: string, query: Query = {}): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page = (await source.json(path, { ...query, limit: 1000, cursor })) as { items: T[]; next: string | null };
    found.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return found;
}
