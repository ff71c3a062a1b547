/**
 * Characters that show nothing but change how what follows is read: bidirectional controls, and the
 * C0 controls but tab and line ends. In a record they are named; in a document, whose offsets
 * count, the reader names them where they stand.
 */
const CLASS = "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff";
export const HIDDEN = new RegExp(`([${CLASS}])`);
const EVERY = new RegExp(HIDDEN, "g");
const ESCAPED = /\\u(00[01]|007f|200[ef]|202[a-e]|206[6-9]|feff)/i;
const EXACT = new Set(["id", "document", "about", "events"]);

export const nameOf = (c: string): string => `U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/** An answer of the API, its hidden characters named wherever it is not a document's own text. */
export function parse(json: string): unknown {
  if (!HIDDEN.test(json) && !ESCAPED.test(json)) return JSON.parse(json);
  return JSON.parse(json, function (this: Record<string, unknown>, key: string, value: unknown) {
    if (typeof value !== "string" || EXACT.has(key) || (key === "text" && "outlet" in this)) return value;
    return value.replace(EVERY, (c) => (c === "\n" || c === "\t" || c === "\r" ? c : `[${nameOf(c)}]`));
  });
}
