/** What is shown as tables: one row for each organization, one for each alliance. */
import { alliances, communityNames, graph, organizations, visibleTies } from "./data.js";
import { partnersIn, sides, sidesOf, sizeColumns } from "./panels.js";
import { nounOf, ofActivities, unit } from "./units.js";

const SEPARATOR = "; "; // between several texts in one cell

/** A title as the name of a column: "Competence areas" becomes "competence_areas". */
const columnName = (title) =>
  title
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, "_")
    .replace(/^_|_$/g, "");

const activityNames = ({ activities = [] }) =>
  activities.map((index) => graph.activities[index].name).join(SEPARATOR) || undefined;

/** The names and values of columns. Where two have the same name, the first counts. */
const ORGANIZATION = [
  ["id", ({ id }) => id],
  ["name", ({ name }) => name],
  ["acronym", ({ acronym }) => acronym],
  ["other_names", ({ other_names }) => other_names?.join(SEPARATOR)],
  ["type", (one) => (ofActivities ? nounOf(one)[0] : undefined)],
  ["kind", ({ kind }) => kind],
  ["country", ({ country }) => country],
  ["community", ({ group }) => communityNames.get(group)],
  [columnName(unit.degree), (organization) => visibleTies(organization).length],
  [columnName(unit.weight), (organization) => visibleTies(organization).reduce((sum, { shared }) => sum + shared, 0)],
  [columnName(graph.color_title), ({ entry }) => graph.legend[entry].label],
  ...sides.map(({ name }, number) => [
    columnName(`${unit.degree} ${name}`),
    (organization) => partnersIn(organization, number),
  ]),
  ...sizeColumns().map(([title, value]) => [columnName(title), value]),
  ...namesIn(organizations.flatMap(({ details = [] }) => details.map(([term]) => term))).map((term) => [
    columnName(term),
    ({ details = [] }) => details.find(([known]) => known === term)?.[1].join(SEPARATOR),
  ]),
  ["url", ({ url }) => url],
];

const ALLIANCE = [
  ["source", ({ source }) => source.id],
  ["source_name", ({ source }) => source.name],
  ["target", ({ target }) => target.id],
  ["target_name", ({ target }) => target.name],
  ...sides.map(({ name }, number) => [
    columnName(`shared ${name}`),
    (alliance) => sidesOf(alliance)[number]?.shared,
  ]),
  ["role", ({ roles }) => roles?.join(SEPARATOR)],
  ...["basis", ...(ofActivities ? [] : ["shared"]), "strength", "jaccard", "overlap", "first", "last"].map(field),
  ...namesIn(alliances.flatMap((alliance) => Object.keys(alliance).filter((name) => isFigure(alliance, name)))).map(
    field,
  ),
  [columnName(graph.line_title.replace(/^.* by /, "")), ({ entry }) => graph.lines[entry].label],
  ["activities", activityNames],
];

function namesIn(names) {
  return [...new Set(names)];
}

function field(name) {
  return [name, (record) => record[name]];
}

/** Whatever else is known of an alliance and fits into a cell. */
function isFigure(alliance, name) {
  const isDrawn = ["width", "visible", "entry", ofActivities && "shared"].includes(name);
  return !isDrawn && ["string", "number", "boolean"].includes(typeof alliance[name]);
}

/** Without columns that are empty for all, whether shown or not: what is hidden does not change the columns. */
function table(columns, all) {
  const kept = columns.filter(
    ([name, value], index) =>
      name !== "" &&
      columns.findIndex(([earlier]) => earlier === name) === index &&
      (index < 2 || all.some((record) => value(record) !== undefined)),
  );
  return {
    columns: kept.map(([name]) => name),
    rows: all.filter(({ visible }) => visible).map((record) => kept.map(([, value]) => value(record))),
  };
}

export const organizationTable = () => table(ORGANIZATION, organizations);

export const allianceTable = () => table(ALLIANCE, alliances);
