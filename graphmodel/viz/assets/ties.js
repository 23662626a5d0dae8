/** Lines between organizations: drawing them in batches, and finding the one under the pointer. */
import { graph } from "./data.js";
import { lines, linesOf } from "./panels.js";
import { colors } from "./theme.js";
import { ofActivities, ofGroups } from "./units.js";

const BATCH = 8; // longer paths are slower to draw
const PARTS = 12; // of a curve, each almost straight
const REACH = 5; // pixels from a line to the pointer that is still on it

const FAINT = 0.21;
const FEW = 500; // participations, all of one width, are the stronger the fewer they are
const single = FAINT + (ofActivities ? 0.29 * Math.max(0, 1 - lines.length / FEW) : 0);

/** Almost all groups are tied to each other: weak ties between them are faint. */
const opacityOf = ({ width, shared }) => (ofGroups ? 0.08 + 0.02 * width : single + 0.017 * Math.min(10, shared));

/** How the line of an alliance is drawn, on the screen and in a picture. */
export const lookOf = (line) => ({
  width: line.width,
  opacity: opacityOf(line),
  dash: graph.lines[line.entry].dash,
});

export function drawTies(context, view) {
  context.strokeStyle = colors.tie;
  for (const alike of batches(view)) {
    const { width, opacity, dash } = lookOf(alike[0]);
    context.lineWidth = width;
    context.globalAlpha = opacity;
    context.setLineDash(dash);
    for (let start = 0; start < alike.length; start += BATCH) {
      context.beginPath();
      alike.slice(start, start + BATCH).forEach((alliance) => trace(context, alliance));
      context.stroke();
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** The alliances in view, those together that are drawn alike. */
function batches(view) {
  const [left, top] = view.toNetwork(0, 0);
  const [right, bottom] = view.toNetwork(view.width, view.height);
  const found = new Map();
  for (const line of lines) {
    if (!line.visible || isOutside(line, left, top, right, bottom)) continue;
    const key = Object.values(lookOf(line)).join(" ");
    if (found.has(key)) found.get(key).push(line);
    else found.set(key, [line]);
  }
  return found.values();
}

/** A curve lies within the triangle of its ends and its bend. */
function isOutside({ source: a, target: b, bend: [x, y] = [a.x, a.y] }, left, top, right, bottom) {
  return (
    Math.max(a.x, b.x, x) < left ||
    Math.min(a.x, b.x, x) > right ||
    Math.max(a.y, b.y, y) < top ||
    Math.min(a.y, b.y, y) > bottom
  );
}

/** Puts the line of an alliance into a path. */
export function trace(context, { source, target, bend }) {
  context.moveTo(source.x, source.y);
  if (bend) context.quadraticCurveTo(...bend, target.x, target.y);
  else context.lineTo(target.x, target.y);
}

/** Draw some alliances strongly, as above the veil; lines keep their width on the screen. */
export function drawStrongTies(context, ties, scale) {
  context.strokeStyle = colors.ink;
  context.globalAlpha = 0.7;
  for (const alliance of ties) {
    context.lineWidth = (0.6 + alliance.width) / Math.max(0.6, scale);
    context.setLineDash(graph.lines[alliance.entry].dash.map((length) => length / scale));
    context.beginPath();
    trace(context, alliance);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** The alliance whose line is nearest to a point on the screen, among some alliances. */
export function tieAt(x, y, view, ties) {
  let nearest = null;
  let distance = REACH;
  const [left, top] = view.toNetwork(x - REACH, y - REACH);
  const [right, bottom] = view.toNetwork(x + REACH, y + REACH);
  for (const alliance of ties) {
    for (const line of linesOf(alliance)) {
      if (!line.visible || isOutside(line, left, top, right, bottom)) continue;
      const found = distanceToTie([x, y], line, view);
      if (found < distance) [nearest, distance] = [alliance, found];
    }
  }
  return nearest;
}

function distanceToTie(point, alliance, view) {
  const line = pointsAlong(alliance).map(([x, y]) => view.toScreen({ x, y }));
  return Math.min(...line.slice(1).map((end, i) => distanceToLine(point, line[i], end)));
}

/** The ends of a straight line, or enough points of a curve to tell how far it is. */
function pointsAlong({ source, target, bend }) {
  const ends = [source, target].map(({ x, y }) => [x, y]);
  if (!bend) return ends;
  const along = (part, axis) =>
    (1 - part) ** 2 * ends[0][axis] + 2 * part * (1 - part) * bend[axis] + part ** 2 * ends[1][axis];
  return Array.from({ length: PARTS + 1 }, (_, i) => [along(i / PARTS, 0), along(i / PARTS, 1)]);
}

function distanceToLine([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - part * dx, y - ay - part * dy);
}
