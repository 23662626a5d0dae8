/** The words around a picture of the map: title and count above; legend and provenance below. */
import { alliances, graph, organizations } from "./data.js";
import { widthOf } from "./labels.js";
import { ABSENT_WORDS, marks } from "./panels.js";
import { outlineData } from "./shapes.js";
import { provenanceText, statusText } from "./status.js";
import { colors, paint } from "./theme.js";
import { flow, wrap } from "./typesetting.js";
import { kindsTitles } from "./units.js";

const TITLE = { size: 22, weight: 600 };
const USUAL = { size: 13, weight: 400 };
const STRONG = { size: 12, weight: 600 };
const SMALL = { size: 11, weight: 400 };
const LEADING = 1.4; // height of a line by size of the letters
const GAP = 20; // between entries of the legend
const MARK = 24; // width that a mark takes with the space behind it
const LINE = 34; // the same for a line

const line = (text, font, color, x, y) => ({ text, font, fill: colors[color], x, y, anchor: "start" });

/** Lines of a text, and how high they are together. */
function paragraph(text, font, color, width, top = 0) {
  const lines = wrap(text, width, (part) => widthOf(part, font));
  const height = font.size * LEADING;
  const items = lines.map((part, i) => line(part, font, color, 0, top + i * height + font.size));
  return { items, height: lines.length * height };
}

export function captionAbove(width) {
  const title = paragraph(graph.title, TITLE, "ink", width);
  const status = paragraph(statusText(), USUAL, "muted", width, title.height);
  return { items: [...title.items, ...status.items], height: title.height + status.height };
}

export function captionBelow(width, scale) {
  const legend = { items: [], height: 14 };
  for (const { title, entries } of groups(scale)) {
    const { items, height } = row(title, entries, width, legend.height);
    legend.items.push(...items);
    legend.height += height;
  }
  const provenance = paragraph(provenanceText, SMALL, "muted", width, legend.height + 8);
  return {
    layers: [
      { id: "legend", items: legend.items },
      { id: "provenance", items: provenance.items },
    ],
    height: legend.height + 8 + provenance.height,
  };
}

/** A title of the legend with its entries, in as many rows as they take. */
function row(title, entries, width, top) {
  const start = widthOf(title, STRONG) + GAP;
  const height = Math.max(24, ...entries.map((entry) => entry.height ?? 0));
  const places = flow(
    entries.map((entry) => entry.width),
    Math.max(width - start, ...entries.map((entry) => entry.width)),
    GAP,
  );
  const rows = Math.max(0, ...places.map((place) => place.row)) + 1;
  const items = entries.flatMap((entry, i) =>
    entry.items(start + places[i].left, top + (places[i].row + 0.5) * height),
  );
  return { items: [line(title, STRONG, "muted", 0, top + height / 2 + 4), ...items], height: rows * height };
}

/** What the legend explains: only what is visible. */
function groups(scale) {
  const among = (records) => (look, entry) => ({ look, entry, all: records.filter((one) => one.entry === entry) });
  const kinds = graph.legend.map(among(organizations));
  const lines = graph.lines.map(among(alliances));
  const shown = ({ all }) => all.some(({ visible }) => visible);
  const ofMode = (mode) => kinds.filter(({ look, all }) => look.mode === mode && shown({ all })).map(kindEntry);
  return [
    ...kindsTitles.map((title, mode) => ({ title, entries: [...ofMode(mode), ...(mode ? [] : absentEntry())] })),
    { title: graph.line_title, entries: lines.filter(shown).map(lineEntry) },
    { title: `Size: ${graph.size_title.toLowerCase()}`, entries: graph.sizes.map((size) => sizeEntry(size, scale)) },
  ].filter(({ entries }) => entries.length > 0);
}

const countOf = (all) => all.filter(({ visible }) => visible).length.toLocaleString("en");

/** A mark, what it means, and how many there are. */
function entryOf(label, number, wide, draw) {
  const text = widthOf(label, USUAL);
  return {
    width: wide + text + (number ? 6 + widthOf(number, SMALL) : 0),
    items: (x, y) => [
      draw(x, y),
      line(label, USUAL, "ink", x + wide, y + 4.5),
      ...(number ? [line(number, SMALL, "muted", x + wide + text + 6, y + 4.5)] : []),
    ],
  };
}

function kindEntry({ look, entry, all }) {
  const { fill, border } = paint({ entry });
  const size = 5.5 * graph.shape_factors[look.shape];
  const stroke = look.hollow ? { stroke: border, width: 1.5 } : {};
  return entryOf(look.label, countOf(all), MARK - 8, (x, y) => ({
    d: outlineData(look.shape, x + 6, y, size),
    fill,
    ...stroke,
  }));
}

function absentEntry() {
  if (!marks.some(({ isAbsent, visible }) => isAbsent && visible)) return [];
  const { fill, border } = paint({ isAbsent: true });
  const draw = (x, y) => ({ d: outlineData("dot", x + 6, y, 3), fill, stroke: border, width: 1.5 });
  return [entryOf(ABSENT_WORDS, "", MARK - 8, draw)];
}

function lineEntry({ look, all }) {
  return entryOf(look.label, countOf(all), LINE, (x, y) => ({
    d: `M${x} ${y}H${x + 26}`,
    stroke: colors.ink,
    width: 2,
    dash: look.dash,
  }));
}

function sizeEntry([text, radius], scale) {
  const drawn = radius * scale;
  const entry = entryOf(text, "", 2 * drawn + 8, (x, y) => ({
    d: outlineData("dot", x + drawn, y, drawn),
    stroke: colors.muted,
    width: 1,
  }));
  return { ...entry, height: 2 * drawn + 6 };
}
