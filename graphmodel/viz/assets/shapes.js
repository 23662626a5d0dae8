/** The outlines that vis-network gives its shapes, for what is drawn above it and for the legend. */
import { svg } from "./dom.js";
import { graph } from "./data.js";
import { disc, polygon } from "./paths.js";
import { paint } from "./theme.js";

const ring = (corners, start, radius) =>
  Array.from({ length: corners }, (_, i) => {
    const angle = start + (i * 2 * Math.PI) / corners;
    const reach = typeof radius === "function" ? radius(i) : radius;
    return [reach * Math.cos(angle), reach * Math.sin(angle)];
  });

const UP = -Math.PI / 2;

const triangle = (size, start, shift) =>
  ring(3, start, (2 * size * 1.15) / Math.sqrt(3)).map(([x, y]) => [x, y + shift * 0.275 * 1.15 * size]);

const CORNERS = {
  square: (size) => ring(4, UP / 2, size * Math.SQRT2),
  diamond: (size) => ring(4, UP, size),
  hexagon: (size) => ring(6, 0, size),
  triangle: (size) => triangle(size, UP, 1),
  triangleDown: (size) => triangle(size, -UP, -1),
  star: (size) =>
    ring(10, UP, (i) => 0.82 * size * (i % 2 ? 0.5 : 1.3)).map(([x, y]) => [x, y + 0.082 * size]),
};

/** The outline of a mark as path data. */
export const outlineData = (shape, x, y, size) =>
  shape === "dot" ? disc(x, y, size) : polygon(CORNERS[shape](size).map(([dx, dy]) => [x + dx, y + dy]));

export const outline = (shape, x, y, size) => new Path2D(outlineData(shape, x, y, size));

/** The mark where an organization is not there. */
export function absentSwatch() {
  const { fill, border } = paint({ isAbsent: true });
  const mark = svg("circle", { r: 3, fill, stroke: border, "stroke-width": 1.5 });
  return svg("svg", { viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true" }, mark);
}

/** The mark of a legend entry, as large as a letter. */
export function swatch(entry) {
  const { shape } = graph.legend[entry];
  const { fill, border } = paint({ entry });
  const size = 5.5 * graph.shape_factors[shape];
  const look = { fill, stroke: graph.legend[entry].hollow ? border : "none", "stroke-width": 1.5 };
  const mark =
    shape === "dot"
      ? svg("circle", { r: size, ...look })
      : svg("polygon", { points: CORNERS[shape](size).join(" "), ...look });
  return svg("svg", { viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true" }, mark);
}
