/** Lines, outlines and where words go. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { network } from "./network.js";
import { load, openPage } from "./page.js";

openPage(network);
const { findOrganization } = await load("data.js");
const { hulls } = await load("hulls.js");
const { disc, PathData, polygon, rounded } = await load("paths.js");
const { trace } = await load("ties.js");
const { flow, wrap } = await load("typesetting.js");

const length = (text) => text.length;

test("a path takes down what a canvas would trace", () => {
  const path = new PathData();
  path.moveTo(0, 0.004);
  path.lineTo(1.006, -2);
  path.quadraticCurveTo(1, 2, 3, 4);
  path.bezierCurveTo(1, 2, 3, 4, 5, 6);
  path.closePath();
  assert.equal(String(path), "M0 0L1.01 -2Q1 2 3 4C1 2 3 4 5 6Z");
});

test("an alliance is a straight line, or a curve where it is bent", () => {
  const [source, target] = ["a", "b"].map(findOrganization);
  const drawn = (bend) => {
    const path = new PathData();
    trace(path, { source, target, bend });
    return String(path);
  };
  assert.equal(drawn(), "M0 0L100 0");
  assert.equal(drawn([50, 30]), "M0 0Q50 30 100 0");
});

test("a disc is two half circles, a polygon its corners, a rounded one goes through the middles of its sides", () => {
  assert.equal(disc(10, 20, 5), "M5 20A5 5 0 1 0 15 20A5 5 0 1 0 5 20Z");
  assert.equal(polygon([[0, 0], [4, 0], [0, 4]]), "M0 0L4 0L0 4Z");
  assert.equal(rounded([[0, 0], [4, 0], [0, 4]]), "M0 2Q0 0 2 0Q4 0 2 2Q0 4 0 2Z");
});

test("a community of three has an outline that goes around all marks", () => {
  const [water] = hulls();
  assert.equal(water.name, "Water");
  for (const id of "abc") {
    const { x, y, radius } = findOrganization(id);
    const [xs, ys] = [0, 1].map((axis) => water.corners.map((corner) => corner[axis]));
    assert.ok(Math.min(...xs) < x - radius && Math.max(...xs) > x + radius);
    assert.ok(Math.min(...ys) < y - radius && Math.max(...ys) > y + radius);
  }
});

test("whoever is not shown is not outlined", async () => {
  const { toggle } = await load("filters.js");
  toggle("entries", 1);
  assert.deepEqual(
    hulls().map(({ name }) => name),
    ["Water"],
  );
  toggle("entries", 1);
  assert.equal(hulls().length, 2);
});

test("lines are as long as they may be, and a longer word is broken", () => {
  assert.deepEqual(wrap("one two  three", 7, length), ["one two", "three"]);
  assert.deepEqual(wrap("abcdefgh ij", 3, length), ["abc", "def", "gh", "ij"]);
  assert.deepEqual(wrap("  ", 3, length), []);
});

test("pieces go side by side, and into the next row where they do not fit", () => {
  assert.deepEqual(flow([40, 40, 30, 90], 100, 10), [
    { left: 0, row: 0 },
    { left: 50, row: 0 },
    { left: 0, row: 1 },
    { left: 0, row: 2 },
  ]);
});
