/** What is new: the server says when the ledger or the marks changed, and the page asks again. */
import { signal } from "@preact/signals";
import { epoch } from "./asked";
import { source } from "./source";

export const connection = signal<"open" | "lost" | "none">("none");

export function follow(): void {
  if (!source.live) return;
  let head: string | null = null;
  const stream = new EventSource("./api/stream");
  const heard = (message: MessageEvent<string>): void => {
    let now = message.data;
    try {
      const told = JSON.parse(message.data) as { head?: string; version?: string };
      now = told.version ?? told.head ?? message.data;
    } catch {
      // a plain head
    }
    if (head !== null && head !== now) epoch.value++;
    head = now;
  };
  stream.onopen = () => (connection.value = "open");
  stream.onerror = () => (connection.value = "lost");
  stream.onmessage = heard;
  stream.addEventListener("head", heard as EventListener);
}
