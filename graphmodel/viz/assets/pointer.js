/** What the pointer does on the map: a tooltip over organizations and alliances, details after a click. */
import { onEachSide } from "./comparison.js";
import { alliances, graph } from "./data.js";
import { byId, count, el } from "./dom.js";
import { organizationAt } from "./drawing.js";
import { goTo, leave, summary } from "./navigation.js";
import { isComparison } from "./panels.js";
import { focus, hover, isSelected, looking } from "./selection.js";
import { tieAt } from "./ties.js";
import { unit } from "./units.js";
import { currentView, network } from "./view.js";
import { verdict } from "./words.js";

const container = byId("net");
const tooltip = byId("tooltip");

const tieUnder = (x, y) => tieAt(x, y, currentView(), focus()?.ties ?? alliances);

network.on("click", ({ pointer }) => {
  const { x, y } = pointer.DOM;
  const organization = organizationAt(x, y);
  const alliance = organization ? null : tieUnder(x, y);
  hideTooltip();
  if (organization) goTo({ organization });
  else if (alliance) goTo({ alliance });
  else if (isSelected()) leave();
});

let last = null;

container.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch") return;
  if (!last) requestAnimationFrame(pointAt);
  last = event;
});
container.addEventListener("pointerleave", () => point(null, null));
container.addEventListener("pointerdown", hideTooltip);

function pointAt() {
  const event = last;
  last = null;
  if (event.buttons) return;
  const { left, top } = container.getBoundingClientRect();
  const [x, y] = [event.clientX - left, event.clientY - top];
  const organization = organizationAt(x, y);
  point(organization, organization ? null : tieUnder(x, y), x, y);
}

function point(organization, alliance, x, y) {
  container.classList.toggle("pointing", Boolean(organization ?? alliance));
  hover(organization, alliance);
  if (organization === looking.organization && alliance === looking.alliance) hideTooltip();
  else if (organization) showTooltip(x, y, organization.name, summary(organization));
  else if (alliance)
    showTooltip(x, y, `${alliance.source.label} – ${alliance.target.label}`, about(alliance));
  else hideTooltip();
}

/** What it rests on, and in a comparison on which sides it is. */
const about = (alliance) =>
  isComparison ? `${graph.lines[alliance.entry].label}: ${onEachSide(alliance, basisOf)}` : basisOf(alliance);

function basisOf(alliance) {
  const { shared, basis, roles = [] } = alliance;
  const activities = shared ? count(shared, ...unit.shared) : "";
  const told = shared ? verdict(alliance) : "";
  return [activities, told, ...roles, ["formal", "both"].includes(basis) ? "formal agreement" : ""].filter(Boolean).join(", ");
}

function showTooltip(x, y, title, text) {
  tooltip.replaceChildren(el("strong", {}, title), el("span", {}, text));
  tooltip.hidden = false;
  const { free, height } = currentView();
  const left = x + 14 + tooltip.offsetWidth > free ? x - 14 - tooltip.offsetWidth : x + 14;
  const top = y + 16 + tooltip.offsetHeight > height ? y - 12 - tooltip.offsetHeight : y + 16;
  tooltip.style.left = `${Math.max(4, left)}px`;
  tooltip.style.top = `${Math.max(4, top) + container.offsetTop}px`;
}

function hideTooltip() {
  tooltip.hidden = true;
}
