/** The keyboard: a slash searches from anywhere, Escape closes, 1 to 3 widen the focus, and the map can be walked. */
import { organizations, ranked } from "./data.js";
import { byId } from "./dom.js";
import { announce, goTo, stepBack, summary } from "./navigation.js";
import { marksOf } from "./panels.js";
import { startSearch } from "./search.js";
import { isSelected, looking } from "./selection.js";
import { STEPS, widen } from "./steps.js";
import { setTable } from "./table.js";
import { isInView, network, redraw, showAll, zoom } from "./view.js";

const container = byId("net");

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const ACTIONS = {
  Enter: () => looking.cursor && goTo({ organization: looking.cursor }, { read: true }),
  "+": () => zoom(1.25),
  "=": () => zoom(1.25),
  "-": () => zoom(0.8),
  0: () => showAll({ animate: true }),
};

function walk([right, down]) {
  const next = looking.cursor?.visible
    ? neighbour(looking.cursor, right, down)
    : ranked.find(({ visible }) => visible);
  if (!next) return;
  looking.cursor = next;
  const [{ x, y }] = marksOf(next);
  if (!isInView(next)) network.moveTo({ position: { x, y } });
  announce(`${next.name}, ${summary(next)}`);
  redraw();
}

/** The nearest organization in one direction; what lies aside counts as further away. */
function neighbour(from, right, down) {
  const distance = ({ x, y }) => {
    const along = (x - from.x) * right + (y - from.y) * down;
    const aside = Math.abs((x - from.x) * down) + Math.abs((y - from.y) * right);
    return along > aside / 2 && along > 0 ? along + 2 * aside : Infinity;
  };
  const candidates = organizations.filter((one) => one.visible && distance(one) < Infinity);
  return candidates.sort((a, b) => distance(a) - distance(b))[0];
}

container.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = DIRECTIONS[event.key] ? () => walk(DIRECTIONS[event.key]) : ACTIONS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
container.addEventListener("focus", redraw);
container.addEventListener("blur", redraw);

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input[type=search]");
  const plain = !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "/" && plain) {
    event.preventDefault();
    startSearch();
  } else if (plain && STEPS.includes(Number(event.key))) {
    widen(Number(event.key));
  } else if (event.key === "Escape") {
    if (!isSelected() && !byId("table").hidden) setTable(false);
    else stepBack();
  }
});
