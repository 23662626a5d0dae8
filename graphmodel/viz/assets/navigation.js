/** Going to an organization or an alliance: select it, bring it into view, say so, note it in the address. */
import { findOrganization, visibleTies } from "./data.js";
import { byId, count } from "./dom.js";
import { on } from "./events.js";
import { focus, isSelected, looking, select } from "./selection.js";
import { isInView, recallView, rememberView, show } from "./view.js";

/** With ``read`` the keyboard goes on in the details. */
export function goTo(target, { read = false } = {}) {
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

/** What an organization is, in few words that go with its name. */
export function summary(organization) {
  const partners = count(visibleTies(organization).length, "partner", "partners");
  return [organization.kind, partners].filter(Boolean).join(", ");
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
  const id = looking.organization?.id;
  history.replaceState(null, "", id === undefined ? "#" : `#${new URLSearchParams({ org: id })}`);
}

/** Open what the address names. */
export function followAddress() {
  const organization = findOrganization(new URLSearchParams(location.hash.slice(1)).get("org"));
  if (organization?.visible) goTo({ organization });
  else if (isSelected()) select();
}

on("select", announceSelection);
on("select", noteInAddress);
addEventListener("hashchange", followAddress);
