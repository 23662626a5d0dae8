/** What the pages do in the browser beside htmx: the theme, keys, and shorter addresses. */
import "./drop.js";
import "./figures.js";

const root = document.documentElement;
const button = document.getElementById("theme");
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

const theme = () => root.dataset.theme ?? (prefersDark.matches ? "dark" : "light");

/** The map has colours of its own to change. */
function tellMap(frame) {
  frame.contentWindow.postMessage({ theme: theme() }, "*");
}

function showTheme(chosen) {
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  button.textContent = theme() === "dark" ? "Light" : "Dark";
  document.querySelectorAll("iframe").forEach(tellMap);
}

button.hidden = false;
button.addEventListener("click", () => {
  const chosen = theme() === "dark" ? "light" : "dark";
  localStorage.setItem("theme", chosen);
  showTheme(chosen);
});
prefersDark.addEventListener("change", () => showTheme());
showTheme(localStorage.getItem("theme"));
document.addEventListener("load", ({ target }) => target.matches?.("iframe") && tellMap(target), true);

const search = document.getElementById("search");
const found = document.getElementById("found");

/** From the box down through the hits and up again; Escape goes back and closes them. */
function walk(event) {
  const stops = [search, ...found.querySelectorAll("a")];
  const place = stops.indexOf(document.activeElement);
  if (event.key === "Escape") {
    found.replaceChildren();
    search.focus();
  } else if (["ArrowDown", "ArrowUp"].includes(event.key) && place >= 0 && stops.length > 1) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : stops.length - 1;
    stops[(place + step) % stops.length].focus();
  }
}

search.form.addEventListener("keydown", walk);
document.addEventListener("click", ({ target }) => {
  if (!search.form.contains(target)) found.replaceChildren();
});
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, textarea, select");
  if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
});

/** What is left empty need not stand in the address. */
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return;
  const given = [...formData].filter(([, value]) => value !== "");
  for (const name of new Set(formData.keys())) formData.delete(name);
  for (const [name, value] of given) formData.append(name, value);
});
