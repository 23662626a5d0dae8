/** What the reader looks at: one organization or one alliance selected, one hovered, one under the keyboard's cursor. */
import { partnerIn, visibleTies } from "./data.js";
import { emit } from "./events.js";

export const looking = { organization: null, alliance: null, hovered: null, hoveredTie: null, cursor: null };

export function select({ organization = null, alliance = null } = {}) {
  Object.assign(looking, { organization, alliance, hovered: null, hoveredTie: null });
  if (organization || alliance) looking.cursor = organization;
  emit("select");
}

export function hover(organization, alliance) {
  if (looking.hovered === organization && looking.hoveredTie === alliance) return;
  Object.assign(looking, { hovered: organization, hoveredTie: alliance });
  emit("hover");
}

export const isSelected = () => Boolean(looking.organization || looking.alliance);

/** What stays above the veil: an organization with its partners, or both ends of an alliance. */
export function focus() {
  if (looking.organization) return around(looking.organization);
  if (looking.alliance) return ends(looking.alliance);
  return null;
}

export function around(organization) {
  const ties = visibleTies(organization);
  const partners = ties.map((alliance) => partnerIn(alliance, organization));
  return { centres: [organization], organizations: [organization, ...partners], ties };
}

const ends = (alliance) => ({
  centres: [alliance.source, alliance.target],
  organizations: [alliance.source, alliance.target],
  ties: [alliance],
});
