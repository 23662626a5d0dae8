/** What the filters leave. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { network } from "./network.js";
import { load, openPage } from "./page.js";

openPage(network);
const { alliances, organizations } = await load("data.js");
const { on } = await load("events.js");
const { clearFilters, isFiltered, isHidden, narrow, toggle } = await load("filters.js");

const nameOf = ({ id, source, target }) => id ?? source.id + target.id;
const names = (all) => all.filter(({ visible }) => visible).map(nameOf);

beforeEach(clearFilters);

test("at first everything is shown", () => {
  assert.deepEqual(names(organizations), ["a", "b", "c", "d", "e", "f"]);
  assert.deepEqual(names(alliances), ["ab", "ac", "bc", "ad", "de"]);
  assert.equal(isFiltered(), false);
});

test("a hidden kind of organization takes its alliances along, and leaves the partners", () => {
  toggle("entries", 1);
  assert.deepEqual(names(organizations), ["a", "b", "c"]);
  assert.deepEqual(names(alliances), ["ab", "ac", "bc"]);
  assert.equal(isHidden("entries", 1), true);
  toggle("entries", 1);
  assert.equal(names(organizations).length, 6);
});

test("a hidden kind of alliance takes along whoever has no other", () => {
  toggle("lines", 0);
  assert.deepEqual(names(alliances), ["ad"]);
  assert.deepEqual(names(organizations), ["a", "d"]);
});

test("an alliance is shown only if it meets all conditions, of which the last of a name counts", () => {
  narrow("shared", ({ shared }) => shared >= 2);
  assert.deepEqual(names(alliances), ["ab"]);
  narrow("shared", ({ shared }) => shared >= 1);
  assert.deepEqual(names(alliances), ["ab", "ac", "bc", "de"]);
  narrow("years", ({ first }) => first === 2014);
  assert.deepEqual(names(alliances), ["ab", "ac", "bc"]);
  narrow("years");
  narrow("shared");
  assert.equal(isFiltered(), false);
  assert.deepEqual(names(organizations).length, 6);
});

test("whoever listens is told once for each change", () => {
  let told = 0;
  on("filter", () => (told += 1));
  toggle("entries", 0);
  clearFilters();
  assert.equal(told, 2);
});
