/** Sliders that ask something of every alliance. Each goes over steps, of which the first asks nothing. */
import { byId, el } from "./dom.js";
import { on } from "./events.js";
import { isNarrowed, narrow } from "./filters.js";
import { lines, linesOf } from "./panels.js";
import { capital, ofActivities, ofGroups, unit } from "./units.js";
import { chance } from "./words.js";

const STRENGTHS = 40; // steps at most
const LEVELS = [0.1, 0.05, 0.01, 0.001];

const range = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

const distinct = (values) => [...new Set(values)].sort((a, b) => a - b);

/** From least to most shared; 0 or 1 asks nothing. */
function sharedSteps() {
  const numbers = lines.map(({ shared }) => shared);
  if (ofActivities || numbers.every((number) => number === 0)) return [];
  if (ofGroups) return thinned(distinct(numbers));
  return range(Math.min(1, ...numbers), Math.max(1, ...numbers));
}

const strengthOf = ({ strength }) => strength ?? 0;

/** The values that occur, or some of them that leave out about as many alliances from step to step. */
function strengthSteps() {
  return thinned(distinct(lines.map(strengthOf)));
}

function thinned(values) {
  const step = Math.max(1, values.length / STRENGTHS);
  return values.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

/** The levels that tell alliances apart, where any was tested. */
function significanceSteps() {
  const passing = (level) => lines.filter(({ q }) => q <= level).length;
  const levels = LEVELS.filter((level) => passing(level) > 0 && passing(level) < lines.length);
  return levels.length ? [undefined, ...levels] : [];
}

const figure = (number) => number.toLocaleString("en", { maximumSignificantDigits: 3 });

const SLIDERS = [
  {
    name: "shared",
    label: `${capital(unit.shared[1])}, at least`,
    steps: sharedSteps(),
    text: (number) => number.toLocaleString("en"),
    asks: (least) => ({ shared }) => shared >= least,
  },
  {
    name: "strength",
    label: "Strength, at least",
    steps: strengthSteps(),
    text: figure,
    asks: (least) => (alliance) => strengthOf(alliance) >= least,
  },
  {
    name: "significance",
    label: "Significance, q at most",
    steps: significanceSteps(),
    text: (level) => (level === undefined ? "any" : chance(level)),
    asks: (level) => ({ q }) => q <= level,
  },
];

/** In a comparison it is enough if one side meets the condition. */
const ofAnyLine = (condition) => (alliance) => linesOf(alliance).some(condition);

function slider({ name, label, steps, text, asks }) {
  const value = el("strong", {});
  const input = el("input", { id: name, type: "range", min: 0, max: steps.length - 1, step: 1, value: 0 });
  const whole = el("div", { class: "slider" }, el("label", { for: name }, `${label} `, value), input);
  const tell = () => {
    const told = text(steps[input.value]);
    value.textContent = told;
    input.setAttribute("aria-valuetext", told);
  };
  input.addEventListener("input", () => {
    const step = Number(input.value);
    narrow(name, step > 0 && ofAnyLine(asks(steps[step])));
  });
  on("filter", () => {
    if (!isNarrowed(name)) input.value = 0;
    whole.classList.toggle("narrowed", isNarrowed(name));
    tell();
  });
  return whole;
}

byId("sliders").append(...SLIDERS.filter(({ steps }) => steps.length > 1).map(slider));
