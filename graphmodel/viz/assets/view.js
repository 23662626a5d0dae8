/** The canvas: vis-network draws the organizations and moves the view; the rest of the drawing is added to it. */
import { graph, organizations } from "./data.js";
import { byId } from "./dom.js";
import { on } from "./events.js";
import { paint } from "./theme.js";

const FARTHEST = 0.05;
const NEAREST = 6;
const NARROW = 600; // pixels: here the zoom buttons stand below the organizations

const container = byId("net");
const MARGIN = { top: 34, right: 30, bottom: container.clientWidth < NARROW ? 60 : 26, left: 30 };

const painted = (organization) => {
  const { fill, border } = paint(organization.entry);
  return { id: organization.id, hidden: !organization.visible, color: { background: fill, border } };
};

const marks = new vis.DataSet(
  organizations.map((organization) => {
    const { id, x, y, size, shape } = organization;
    return { ...painted(organization), id, x, y, size, shape };
  }),
);

export const network = new vis.Network(container, { nodes: marks, edges: [] }, graph.options);

container.querySelector(".vis-network").removeAttribute("tabindex");
container.querySelector("canvas").setAttribute("aria-hidden", "true");

on("theme", () => marks.update(organizations.map(painted)));
on("filter", () => {
  const changed = organizations.filter(({ id, visible }) => marks.get(id).hidden === visible);
  marks.update(changed.map(({ id, visible }) => ({ id, hidden: !visible })));
});

let requested = false;
let before = null; // the view to come back to

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
export function show(some, { nearest = 1.5, animate = false } = {}) {
  if (!some.length) return;
  const left = Math.min(...some.map(({ x, radius }) => x - radius));
  const right = Math.max(...some.map(({ x, radius }) => x + radius));
  const top = Math.min(...some.map(({ y, radius }) => y - radius));
  const bottom = Math.max(...some.map(({ y, radius }) => y + radius));
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
}

/** A short movement, unless the reader's system asks for none. */
function gently(animate) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return animate && !calm && { duration: 300, easingFunction: "easeInOutQuad" };
}

export const showAll = (options) =>
  show(
    organizations.filter(({ visible }) => visible),
    options,
  );

export function zoom(factor) {
  before = null;
  network.moveTo({ scale: Math.min(NEAREST, Math.max(FARTHEST, network.getScale() * factor)) });
}

/** Remember what is seen, to come back to it unless the reader moves the map meanwhile. */
export function rememberView() {
  before ??= { position: network.getViewPosition(), scale: network.getScale() };
}

export function recallView() {
  if (before) network.moveTo({ ...before, animation: gently(true) });
  before = null;
}

for (const event of ["dragEnd", "zoom"]) {
  network.on(event, () => {
    before = null;
  });
}

/** True if an organization is seen, and not below the details. */
export function isInView(organization) {
  const { toScreen, free, height } = currentView();
  const [x, y] = toScreen(organization);
  return x > 0 && x < free && y > 0 && y < height;
}
