/** Search by name or acronym: a list to choose from by arrows and Enter, or by the pointer. */
import { ranked } from "./data.js";
import { byId, el } from "./dom.js";
import { on } from "./events.js";
import { goTo, leave } from "./navigation.js";
import { isSelected, looking } from "./selection.js";

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

const names = new Map(ranked.map(({ id, name, acronym }) => [id, [acronym, name].filter(Boolean).map(fold)]));

let found = [];
let marked = 0;

/** 0 if a name or acronym starts with the text, 1 if a word does, 2 if it occurs, otherwise none. */
function match(id, text) {
  if (names.get(id).some((name) => name.startsWith(text))) return 0;
  if (names.get(id).some((name) => name.includes(` ${text}`))) return 1;
  return names.get(id).some((name) => name.includes(text)) ? 2 : undefined;
}

function search() {
  const text = fold(input.value.trim());
  found = (text ? ranked : [])
    .filter(({ visible }) => visible)
    .map((organization) => ({ organization, how: match(organization.id, text) }))
    .filter(({ how }) => how !== undefined)
    .sort((a, b) => a.how - b.how)
    .slice(0, MOST_HITS)
    .map(({ organization }) => organization);
  list.replaceChildren(...(found.length ? found.map(hit) : [nothing()]));
  setOpen(text !== "");
  mark(0);
}

const nothing = () =>
  el("li", { role: "option", "aria-disabled": "true" }, "No organization on the map has this name.");

function hit(organization, index) {
  const { name, acronym, kind } = organization;
  const choose = (event) => {
    event.preventDefault();
    pick(index);
  };
  const hint = el("small", {}, acronym ?? kind ?? "");
  return el("li", { role: "option", id: `hit-${index}`, pointerdown: choose }, el("span", {}, name), hint);
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
  goTo({ organization: found[index] }, { read: true });
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
