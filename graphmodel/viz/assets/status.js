/** How much is shown, in words; and where the data came from. */
import { alliances, graph, organizations } from "./data.js";
import { byId, count, el, webLink } from "./dom.js";
import { on } from "./events.js";
import { clearFilters } from "./filters.js";

const { sources, notes, isolates, date, hash, version } = graph.provenance;

const shownOf = (all, one, many) =>
  `${all.filter(({ visible }) => visible).length.toLocaleString("en")} of ${count(all.length, one, many)}`;

function tellStatus() {
  const shown = [
    shownOf(organizations, "organization", "organizations"),
    shownOf(alliances, "alliance", "alliances"),
  ];
  byId("status").textContent = shown.join(", ");
}

/** Words where the map has nothing to draw. */
function tellMessage() {
  const message = byId("message");
  message.replaceChildren(...messageParts());
  message.hidden = !message.hasChildNodes();
}

function messageParts() {
  if (!organizations.length) return [el("strong", {}, "No organizations"), "The network is empty."];
  if (!alliances.length) return [el("strong", {}, "No alliances"), whyNone()];
  if (organizations.some(({ visible }) => visible)) return [];
  const button = el("button", { type: "button", click: clearFilters }, "Show all");
  return [el("strong", {}, "Nothing to show"), "The filters hide every organization.", button];
}

const whyNone = () =>
  organizations.length === 1
    ? "There is one organization only."
    : `None of the ${organizations.length} organizations shares an activity with another or has a formal agreement.`;

function isolatesNote() {
  if (!isolates) return undefined;
  return `${count(isolates, "organization", "organizations")} without an alliance ${isolates === 1 ? "is" : "are"} not on the map.`;
}

function sourceItem({ title, url, licence }) {
  return el("li", {}, webLink(url, title), licence ? ` (${licence})` : "");
}

function tellProvenance() {
  const data = [date && `Data of ${date}`, hash && `SHA-256 ${hash.slice(0, 12)}`].filter(Boolean).join(", ");
  const maker = ["graphmodel", version].filter(Boolean).join(" ");
  byId("provenance").append(
    el("span", { class: "notes" }, [isolatesNote(), ...notes].filter(Boolean).join(" ")),
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
    ...[data, maker].filter(Boolean).map((text) => el("span", {}, text)),
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
