/** What is written above each panel of a comparison: its name, and how much of it is shown. */
import { count } from "./dom.js";
import { sides } from "./panels.js";
import { wrap } from "./typesetting.js";
import { unit } from "./units.js";

const NAME = { size: 15, weight: 650 };
const COUNTS = { size: 12, weight: 400 };
const LEADING = 1.25; // height of a line by size of the letters
const ABOVE = 24; // pixels from the panel up to its heading, for the names that stand there

/** What headings need above what any map needs; on a narrow screen they take more lines. */
export const HEADING = document.body.clientWidth < 600 ? 52 : 34;

const visible = (all) => all.filter((one) => one.visible).length;

const counts = ({ marks, lines }) => [
  count(visible(marks), ...unit.modes[0].noun),
  count(visible(lines), ...unit.tie),
];

/** The lines of a heading, in as many as they take. */
function linesOf(side, room, widthOf) {
  const whole = counts(side).join(", ");
  const told = widthOf(whole, COUNTS) <= room ? [whole] : counts(side);
  return [
    ...wrap(side.name, room, (text) => widthOf(text, NAME)).map((text) => ({ text, font: NAME, color: "ink" })),
    ...told.map((text) => ({ text, font: COUNTS, color: "muted" })),
  ];
}

/** Texts with their boxes, as all names have them. */
export const headings = (view, widthOf) => sides.flatMap((side) => heading(side, view, widthOf));

function heading(side, view, widthOf) {
  const [x, y] = view.toScreen({ x: side.heading[0], y: side.heading[1] });
  let bottom = y - ABOVE;
  return linesOf(side, side.width * view.scale, widthOf)
    .reverse()
    .map((line) => {
      const half = widthOf(line.text, line.font) / 2 + 3;
      const top = bottom - line.font.size * LEADING;
      const box = [x - half, top, x + half, bottom];
      bottom = top;
      return { ...line, box };
    });
}
