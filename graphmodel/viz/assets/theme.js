/** Light or dark: what the reader's system prefers, until the button or a page around this one says otherwise. */
import { graph } from "./data.js";
import { byId } from "./dom.js";
import { emit } from "./events.js";

const root = document.documentElement;
const preference = matchMedia("(prefers-color-scheme: dark)");

/** The colours that the map is drawn with. */
export const colors = {};

export function setTheme(theme) {
  root.dataset.theme = theme;
  const style = getComputedStyle(root);
  for (const name of ["background", "ink", "muted", "tie", "veil", "outline"]) {
    colors[name] = style.getPropertyValue(`--${name}`).trim();
  }
  byId("theme-button").textContent = theme === "dark" ? "Light" : "Dark";
  emit("theme");
}

export const theme = () => root.dataset.theme;

/** How what has an entry in the legend is painted; where an organization is not there, its place is marked faintly. */
export function paint({ entry, isAbsent }) {
  const look = isAbsent ? graph.absent : graph.legend[entry];
  const color = look[theme()];
  return look.hollow
    ? { fill: colors.background, border: color }
    : { fill: color, border: colors.background };
}

setTheme(history.state?.theme ?? (preference.matches ? "dark" : "light"));
preference.addEventListener("change", () => setTheme(preference.matches ? "dark" : "light"));
addEventListener("message", ({ data, source }) => {
  // A page that shows this one inside says what is chosen there.
  if (source === parent && ["light", "dark"].includes(data?.theme)) setTheme(data.theme);
});
byId("theme-button").addEventListener("click", () => {
  setTheme(theme() === "dark" ? "light" : "dark");
  history.replaceState({ ...history.state, theme: theme() }, ""); // so that it outlasts a reload
});
