/** Names and help that depend on what is on the map. */
import { byId } from "./dom.js";
import { anyNode, capital, everyNode, unit } from "./units.js";

/** Whatever a search finds. */
const found = [everyNode, ...(unit.members ? [unit.members[1]] : [])].join(" and ");

document.querySelector("label[for=search]").textContent = `Search ${found} by any name or acronym`;
byId("search").placeholder = `Search ${found}`;
byId("hits").setAttribute("aria-label", `${capital(found)} found`);
byId("keys").textContent = `Arrow keys go from one ${anyNode} to the next, Enter opens it, Escape closes it. 1, 2 and 3 show what lies within so many steps of it. Plus and minus zoom, 0 shows the whole map. The button Table lists the same ${everyNode}.`;
byId("table").setAttribute("aria-label", `${capital(everyNode)} on the map`);

/** Its address is, on a page inside another one, an address of that other one: so the way there is not left to it. */
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("table-button").focus();
});
