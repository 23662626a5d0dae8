/** What marks and lines stand for: organizations and alliances, or groups and the alliances between them. */
import { graph } from "./data.js";

export const ofGroups = graph.unit === "groups";

/** Each in the singular and the plural. */
export const UNITS = ofGroups
  ? { node: ["group", "groups"], tied: ["other group", "other groups"], shared: ["alliance", "alliances"] }
  : {
      node: ["organization", "organizations"],
      tied: ["partner", "partners"],
      shared: ["shared activity", "shared activities"],
    };

export const capital = (text) => text[0].toUpperCase() + text.slice(1);
