/** The menu of files that can be downloaded. */
import { graph, organizations } from "./data.js";
import { byId, el } from "./dom.js";
import { on } from "./events.js";
import { fileName } from "./filenames.js";
import { FILES } from "./files.js";
import { announce } from "./navigation.js";
import { statusText } from "./status.js";

const LATER = 60_000; // milliseconds after which a browser has surely read what it was given

const button = byId("download-button");
const menu = byId("downloads");

/** A click on a link to a file that exists in the page only. */
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), LATER);
}

async function download({ extension, about, make }) {
  close();
  const blob = await make();
  const name = fileName(graph.title, extension, ...[about].filter(Boolean));
  if (!blob) return announce("This browser cannot make so large a picture. Choose SVG.");
  save(blob, name);
  announce(`Downloaded ${name}: ${statusText()}.`);
}

const items = FILES.map((one) =>
  el(
    "button",
    { type: "button", role: "menuitem", tabindex: "-1", click: () => download(one) },
    one.label,
    el("small", {}, one.hint),
  ),
);
menu.append(...items);

function open(first) {
  menu.hidden = false;
  button.setAttribute("aria-expanded", "true");
  items.at(first).focus();
}

function close() {
  if (menu.hidden) return;
  const inside = menu.contains(document.activeElement);
  menu.hidden = true;
  button.setAttribute("aria-expanded", "false");
  if (inside) button.focus();
}

const step = (by) => items[(items.indexOf(document.activeElement) + by + items.length) % items.length].focus();

const KEYS = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Home: () => items[0].focus(),
  End: () => items.at(-1).focus(),
  Escape: close,
};

function onKey(keys) {
  return (event) => {
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
}

button.addEventListener("click", () => (menu.hidden ? open(0) : close()));
button.addEventListener("keydown", onKey({ ArrowDown: () => open(0), ArrowUp: () => open(-1) }));
menu.addEventListener("keydown", onKey(KEYS));
// A press on an item leaves the focus where it is: some browsers would take it away and close the menu too early.
menu.addEventListener("mousedown", (event) => event.preventDefault());
menu.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget !== button && !menu.contains(relatedTarget)) close();
});

on("filter", () => {
  button.disabled = !organizations.some(({ visible }) => visible);
});
