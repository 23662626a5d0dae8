/** What is drawn below and above the marks, at every redraw. */
import { drawBackdrop } from "./backdrop.js";
import { organizations } from "./data.js";
import { byId } from "./dom.js";
import { on } from "./events.js";
import { drawHulls } from "./hulls.js";
import { drawLabels, placeLabels } from "./labels.js";
import { linesOf, marksOf, organizationOf } from "./panels.js";
import { around, focus, looking } from "./selection.js";
import { outline } from "./shapes.js";
import { colors, paint } from "./theme.js";
import { drawStrongTies, drawTies } from "./ties.js";
import { currentView, network, redraw } from "./view.js";

const container = byId("net");

/** The names that were drawn last. */
let labels = [];

export const drawnLabels = () => labels;

network.on("beforeDrawing", (context) => {
  const view = currentView();
  context.save();
  drawBackdrop(context, view.scale);
  drawHulls(context, view.scale);
  drawTies(context, view);
  context.restore();
});

network.on("afterDrawing", (context) => {
  const view = currentView();
  const above = focus();
  context.save();
  if (above) drawFocus(context, view, above);
  else drawHovered(context, view);
  drawCursor(context, view);
  onScreen(context);
  labels = placeLabels(view, above, [boxOf(".zoom")]);
  drawLabels(context, labels);
  context.restore();
});

/** From here on draw in pixels of the screen. */
function onScreen(context) {
  const ratio = context.canvas.width / container.clientWidth;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

function boxOf(selector) {
  const map = container.getBoundingClientRect();
  const { left, top, right, bottom } = document.querySelector(selector).getBoundingClientRect();
  return [left - map.left, top - map.top, right - map.left, bottom - map.top];
}

function drawFocus(context, view, above) {
  drawVeil(context);
  drawStrongTies(context, above.ties.flatMap(linesOf), view.scale);
  drawMarks(context, above.organizations);
  drawRings(context, view, above.centres);
}

function drawHovered(context, view) {
  const { hovered, hoveredTie } = looking;
  if (hoveredTie) {
    drawStrongTies(context, linesOf(hoveredTie), view.scale);
    drawMarks(context, [hoveredTie.source, hoveredTie.target]);
  }
  if (!hovered) return;
  const { organizations: near, ties } = around(hovered);
  drawStrongTies(context, ties.flatMap(linesOf), view.scale);
  drawMarks(context, near);
  drawRings(context, view, [hovered]);
}

function drawCursor(context, view) {
  if (looking.cursor?.visible && document.activeElement === container)
    drawRings(context, view, [looking.cursor], [4, 3]);
}

function drawVeil(context) {
  context.save();
  onScreen(context);
  context.fillStyle = colors.veil;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
}

const drawMarks = (context, some) => some.flatMap(marksOf).forEach((mark) => drawMark(context, mark));

const drawRings = (context, view, some, dash) =>
  some.flatMap(marksOf).forEach((mark) => drawRing(context, view, mark, dash));

function drawMark(context, mark) {
  const { shape, x, y, size } = mark;
  const { fill, border } = paint(mark);
  const path = outline(shape, x, y, size);
  context.fillStyle = fill;
  context.fill(path);
  context.strokeStyle = border;
  context.lineWidth = 1.5;
  context.stroke(path);
}

function drawRing(context, view, { x, y, radius }, dash = []) {
  context.strokeStyle = colors.ink;
  context.lineWidth = 2 / view.scale;
  context.setLineDash(dash.map((length) => length / view.scale));
  context.beginPath();
  context.arc(x, y, radius + 5 / view.scale, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
}

for (const event of ["select", "reach", "hover", "theme", "filter"]) on(event, redraw);

/** The organization whose mark a point of the screen hits, or almost hits. */
export function organizationAt(x, y) {
  const view = currentView();
  const near = (focus()?.organizations ?? organizations).filter(({ visible }) => visible);
  let nearest = null;
  let distance = 4;
  for (const mark of near.flatMap(marksOf)) {
    const [left, top] = view.toScreen(mark);
    const found = Math.hypot(x - left, y - top) - mark.radius * view.scale;
    if (found < distance) [nearest, distance] = [organizationOf(mark), found];
  }
  return nearest;
}
