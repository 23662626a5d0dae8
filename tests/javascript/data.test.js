/** The network that the page reads: who knows whom, who comes first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { network } from "./network.js";
import { load, openPage } from "./page.js";

openPage(network);
const { alliances, communities, findOrganization, partnerIn, ranked, visibleTies } = await load("data.js");

test("by what the size shows, then by partners, shared activities and name: so organizations are ranked", () => {
  assert.deepEqual(
    ranked.map(({ id, rank }) => `${rank}${id}`),
    ["0a", "1b", "2c", "3d", "4e", "5f"],
  );
});

test("organizations and alliances know each other", () => {
  const academy = findOrganization("a");
  assert.deepEqual(
    visibleTies(academy).map((alliance) => partnerIn(alliance, academy).id),
    ["b", "c", "d"],
  );
  assert.equal(alliances[0].source, academy);
  assert.equal(findOrganization("nobody"), undefined);
});

test("each community has its members", () => {
  assert.deepEqual(
    communities.map(({ name, members }) => [name, members.map(({ id }) => id).join("")]),
    [
      ["Water", "abc"],
      ["Youth", "def"],
    ],
  );
});
