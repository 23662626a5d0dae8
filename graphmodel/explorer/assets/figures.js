/** The heat map by keys: arrows go from cell to cell, of which one at a time is in the order of Tab. */

const inCells = ({ target }) => target.closest?.("table.heat td a");

function step(cell, key) {
  const row = cell.parentElement;
  const rows = [...row.parentElement.rows];
  const place = rows.indexOf(row) + { ArrowUp: -1, ArrowDown: 1 }[key];
  if (Number.isNaN(place)) return { ArrowLeft: cell.previousElementSibling, ArrowRight: cell.nextElementSibling }[key];
  return rows[place]?.cells[cell.cellIndex];
}

function stop(link) {
  for (const other of link.closest("table").querySelectorAll("td a")) other.tabIndex = -1;
  link.tabIndex = 0;
}

document.addEventListener("keydown", (event) => {
  const link = inCells(event);
  if (!link || !event.key.startsWith("Arrow")) return;
  const next = step(link.closest("td"), event.key)?.querySelector("a");
  event.preventDefault();
  if (next?.closest("td")) next.focus();
});
document.addEventListener("focusin", (event) => {
  const link = inCells(event);
  if (link) stop(link);
});

function begin() {
  const first = document.querySelector("table.heat td a");
  if (first) stop(first);
}

document.addEventListener("htmx:load", begin);
begin();

document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id === "cell") target.scrollIntoView({ block: "nearest" });
});

/** Which cell is open. */
document.addEventListener("click", (event) => {
  const link = inCells(event);
  if (!link) return;
  for (const other of link.closest("table").querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
});
