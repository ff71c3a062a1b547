/** The analyst's marks: made, shown, taken back. They are acts in the ledger, with their time. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { epoch, useAnswer } from "../data/asked";
import { source, type AskError } from "../data/source";
import type { Mark, Page } from "../model";
import { moment, ms } from "../moments";

const WORDS: Record<Mark["kind"], [string, string]> = {
  star: ["Star", "starred"], note: ["Note", "noted"], confirm: ["Confirm", "confirmed"],
  dispute: ["Dispute", "disputed"], merge: ["Merge", "merged"], split: ["Split", "split"],
};
const trouble = signal<string | null>(null);

export async function mark(about: string, kind: Mark["kind"], more: { text?: string; others?: string[] } = {}): Promise<boolean> {
  try {
    await source.post("marks", { about, kind, ...more });
    trouble.value = null;
    epoch.value++;
    return true;
  } catch (error) {
    const told = error as AskError;
    trouble.value = `${told.message} ${told.hint ?? ""}`;
    return false;
  }
}

const isRuling = (m: Mark): boolean => m.kind === "merge" || m.kind === "split";

async function withdraw(m: Mark): Promise<void> {
  try {
    await source.remove(`marks/${m.id}`);
    trouble.value = null;
    epoch.value++;
  } catch (error) {
    trouble.value = (error as AskError).message;
  }
}

/**
 * The marks on a thing. An incident's are given in `made`, for they stay with it when its id
 * changes. In a file they are shown, and none can be made.
 */
export function Marks({ about, kinds, made: given }: { about: string; kinds: Mark["kind"][]; made?: Mark[] }) {
  const [writing, setWriting] = useState<string | null>(null);
  const found = useAnswer<Page<Mark>>(given ? null : "marks");
  const mine = given ?? found.value?.items.filter((m) => m.about === about) ?? [];
  if (!source.live && !mine.length) return null;
  return (
    <span class="marks" role="group" aria-label="Your marks">
      {source.live && kinds.map((kind) => {
        const made = mine.find((m) => m.kind === kind);
        if (kind === "note")
          return <button key={kind} type="button" aria-expanded={writing !== null} onClick={() => setWriting(writing === null ? "" : null)}>Note</button>;
        return (
          <button key={kind} type="button" aria-pressed={made !== undefined} onClick={() => (made ? void withdraw(made) : void mark(about, kind))}>
            {WORDS[kind][0]}
          </button>
        );
      })}
      {writing !== null && (
        <form class="note" onSubmit={(e) => {
          e.preventDefault();
          void mark(about, "note", { text: writing }).then((done) => done && setWriting(null));
        }}>
          <label>Your note<textarea rows={2} maxLength={4000} value={writing} onInput={(e) => setWriting(e.currentTarget.value)} /></label>
          <button type="submit" disabled={!writing.trim()}>Keep the note</button>
        </form>
      )}
      {mine.filter((m) => m.text || isRuling(m) || !source.live).map((m) => (
        <span class="kept" key={m.id}>
          {m.text ?? `${source.live ? "You" : "The analyst"} ${WORDS[m.kind][1]} this`} <small>{moment(ms(m.made_at) ?? 0)}</small>{" "}
          {source.live && <button type="button" onClick={() => void withdraw(m)}>Take back</button>}
        </span>
      ))}
      {trouble.value && <span role="alert" class="trouble">{trouble.value}</span>}
    </span>
  );
}
