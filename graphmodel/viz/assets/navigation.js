/** Going to an organization or an alliance: select it, bring it into view, say so, note it in the address. */
import { findOrganization, isShown, openGroup, visibleTies } from "./data.js";
import { byId, count } from "./dom.js";
import { on } from "./events.js";
import { addressHere, canOpen, goInto, goOut } from "./openings.js";
import { isComparison, partnersIn, sides } from "./panels.js";
import { focus, isSelected, looking, select } from "./selection.js";
import { ofGroups, tiedOf, unit } from "./units.js";
import { isInView, recallView, rememberView, show } from "./view.js";

/** With ``read`` the keyboard goes on in the details. */
export function goTo(target, { read = false } = {}) {
  if (canOpen(target.organization)) return goInto(target.organization.id);
  select(target);
  bringIntoView();
  if (read) byId("details").querySelector("h2").focus();
}

/** Move the map, unless all that is in focus is seen already. */
export function bringIntoView() {
  const { organizations } = focus();
  if (organizations.every(isInView)) return;
  rememberView();
  show(organizations, { nearest: 1.6, animate: true });
}

export function leave() {
  const inside = byId("details").contains(document.activeElement);
  select();
  recallView();
  if (inside) byId("net").focus();
}

/** Leave what is selected, and then the group that is open. */
export function stepBack() {
  if (isSelected()) leave();
  else if (openGroup) goOut();
}

/** How many partners it has, in a comparison on each side. */
function partnersOf(organization) {
  const told = (number) => count(number, ...tiedOf(organization));
  if (!isComparison) return told(visibleTies(organization).length);
  return sides.map(({ name }, number) => `${name}: ${told(partnersIn(organization, number))}`).join(", ");
}

/** What an organization is, in few words that go with its name. */
export function summary(organization) {
  const partners = partnersOf(organization);
  const size = organization.members && count(organization.value, ...unit.members);
  return [size, organization.kind, organization.members ? `tied to ${partners}` : partners].filter(Boolean).join(", ");
}

export function announce(text) {
  byId("announcer").textContent = text;
}

function announceSelection() {
  const { organization, alliance } = looking;
  if (organization) announce(`Selected: ${organization.name}, ${summary(organization)}.`);
  else if (alliance) announce(`Selected: ${unit.tie[0]} of ${alliance.source.name} ${unit.joint} ${alliance.target.name}.`);
  else announce("Nothing selected.");
}

function noteInAddress() {
  history.replaceState(history.state, "", addressHere(looking.organization));
}

/** Open what the address names. */
export function followAddress() {
  if (!isShown(location.hash)) return location.reload();
  const organization = findOrganization(
    new URLSearchParams(location.hash.slice(1)).get(ofGroups ? "group" : "org"),
  );
  if (organization?.visible) goTo({ organization });
  else if (isSelected()) select();
}

on("select", announceSelection);
on("select", noteInAddress);
addEventListener("hashchange", followAddress);
