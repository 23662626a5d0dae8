/**
 * The whole map as a picture, whatever part of it is on the screen: all that the filters show, with title, legend and
 * provenance. It is a list of lines and texts, which becomes SVG or pixels. What is selected does not change it.
 */
import { backdropCorners, backdropParts, dividerParts } from "./backdrop.js";
import { captionAbove, captionBelow } from "./captions.js";
import { graph } from "./data.js";
import { HEADING } from "./headings.js";
import { HULL, hulls } from "./hulls.js";
import { FAMILY, HALO, placeLabels } from "./labels.js";
import { areas, isComparison, lines, marks, shifts } from "./panels.js";
import { PathData } from "./paths.js";
import { outlineData } from "./shapes.js";
import { provenanceText, statusText } from "./status.js";
import { colors, paint } from "./theme.js";
import { lookOf, trace } from "./ties.js";

const USUAL = [1600, 1100]; // pixels into which the map is made to fit
const LARGE = [2400, 1650]; // the same where marks could not be told apart otherwise
const SCALES = { least: 0.5, most: 1.5 }; // at which marks can be told apart, and are not gross
const AROUND = { side: 90, above: isComparison ? 34 + HEADING : 34, below: 30 }; // pixels beyond the outermost marks, for names
const NARROWEST = 640;
const EDGE = 28;

/** Width and height in pixels, words about it, and layers of lines and texts, the lowest first. */
export function picture() {
  const map = mapView();
  const width = Math.max(NARROWEST, map.width);
  const above = captionAbove(width);
  const below = captionBelow(width, map.scale);
  const left = EDGE + (width - map.width) / 2;
  const top = EDGE + above.height;
  return {
    title: graph.title,
    description: `${statusText()}. ${provenanceText}`,
    family: FAMILY,
    background: colors.background,
    width: Math.ceil(width + 2 * EDGE),
    height: Math.ceil(top + map.height + below.height + EDGE),
    layers: [
      { id: "title", x: EDGE, y: EDGE, items: above.items },
      ...mapLayers(map).map((layer) => placed(layer, left, top)),
      ...below.layers.map((layer) => ({ ...layer, x: EDGE, y: top + map.height })),
    ],
  };
}

const placed = ({ x = 0, y = 0, clip, ...layer }, left, top) => ({
  ...layer,
  x: left + x,
  y: top + y,
  clip: clip && { ...clip, x: left + clip.x, y: top + clip.y },
});

const visible = (all) => all.filter((one) => one.visible);

/** A view, as the names are placed in, that holds everything visible. */
function mapView() {
  const corners = [
    ...visible(marks).flatMap(({ x, y, radius }) => [
      [x - radius, y - radius],
      [x + radius, y + radius],
    ]),
    ...hulls().flatMap((hull) => hull.corners),
    ...visible(lines).flatMap(middleOfCurve),
    ...backdropCorners(),
  ];
  const [left, right] = span(corners.map(([x]) => x));
  const [top, bottom] = span(corners.map(([, y]) => y));
  const fitting = ([width, height]) => Math.min(width / (right - left), height / (bottom - top));
  const scale = Math.min(SCALES.most, Math.max(fitting(USUAL), Math.min(SCALES.least, fitting(LARGE))));
  const width = (right - left) * scale + 2 * AROUND.side;
  const [x, y] = [AROUND.side - left * scale, AROUND.above - top * scale];
  return {
    x,
    y,
    scale,
    width,
    free: width,
    height: (bottom - top) * scale + AROUND.above + AROUND.below,
    toScreen: (place) => [place.x * scale + x, place.y * scale + y],
  };
}

const middleOfCurve = ({ source, target, bend }) =>
  bend ? [[(source.x + 2 * bend[0] + target.x) / 4, (source.y + 2 * bend[1] + target.y) / 4]] : [];

const span = (numbers) =>
  numbers.reduce(([least, most], number) => [Math.min(least, number), Math.max(most, number)], [
    Infinity,
    -Infinity,
  ]);

function mapLayers(view) {
  const { x, y, scale } = view;
  const labels = placeLabels(view, null, []);
  const backdrop = backdropParts().map((part) => ({ ...part, width: part.width / scale }));
  return [
    ...shifts.map(([right, down], panel) => ({
      id: panel ? `backdrop-${panel + 1}` : "backdrop",
      x: x + right * scale,
      y: y + down * scale,
      scale,
      clip: clipOf(areas[panel], view),
      items: backdrop,
    })),
    { id: "divider", x, y, scale, items: dividerParts().map((part) => ({ ...part, width: part.width / scale })) },
    { id: "communities", x, y, scale, items: hulls().map((hull) => hullItem(hull, scale)) },
    { id: "alliances", x, y, scale, items: visible(lines).map(tieItem) },
    { id: "organizations", x, y, scale, items: visible(marks).map(markItem) },
    { id: "halos", unseen: true, items: labels.map(haloItem) },
    { id: "names", items: labels.map(labelItem) },
  ];
}

/** What is seen of a layer: of a panel its area, else the whole map. */
function clipOf(area, { scale, x, y, width, height }) {
  if (!area) return { x: 0, y: 0, width, height };
  const [left, top, right, bottom] = area.map((edge) => edge * scale);
  return { x: left + x, y: top + y, width: right - left, height: bottom - top };
}

const hullItem = ({ name, outline }, scale) => ({
  d: outline,
  title: name,
  fill: colors.outline,
  fillOpacity: HULL.fill,
  stroke: colors.outline,
  strokeOpacity: HULL.line,
  width: 1 / scale,
});

function tieItem(line) {
  const { width, opacity, dash } = lookOf(line);
  const path = new PathData();
  trace(path, line);
  const title = `${line.source.name} – ${line.target.name}`;
  return { d: String(path), title, stroke: colors.tie, strokeOpacity: opacity, width, dash };
}

function markItem(mark) {
  const { name, shape, x, y, size } = mark;
  const { fill, border } = paint(mark);
  return { d: outlineData(shape, x, y, size), title: name, fill, stroke: border, width: 1.5 };
}

function textItem({ text, font, box }) {
  const [left, top, right, bottom] = box;
  return { text, font, x: (left + right) / 2, y: (top + bottom) / 2 + 0.35 * font.size, anchor: "middle" };
}

const labelItem = (label) => ({ ...textItem(label), fill: colors[label.color] });

const haloItem = (label) => ({ ...textItem(label), stroke: colors.background, width: HALO });
