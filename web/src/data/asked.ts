/**
 * Answers of the API kept as signals: asked once, and again when the ledger's head changes and they
 * are shown. Lists come first, then single things that are shown even so: ids of incidents change
 * with their events, and a view that sees in its list that its incident is gone leaves it.
 */
import { effect, signal, type Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { all, AskError, source, type Query } from "./source";

export interface Answer<T> {
  value: T | null;
  error: AskError | null;
  loading: boolean;
}

/** Counts the changes of the ledger that the page knows of. */
export const epoch = signal(0);

interface Kept {
  answer: Signal<Answer<unknown>>;
  of: number;
  load: () => Promise<unknown>;
  shown: boolean;
  /** Whether it is one thing by its id. */
  one: boolean;
}
const kept = new Map<string, Kept>();

function keep<T>(key: string, load: () => Promise<T>): Signal<Answer<T>> {
  let entry = kept.get(key);
  if (!entry) {
    const made: Kept = { answer: signal<Answer<unknown>>({ value: null, error: null, loading: true }, {
      watched: () => {
        made.shown = true;
        if (made.of !== epoch.peek()) void refresh(made);
      },
      unwatched: () => { made.shown = false; },
    }), of: -1, load, shown: false, one: (key.split("?")[0] as string).includes("/") };
    kept.set(key, (entry = made));
  }
  if (entry.of !== epoch.peek()) void refresh(entry);
  return entry.answer as Signal<Answer<T>>;
}

async function refresh(entry: Kept): Promise<void> {
  const now = epoch.peek();
  entry.of = now;
  try {
    const value = await entry.load();
    if (entry.of === now) entry.answer.value = { value, error: null, loading: false };
  } catch (error) {
    const told = error instanceof AskError ? error : new AskError(String(error), "", 0);
    entry.answer.value = { value: entry.answer.peek().value, error: told, loading: false };
  }
}

async function renew(now: number): Promise<void> {
  const stale = (one: boolean): Kept[] => [...kept.values()].filter((e) => e.shown && e.one === one && e.of !== now);
  await Promise.all(stale(false).map(refresh));
  await new Promise((done) => setTimeout(done)); // what the lists changed is drawn
  if (epoch.peek() === now) stale(true).forEach((entry) => void refresh(entry));
}

effect(() => {
  if (epoch.value > 0) void renew(epoch.value);
});

const NONE = signal<Answer<never>>({ value: null, error: null, loading: false });

export function answerTo<T>(path: string, query: Query = {}): Signal<Answer<T>> {
  return keep(`${path}?${JSON.stringify(query)}`, () => source.json(path, query) as Promise<T>);
}

export function listOf<T>(path: string, query: Query = {}): Signal<Answer<T[]>> {
  return keep(`all ${path}?${JSON.stringify(query)}`, () => all<T>(path, query));
}

/** In a component: the answer to a path, or nothing where the path is null. */
export function useAnswer<T>(path: string | null, query: Query = {}): Answer<T> {
  const key = path === null ? null : `${path}?${JSON.stringify(query)}`;
  const found = useMemo(() => (path === null ? NONE : answerTo<T>(path, query)), [key]);
  return found.value as Answer<T>;
}

export function useList<T>(path: string, query: Query = {}): Answer<T[]> {
  const found = useMemo(() => listOf<T>(path, query), [`${path}?${JSON.stringify(query)}`]);
  return found.value;
}
