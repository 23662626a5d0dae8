/** The same organizations as a table, for whoever reads better in rows. */
import { communityNames, graph, organizations, visibleTies } from "./data.js";
import { byId, el } from "./dom.js";
import { on } from "./events.js";
import { goTo } from "./navigation.js";
import { partnersIn, sides, sizeColumns } from "./panels.js";
import { anyNode, capital, everyNode, nounOf, ofActivities, ofGroups, unit } from "./units.js";

const partners = (organization) => visibleTies(organization).length;

const sharedActivities = (organization) =>
  visibleTies(organization).reduce((sum, { shared }) => sum + shared, 0);

const COLUMNS = [
  { title: capital(anyNode), value: ({ name }) => name },
  { title: "Acronym", value: ({ acronym }) => acronym },
  { title: "Type", value: (one) => (ofActivities ? nounOf(one)[0] : undefined) },
  { title: "Kind", value: ({ kind }) => kind },
  { title: "Country", value: ({ country }) => country },
  { title: "Community", value: ({ group }) => communityNames.get(group) },
  { title: unit.degree, value: partners, numeric: true },
  ...sides.map(({ name }, number) => ({
    title: `${unit.degree}, ${name}`,
    value: (organization) => partnersIn(organization, number),
    numeric: true,
  })),
  { title: unit.weight, value: sharedActivities, numeric: true },
  ...sizeColumns().map(([title, value]) => ({ title, value, numeric: true })),
].filter(
  ({ title, value }, index, all) =>
    title !== "" &&
    all.findIndex((column) => column.title === title) === index &&
    organizations.some((organization) => value(organization) !== undefined),
);

const section = byId("table");
const body = el("tbody");
const caption = el("caption");
let sorting = { column: COLUMNS.find(({ title }) => title === (ofGroups ? graph.size_title : unit.degree)), descending: true };

const headings = COLUMNS.map((column) => {
  const button = el("button", { type: "button", click: () => sortBy(column) }, column.title);
  return el("th", { scope: "col", class: column.numeric ? "number" : "" }, button);
});

section.append(el("table", {}, caption, el("thead", {}, el("tr", {}, ...headings)), body));

function sortBy(column) {
  const descending = sorting.column === column ? !sorting.descending : Boolean(column.numeric);
  sorting = { column, descending };
  fill();
}

function compare(a, b) {
  const [first, second] = [sorting.column.value(a) ?? "", sorting.column.value(b) ?? ""];
  const order = sorting.column.numeric ? first - second : first.localeCompare(second, "en");
  return (sorting.descending ? -order : order) || a.rank - b.rank;
}

function row(organization) {
  const [first, ...rest] = COLUMNS;
  const open = () => {
    setTable(false);
    goTo({ organization }, { read: true });
  };
  return el(
    "tr",
    {},
    el(
      "th",
      { scope: "row" },
      el("button", { type: "button", class: "link", click: open }, first.value(organization)),
    ),
    ...rest.map(({ value, numeric }) =>
      el("td", { class: numeric ? "number" : "" }, text(value(organization))),
    ),
  );
}

const text = (value) =>
  typeof value === "number" ? value.toLocaleString("en", { maximumSignificantDigits: 4 }) : (value ?? "");

function fill() {
  if (section.hidden) return;
  const rows = organizations.filter(({ visible }) => visible).sort(compare);
  caption.textContent = `${rows.length.toLocaleString("en")} ${rows.length === 1 ? anyNode : everyNode} on the map`;
  body.replaceChildren(...rows.map(row));
  headings.forEach((heading, index) => {
    const direction = sorting.descending ? "descending" : "ascending";
    heading.setAttribute("aria-sort", COLUMNS[index] === sorting.column ? direction : "none");
  });
}

export function setTable(shown) {
  section.hidden = !shown;
  byId("table-button").setAttribute("aria-pressed", String(shown));
  fill();
}

on("filter", fill);
byId("table-button").addEventListener("click", () => setTable(section.hidden));
