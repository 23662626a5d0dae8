/** How far the focus reaches: to partners, to their partners, or one step more; by the keys 1, 2, 3 or by buttons. */
import { count, el } from "./dom.js";
import { on } from "./events.js";
import { announce, bringIntoView } from "./navigation.js";
import { focus, looking, reach } from "./selection.js";
import { everyNode, anyNode } from "./units.js";

export const STEPS = [1, 2, 3];

/** Show what lies within some steps of the organization that is selected. */
export function widen(steps) {
  if (!looking.organization) return;
  reach(steps);
  bringIntoView();
  const others = focus().organizations.length - 1;
  announce(`${count(others, anyNode, everyNode)} within ${count(steps, "step", "steps")} of ${looking.organization.name}.`);
}

function stepButton(steps) {
  const label = `Within ${count(steps, "step", "steps")}`;
  return el("button", { type: "button", "aria-label": label, click: () => widen(steps) }, String(steps));
}

let buttons = [];

function tellSteps() {
  buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(STEPS[index] === looking.steps)));
}

/** The buttons, for the panel of an organization. */
export function stepButtons() {
  buttons = STEPS.map(stepButton);
  tellSteps();
  return el("div", { class: "steps", role: "group", "aria-label": "Steps around it" }, "Steps around it", ...buttons);
}

on("reach", tellSteps);
