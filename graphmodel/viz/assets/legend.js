/** The legend, which is the filter: a click on an entry hides what it stands for. */
import { alliances, BASES, communities, graph, organizations } from "./data.js";
import { byId, el, svg } from "./dom.js";
import { on } from "./events.js";
import { clearFilters, isFiltered, isHidden, LEAST, minimum, MOST, setMinimum, toggle } from "./filters.js";
import { hullState } from "./hulls.js";
import { isSelected, looking, select } from "./selection.js";
import { swatch } from "./shapes.js";
import { redraw, showAll } from "./view.js";

function entryButton(what, key, mark, label, all) {
  const number = el("span", { class: "count" });
  const attributes = { type: "button", class: "entry", click: () => toggle(what, key) };
  const button = el("button", attributes, mark, el("span", { class: "name" }, label), number);
  on("filter", () => {
    const visible = all.filter((one) => one.visible).length;
    number.textContent = visible === all.length ? `${visible}` : `${visible} of ${all.length}`;
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

function basisEntry({ key, label, dash }) {
  const line = svg("path", { d: "M0 4H26", "stroke-dasharray": dash.join(" ") || "none" });
  const mark = svg(
    "svg",
    { class: "line", viewBox: "0 0 26 8", width: 26, height: 8, "aria-hidden": "true" },
    line,
  );
  return entryButton(
    "bases",
    key,
    mark,
    label,
    alliances.filter(({ basis }) => basis === key),
  );
}

function sizeExample([text, radius]) {
  const edge = 2 * radius + 2;
  const disc = svg("circle", { cx: edge / 2, cy: edge / 2, r: radius });
  return el("span", {}, svg("svg", { width: edge, height: edge, "aria-hidden": "true" }, disc), text);
}

byId("kinds-title").textContent = ["Organizations", graph.color_title.toLowerCase()]
  .filter(Boolean)
  .join(" by ");
byId("kinds").append(...graph.legend.map(organizationEntry));
byId("bases").append(...BASES.map(basisEntry));
byId("bases-legend").hidden = BASES.length === 0;
byId("size-title").textContent = `Size: ${graph.size_title.toLowerCase()}`;
byId("size-legend").hidden = graph.sizes.length === 0;
byId("sizes").append(...graph.sizes.map(sizeExample));

const slider = byId("minimum");
byId("minimum-filter").hidden = MOST <= LEAST;
Object.assign(slider, { min: LEAST, max: MOST, value: LEAST });
slider.addEventListener("input", () => setMinimum(Number(slider.value)));

const outlines = byId("communities");
outlines.hidden = communities.length === 0;
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
  byId("minimum-value").textContent = String(minimum());
  slider.value = minimum();
  byId("reset").disabled = !isFiltered();
  const chosen = looking.organization ?? looking.alliance;
  if (isSelected() && !chosen.visible) select();
});

const folded = byId("filters-button");
folded.addEventListener("click", () => {
  const open = byId("filters").classList.toggle("open");
  folded.setAttribute("aria-expanded", String(open));
});
