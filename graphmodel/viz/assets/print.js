/** On paper the map is light and sharp and as wide as the page, and its sources are listed. */
import { setSources } from "./status.js";
import { setTheme, theme } from "./theme.js";
import { keepWhole, network } from "./view.js";

const SHARP = 3; // dots for each pixel of the page

let before = null;

/** Give the map the size that it has on paper, and draw it anew. */
function setPaper(isPaper) {
  document.body.classList.toggle("paper", isPaper);
  network.setSize("100%", "100%");
  keepWhole();
}

addEventListener("beforeprint", () => {
  before = { theme: theme(), ratio: Object.getOwnPropertyDescriptor(window, "devicePixelRatio") };
  Object.defineProperty(window, "devicePixelRatio", { value: SHARP, configurable: true });
  setPaper(true);
  setTheme("light");
  setSources(true);
  network.redraw();
});

addEventListener("afterprint", () => {
  Object.defineProperty(window, "devicePixelRatio", before.ratio);
  setPaper(false);
  setTheme(before.theme);
  setSources(false);
  network.redraw();
});
