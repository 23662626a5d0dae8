/** How much is shown, in words; and where the data came from. */
import { alliances, graph, openGroup, organizations } from "./data.js";
import { byId, count, el, webLink } from "./dom.js";
import { on } from "./events.js";
import { clearFilters } from "./filters.js";
import { anyNode, everyNode, nounOf, ofGroups, ORGANIZATION, unit } from "./units.js";

const { sources, notes, isolates, date, hash, tested, parameters = [], version } = graph.provenance;

const shownOf = (all, one, many) =>
  `${all.filter(({ visible }) => visible).length.toLocaleString("en")} of ${count(all.length, one, many)}`;

export const statusText = () =>
  [
    openGroup?.about.name,
    ...unit.modes.map(({ noun }) => shownOf(organizations.filter((one) => nounOf(one) === noun), ...noun)),
    ofGroups ? membersShown() : shownOf(alliances, ...unit.tie),
  ]
    .filter(Boolean)
    .join(", ");

const sizeOf = (groups) => groups.reduce((sum, { value }) => sum + value, 0);

const membersShown = () =>
  `${sizeOf(organizations.filter(({ visible }) => visible)).toLocaleString("en")} of ${count(sizeOf(organizations), ...unit.members)}`;

function tellStatus() {
  byId("status").textContent = statusText();
}

/** Words where the map has nothing to draw. */
function tellMessage() {
  const message = byId("message");
  message.replaceChildren(...messageParts());
  message.hidden = !message.hasChildNodes();
}

function messageParts() {
  if (tested !== undefined && !alliances.length) return noneSignificant(tested);
  if (!organizations.length) return [el("strong", {}, `No ${everyNode}`), "The network is empty."];
  if (!alliances.length) return [el("strong", {}, `No ${unit.tie[1]}`), whyNone()];
  if (organizations.some(({ visible }) => visible)) return isNoneSignificant ? noneSignificant(alliances.length) : [];
  const button = el("button", { type: "button", click: clearFilters }, "Show all");
  return [el("strong", {}, "Nothing to show"), `The filters hide every ${anyNode}.`, button];
}

const isNoneSignificant =
  alliances.some(({ sign }) => sign !== undefined) && !alliances.some(({ sign }) => sign === "+");

const noneSignificant = (number) => [
  el("strong", {}, `No significant ${unit.tie[0]}`),
  number === 1
    ? `The one ${unit.tie[0]} is not more than chance would have it.`
    : `None of the ${number.toLocaleString("en")} ${unit.tie[1]} is more than chance would have it.`,
];

const whyNone = () =>
  organizations.length === 1
    ? `There is one ${anyNode} only.`
    : `None of the ${organizations.length} ${everyNode} ${unit.untied}.`;

function isolatesNote() {
  if (!isolates) return undefined;
  return `${count(isolates, ...ORGANIZATION)} without ${unit.without} ${isolates === 1 ? "is" : "are"} not on the map.`;
}

function sourceItem({ title, url, licence }) {
  return el("li", {}, webLink(url, title), licence ? ` (${licence})` : "");
}

const aboutNotes = [isolatesNote(), ...notes].filter(Boolean).join(" ");
const aboutData = [date && `Data of ${date}`, hash && `SHA-256 ${hash.slice(0, 12)}`].filter(Boolean).join(", ");

const aboutParameters = parameters.length ? `Parameters: ${parameters.join("; ")}` : "";

export const maker = ["graphmodel", version].filter(Boolean).join(" ");

/** The same in one text, for files that leave the page. */
export const provenanceText = [
  aboutNotes,
  sources.length &&
    `Sources: ${sources.map(({ title, licence }) => (licence ? `${title} (${licence})` : title)).join("; ")}.`,
  aboutParameters && `${aboutParameters}.`,
  aboutData && `${aboutData}.`,
  `Made with ${maker}.`,
]
  .filter(Boolean)
  .join(" ");

function tellProvenance() {
  byId("provenance").append(
    el("span", { class: "notes" }, aboutNotes),
    ...(sources.length
      ? [
          el(
            "details",
            {},
            el("summary", {}, count(sources.length, "source", "sources")),
            el("ul", {}, ...sources.map(sourceItem)),
          ),
        ]
      : []),
    ...[aboutParameters, aboutData, maker].filter(Boolean).map((text) => el("span", {}, text)),
  );
}

/** Show or hide the list of sources. */
export function setSources(open) {
  const list = byId("provenance").querySelector("details");
  if (list) list.open = open;
}

document.addEventListener("click", ({ target }) => {
  if (!target.closest("#provenance details")) setSources(false);
});

on("filter", tellStatus);
on("filter", tellMessage);
tellProvenance();
