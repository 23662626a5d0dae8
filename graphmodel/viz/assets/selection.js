/** What the reader looks at: one organization or one alliance selected, one hovered, one under the keyboard's cursor. */
import { partnerIn, visibleTies } from "./data.js";
import { emit } from "./events.js";

export const looking = { organization: null, alliance: null, hovered: null, hoveredTie: null, cursor: null, steps: 1 };

export function select({ organization = null, alliance = null } = {}) {
  Object.assign(looking, { organization, alliance, hovered: null, hoveredTie: null, steps: 1 });
  if (organization || alliance) looking.cursor = organization;
  emit("select");
}

/** How many steps around the organization that is selected belong to the focus. */
export function reach(steps) {
  looking.steps = steps;
  emit("reach");
}

export function hover(organization, alliance) {
  if (looking.hovered === organization && looking.hoveredTie === alliance) return;
  Object.assign(looking, { hovered: organization, hoveredTie: alliance });
  emit("hover");
}

export const isSelected = () => Boolean(looking.organization || looking.alliance);

/** What stays above the veil: an organization with those within some steps, or both ends of an alliance. */
export function focus() {
  if (looking.organization) return around(looking.organization, looking.steps);
  if (looking.alliance) return ends(looking.alliance);
  return null;
}

/** An organization, those that some steps lead to, and the alliances that the steps go over. */
export function around(organization, steps = 1) {
  const reached = new Set([organization]);
  const ties = new Set();
  for (let step = 0; step < steps; step++) {
    for (const one of [...reached]) {
      for (const alliance of visibleTies(one)) {
        ties.add(alliance);
        reached.add(partnerIn(alliance, one));
      }
    }
  }
  return { centres: [organization], organizations: [...reached], ties: [...ties] };
}

const ends = (alliance) => ({
  centres: [alliance.source, alliance.target],
  organizations: [alliance.source, alliance.target],
  ties: [alliance],
});
