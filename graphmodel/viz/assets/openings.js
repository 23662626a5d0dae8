/** Opening a group of a large network and going back to all groups: the page starts anew on the part that is asked. */
import { isDivided, openGroup, partWords } from "./data.js";
import { byId } from "./dom.js";
import { ofGroups } from "./units.js";

/** Addresses are whole: what is only "#..." is, on a page inside another one, an address of that other one. */
const addressOf = (group, organization) =>
  `${location.href.split("#")[0]}#${new URLSearchParams({ ...(group !== undefined && { group }), ...(organization !== undefined && { org: organization }) })}`;

/** The address of what is shown, with what is selected if something is. */
export const addressHere = (selected) =>
  ofGroups ? addressOf(selected?.id) : addressOf(openGroup?.id, selected?.id);

/** Go to a group, to an organization in it, or without either to all groups. */
export function goInto(group, organization) {
  history.pushState(history.state, "", addressOf(group, organization));
  location.reload();
}

export const goOut = () => goInto();

/** True if a mark is a group that can be opened. */
export const canOpen = (node) => isDivided && !openGroup && Boolean(node?.members);

const back = byId("back");
back.hidden = !openGroup;
if (openGroup) back.textContent = `All ${partWords.noun[1]}`;
back.addEventListener("click", goOut);
