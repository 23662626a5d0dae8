/** What is shown as rows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { network } from "./network.js";
import { load, openPage } from "./page.js";

openPage(network);
const { clearFilters, toggle } = await load("filters.js");
const { allianceTable, organizationTable } = await load("records.js");

const records = ({ columns, rows }) => rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));

test("an organization is a row with its partners and what it shared", () => {
  assert.deepEqual(records(organizationTable())[0], {
    id: "a",
    name: "Academy",
    acronym: "AC",
    kind: "ngo",
    community: "Water",
    partners: 3,
    shared: 3,
    url: undefined,
  });
});

test("an alliance is a row with all its figures and the names of its activities", () => {
  assert.deepEqual(records(allianceTable())[0], {
    source: "a",
    source_name: "Academy",
    target: "b",
    target_name: "Bureau",
    basis: "shared",
    shared: 2,
    strength: 0.5,
    first: 2014,
    last: 2016,
    q: undefined,
    activities: "Forum on Water; =Congress",
  });
});

test("what is hidden has no row and counts for nobody, but columns stay", () => {
  const { columns } = organizationTable();
  toggle("entries", 1);
  const hidden = organizationTable();
  assert.deepEqual(hidden.columns, columns);
  assert.deepEqual(
    records(hidden).map(({ id, partners }) => [id, partners]),
    [
      ["a", 2],
      ["b", 2],
      ["c", 2],
    ],
  );
  assert.equal(allianceTable().rows.length, 3);
  clearFilters();
});
