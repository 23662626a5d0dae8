/** What lies below the alliances: countries and a graticule, the rings of a radial map, a shelf for the rest. */
import { graph } from "./data.js";
import { areas, divider, panelCorners, shifts } from "./panels.js";
import { colors } from "./theme.js";

const { land = "", lines = "", shelf = null, titles = [], corners = [] } = graph.backdrop ?? {};

const CORNER = 14; // radius of the corners of the shelf
const CHARACTER = 8; // width of one in a title, in pixels
const LAND = 0.13; // how opaque
const LINES = 0.16;
const SHELF = 0.35;
const DIVIDER = 0.25;

const shelfOutline = ({ left, top, right, bottom }) =>
  `M${left + CORNER} ${top}H${right - CORNER}Q${right} ${top} ${right} ${top + CORNER}V${bottom - CORNER}` +
  `Q${right} ${bottom} ${right - CORNER} ${bottom}H${left + CORNER}Q${left} ${bottom} ${left} ${bottom - CORNER}` +
  `V${top + CORNER}Q${left} ${top} ${left + CORNER} ${top}Z`;

/** Lines as path data, each with how it is filled and drawn; widths are pixels of the screen. */
export const backdropParts = () => [
  ...(land ? [{ d: land, fill: colors.outline, fillOpacity: LAND, stroke: colors.background, width: 1 }] : []),
  ...(lines ? [{ d: lines, stroke: colors.outline, strokeOpacity: LINES, width: 1 }] : []),
  ...(shelf
    ? [
        {
          d: shelfOutline(shelf),
          fill: colors.background,
          fillOpacity: 1,
          stroke: colors.outline,
          strokeOpacity: SHELF,
          width: 1,
        },
      ]
    : []),
];

/** What stands between two panels. */
export function dividerParts() {
  const line = divider();
  if (!line) return [];
  return [{ d: `M${line.x} ${line.top}V${line.bottom}`, stroke: colors.outline, strokeOpacity: DIVIDER, width: 1 }];
}

/** Texts and the places where they may stand. */
export const backdropTitles = shifts.flatMap(([right, down]) =>
  titles.map(({ text, places }) => ({ text, places: places.map(([x, y]) => [x + right, y + down]) })),
);

/** Titles that have but one place, and are always seen. */
const lone = backdropTitles.filter(({ places }) => places.length === 1);
const titlePlaces = lone.flatMap(({ places }) => places);

export const hasShelf = Boolean(shelf);

const shelfCorners = shelf
  ? [
      [shelf.left, shelf.top],
      [shelf.right, shelf.bottom],
    ]
  : [];

/** How far a title reaches beyond its place, in pixels; those of a shelf stand within it. */
export const titleReach = hasShelf ? 0 : Math.max(0, ...lone.map(({ text }) => (text.length * CHARACTER) / 2));

/** The corners of what must be seen besides organizations. */
export const backdropCorners = () => [...shelfCorners, ...corners, ...panelCorners, ...titlePlaces];

const paths = new Map();

function pathOf(d) {
  if (!paths.has(d)) paths.set(d, new Path2D(d));
  return paths.get(d);
}

export function drawBackdrop(context, scale) {
  for (const [panel, shift] of shifts.entries()) {
    context.save();
    if (areas[panel]) clip(context, areas[panel]);
    context.translate(...shift);
    drawParts(context, scale, backdropParts());
    context.restore();
  }
  drawParts(context, scale, dividerParts());
}

function clip(context, [left, top, right, bottom]) {
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
}

function drawParts(context, scale, parts) {
  for (const { d, fill, fillOpacity, stroke, strokeOpacity = 1, width } of parts) {
    if (fill) {
      context.globalAlpha = fillOpacity;
      context.fillStyle = fill;
      context.fill(pathOf(d));
    }
    context.globalAlpha = strokeOpacity;
    context.strokeStyle = stroke;
    context.lineWidth = width / scale;
    context.stroke(pathOf(d));
  }
  context.globalAlpha = 1;
}
