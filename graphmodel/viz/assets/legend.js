/** The legend, which is the filter: a click on an entry hides what it stands for. */
import { alliances, graph, organizations } from "./data.js";
import { byId, el, svg } from "./dom.js";
import { on } from "./events.js";
import { clearFilters, isFiltered, isHidden, toggle } from "./filters.js";
import { areOutlined, hullState } from "./hulls.js";
import { ABSENT_WORDS, isComparison } from "./panels.js";
import { isSelected, looking, select } from "./selection.js";
import { absentSwatch, swatch } from "./shapes.js";
import { kindsTitles, ofActivities, ofGroups } from "./units.js";
import { redraw, showAll } from "./view.js";

function entryButton(what, key, mark, label, all) {
  const number = el("span", { class: "count" });
  const attributes = { type: "button", class: "entry", click: () => toggle(what, key) };
  const button = el("button", attributes, mark, el("span", { class: "name" }, label), number);
  button.hidden = all.length === 0; // of a group that is open some entries are elsewhere
  on("filter", () => {
    const visible = all.filter((one) => one.visible).length;
    const whole = all.length.toLocaleString("en");
    number.textContent = visible === all.length ? whole : `${visible.toLocaleString("en")} of ${whole}`;
    button.setAttribute("aria-pressed", String(!isHidden(what, key)));
  });
  return button;
}

function organizationEntry({ label }, entry) {
  const mark = el("span", { class: "mark" }, swatch(entry));
  on("theme", () => mark.replaceChildren(swatch(entry)));
  return entryButton(
    "entries",
    entry,
    mark,
    label,
    organizations.filter((one) => one.entry === entry),
  );
}

/** What the faint marks of a comparison stand for. */
function absentNote() {
  if (!isComparison) return [];
  const mark = el("span", { class: "mark" }, absentSwatch());
  on("theme", () => mark.replaceChildren(absentSwatch()));
  return [el("p", { class: "absent" }, mark, ABSENT_WORDS)];
}

function lineEntry({ label, dash }, entry) {
  const line = svg("path", { d: "M0 4H26", "stroke-dasharray": dash.join(" ") || "none" });
  const mark = svg(
    "svg",
    { class: "line", viewBox: "0 0 26 8", width: 26, height: 8, "aria-hidden": "true" },
    line,
  );
  return entryButton(
    "lines",
    entry,
    mark,
    label,
    alliances.filter((one) => one.entry === entry),
  );
}

function sizeExample([text, radius]) {
  const edge = 2 * radius + 2;
  const disc = svg("circle", { cx: edge / 2, cy: edge / 2, r: radius });
  return el("span", {}, svg("svg", { width: edge, height: edge, "aria-hidden": "true" }, disc), text);
}

/** The entries of one sort of marks. */
function fillKinds(mode, kinds, title) {
  byId(title).textContent = kindsTitles[mode];
  const entries = graph.legend.map(organizationEntry);
  byId(kinds).append(...entries.filter((_, entry) => graph.legend[entry].mode === mode));
}

fillKinds(0, "kinds", "kinds-title");
byId("kinds").append(...absentNote());
if (ofActivities) fillKinds(1, "other-kinds", "other-kinds-title");
byId("other-kinds-legend").hidden = !ofActivities;
byId("lines-title").textContent = graph.line_title;
byId("lines").append(...graph.lines.map(lineEntry));
byId("lines-legend").hidden = graph.lines.length === 0 || ofGroups;
byId("size-title").textContent = `Size: ${graph.size_title.toLowerCase()}`;
byId("size-legend").hidden = graph.sizes.length === 0;
byId("sizes").append(...graph.sizes.map(sizeExample));

const outlines = byId("communities");
outlines.hidden = !areOutlined;
outlines.addEventListener("click", () => {
  hullState.shown = !hullState.shown;
  outlines.setAttribute("aria-pressed", String(hullState.shown));
  redraw();
});

byId("reset").addEventListener("click", () => {
  clearFilters();
  select();
  showAll();
});

on("filter", () => {
  byId("reset").disabled = !isFiltered();
  const chosen = looking.organization ?? looking.alliance;
  if (isSelected() && !chosen.visible) select();
});

const folded = byId("filters-button");
folded.addEventListener("click", () => {
  const open = byId("filters").classList.toggle("open");
  folded.setAttribute("aria-expanded", String(open));
});
