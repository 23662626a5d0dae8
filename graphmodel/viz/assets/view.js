/** The canvas: vis-network draws the organizations and moves the view; the rest of the drawing is added to it. */
import { backdropCorners, hasShelf, titleReach } from "./backdrop.js";
import { graph } from "./data.js";
import { byId } from "./dom.js";
import { on } from "./events.js";
import { HEADING } from "./headings.js";
import { isComparison, marks, marksOf } from "./panels.js";
import { paint } from "./theme.js";

const FARTHEST = 0.05;
const NEAREST = 6;
const NARROW = 600; // pixels: here the zoom buttons stand below the organizations
const BUTTONS = 58; // and else at the left edge, where a shelf would lie below them

const container = byId("net");
const isNarrow = container.clientWidth < NARROW;
const SIDE = Math.max(30, titleReach + 8);
const MARGIN = {
  top: isComparison ? 34 + HEADING : 34,
  right: SIDE,
  bottom: isNarrow ? 60 : 26,
  left: hasShelf && !isNarrow ? BUTTONS : SIDE,
};

const keyOf = ({ key, id }) => key ?? id;

const painted = (mark) => {
  const { fill, border } = paint(mark);
  return { id: keyOf(mark), hidden: !mark.visible, color: { background: fill, border } };
};

const nodes = new vis.DataSet(
  marks.map((mark) => {
    const { x, y, size, shape } = mark;
    return { ...painted(mark), x, y, size, shape };
  }),
);

export const network = new vis.Network(container, { nodes, edges: [] }, graph.options);

container.querySelector(".vis-network").removeAttribute("tabindex");
container.querySelector("canvas").setAttribute("aria-hidden", "true");

on("theme", () => nodes.update(marks.map(painted)));
on("filter", () => {
  const changed = marks.filter((mark) => nodes.get(keyOf(mark)).hidden === mark.visible);
  nodes.update(changed.map((mark) => ({ id: keyOf(mark), hidden: !mark.visible })));
});

let requested = false;
let before = null; // the view to come back to
let isWhole = false; // all is shown, and the reader has not moved it

/** Draw once more before the next frame, however often this is asked for. */
export function redraw() {
  if (requested) return;
  requested = true;
  requestAnimationFrame(() => {
    requested = false;
    network.redraw();
  });
}

/** The part of the network that is seen, and where its points are on the screen. */
export function currentView() {
  const scale = network.getScale();
  const centre = network.getViewPosition();
  const [width, height] = [container.clientWidth, container.clientHeight];
  return {
    scale,
    width,
    height,
    free: width - covered(),
    toScreen: ({ x, y }) => [(x - centre.x) * scale + width / 2, (y - centre.y) * scale + height / 2],
    toNetwork: (x, y) => [(x - width / 2) / scale + centre.x, (y - height / 2) / scale + centre.y],
  };
}

/** How much of the map the details cover at its right edge. */
function covered() {
  const panel = byId("details").getBoundingClientRect();
  const map = container.getBoundingClientRect();
  const beside = panel.width > 0 && panel.top < map.bottom && panel.bottom > map.top;
  return beside ? map.right - panel.left : 0;
}

/** Show some organizations as large as they fit. */
export const show = (some, options) => fit(some.flatMap(marksOf), options);

function fit(places, { nearest = 1.5, animate = false } = {}) {
  if (!places.length) return;
  const left = Math.min(...places.map(({ x, radius }) => x - radius));
  const right = Math.max(...places.map(({ x, radius }) => x + radius));
  const top = Math.min(...places.map(({ y, radius }) => y - radius));
  const bottom = Math.max(...places.map(({ y, radius }) => y + radius));
  const room = [
    container.clientWidth - MARGIN.left - MARGIN.right - covered(),
    container.clientHeight - MARGIN.top - MARGIN.bottom,
  ];
  const fitting = Math.min(room[0] / (right - left), room[1] / (bottom - top), nearest);
  const scale = Math.max(FARTHEST, fitting);
  const position = {
    x: (left + right + (MARGIN.right + covered() - MARGIN.left) / scale) / 2,
    y: (top + bottom + (MARGIN.bottom - MARGIN.top) / scale) / 2,
  };
  network.moveTo({ position, scale, animation: gently(animate) });
  isWhole = false;
}

/** A short movement, unless the reader's system asks for none. */
function gently(animate) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return animate && !calm && { duration: 300, easingFunction: "easeInOutQuad" };
}

export function showAll(options) {
  const corners = backdropCorners().map(([x, y]) => ({ x, y, radius: 0 }));
  fit([...marks.filter(({ visible }) => visible), ...corners], options);
  isWhole = true;
}

/** Where the window changes the whole stays the whole. */
export function keepWhole() {
  if (isWhole) showAll();
}

network.on("resize", () => queueMicrotask(keepWhole)); // vis-network moves the view only after it has told of it

export function zoom(factor) {
  moved();
  network.moveTo({ scale: Math.min(NEAREST, Math.max(FARTHEST, network.getScale() * factor)) });
}

/** Remember what is seen, to come back to it unless the reader moves the map meanwhile. */
export function rememberView() {
  before ??= { wasWhole: isWhole, position: network.getViewPosition(), scale: network.getScale() };
}

export function recallView() {
  if (!before) return;
  const { wasWhole, position, scale } = before;
  network.moveTo({ position, scale, animation: gently(true) });
  isWhole = wasWhole;
  before = null;
}

/** By the reader. */
function moved() {
  before = null;
  isWhole = false;
}

for (const event of ["dragEnd", "zoom"]) network.on(event, moved);

/** True if an organization is seen, and not below the details. */
export function isInView(organization) {
  const { toScreen, free, height } = currentView();
  return marksOf(organization).every((mark) => {
    const [x, y] = toScreen(mark);
    return x > 0 && x < free && y > 0 && y < height;
  });
}
