/** Pieces that the panel beside the map is made of. */
import { el } from "./dom.js";
import { goTo, leave } from "./navigation.js";

export function heading(text, mark) {
  const close = el(
    "button",
    { type: "button", class: "close", "aria-label": "Close details", click: leave },
    "×",
  );
  return el("div", { class: "top" }, mark, el("h2", { tabindex: "-1" }, text), close);
}

export function organizationLink(organization) {
  const open = () => goTo({ organization }, { read: true });
  return el("button", { type: "button", class: "link", click: open }, organization.name);
}

/** Terms and their texts; what is not known is left out. */
export function facts(pairs) {
  const known = pairs.filter(([, texts]) => texts !== undefined && texts !== "" && texts.length !== 0);
  return el(
    "dl",
    {},
    ...known.flatMap(([term, texts]) => [
      el("dt", {}, term),
      el("dd", {}, ...(Array.isArray(texts) ? texts : [texts]).map((text) => el("span", {}, text))),
    ]),
  );
}
