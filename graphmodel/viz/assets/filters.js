/** What is shown: entries of the legend and bases of alliances can be hidden, a number of shared activities asked for. */
import { alliances, organizations } from "./data.js";
import { emit } from "./events.js";

const hidden = { entries: new Set(), bases: new Set() };

export const LEAST = Math.min(1, ...alliances.map(({ shared }) => shared));
export const MOST = Math.max(1, ...alliances.map(({ shared }) => shared));

let least = LEAST;

export const minimum = () => least;

const narrowsAlliances = () => hidden.bases.size > 0 || least > LEAST;

export const isFiltered = () => hidden.entries.size > 0 || narrowsAlliances();

export const isHidden = (what, key) => hidden[what].has(key);

export function toggle(what, key) {
  if (!hidden[what].delete(key)) hidden[what].add(key);
  applyFilters();
}

export function setMinimum(number) {
  least = number;
  applyFilters();
}

export function clearFilters() {
  hidden.entries.clear();
  hidden.bases.clear();
  setMinimum(LEAST);
}

/** Decide anew what is visible. An organization that loses all its alliances to a filter of these goes with them. */
export function applyFilters() {
  const allowed = ({ entry }) => !hidden.entries.has(entry);
  for (const alliance of alliances) {
    const { source, target, basis, shared } = alliance;
    alliance.visible = allowed(source) && allowed(target) && !hidden.bases.has(basis) && shared >= least;
  }
  for (const organization of organizations) {
    const tied = organization.ties.some(({ visible }) => visible);
    organization.visible = allowed(organization) && (tied || !narrowsAlliances());
  }
  emit("filter");
}
