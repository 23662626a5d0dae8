/**
 * Where organizations and alliances are drawn: usually once, in a comparison once in the panel of each side. What is
 * drawn in a panel is an organization or alliance with a place, a size and figures of its own; all else, such as
 * whether it is visible, is that of both.
 */
import { alliances, graph, organizations, visibleTies } from "./data.js";
import { byId } from "./dom.js";

export const isComparison = Boolean(graph.panels);

const panels = graph.panels ?? [];

/** Side by side or one above the other, whichever shows more. */
function arrangement() {
  const { clientWidth, clientHeight } = byId("net");
  const [left, top, right, bottom] = panels[0].frame;
  const scale = ([x, y]) =>
    Math.min(clientWidth / (right - left + x), clientHeight / (bottom - top + y));
  return scale(panels[1].beside) >= scale(panels[1].below) ? "beside" : "below";
}

const arranged = isComparison ? arrangement() : undefined;

/** How far each panel is moved; on other maps the one that there is stays where it is. */
export const shifts = isComparison ? panels.map((panel) => panel[arranged]) : [[0, 0]];

const moved = ([x, y], [right, down]) => [x + right, y + down];

export const ABSENT_WORDS = "on the other side only";
const ABSENT = { isAbsent: true, shape: "dot", size: 3, radius: 3 };

function markIn(panel, number, organization) {
  const [x, y] = moved([organization.x, organization.y], shifts[number]);
  const own = panel.nodes[organization.id] ?? ABSENT;
  const key = `${number} ${organization.id}`;
  return Object.assign(Object.create(organization), own, { x, y, key, panel: number, organization });
}

/** All places where organizations are drawn. */
const drawn = new Map(
  organizations.map((one) => [one, isComparison ? panels.map((panel, i) => markIn(panel, i, one)) : [one]]),
);

/** Where one is drawn, which knows by `isAbsent` that on its side the organization is not there. */
export const marksOf = (organization) => drawn.get(organization);

export const marks = organizations.flatMap(marksOf);

/** The organization that a mark stands for. */
export const organizationOf = (mark) => mark?.organization ?? mark;

function lineIn(number, own, alliance) {
  const [source, target] = [alliance.source, alliance.target].map((end) => marksOf(end)[number]);
  const bend = alliance.bend && moved(alliance.bend, shifts[number]);
  return Object.assign(Object.create(alliance), own, { source, target, bend, panel: number });
}

const pair = (from, to) => JSON.stringify([from, to]);

/** Of each panel: its alliances by their ends. */
const edges = panels.map((panel) => new Map(panel.edges.map(({ from, to, about }) => [pair(from, to), about])));

const linesIn = (alliance) =>
  edges.map((own, number) => {
    const about = own.get(pair(alliance.source.id, alliance.target.id));
    return about && lineIn(number, about, alliance);
  });

const bySide = new Map(alliances.map((one) => [one, isComparison ? linesIn(one) : [one]]));

/** What each side says of an alliance: nothing where it is not there. */
export const sidesOf = (alliance) => bySide.get(alliance);

/** Where an alliance is drawn. */
export const linesOf = (alliance) => sidesOf(alliance).filter(Boolean);

export const lines = alliances.flatMap(linesOf);

/** The sides of a comparison by name, each with the marks that are there and what it ties. */
export const sides = panels.map(({ name, frame: [left, top, right] }, number) => ({
  name,
  marks: marks.filter(({ panel, isAbsent }) => panel === number && !isAbsent),
  lines: lines.filter(({ panel }) => panel === number),
  width: right - left,
  heading: moved([(left + right) / 2, top], shifts[number]),
}));

/** How many partners an organization has on one side, as the filters leave it. */
export const partnersIn = (organization, number) =>
  visibleTies(organization).filter((alliance) => sidesOf(alliance)[number]).length;

/** The line between panels that stand side by side. */
export const divider = () => {
  if (arranged !== "beside") return null;
  const [{ frame }, { beside }] = panels;
  return { x: (frame[0] + beside[0] + frame[2]) / 2, top: frame[1], bottom: frame[3] };
};

/** Of each panel the part in which is seen what lies below: left, top, right and bottom. */
export const areas = panels.map(({ area: [left, top, right, bottom] }, number) => [
  ...moved([left, top], shifts[number]),
  ...moved([right, bottom], shifts[number]),
]);

/** The corners of the panels. */
export const panelCorners = panels.flatMap(({ frame: [left, top, right, bottom] }, number) => [
  moved([left, top], shifts[number]),
  moved([right, bottom], shifts[number]),
]);

/** What the size shows, as columns of a table: titles and values, in a comparison one for each side. */
export function sizeColumns() {
  if (!isComparison) return [[graph.size_title, ({ value }) => value]];
  return sides.map(({ name }, number) => [
    `${graph.size_title}, ${name}`,
    (organization) => panels[number].nodes[organization.id]?.value,
  ]);
}
