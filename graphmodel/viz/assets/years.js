/** The years: a range with two ends over a histogram, and a window of it that moves on by itself or step by step. */
import { alliances } from "./data.js";
import { byId, count, svg } from "./dom.js";
import { on } from "./events.js";
import { isNarrowed, narrow } from "./filters.js";
import { capital, unit } from "./units.js";
import { years } from "./words.js";

const HEIGHT = 30;
const THUMB = 16; // pixels; as in the style
const WHOLE = 24_000; // milliseconds that a long span takes; a short one goes by SLOWEST
const [QUICKEST, SLOWEST] = [250, 900];

/** The first and the last year of an alliance, where any is known. */
const spanOf = ({ first, last }) => [first ?? last, last ?? first];
const isDated = (alliance) => spanOf(alliance).every(Number.isInteger);

const dated = alliances.filter(isDated);
const FIRST = Math.min(...dated.map((alliance) => spanOf(alliance)[0]));
const LAST = Math.max(...dated.map((alliance) => spanOf(alliance)[1]));

const [from, to, play] = [byId("from"), byId("to"), byId("play")];
const chosen = { from: FIRST, to: LAST };
let timer = null;

/** Show the alliances of some years; of all years also those without one. */
function choose(first, last) {
  Object.assign(chosen, { from: first, to: last });
  const whole = first === FIRST && last === LAST;
  narrow("years", !whole && overlaps(first, last));
}

const overlaps = (first, last) => (alliance) => {
  const [begun, ended] = spanOf(alliance);
  return begun <= last && ended >= first;
};

/** How many alliances there were in each year. */
function numbers() {
  const changes = Array.from({ length: LAST - FIRST + 2 }, () => 0);
  for (const alliance of dated) {
    const [begun, ended] = spanOf(alliance);
    changes[begun - FIRST] += 1;
    changes[ended - FIRST + 1] -= 1;
  }
  for (let year = 1; year < changes.length; year++) changes[year] += changes[year - 1];
  return changes.slice(0, -1);
}

function bars(counts, most) {
  const bar = (number, place) => {
    const top = HEIGHT - Math.max(number ? 1 : 0, (number / most) * HEIGHT);
    return `M${place + 0.08} ${HEIGHT}V${top.toFixed(2)}h.84V${HEIGHT}z`;
  };
  return (first, last) =>
    counts.slice(first - FIRST, last - FIRST + 1).map((number, i) => bar(number, first - FIRST + i)).join("");
}

function histogram() {
  const counts = numbers();
  const most = Math.max(...counts);
  const draw = bars(counts, most);
  const inside = svg("path", { class: "inside" });
  const label = `${capital(unit.tie[1])} in each year; most, ${most}, in ${FIRST + counts.indexOf(most)}`;
  const attributes = { viewBox: `0 0 ${counts.length} ${HEIGHT}`, preserveAspectRatio: "none" };
  on("filter", () => inside.setAttribute("d", draw(chosen.from, chosen.to)));
  return svg(
    "svg",
    { ...attributes, role: "img", "aria-label": label },
    svg("path", { d: draw(FIRST, LAST) }),
    inside,
  );
}

function tell() {
  if (!isNarrowed("years")) Object.assign(chosen, { from: FIRST, to: LAST });
  [from.value, to.value] = [chosen.from, chosen.to];
  byId("years").classList.toggle("narrowed", isNarrowed("years"));
  byId("years-value").textContent = isNarrowed("years") ? years(chosen.from, chosen.to) : "all";
  byId("years-note").textContent = undatedNote(alliances.length - dated.length);
  const part = (year) => String((year - FIRST) / (LAST - FIRST));
  byId("span").style.setProperty("--from", part(chosen.from));
  byId("span").style.setProperty("--to", part(chosen.to));
  from.classList.toggle("above", chosen.from > (FIRST + LAST) / 2);
}

function undatedNote(number) {
  if (!number) return "";
  const which = count(number, ...unit.tie);
  if (!isNarrowed("years")) return `${which} without a year`;
  return `${which} without a year ${number === 1 ? "is" : "are"} hidden`;
}

/** Move the chosen window on by a year; at the end, or when all years are shown, go to the start. */
function move() {
  const width = chosen.to - chosen.from;
  if (!isNarrowed("years")) choose(FIRST, FIRST);
  else if (chosen.to === LAST) choose(FIRST, FIRST + width);
  else choose(chosen.from + 1, chosen.to + 1);
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

function start() {
  const pause = Math.min(SLOWEST, Math.max(QUICKEST, WHOLE / (LAST - FIRST)));
  const next = () => {
    move();
    if (chosen.to === LAST || !isNarrowed("years")) stop();
    else timer = setTimeout(next, pause);
  };
  timer = setTimeout(next, 0);
  tellPlay();
}

function stop() {
  clearTimeout(timer);
  timer = null;
  tellPlay();
}

/** Where the reader's system asks for calm nothing moves by itself: a press is a step. */
function tellPlay() {
  play.textContent = calm.matches ? "Next year" : timer === null ? "Play" : "Stop";
}

function press() {
  if (timer !== null) stop();
  else if (calm.matches) move();
  else start();
}

function build() {
  byId("years").hidden = false;
  for (const input of [from, to]) Object.assign(input, { min: FIRST, max: LAST });
  byId("histogram").append(histogram());
  byId("span").style.marginInline = `calc(50% / ${LAST - FIRST + 1} - ${THUMB / 2}px)`;
  from.addEventListener("input", () => {
    stop();
    choose(Math.min(Number(from.value), chosen.to), chosen.to);
  });
  to.addEventListener("input", () => {
    stop();
    choose(chosen.from, Math.max(Number(to.value), chosen.from));
  });
  play.addEventListener("click", press);
  calm.addEventListener("change", stop);
  on("filter", () => {
    if (timer !== null && !isNarrowed("years")) stop();
    tell();
  });
  tellPlay();
}

if (FIRST < LAST) build();
