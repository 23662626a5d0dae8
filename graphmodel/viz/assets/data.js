/** The network of the page, read once: organizations and alliances that know each other. */
import { byId } from "./dom.js";

export const graph = JSON.parse(byId("graph-data").textContent);

export const organizations = graph.nodes.map(({ about, ...drawn }) => ({
  ...drawn,
  ...about,
  ties: [],
  visible: true,
}));

const organizationOf = new Map(organizations.map((organization) => [organization.id, organization]));

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

export const BASES = [
  { key: "shared", label: "Shared activities", dash: [] },
  { key: "formal", label: "Formal agreement", dash: [6, 4] },
  { key: "both", label: "Both", dash: [10, 3, 2, 3] },
].filter(({ key }) => alliances.some(({ basis }) => basis === key));

export const dashOf = new Map(BASES.map(({ key, dash }) => [key, dash]));
