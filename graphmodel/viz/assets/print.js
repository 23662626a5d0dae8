/** On paper the map is light and sharp, and its sources are listed. */
import { setSources } from "./status.js";
import { setTheme, theme } from "./theme.js";
import { network } from "./view.js";

const SHARP = 3; // dots for each pixel of the page

let before = null;

addEventListener("beforeprint", () => {
  before = { theme: theme(), ratio: Object.getOwnPropertyDescriptor(window, "devicePixelRatio") };
  Object.defineProperty(window, "devicePixelRatio", { value: SHARP, configurable: true });
  setTheme("light");
  setSources(true);
  network.redraw();
});

addEventListener("afterprint", () => {
  Object.defineProperty(window, "devicePixelRatio", before.ratio);
  setTheme(before.theme);
  setSources(false);
  network.redraw();
});
