/** The map's place on the page: MapLibre GL where there is WebGL, else the canvas map. */
import { effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { caseInfo, hovered, outlineOf, outlines, toEvent } from "../data/outlines";
import { go, mapPlace, moved, part, state } from "../state";
import { theme } from "../parts/theme";
import { canvasMap } from "./canvas";
import { bringTracks, feed, tracksError } from "./feeding";
import { ground } from "./land";
import { fitting } from "./mercator";
import { colours, type ChartMap, type Hearing, type Look } from "./scene";

export const chart = signal<ChartMap | null>(null);
export const drawnBy = signal<"webgl" | "canvas" | null>(null);
const event = part("event");
const failure = signal<string | null>(null);

/** What Chromium, Firefox and Windows call a WebGL that the main processor plays at. */
const PLAYED = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/**
 * Whether a graphics processor draws: where the main processor must, the canvas map is the faster.
 * `?canvas` and `?webgl` in the address ask for one or the other.
 */
function hasWebGL(): boolean {
  const asked = new URLSearchParams(location.search);
  if (asked.has("canvas")) return false;
  try {
    const gl = document.createElement("canvas").getContext("webgl2");
    if (!gl) return false;
    const told = gl.getExtension("WEBGL_debug_renderer_info");
    const by = String(gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
    gl.getExtension("WEBGL_lose_context")?.loseContext();
    return asked.has("webgl") || !PLAYED.test(by);
  } catch {
    return false;
  }
}

/** Where the map begins: where the address says, else the case's region, else its events. */
function beginning(holder: HTMLElement): [number, number, number] {
  const told = mapPlace();
  if (told) return told;
  const region = caseInfo.peek().value?.region;
  const size: [number, number] = [holder.clientWidth || 800, holder.clientHeight || 600];
  if (region) return fitting(region, ...size);
  const placed = outlines.peek().filter((o) => o.lon !== null && o.lat !== null);
  if (!placed.length) return [20, 25, 1.5];
  const lons = placed.map((o) => o.lon as number);
  const lats = placed.map((o) => o.lat as number);
  return fitting([Math.min(...lons) - 1, Math.min(...lats) - 1, Math.max(...lons) + 1, Math.max(...lats) + 1], ...size, 8);
}

const hearing: Hearing = {
  moved: (look: Look) => {
    moved([look.lon, look.lat, look.zoom]);
    void bringTracks(look);
  },
  picked: (found) => {
    if (found?.kind === "event") go(toEvent(found.id));
    else if (found) go({ ship: found.id, view: "ships" });
    else if (state.peek().event) go({ event: null });
  },
  hovered: (found) => {
    hovered.value = found?.kind === "event" ? found.id : null;
  },
};

async function make(holder: HTMLElement): Promise<ChartMap> {
  const land = await ground();
  const first = beginning(holder);
  if (import.meta.env.MODE !== "file" && hasWebGL()) {
    try {
      const { glMap } = await import("./gl");
      const map = await glMap(holder, land, first, colours(), hearing);
      drawnBy.value = "webgl";
      return map;
    } catch (error) {
      console.warn(`the map is drawn without WebGL: ${String(error)}`);
      holder.replaceChildren();
    }
  }
  drawnBy.value = "canvas";
  return canvasMap(holder, land, first, colours(), hearing);
}

/** Show a place: the map moves only if it is out of sight, or seen from too far (`most`, degrees). */
export function show(lon: number, lat: number, most = 60): void {
  const map = chart.peek();
  if (!map) return;
  const [w, s, e, n] = map.look().bbox;
  const [mx, my] = [(e - w) * 0.08, (n - s) * 0.08];
  if ((n - s) / 2 <= most * 1.5 && lon > w + mx && lon < e - mx && lat > s + my && lat < n - my) return;
  const reach = Math.min(2, most, (e - w) / 2);
  map.fit([lon - reach, lat - reach, lon + reach, lat + reach], true);
}

export function MapPane() {
  const holder = useRef<HTMLDivElement>(null);
  const ready = caseInfo.value.value !== null || caseInfo.value.error !== null;
  useEffect(() => {
    const element = holder.current;
    if (!element || !ready) return;
    let stops: (() => void)[] = [];
    let gone = false;
    make(element).then(
      (map) => {
        if (gone) return map.destroy();
        chart.value = map;
        const sizes = new ResizeObserver(() => map.resize());
        sizes.observe(element);
        stops = [
          feed(map),
          effect(() => {
            void theme.value;
            requestAnimationFrame(() => map.recolour(colours()));
          }),
          effect(() => {
            const id = event.value;
            const o = id ? outlineOf.value.get(id) : null;
            if (o?.lon != null && o.lat !== null) show(o.lon, o.lat);
          }),
          () => sizes.disconnect(),
        ];
        void bringTracks(map.look());
      },
      (error) => (failure.value = String(error)),
    );
    return () => {
      gone = true;
      stops.forEach((stop) => stop());
      chart.value?.destroy();
      chart.value = null;
    };
  }, [ready]);
  const over = hovered.value ? outlineOf.value.get(hovered.value) : null;
  return (
    <section class="chart" aria-label="Map">
      <div class="chart-holder" ref={holder} />
      {over && <p class="chart-note">{over.label}</p>}
      {(failure.value || tracksError.value) && (
        <p class="chart-note" role="alert">{failure.value ?? `No tracks: ${tracksError.value}`}</p>
      )}
    </section>
  );
}
