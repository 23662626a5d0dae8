/** The panel beside the map: one organization with its partners, or one alliance with what both did together. */
import { communityNames, graph, partnerIn, visibleTies } from "./data.js";
import { byId, count, el, webLink } from "./dom.js";
import { on } from "./events.js";
import { goTo, leave } from "./navigation.js";
import { looking } from "./selection.js";
import { swatch } from "./shapes.js";

const panel = byId("details");
const AT_ONCE = 3; // activities of a partner that are listed without asking
const BASIS = {
  shared: "shared activities",
  formal: "formal agreement",
  both: "shared activities and formal agreement",
};

const figure = (number) => number?.toLocaleString("en", { maximumSignificantDigits: 3 });

const years = (first, last) => (first === last ? `${first ?? ""}` : `${first ?? ""}–${last ?? ""}`);

const yearOf = (date) => date?.slice(0, 4);

function heading(text, mark) {
  const close = el(
    "button",
    { type: "button", class: "close", "aria-label": "Close details", click: leave },
    "×",
  );
  return el("div", { class: "top" }, mark, el("h2", { tabindex: "-1" }, text), close);
}

function organizationLink(organization) {
  const open = () => goTo({ organization }, { read: true });
  return el("button", { type: "button", class: "link", click: open }, organization.name);
}

/** Terms and their texts; what is not known is left out. */
function facts(pairs) {
  const known = pairs.filter(([, texts]) => texts !== undefined && texts !== "" && texts.length !== 0);
  return el(
    "dl",
    {},
    ...known.flatMap(([term, texts]) => [
      el("dt", {}, term),
      el("dd", {}, ...(Array.isArray(texts) ? texts : [texts]).map((text) => el("span", {}, text))),
    ]),
  );
}

function activityItem(index) {
  const { name, started, ended, url } = graph.activities[index];
  const when = years(yearOf(started), yearOf(ended ?? started));
  return el("li", {}, webLink(url, name), when && el("small", {}, when));
}

function activityList(indices, atOnce = Infinity) {
  const items = indices.map(activityItem);
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
  const { shared, basis, first, last, activities } = alliance;
  const open = () => goTo({ alliance }, { read: true });
  const formal = { shared: "", formal: "formal agreement", both: "formal" }[basis];
  const how = [shared ? `${shared} shared` : "", formal, years(first, last)].filter(Boolean).join(" · ");
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
    ...(activities.length ? activityList(activities, AT_ONCE) : []),
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
          ties.length ? "The filters hide all its alliances." : "It has no alliance in this network.",
        ),
    el("ul", { class: "partners" }, ...shown.map((alliance) => partnerItem(organization, alliance))),
  ];
}

function allianceParts({
  source,
  target,
  basis,
  shared,
  strength,
  jaccard,
  overlap,
  first,
  last,
  activities,
}) {
  return [
    heading("Alliance"),
    el("p", { class: "both" }, organizationLink(source), "and", organizationLink(target)),
    facts([
      ["Basis", BASIS[basis]],
      ["Shared activities", String(shared)],
      ["Years", years(first, last)],
      ["Strength (Newman)", figure(strength)],
      ["Jaccard", figure(jaccard)],
      ["Overlap", figure(overlap)],
    ]),
    ...(activities.length
      ? [el("h3", {}, count(activities.length, "activity", "activities")), ...activityList(activities)]
      : []),
  ];
}

function tellDetails() {
  const { organization, alliance } = looking;
  const parts = organization ? organizationParts(organization) : alliance ? allianceParts(alliance) : [];
  panel.replaceChildren(...parts);
  panel.hidden = parts.length === 0;
  panel.scrollTop = 0;
}

on("select", tellDetails);
on("filter", tellDetails);
on("theme", tellDetails);
