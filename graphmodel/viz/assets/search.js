/** Search by name, acronym or another name: a list to choose from by arrows and Enter, or by the pointer. */
import { elsewhere, findOrganization, graph, isDivided, ranked } from "./data.js";
import { byId, el } from "./dom.js";
import { on } from "./events.js";
import { goTo, leave } from "./navigation.js";
import { goInto } from "./openings.js";
import { isSelected, looking } from "./selection.js";
import { anyNode } from "./units.js";

const MOST_HITS = 12;
const input = byId("search");
const list = byId("hits");

/** Letters that Unicode does not take apart. */
const LETTERS = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i" };

const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[łøđßæœı]/g, (letter) => LETTERS[letter]);

/** Whatever can be found: what is on the map, then the organizations that are in a group. */
const everyone = [...ranked, ...elsewhere];

const namesOf = ({ name, acronym, other_names = [] }) => [acronym, name, ...other_names].filter(Boolean);

const names = new Map(everyone.map((one) => [one, namesOf(one).map(fold)]));

const groupNames = new Map((graph.overview ?? graph).nodes.map(({ id, about }) => [id, about.name]));

let found = [];
let marked = 0;

/** 0 if a name or acronym starts with the text, 1 if a word does, 2 if it occurs, otherwise none. */
function match(one, text) {
  if (names.get(one).some((name) => name.startsWith(text))) return 0;
  if (names.get(one).some((name) => name.includes(` ${text}`))) return 1;
  return names.get(one).some((name) => name.includes(text)) ? 2 : undefined;
}

function search() {
  const text = fold(input.value.trim());
  found = (text ? everyone : [])
    .filter(({ visible = true }) => visible)
    .map((organization) => ({ organization, how: match(organization, text) }))
    .filter(({ how }) => how !== undefined)
    .sort((a, b) => a.how - b.how)
    .slice(0, MOST_HITS)
    .map(({ organization }) => organization);
  list.replaceChildren(...(found.length ? found.map(hit) : [nothing()]));
  setOpen(text !== "");
  mark(0);
}

const nothing = () =>
  el("li", { role: "option", "aria-disabled": "true" }, `No ${anyNode} on the map has this name.`);

/** Where it is; or by which other name it was found; or who it is. */
function hintOf({ name, acronym, other_names = [], kind, at }) {
  if (at !== undefined) return `in ${groupNames.get(at)}`;
  const matches = (text) => text && fold(text).includes(fold(input.value.trim()));
  const other = [name, acronym].some(matches) ? undefined : other_names.find(matches);
  return other ? `also ${other}` : (acronym ?? kind ?? "");
}

function hit(organization, index) {
  const choose = (event) => {
    event.preventDefault();
    pick(index);
  };
  const told = [el("span", {}, organization.name), el("small", {}, hintOf(organization))];
  return el("li", { role: "option", id: `hit-${index}`, pointerdown: choose }, ...told);
}

function setOpen(open) {
  list.hidden = !open;
  input.setAttribute("aria-expanded", String(open));
}

function mark(index) {
  marked = found.length ? (index + found.length) % found.length : 0;
  [...list.children].forEach((item, i) =>
    item.setAttribute("aria-selected", String(i === marked && found.length > 0)),
  );
  list.children[marked]?.scrollIntoView({ block: "nearest" });
  if (found.length) input.setAttribute("aria-activedescendant", `hit-${marked}`);
  else input.removeAttribute("aria-activedescendant");
}

function pick(index) {
  if (!found[index]) return;
  setOpen(false);
  input.value = found[index].name;
  goToFound(found[index]);
}

function goToFound({ id, at }) {
  if (at === undefined) goTo({ organization: findOrganization(id) }, { read: true });
  else if (isDivided) goInto(at, id);
  else goTo({ organization: findOrganization(at) }, { read: true });
}

/** First the list closes, then the selection goes, then the text. */
function escape() {
  if (!list.hidden) setOpen(false);
  else if (isSelected()) leave();
  else input.value = "";
}

const KEYS = {
  ArrowDown: () => (list.hidden ? search() : mark(marked + 1)),
  ArrowUp: () => mark(marked - 1),
  Enter: () => (list.hidden ? search() : pick(marked)),
  Escape: escape,
};

input.addEventListener("input", search);
input.addEventListener("blur", () => setOpen(false));
input.addEventListener("keydown", (event) => {
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
});

export function startSearch() {
  input.focus();
  input.select();
}

on("select", () => {
  if (looking.organization?.name !== input.value) input.value = "";
});
