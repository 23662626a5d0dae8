/** What is shown as a network for Gephi: GEXF 1.3 with places, colours and sizes, and all figures as attributes. */
import { element, escaped, xmlFile } from "./xml.js";

const NAMESPACES = {
  xmlns: "http://gexf.net/1.3",
  "xmlns:viz": "http://gexf.net/1.3/viz",
  "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
  "xsi:schemaLocation": "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd",
  version: "1.3",
};
const LARGEST = 2 ** 31; // from here on an integer is a long

/**
 * Nodes: id, label, x, y, size, color, shape, values. Edges: source, target, weight, thickness, values. The values
 * stand in the order of the columns. In Gephi y points up, on the page down.
 */
export function gexf({ description, creator, nodeColumns, nodes, edgeColumns, edges }) {
  const graph = element(
    "graph",
    { defaultedgetype: "undirected", mode: "static" },
    attributes("node", nodeColumns, nodes),
    attributes("edge", edgeColumns, edges),
    element("nodes", {}, ...nodes.map(node)),
    element("edges", {}, ...edges.map(edge)),
  );
  const meta = element(
    "meta",
    {},
    element("creator", {}, escaped(creator)),
    element("description", {}, escaped(description)),
  );
  return xmlFile(element("gexf", NAMESPACES, meta, graph));
}

function attributes(of, columns, records) {
  const types = columns.map((_, index) => typeOf(records.map(({ values }) => values[index])));
  return element(
    "attributes",
    { class: of, mode: "static" },
    ...columns.map((title, id) => element("attribute", { id, title, type: types[id] })),
  );
}

function typeOf(values) {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0 || known.some((value) => typeof value !== typeof known[0])) return "string";
  if (typeof known[0] !== "number") return typeof known[0];
  if (!known.every(Number.isInteger)) return "double";
  return known.every((value) => Math.abs(value) < LARGEST) ? "integer" : "long";
}

function node({ id, label, x, y, size, color, shape, values }) {
  return element(
    "node",
    { id, label },
    attributeValues(values),
    element("viz:color", channels(color)),
    element("viz:position", { x, y: -y, z: 0 }),
    element("viz:size", { value: size }),
    element("viz:shape", { value: shape }),
  );
}

function edge({ source, target, weight, thickness, values }, id) {
  return element(
    "edge",
    { id, source, target, weight },
    attributeValues(values),
    element("viz:thickness", { value: thickness }),
  );
}

const attributeValues = (values) =>
  element(
    "attvalues",
    {},
    ...values.map((value, index) =>
      value === undefined ? "" : element("attvalue", { for: index, value }),
    ),
  );

/** "#FF8000" as red, green and blue. */
function channels(color) {
  const [r, g, b] = [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
  return { r, g, b };
}
