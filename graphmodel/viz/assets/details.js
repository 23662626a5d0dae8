/** The panel beside the map: one organization with its partners, or one alliance with what both did together. */
import { allianceFacts, onEachSide, partnerFacts, partnerLists } from "./comparison.js";
import { communityNames, graph, openGroup, partnerIn, partWords, visibleTies } from "./data.js";
import { byId, count, el, webLink } from "./dom.js";
import { on } from "./events.js";
import { betweenParts, groupParts, openGroupParts, partnersOutside } from "./groupdetails.js";
import { goTo } from "./navigation.js";
import { facts, heading, organizationLink } from "./panel.js";
import { isComparison } from "./panels.js";
import { looking } from "./selection.js";
import { swatch } from "./shapes.js";
import { stepButtons } from "./steps.js";
import { capital, ofActivities, ofGroups, tiedOf, unit } from "./units.js";
import { significance, statusWords, verdict, years } from "./words.js";

const panel = byId("details");
const AT_ONCE = 3; // activities of a partner that are listed without asking
const LISTED = "listed"; // of an alliance of which a file says no more
const BASIS = {
  [LISTED]: "as the file lists it",
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

/** What an alliance rests on, or in what role somebody took part, in few words. */
function basisOf(alliance) {
  const { shared, basis, strength, sign, roles = [] } = alliance;
  const formal = { shared: "", formal: "formal agreement", both: "formal" }[basis];
  const told = basis !== "formal" && sign !== "0" ? verdict(alliance) : "";
  const listed = strength === undefined ? unit.tie[0] : `strength ${figure(strength)}`;
  return [shared ? `${shared} shared` : "", roles.join(", "), told, formal].filter(Boolean).join(" · ") || listed;
}

function partnerItem(organization, alliance) {
  const { activities } = alliance;
  const open = () => goTo({ alliance }, { read: true });
  const how = [
    isComparison ? onEachSide(alliance, basisOf) : basisOf(alliance),
    years(alliance.first, alliance.last),
  ]
    .filter(Boolean)
    .join(" · ");
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
        el("span", { class: "unseen" }, `, ${unit.tie[0]} with ${partner.name}`),
      ),
    ),
    ...(activities.length ? activityList(activities, [], AT_ONCE) : []),
  );
}

const earliestFirst = (a, b) => (a.first ?? Infinity) - (b.first ?? Infinity);

/** Strongest first, activities in the order of time. */
const inOrder = (organization) => (a, b) =>
  (ofActivities && earliestFirst(a, b)) ||
  b.shared - a.shared ||
  (b.strength ?? 0) - (a.strength ?? 0) ||
  partnerIn(a, organization).name.localeCompare(partnerIn(b, organization).name, "en");

function partnersShown(organization, shown) {
  const all = count(organization.ties.length, ...tiedOf(organization));
  return shown === organization.ties.length ? all : `${shown} of ${all} shown`;
}

function sizeFact({ value }) {
  return [unit.degree, "Activities"].includes(graph.size_title) ? [] : [[graph.size_title, figure(value)]];
}

function partnersList(organization, shown) {
  const item = (alliance) => partnerItem(organization, alliance);
  return isComparison
    ? partnerLists(organization, shown, item)
    : [el("ul", { class: "partners" }, ...shown.map(item))];
}

const withoutTie = () =>
  `It has no ${unit.tie[0]} ${openGroup ? `within its ${partWords.noun[0]}` : "in this network"}.`;

/** Where a site shows this page inside one of its own: the way to its page about an organization. */
function homeLink({ id, mode }) {
  if (!graph.home || mode) return [];
  return [el("p", {}, el("a", { href: graph.home + encodeURIComponent(id), target: "_top" }, "Open its page"))];
}

function organizationParts(organization) {
  const { name, acronym, other_names, kind, country, url, group, details, ties, entry } = organization;
  const shown = visibleTies(organization).sort(inOrder(organization));
  return [
    heading(name, swatch(entry)),
    ...homeLink(organization),
    facts([
      ["Acronym", acronym],
      ["Also known as", other_names],
      ["Kind", kind],
      ["Country", country],
      ...details,
      ["Community", communityNames.get(group)],
      ...(isComparison ? partnerFacts(organization) : sizeFact(organization)),
      ["Website", url && [webLink(url, url.replace(/^https?:\/\/(www\.)?/i, ""))]],
    ]),
    ...(shown.length ? [stepButtons()] : []),
    shown.length
      ? el("h3", {}, partnersShown(organization, shown.length))
      : el(
          "p",
          {},
          ties.length ? `The filters hide all its ${unit.tie[1]}.` : withoutTie(),
        ),
    ...partnersList(organization, shown),
    ...partnersOutside(organization),
    ...(ofActivities ? sourcesOf(shown) : []),
  ];
}

/** Where what is told of alliances comes from. */
function sourcesOf(some) {
  const activities = some.flatMap(({ activities: behind }) => behind.map((index) => graph.activities[index]));
  const places = [...some, ...activities].flatMap(({ sources = [] }) => sources);
  const cited = [...new Set(places)].sort((a, b) => a - b).map((place) => graph.provenance.sources[place]);
  if (!cited.length) return [];
  return [
    el("h3", {}, count(cited.length, "source", "sources")),
    el("ul", { class: "activities" }, ...cited.map(({ url, title }) => el("li", {}, webLink(url, title)))),
  ];
}

function allianceFigures(alliance) {
  const { basis, shared, strength, jaccard, overlap, first, last, status, roles = [] } = alliance;
  return [
    ["Basis", BASIS[basis]],
    [roles.length > 1 ? "Roles" : "Role", roles],
    ["Shared activities", basis === LISTED || ofActivities ? "" : String(shared)],
    ["Significance", significance(alliance)],
    ["Status", statusWords(status, graph.provenance.day)],
    ["Years", years(first, last)],
    [basis === LISTED ? "Strength" : "Strength (Newman)", figure(strength)],
    ["Jaccard", figure(jaccard)],
    ["Overlap", figure(overlap)],
  ];
}

function allianceParts(alliance) {
  const { source, target, activities } = alliance;
  return [
    heading(capital(unit.tie[0])),
    el("p", { class: "both" }, organizationLink(source), unit.joint, organizationLink(target)),
    ...(isComparison ? allianceFacts(alliance, allianceFigures) : [facts(allianceFigures(alliance))]),
    ...(activities.length
      ? [el("h3", {}, count(activities.length, "activity", "activities")), ...activityList(activities, [source, target])]
      : []),
    ...sourcesOf([alliance]),
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
