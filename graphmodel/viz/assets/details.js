/** The panel beside the map: one organization with its partners, or one alliance with what both did together. */
import { communityNames, graph, openGroup, partnerIn, visibleTies } from "./data.js";
import { byId, count, el, webLink } from "./dom.js";
import { on } from "./events.js";
import { betweenParts, groupParts, openGroupParts, partnersOutside } from "./groupdetails.js";
import { goTo } from "./navigation.js";
import { facts, heading, organizationLink } from "./panel.js";
import { looking } from "./selection.js";
import { swatch } from "./shapes.js";
import { ofGroups } from "./units.js";
import { significance, statusWords, verdict, years } from "./words.js";

const panel = byId("details");
const AT_ONCE = 3; // activities of a partner that are listed without asking
const BASIS = {
  shared: "shared activities",
  formal: "formal agreement",
  both: "shared activities and formal agreement",
};

const figure = (number) => number?.toLocaleString("en", { maximumSignificantDigits: 3 });

const yearOf = (date) => date?.slice(0, 4);

function activityItem(index, roleTakers) {
  const { name, started, ended, url, roles } = graph.activities[index];
  const when = years(yearOf(started), yearOf(ended ?? started));
  const told = roleTakers
    .filter(({ id }) => roles?.[id])
    .map(({ id, label }) => el("span", { class: "role" }, `${label}: ${roles[id].join(", ")}`));
  return el("li", {}, el("span", {}, webLink(url, name), ...told), when && el("small", {}, when));
}

/** Activities, with the roles that some organizations had in them. */
function activityList(indices, roleTakers, atOnce = Infinity) {
  const items = indices.map((index) => activityItem(index, roleTakers));
  if (items.length <= atOnce + 1) return [el("ul", { class: "activities" }, ...items)];
  return [
    el("ul", { class: "activities" }, ...items.slice(0, atOnce)),
    el(
      "details",
      {},
      el("summary", {}, `${items.length - atOnce} more activities`),
      el("ul", { class: "activities" }, ...items.slice(atOnce)),
    ),
  ];
}

function partnerItem(organization, alliance) {
  const { shared, basis, first, last, activities, sign } = alliance;
  const open = () => goTo({ alliance }, { read: true });
  const formal = { shared: "", formal: "formal agreement", both: "formal" }[basis];
  const told = basis !== "formal" && sign !== "0" ? verdict(alliance) : "";
  const how = [shared ? `${shared} shared` : "", told, formal, years(first, last)].filter(Boolean).join(" · ");
  const partner = partnerIn(alliance, organization);
  return el(
    "li",
    {},
    el(
      "div",
      { class: "partner" },
      organizationLink(partner),
      el(
        "button",
        { type: "button", class: "link figure", click: open },
        how,
        el("span", { class: "unseen" }, `, alliance with ${partner.name}`),
      ),
    ),
    ...(activities.length ? activityList(activities, [], AT_ONCE) : []),
  );
}

const strongestFirst = (organization) => (a, b) =>
  b.shared - a.shared ||
  (b.strength ?? 0) - (a.strength ?? 0) ||
  partnerIn(a, organization).name.localeCompare(partnerIn(b, organization).name, "en");

const partnersShown = (shown, all) =>
  shown.length === all.length
    ? count(all.length, "partner", "partners")
    : `${shown.length} of ${count(all.length, "partner", "partners")} shown`;

function sizeFact({ value }) {
  return ["Partners", "Activities"].includes(graph.size_title) ? [] : [[graph.size_title, figure(value)]];
}

const withoutTie = () =>
  openGroup ? "It has no alliance within its group." : "It has no alliance in this network.";

function organizationParts(organization) {
  const { name, acronym, kind, country, url, group, details, ties, entry } = organization;
  const shown = visibleTies(organization).sort(strongestFirst(organization));
  return [
    heading(name, swatch(entry)),
    facts([
      ["Acronym", acronym],
      ["Kind", kind],
      ["Country", country],
      ...details,
      ["Community", communityNames.get(group)],
      ...sizeFact(organization),
      ["Website", url && [webLink(url, url.replace(/^https?:\/\/(www\.)?/i, ""))]],
    ]),
    shown.length
      ? el("h3", {}, partnersShown(shown, ties))
      : el(
          "p",
          {},
          ties.length ? "The filters hide all its alliances." : withoutTie(),
        ),
    el("ul", { class: "partners" }, ...shown.map((alliance) => partnerItem(organization, alliance))),
    ...partnersOutside(organization),
  ];
}

/** Where what is told of an alliance comes from. */
function sourcesOf({ activities, sources = [] }) {
  const places = [...sources, ...activities.flatMap((index) => graph.activities[index].sources ?? [])];
  const cited = [...new Set(places)].sort((a, b) => a - b).map((place) => graph.provenance.sources[place]);
  if (!cited.length) return [];
  return [
    el("h3", {}, count(cited.length, "source", "sources")),
    el("ul", { class: "activities" }, ...cited.map(({ url, title }) => el("li", {}, webLink(url, title)))),
  ];
}

function allianceParts(alliance) {
  const { source, target, basis, shared, activities } = alliance;
  const { strength, jaccard, overlap, first, last, status } = alliance;
  return [
    heading("Alliance"),
    el("p", { class: "both" }, organizationLink(source), "and", organizationLink(target)),
    facts([
      ["Basis", BASIS[basis]],
      ["Shared activities", String(shared)],
      ["Significance", significance(alliance)],
      ["Status", statusWords(status, graph.provenance.day)],
      ["Years", years(first, last)],
      ["Strength (Newman)", figure(strength)],
      ["Jaccard", figure(jaccard)],
      ["Overlap", figure(overlap)],
    ]),
    ...(activities.length
      ? [el("h3", {}, count(activities.length, "activity", "activities")), ...activityList(activities, [source, target])]
      : []),
    ...sourcesOf(alliance),
  ];
}

function partsOf({ organization, alliance }) {
  if (organization) return ofGroups ? groupParts(organization) : organizationParts(organization);
  if (alliance) return ofGroups ? betweenParts(alliance) : allianceParts(alliance);
  return openGroup ? openGroupParts() : [];
}

function tellDetails() {
  const parts = partsOf(looking);
  panel.replaceChildren(...parts);
  panel.hidden = parts.length === 0;
  panel.scrollTop = 0;
}

on("select", tellDetails);
on("filter", tellDetails);
on("theme", tellDetails);
