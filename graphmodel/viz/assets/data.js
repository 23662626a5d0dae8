/** The network of the page, read once: organizations and alliances that know each other. */
import { meantGroup, shownPart } from "./division.js";
import { byId } from "./dom.js";

const whole = JSON.parse(byId("graph-data").textContent);
const part = shownPart(whole, location.hash);

/** What the page shows of the network: all of it, its groups, or the organizations of one. */
export const graph = part.graph;

/** True if the page holds more organizations than it shows at once. */
export const isDivided = Boolean(whole.overview);

/** The group that is shown alone, if one is. */
export const openGroup = part.open;

/** What the parts are called that a network is divided into, and those that one of them is tied to. */
export const partWords = whole.overview?.unit.modes[0];

/** Organizations that are not shown: name, perhaps id, and the group where they are. */
export const elsewhere = part.elsewhere;

/** True if an address means what is shown already. */
export const isShown = (address) => meantGroup(whole, address) === openGroup?.id;

export const organizations = graph.nodes.map(({ about, ...drawn }) => ({
  ...drawn,
  ...about,
  ties: [],
  visible: true,
}));

const organizationOf = new Map([
  ...organizations.flatMap((organization) => (organization.other_ids ?? []).map((id) => [id, organization])),
  ...organizations.map((organization) => [organization.id, organization]),
]);

export const findOrganization = (id) => organizationOf.get(id);

export const alliances = graph.edges.map(({ about, from, to, width }) => ({
  ...about,
  width,
  source: organizationOf.get(from),
  target: organizationOf.get(to),
  visible: true,
}));

for (const alliance of alliances) {
  alliance.source.ties.push(alliance);
  alliance.target.ties.push(alliance);
}

export const partnerIn = (alliance, organization) =>
  alliance.source === organization ? alliance.target : alliance.source;

export const visibleTies = (organization) => organization.ties.filter((alliance) => alliance.visible);

const sharedBy = ({ ties }) => ties.reduce((sum, { shared }) => sum + shared, 0);

/** Most important first: by what the size shows, then by partners and shared activities. */
export const ranked = [...organizations].sort(
  (a, b) =>
    b.value - a.value ||
    b.ties.length - a.ties.length ||
    sharedBy(b) - sharedBy(a) ||
    (a.name < b.name ? -1 : 1),
);
ranked.forEach((organization, rank) => {
  organization.rank = rank;
});

export const communityNames = new Map(graph.groups);

/** Largest first: the members of each community. */
export const communities = [...communityNames]
  .map(([number, name]) => ({ name, members: organizations.filter(({ group }) => group === number) }))
  .sort((a, b) => b.members.length - a.members.length);
