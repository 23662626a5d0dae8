/** A picture of the map as SVG that other programs open too: attributes instead of style, no script, no font inside. */
import { element, escaped, xmlFile } from "./xml.js";

const number = (value) => Math.round(value * 100) / 100;

export function svgFile({ title, description, family, background, width, height, layers }) {
  return xmlFile(
    element(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        role: "img",
        "font-family": family,
        fill: "none",
      },
      element("title", {}, escaped(title)),
      element("desc", {}, escaped(description)),
      element("rect", { width, height, fill: background }),
      ...layers.filter(({ items }) => items.length > 0).map(layer),
    ),
  );
}

function layer({ id, x = 0, y = 0, scale = 1, unseen, clip, items }) {
  const moved = x || y ? `translate(${number(x)} ${number(y)})` : "";
  const scaled = scale === 1 ? "" : `scale(${Math.round(scale * 1e6) / 1e6})`;
  const attributes = {
    id,
    transform: [moved, scaled].filter(Boolean).join(" ") || undefined,
    "aria-hidden": unseen ? "true" : undefined,
  };
  const drawn = items.map((item) => `${item.d === undefined ? text(item) : path(item)}\n`);
  const group = element("g", attributes, "\n", ...drawn);
  return clip ? clipped(group, `${id}-area`, clip) : group;
}

function clipped(group, id, area) {
  const rectangle = Object.fromEntries(Object.entries(area).map(([name, value]) => [name, number(value)]));
  const outline = element("clipPath", { id }, element("rect", rectangle));
  return outline + element("g", { "clip-path": `url(#${id})` }, group);
}

function path({ d, title, fill, fillOpacity, stroke, strokeOpacity, width, dash = [] }) {
  const attributes = {
    d,
    fill,
    "fill-opacity": fillOpacity,
    stroke,
    "stroke-opacity": strokeOpacity && number(strokeOpacity),
    "stroke-width": width && number(width),
    "stroke-dasharray": dash.length ? dash.join(" ") : undefined,
  };
  return element("path", attributes, ...(title === undefined ? [] : [element("title", {}, escaped(title))]));
}

function text({ text: words, font, x, y, anchor, fill, stroke, width }) {
  const attributes = {
    x: number(x),
    y: number(y),
    "font-size": font.size,
    "font-weight": font.weight,
    "text-anchor": anchor,
    fill,
    stroke,
    "stroke-width": width,
    "stroke-linejoin": stroke && "round",
  };
  return element("text", attributes, escaped(words));
}
