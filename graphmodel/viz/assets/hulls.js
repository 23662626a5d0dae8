/** Outlines of communities, around the members that are shown. */
import { communities, graph } from "./data.js";
import { on } from "./events.js";
import { marksOf, shifts } from "./panels.js";
import { rounded } from "./paths.js";
import { colors } from "./theme.js";

const FEWEST = 3; // members that make an outline
const DISTANCE = 11; // from the marks to the outline
export const HULL = { fill: 0.055, line: 0.28 }; // how opaque
const FAR = 3; // times the usual distance from the middle: such a member does not stretch the outline

/** Only where members of a community lie together can a line be drawn around them. */
export const areOutlined = communities.length > 0 && graph.outlined;

export const hullState = { shown: areOutlined };

let known = null;
on("filter", () => {
  known = null;
});

/** The outlines of all communities, largest first: name, path and its data, place of the name above and below. */
export function hulls() {
  known ??= communities.flatMap(inPanels).map(hullOf).filter(Boolean);
  return hullState.shown ? known : [];
}

/** The members of a community as they are drawn, in each panel those that are there. */
const inPanels = ({ name, members }) =>
  shifts.map((_, panel) => ({
    name,
    members: members.map((member) => marksOf(member)[panel]).filter(({ isAbsent }) => !isAbsent),
  }));

function hullOf({ name, members }) {
  const near = withoutFar(members.filter(({ visible }) => visible));
  if (near.length < FEWEST) return null;
  const corners = convexHull(near.flatMap(around8));
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const middle = (Math.min(...xs) + Math.max(...xs)) / 2;
  const outline = rounded(corners);
  return {
    name,
    outline,
    corners,
    path: new Path2D(outline),
    size: near.length,
    above: { x: middle, y: Math.min(...ys) },
    below: { x: middle, y: Math.max(...ys) },
  };
}

function withoutFar(members) {
  const middle = { x: median(members.map(({ x }) => x)), y: median(members.map(({ y }) => y)) };
  const distance = ({ x, y }) => Math.hypot(x - middle.x, y - middle.y);
  const usual = median(members.map(distance));
  return members.filter((member) => distance(member) <= FAR * usual + 60);
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

const around8 = ({ x, y, radius }) =>
  Array.from({ length: 8 }, (_, i) => [
    x + (radius + DISTANCE) * Math.cos((i * Math.PI) / 4),
    y + (radius + DISTANCE) * Math.sin((i * Math.PI) / 4),
  ]);

/** Andrew's monotone chain. */
function convexHull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...chain(sorted), ...chain(sorted.reverse())];
}

function chain(points) {
  const kept = [];
  for (const point of points) {
    while (kept.length > 1 && !turnsLeft(kept.at(-2), kept.at(-1), point)) kept.pop();
    kept.push(point);
  }
  return kept.slice(0, -1);
}

const turnsLeft = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;

export function drawHulls(context, scale) {
  for (const { path } of hulls()) {
    context.globalAlpha = HULL.fill;
    context.fillStyle = colors.outline;
    context.fill(path);
    context.globalAlpha = HULL.line;
    context.strokeStyle = colors.outline;
    context.lineWidth = 1 / scale;
    context.stroke(path);
  }
  context.globalAlpha = 1;
}
