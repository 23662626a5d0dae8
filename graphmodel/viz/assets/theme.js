/** Light or dark: what the reader's system prefers, until the button says otherwise. */
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

/** How the organizations of a legend entry are painted. */
export function paint(entry) {
  const look = graph.legend[entry];
  const color = look[theme()];
  return look.hollow
    ? { fill: colors.background, border: color }
    : { fill: color, border: colors.background };
}

setTheme(history.state?.theme ?? (preference.matches ? "dark" : "light"));
preference.addEventListener("change", () => setTheme(preference.matches ? "dark" : "light"));
byId("theme-button").addEventListener("click", () => {
  setTheme(theme() === "dark" ? "light" : "dark");
  history.replaceState({ ...history.state, theme: theme() }, ""); // so that it outlasts a reload
});
