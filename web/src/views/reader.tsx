/** Reader: a document with the spans of its events, who says what, and the way to map and time. */
import { useEffect, useMemo } from "preact/hooks";
import { useAnswer, useList } from "../data/asked";
import { hovered, toEvent } from "../data/outlines";
import type { DocumentDetail, DocumentHead } from "../model";
import { day, ms } from "../moments";
import { EventCard } from "../parts/event";
import { Marks } from "../parts/marks";
import { Nothing, To, Trouble, Waiting } from "../parts/small";
import { go, state } from "../state";
import { pieces, visible } from "./spans";

export function Reader() {
  const list = useList<DocumentHead>("documents");
  const id = state.value.document;
  if (id) return <Read id={id} list={list.value ?? []} />;
  return (
    <div class="view reader">
      <h2>Reports and notices</h2>
      <Trouble error={list.error} />
      {!list.value ? !list.error && <Waiting /> : list.value.length === 0 ? (
        <Nothing>The case has no documents yet. Name them under [[reports]] in the case file and run it.</Nothing>
      ) : (
        <div class="scroll"><table class="list">
          <thead><tr><th scope="col">Day</th><th scope="col">Title</th><th scope="col">Outlet</th><th scope="col">Events</th></tr></thead>
          <tbody>{list.value.map((d) => (
            <tr key={d.id}><td class="time">{d.date ? day(ms(d.date) ?? 0, false) : "–"}</td><td><To to={{ document: d.id, event: null }}>{d.title ?? d.id}</To></td><td>{d.outlet ?? ""}</td><td class="number">{d.events ?? ""}</td></tr>
          ))}</tbody>
        </table></div>
      )}
    </div>
  );
}

function Read({ id, list }: { id: string; list: DocumentHead[] }) {
  const found = useAnswer<DocumentDetail>(`documents/${encodeURIComponent(id)}`);
  const chosen = state.value.event;
  const parts = useMemo(() => (found.value ? pieces(found.value.document.text, found.value.events) : []), [found.value]);
  useEffect(() => {
    if (chosen) document.querySelector(`mark[data-events~="${CSS.escape(chosen)}"]`)?.scrollIntoView({ block: "center" });
  }, [chosen, found.value]);
  const at = list.findIndex((d) => d.id === id);
  const [earlier, later] = [list[at - 1], list[at + 1]];
  return (
    <div class="view reader">
      <p class="crumbs">
        <To to={{ document: null, event: null }}>All documents</To>
        {at > 0 && earlier && <To to={{ document: earlier.id, event: null }}>Earlier</To>}
        {later && <To to={{ document: later.id, event: null }}>Later</To>}
      </p>
      <Trouble error={found.error} />
      {!found.value ? !found.error && <Waiting /> : (
        <>
          <header>
            <p class="small">{found.value.document.outlet ?? "No outlet"}{found.value.document.date && `, ${day(ms(found.value.document.date) ?? 0)}`}</p>
            <h2>{visible(found.value.document.title ?? list[at]?.title ?? id)}</h2>
            <Marks about={id} kinds={["star", "note"]} />
          </header>
          <p class="roles" aria-label="Colours"><mark class="role-source">who</mark> <mark class="role-target">to whom</mark> <mark class="role-object">ship</mark> <mark class="role-attribution">who says so</mark> <mark class="role-evidence">evidence</mark></p>
          <div class="sheet">
            <div class="text" lang={found.value.document.language ?? undefined} dir="auto" onMouseLeave={() => (hovered.value = null)}>
              {parts.map((p, i) =>
                p.events.length === 0 ? visible(p.text) : (
                  <mark
                    key={i} data-events={p.events.join(" ")}
                    class={`role-${p.role}${p.events.includes(chosen ?? "") ? " chosen" : ""}${p.events.includes(hovered.value ?? "") ? " hovered" : ""}`}
                    onMouseEnter={() => (hovered.value = p.events[0] ?? null)} onClick={() => go(toEvent(p.events[0] as string))}
                  >{visible(p.text)}</mark>
                ))}
            </div>
            <aside aria-label="Events of this document">
              {found.value.events.length === 0 && <Nothing>No event was read in this document.</Nothing>}
              {found.value.events.map((e) => <EventCard key={e.id} event={e} outlet={found.value?.document.outlet} />)}
            </aside>
          </div>
        </>
      )}
    </div>
  );
}
