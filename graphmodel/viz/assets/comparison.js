/** What is said of an organization or an alliance in a comparison: what each side has, and what only one has. */
import { graph } from "./data.js";
import { count, el } from "./dom.js";
import { facts } from "./panel.js";
import { marksOf, partnersIn, sides, sidesOf } from "./panels.js";
import { tiedOf, unit } from "./units.js";

const isAbsent = (organization, number) => marksOf(organization)[number].isAbsent;

/** Of each side: its name, and how many partners an organization has there. */
export const partnerFacts = (organization) =>
  sides.map(({ name }, number) => [
    name,
    isAbsent(organization, number)
      ? `no ${tiedOf(organization)[0]}`
      : count(partnersIn(organization, number), ...tiedOf(organization)),
  ]);

/** The partners, those together that are on the same sides. */
export function partnerLists(organization, shown, item) {
  return graph.lines.flatMap(({ label }, entry) => {
    const own = shown.filter((alliance) => alliance.entry === entry);
    if (!own.length) return [];
    return [
      el("h4", {}, `${label}: ${count(own.length, ...tiedOf(organization))}`),
      el("ul", { class: "partners" }, ...own.map(item)),
    ];
  });
}

/** The figures that an alliance has on each side. */
export const allianceFacts = (alliance, figures) =>
  sidesOf(alliance).flatMap((line, number) => [
    el("h3", {}, sides[number].name),
    line ? facts(figures(line)) : el("p", {}, `No ${unit.tie[0]}.`),
  ]);

/** In few words what is said of each side where there is something to say. */
export function onEachSide(alliance, words) {
  const told = sidesOf(alliance).map((line, number) => line && [sides[number].name, words(line)]);
  const known = told.filter(Boolean);
  return known.length === 1 ? known[0][1] : known.map(([name, text]) => `${name}: ${text}`).join("; ");
}
