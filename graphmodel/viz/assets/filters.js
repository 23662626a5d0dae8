/** What is shown: entries of both legends can be hidden, and sliders ask something of every alliance. */
import { alliances, organizations } from "./data.js";
import { emit } from "./events.js";

const hidden = { entries: new Set(), lines: new Set() };

/** By the name of who asks: what it asks of an alliance. */
const conditions = new Map();

const narrowsAlliances = () => hidden.lines.size > 0 || conditions.size > 0;

export const isFiltered = () => hidden.entries.size > 0 || narrowsAlliances();

export const isHidden = (what, key) => hidden[what].has(key);

export function toggle(what, key) {
  if (!hidden[what].delete(key)) hidden[what].add(key);
  applyFilters();
}

/** Show only alliances that meet a condition, in the place of the condition of the same name; without one, all. */
export function narrow(name, condition) {
  if (condition) conditions.set(name, condition);
  else conditions.delete(name);
  applyFilters();
}

export const isNarrowed = (name) => conditions.has(name);

export function clearFilters() {
  hidden.entries.clear();
  hidden.lines.clear();
  conditions.clear();
  applyFilters();
}

/** Decide anew what is visible. An organization that loses all its alliances to a filter of these goes with them. */
export function applyFilters() {
  const allowed = ({ entry }) => !hidden.entries.has(entry);
  const asked = [...conditions.values()];
  for (const alliance of alliances) {
    const { source, target, entry } = alliance;
    const drawn = allowed(source) && allowed(target) && !hidden.lines.has(entry);
    alliance.visible = drawn && asked.every((condition) => condition(alliance));
  }
  for (const organization of organizations) {
    const tied = organization.ties.some(({ visible }) => visible);
    organization.visible = allowed(organization) && (tied || !narrowsAlliances());
  }
  emit("filter");
}
