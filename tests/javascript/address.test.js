/** What an address of the page means in a network that is shown group by group. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";
import { network, units } from "./network.js";

const { meantGroup, shownPart } = await load("division.js");

const mark = (id) => ({ id, about: { name: `Group ${id}`, value: 3 } });
const divided = {
  ...network,
  overview: { nodes: [mark("0"), mark("1")], edges: [{ from: "0", to: "1", about: { shared: 1 } }], unit: units.groups },
};
const ids = ({ nodes }) => nodes.map(({ id }) => id).join("");

test("without an address all groups are shown", () => {
  assert.equal(meantGroup(divided, ""), undefined);
  const { graph, open, elsewhere } = shownPart(divided, "");
  assert.equal(ids(graph), "01");
  assert.equal(open, undefined);
  assert.equal(elsewhere.length, 6);
});

test("a group is meant by its own id or by that of an organization in it", () => {
  assert.equal(meantGroup(divided, "#group=1"), "1");
  assert.equal(meantGroup(divided, "#org=b"), "0");
  assert.equal(meantGroup(divided, "#group=1&org=b"), "0");
  assert.equal(meantGroup(divided, "#group=nothing"), undefined);
});

test("of a group its members are shown with the alliances among them", () => {
  const { graph, open } = shownPart(divided, "#group=0");
  assert.equal(ids(graph), "abc");
  assert.deepEqual(
    graph.edges.map(({ from, to }) => from + to),
    ["ab", "ac", "bc"],
  );
  assert.equal(open.about.name, "Group 0");
});

test("a small network is shown whole whatever the address is", () => {
  assert.equal(shownPart(network, "#group=1").graph, network);
});
