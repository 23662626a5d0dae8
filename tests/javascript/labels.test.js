/** Names never cover each other, whatever the view. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, openPage } from "./page.js";
import { network } from "./network.js";

/** As many organizations as a test likes, each with a long name, at places that look random. */
function crowd(number) {
  const [node] = network.nodes;
  return Array.from({ length: number }, (_, i) => ({
    ...node,
    id: `n${i}`,
    label: `Organization ${i}`,
    x: (i * 7919) % 1009,
    y: (i * 104729) % 701,
    about: { ...node.about, name: `Organization ${i}`, acronym: `O${i}`, value: i, radius: 4 + (i % 11), group: i % 3 },
  }));
}

openPage({ ...network, nodes: crowd(200), edges: [], groups: [0, 1, 2].map((group) => [group, `Community ${group}`]) });
const { organizations, ranked } = await load("data.js");
const { placeLabels } = await load("labels.js");
const { LEADING_MARK, MARK, Room, TEXT } = await load("room.js");

const view = (scale, width, height, left = 0, top = 0) => ({
  scale,
  width,
  height,
  free: width,
  toScreen: ({ x, y }) => [(x - left) * scale, (y - top) * scale],
});

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function assertApart(labels, { width, height }) {
  labels.forEach(({ box, text }, i) => {
    assert.ok(box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height, `${text} leaves the view`);
    for (const other of labels.slice(i + 1)) assert.ok(!overlap(box, other.box), `${text} and ${other.text} overlap`);
  });
}

for (const [scale, width, height, left, top] of [
  [0.4, 420, 300, 0, 0],
  [1, 1009, 701, 0, 0],
  [1.6, 1200, 800, 100, 50],
  [5, 390, 844, 400, 300],
]) {
  test(`names do not overlap and stay in the view at scale ${scale}`, () => {
    const seen = view(scale, width, height, left, top);
    const labels = placeLabels(seen, null, []);
    assert.ok(labels.length >= 3, `only ${labels.length}`);
    assertApart(labels, seen);
  });
}

test("what lies in the way is not covered", () => {
  const zoom = [0, 500, 120, 701];
  for (const { box, text } of placeLabels(view(1, 1009, 701), null, [zoom])) assert.ok(!overlap(box, zoom), text);
});

test("in focus only those are named that are in it, and their centre surely", () => {
  const some = organizations.slice(40, 50);
  const labels = placeLabels(view(1, 1009, 701), { centres: [some[0]], organizations: some, ties: [] }, []);
  const names = some.flatMap(({ name, acronym }) => [name, acronym]);
  assert.ok(labels.every(({ text }) => names.includes(text)));
  assert.equal(labels[0].text, some[0].name);
});

test("whoever is hidden has no name", () => {
  ranked[0].visible = false;
  const texts = placeLabels(view(1, 1009, 701), null, []).map(({ text }) => text);
  ranked[0].visible = true;
  assert.ok(!texts.includes(ranked[0].name));
});

test("text never yields, a leading mark yields to nothing lesser, a mark costs what is covered of it, and its hiding", () => {
  const room = new Room(500, 500);
  room.take([100, 100, 120, 120], TEXT);
  room.take([200, 100, 220, 120], LEADING_MARK);
  room.take([300, 100, 320, 120], MARK, "owner");
  assert.equal(room.cost([110, 110, 130, 130], TEXT), Infinity);
  assert.equal(room.cost([210, 110, 230, 130], LEADING_MARK), Infinity);
  assert.equal(room.cost([210, 110, 230, 130], TEXT), 106);
  assert.equal(room.cost([310, 110, 330, 130], LEADING_MARK), 106);
  assert.equal(room.cost([310, 110, 330, 130], LEADING_MARK, "owner"), 0);
  assert.equal(room.cost([400, 400, 420, 420], MARK), 0);
  assert.equal(room.cost([490, 400, 520, 420], MARK), Infinity);
});
