/** Which part of a large network the page shows: its groups, or the organizations of one, as the address asks. */

/** Where organizations are found that lie in no group with a mark of its own. */
const REST = "rest";

function asked(address) {
  const terms = new URLSearchParams(address.replace(/^#/, ""));
  return { group: terms.get("group"), organization: terms.get("org") };
}

/** The mark that each organization belongs to. */
function markOf({ overview }) {
  const own = new Set(overview.nodes.map(({ id }) => id));
  return ({ about }) => (own.has(String(about.group)) ? String(about.group) : REST);
}

/** The group that an address means, if it means one: by its own id, or by that of an organization in it. */
export function meantGroup(whole, address) {
  if (!whole.overview) return undefined;
  const { group, organization } = asked(address);
  const found = whole.nodes.find(({ id, about }) => id === organization || about.other_ids?.includes(organization));
  const id = found ? markOf(whole)(found) : group;
  return whole.overview.nodes.find((node) => node.id === id)?.id;
}

/** What the page shows at an address, as `graph`; the group that is open; and whom else a search finds, and where. */
export function shownPart(whole, address) {
  if (!whole.overview) return { graph: whole, open: undefined, elsewhere: whole.nodes.flatMap(bestKnown) };
  const id = meantGroup(whole, address);
  const mark = markOf(whole);
  const elsewhere = whole.nodes
    .filter((node) => mark(node) !== id)
    .map(({ id: organization, about }) => ({ ...about, id: organization, at: mark({ about }) }));
  if (id === undefined) return { graph: { ...whole, ...whole.overview }, open: undefined, elsewhere };
  return { graph: inside(whole, (node) => mark(node) === id), open: groupWithTies(whole.overview, id), elsewhere };
}

/** A group that knows which others it is tied to, most alliances first. */
function groupWithTies({ nodes, edges }, id) {
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const ties = edges
    .filter(({ from, to }) => from === id || to === id)
    .map(({ from, to, about }) => ({ id: from === id ? to : from, shared: about.shared }))
    .map((tie) => ({ ...tie, name: nodeOf.get(tie.id).about.name }))
    .sort((a, b) => b.shared - a.shared);
  const node = nodeOf.get(id);
  return { ...node, about: { ...node.about, ties } };
}

/** Members of a group whose organizations the page does not hold. */
const bestKnown = ({ id: at, about }) => (about.members ?? []).map(({ name }) => ({ name, at }));

/** The organizations that are in, with the ties among them; of partners outside each knows who they are. */
function inside(whole, isIn) {
  const nodes = new Map(whole.nodes.filter(isIn).map((node) => [node.id, node]));
  const nameOf = new Map(whole.nodes.map(({ id, about }) => [id, about.name]));
  const outside = new Map();
  const note = (id, partner, { shared }) => {
    if (!outside.has(id)) outside.set(id, []);
    outside.get(id).push({ id: partner, name: nameOf.get(partner), shared });
  };
  for (const { from, to, about } of whole.edges) {
    if (nodes.has(from) && !nodes.has(to)) note(from, to, about);
    if (nodes.has(to) && !nodes.has(from)) note(to, from, about);
  }
  return {
    ...whole,
    nodes: [...nodes.values()].map((node) => ({
      ...node,
      about: { ...node.about, outside: outside.get(node.id) ?? [] },
    })),
    edges: whole.edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to)),
    groups: [], // one outline around all would tell nothing
    backdrop: withoutEmptyShelf(whole.backdrop, [...nodes.values()]),
  };
}

/** What lies below the organizations, less a shelf where none of them stands. */
function withoutEmptyShelf({ shelf, titles, ...below } = {}, nodes) {
  return nodes.some(({ y }) => y > shelf?.top && y < shelf.bottom) ? { ...below, shelf, titles } : below;
}
