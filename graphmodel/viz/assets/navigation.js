/** Going to an organization or an alliance: select it, bring it into view, say so, note it in the address. */
import { findOrganization, isShown, openGroup, visibleTies } from "./data.js";
import { byId, count } from "./dom.js";
import { on } from "./events.js";
import { addressHere, canOpen, goInto, goOut } from "./openings.js";
import { focus, isSelected, looking, select } from "./selection.js";
import { ofGroups, UNITS } from "./units.js";
import { isInView, recallView, rememberView, show } from "./view.js";

/** With ``read`` the keyboard goes on in the details. */
export function goTo(target, { read = false } = {}) {
  if (canOpen(target.organization)) return goInto(target.organization.id);
  select(target);
  const { organizations } = focus();
  if (!organizations.every(isInView)) {
    rememberView();
    show(organizations, { nearest: 1.6, animate: true });
  }
  if (read) byId("details").querySelector("h2").focus();
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

/** What an organization is, in few words that go with its name. */
export function summary(organization) {
  const partners = count(visibleTies(organization).length, ...UNITS.tied);
  const size = organization.members && count(organization.value, "organization", "organizations");
  return [size, organization.kind, organization.members ? `tied to ${partners}` : partners].filter(Boolean).join(", ");
}

export function announce(text) {
  byId("announcer").textContent = text;
}

function announceSelection() {
  const { organization, alliance } = looking;
  if (organization) announce(`Selected: ${organization.name}, ${summary(organization)}.`);
  else if (alliance) announce(`Selected: alliance of ${alliance.source.name} and ${alliance.target.name}.`);
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
