/** What marks and lines stand for, in the words that the page was given. */
import { graph } from "./data.js";

export const unit = graph.unit;

export const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** True if a mark stands for several organizations. */
export const ofGroups = unit.members !== null;

/** True if activities are marks too. */
export const ofActivities = unit.modes.length > 1;

/** What sort of mark one is: in a network of two sorts the second has the mode 1. */
const modeOf = ({ mode = 0 }) => unit.modes[mode];

/** What a mark is, in the singular and the plural. */
export const nounOf = (one) => modeOf(one).noun;

/** What the lines of a mark lead to, likewise. */
export const tiedOf = (one) => modeOf(one).tied;

/** What organizations are called. */
export const ORGANIZATION = unit.members ?? unit.modes[0].noun;

const among = (number, word) => unit.modes.map(({ noun }) => noun[number]).join(` ${word} `);

/** All that marks are: "organizations and activities"; and one of them: "organization or activity". */
export const everyNode = among(1, "and");
export const anyNode = among(0, "or");

/** What the colours of each sort of marks stand for: "Organizations by kind". */
export const kindsTitles = unit.modes.map(({ noun }, mode) =>
  [capital(noun[1]), [graph.color_title, graph.second_title][mode].toLowerCase()].filter(Boolean).join(" by "),
);
