/** The files that the page makes of what is shown, as the filters leave it: pictures, a network, tables. */
import { csv } from "./csv.js";
import { alliances, graph, organizations } from "./data.js";
import { gexf } from "./gexf.js";
import { picture } from "./picture.js";
import { draw } from "./raster.js";
import { allianceTable, organizationTable } from "./records.js";
import { maker, provenanceText, statusText } from "./status.js";
import { svgFile } from "./svg.js";
import { paint } from "./theme.js";
import { everyNode, unit } from "./units.js";

const DOTS = 2; // of a PNG for each pixel of the picture

/** What each is called and good for, the end of its name, and what makes it. */
export const FILES = [
  { label: "PNG (2x)", hint: "picture, for slides", extension: "png", make: () => png() },
  { label: "SVG", hint: "picture, to edit", extension: "svg", make: () => file("image/svg+xml", svgFile(picture())) },
  { label: "GEXF", hint: "network, for Gephi", extension: "gexf", make: () => file("application/xml", network()) },
  {
    label: `CSV of ${everyNode}`,
    hint: "table",
    extension: "csv",
    about: everyNode.replaceAll(" ", "-"),
    make: () => file("text/csv", csv(organizationTable())),
  },
  {
    label: `CSV of ${unit.tie[1]}`,
    hint: "table",
    extension: "csv",
    about: unit.tie[1],
    make: () => file("text/csv", csv(allianceTable())),
  },
];

const file = (type, text) => new Blob([text], { type: `${type};charset=utf-8` });

const png = () => new Promise((made) => draw(picture(), DOTS).toBlob(made, "image/png"));

const ENDS = 4; // columns of the table of alliances that tell between whom they are
const GEXF_SHAPES = { dot: "disc", square: "square", diamond: "diamond", triangle: "triangle" };

/** The organizations and alliances that are shown, as they are drawn, with the columns of their tables. */
function network() {
  const nodes = organizationTable();
  const edges = allianceTable();
  const visible = (all) => all.filter((one) => one.visible);
  return gexf({
    creator: maker,
    description: `${graph.title}. ${statusText()}. ${provenanceText}`,
    nodeColumns: nodes.columns.slice(1),
    nodes: visible(organizations).map(({ id, name, x, y, radius, entry, shape }, row) => ({
      id,
      label: name,
      x,
      y,
      size: radius,
      color: markColor(entry),
      shape: GEXF_SHAPES[shape] ?? "disc",
      values: nodes.rows[row].slice(1),
    })),
    edgeColumns: edges.columns.slice(ENDS),
    edges: visible(alliances).map(({ source, target, shared, width }, row) => ({
      source: source.id,
      target: target.id,
      weight: Math.max(1, shared),
      thickness: width,
      values: edges.rows[row].slice(ENDS),
    })),
  });
}

function markColor(entry) {
  const { fill, border } = paint({ entry });
  return graph.legend[entry].hollow ? border : fill;
}
