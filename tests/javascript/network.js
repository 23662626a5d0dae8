/** Six organizations in two communities as the page has them, and what is known of their alliances. */

const organization = (id, name, x, y, about) => ({
  id,
  label: name,
  shape: about.entry === 0 ? "dot" : "square",
  x,
  y,
  size: about.radius,
  about: { name, ...about },
});

const alliance = (from, to, about) => ({ from, to, width: 1 + about.shared, about: { activities: [], ...about } });

export const units = {
  organizations: {
    modes: [{ noun: ["organization", "organizations"], tied: ["partner", "partners"] }],
    tie: ["alliance", "alliances"],
    shared: ["shared activity", "shared activities"],
    degree: "Partners",
    weight: "Shared",
    joint: "and",
    members: null,
  },
  groups: {
    modes: [{ noun: ["group", "groups"], tied: ["other group", "other groups"] }],
    tie: ["tie", "ties"],
    shared: ["alliance", "alliances"],
    members: ["organization", "organizations"],
  },
};

const sharing = { entry: 0, basis: "shared" };

export const network = {
  title: "Six organizations",
  options: {},
  nodes: [
    organization("a", "Academy", 0, 0, { kind: "ngo", entry: 0, value: 3, radius: 20, group: 0, acronym: "AC" }),
    organization("b", "Bureau", 100, 0, { kind: "ngo", entry: 0, value: 2, radius: 14, group: 0 }),
    organization("c", "Council", 50, 90, { kind: "ngo", entry: 0, value: 2, radius: 14, group: 0 }),
    organization("d", "Department", 400, 0, { kind: "government", entry: 1, value: 2, radius: 14, group: 1 }),
    organization("e", "Exchange", 500, 0, { kind: "government", entry: 1, value: 1, radius: 8, group: 1 }),
    organization("f", "Forum", 450, 120, { kind: "government", entry: 1, value: 0, radius: 4, group: 1, url: "" }),
  ],
  edges: [
    alliance("a", "b", { ...sharing, shared: 2, strength: 0.5, first: 2014, last: 2016, activities: [0, 1] }),
    alliance("a", "c", { ...sharing, shared: 1, strength: 0.25, first: 2014, last: 2014, activities: [0] }),
    alliance("b", "c", { ...sharing, shared: 1, strength: 0.25, first: 2014, last: 2014, activities: [0] }),
    alliance("a", "d", { entry: 1, basis: "formal", shared: 0 }),
    alliance("d", "e", { ...sharing, shared: 1, q: 0.002, first: 2016, last: 2016, activities: [1] }),
  ],
  activities: [{ name: "Forum on Water" }, { name: "=Congress" }],
  color_title: "Kind",
  second_title: "",
  legend: [
    { label: "ngo", light: "#6699CC", dark: "#56B4E9", shape: "dot", hollow: false, mode: 0 },
    { label: "government", light: "#B8860B", dark: "#FBBF24", shape: "square", hollow: false, mode: 0 },
  ],
  line_title: "Alliances by basis",
  lines: [
    { label: "Shared activities", dash: [] },
    { label: "Formal agreement", dash: [6, 4] },
  ],
  shape_factors: { dot: 1, square: 0.88 },
  size_title: "Partners",
  sizes: [],
  groups: [
    [0, "Water"],
    [1, "Youth"],
  ],
  provenance: { sources: [], notes: [], isolates: 0, version: "" },
  unit: units.organizations,
  naming: "short",
  layout: "communities",
  outlined: true,
  backdrop: {},
};
