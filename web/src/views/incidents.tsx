/** Incidents: the list, and one of them in full. */
import { useList } from "../data/asked";
import { countryName } from "../data/countries";
import { familyOf, wording } from "../families";
import type { IncidentItem } from "../model";
import { day, start } from "../moments";
import { Finding, FINDING_WORDS, Glyph, Nothing, percent, To, Trouble, Waiting } from "../parts/small";
import { go, state } from "../state";
import { IncidentInFull } from "./incident";

export function Incidents() {
  const found = useList<IncidentItem>("incidents");
  const s = state.value;
  if (s.incident) return <IncidentInFull id={s.incident} list={found.value ?? []} />;
  if (found.error) return <div class="view"><Trouble error={found.error} /></div>;
  if (!found.value) return <div class="view"><Waiting /></div>;
  const words = s.q.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = found.value.filter(({ incident, verdict, title }) => {
    const t = start(incident.time);
    return (
      (!s.finding || verdict?.finding === s.finding) &&
      (t === null || ((s.from === null || t >= s.from) && (s.until === null || t <= s.until))) &&
      words.every((w) => `${title} ${incident.by.join(" ")}`.toLowerCase().includes(w))
    );
  });
  const findings = ["corroborated", "contradicted", "unsupported", "not_checkable"];
  const of = (f: string): number => found.value?.filter((i) => i.verdict?.finding === f).length ?? 0;
  return (
    <div class="view incidents">
      <h2>Incidents</h2>
      <div class="choices" role="group" aria-label="Finding">
        <button type="button" aria-pressed={s.finding === null} onClick={() => go({ finding: null })}>All {found.value.length}</button>
        {findings.map((f) => (
          <button key={f} type="button" aria-pressed={s.finding === f} onClick={() => go({ finding: s.finding === f ? null : f })}>
            {FINDING_WORDS(f)} {of(f)}
          </button>
        ))}
      </div>
      {s.q && <p class="small">Only those with “{s.q}”. <button type="button" onClick={() => go({ q: "" })}>Show all</button></p>}
      {rows.length === 0 ? (
        <Nothing>{found.value.length ? "No incident passes these filters. Choose another finding, or a longer time." : "No report of this case tells of an incident. Add reports to the case file and run it again."}</Nothing>
      ) : (
        <div class="scroll">
          <table class="list">
            <thead><tr><th scope="col">Day</th><th scope="col">What happened, to whom</th><th scope="col">State</th><th scope="col">Sources</th><th scope="col">Tracks say</th></tr></thead>
            <tbody>
              {rows.map(({ incident, verdict, title }) => {
                const t = start(incident.time);
                return (
                  <tr key={incident.id}>
                    <td class="time">{t === null ? "–" : day(t, false)}</td>
                    <td>
                      <Glyph family={familyOf(incident.kind, "report")} />{" "}
                      <To to={{ incident: incident.id, event: null }}>{headOf(title)}</To>
                      {incident.by.length > 0 && <span class="small"> by {incident.by.map(countryName).join(", ")}</span>}
                      {incident.disagreements.length > 0 && <span class="tag">disputed: {incident.disagreements.map((d) => d.about).join(", ")}</span>}
                    </td>
                    <td>{wording(incident.state)}</td>
                    <td class="number" title={incident.voices.map((v) => v.name).join(", ")}>{incident.voices.length}</td>
                    <td class="verdict">{verdict && <><Finding value={verdict.finding} /> <span class="small">{percent(verdict.probability)}</span></>}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

export const headOf = (title: string): string => title.replace(/, [^,]*\d{4}[^,]*$/, "");
