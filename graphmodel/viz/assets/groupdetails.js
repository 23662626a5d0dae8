/** What the panel says of a group: its members, and the groups that it has most alliances with. */
import { graph, openGroup, organizations, partnerIn, partWords, visibleTies } from "./data.js";
import { count, el } from "./dom.js";
import { goTo } from "./navigation.js";
import { goInto } from "./openings.js";
import { facts, heading, organizationLink } from "./panel.js";
import { swatch } from "./shapes.js";
import { nounOf, tiedOf, unit } from "./units.js";

const number = (value) => value.toLocaleString("en");

const item = (name, figure) =>
  el("li", {}, el("div", { class: "partner" }, name, el("span", { class: "figure" }, figure)));

const link = (text, click) => el("button", { type: "button", class: "link", click }, text);

function memberItem(group, { id, name, partners }) {
  const organization = id && organizations.find((one) => one.id === id);
  const open = organization ? () => goTo({ organization }, { read: true }) : () => goInto(group.id, id);
  return item(id ? link(name, open) : el("span", {}, name), count(partners, "partner", "partners"));
}

/** The parts of the panel that tell of the members. */
function aboutMembers(group, size) {
  const { members } = group;
  const title = members.length < size ? `The ${members.length} most connected` : "Members";
  return [
    el("h3", {}, title),
    el("ul", { class: "partners" }, ...members.map((member) => memberItem(group, member))),
  ];
}

function tieItem(group, alliance) {
  const open = () => goTo({ alliance }, { read: true });
  const other = partnerIn(alliance, group);
  const figure = link(count(alliance.shared, ...unit.shared), open);
  figure.classList.add("figure");
  figure.append(el("span", { class: "unseen" }, ` with ${other.name}`));
  return el("li", {}, el("div", { class: "partner" }, organizationLink(other), figure));
}

/** A group on the map of groups. */
export function groupParts(group) {
  const shown = visibleTies(group).sort((a, b) => b.shared - a.shared);
  const groups = count(group.ties.length, ...tiedOf(group));
  return [
    heading(group.name, swatch(group.entry)),
    facts(group.details),
    ...aboutMembers(group, group.value),
    el("h3", {}, shown.length < group.ties.length ? `${shown.length} of ${groups} shown` : `Ties to ${groups}`),
    el("ul", { class: "partners" }, ...shown.map((alliance) => tieItem(group, alliance))),
  ];
}

/** The group that is open, as long as nothing in it is selected. */
export function openGroupParts() {
  const { about } = openGroup;
  return [
    el("div", { class: "top" }, el("h2", { tabindex: "-1" }, about.name)),
    facts(about.details),
    ...aboutMembers({ id: openGroup.id, members: about.members }, about.value),
    ...(about.ties.length
      ? [
          el("h3", {}, `Ties to ${count(about.ties.length, ...partWords.tied)}`),
          el("ul", { class: "partners" }, ...about.ties.map(otherItem)),
        ]
      : []),
  ];
}

const otherItem = ({ id, name, shared }) =>
  item(
    link(name, () => goInto(id)),
    count(shared, "alliance", "alliances"),
  );

/** Partners of an organization in groups that are not open. */
export function partnersOutside({ outside = [] }) {
  if (!outside.length) return [];
  const sorted = [...outside].sort((a, b) => b.shared - a.shared || a.name.localeCompare(b.name, "en"));
  return [
    el("h3", {}, `${count(outside.length, "partner", "partners")} in ${partWords.tied[1]}`),
    el(
      "ul",
      { class: "partners" },
      ...sorted.map(({ id, name, shared }) =>
        item(
          link(name, () => goInto(undefined, id)),
          shared ? `${number(shared)} shared` : "formal agreement",
        ),
      ),
    ),
  ];
}

/** What an alliance of two groups is, in the panel. */
export function betweenParts({ source, target, shared }) {
  return [
    heading(`Between two ${nounOf(source)[1]}`),
    el("p", { class: "both" }, organizationLink(source), unit.joint, organizationLink(target)),
    facts([[graph.line_title, number(shared)]]),
  ];
}
