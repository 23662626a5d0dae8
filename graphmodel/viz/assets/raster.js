/** A picture of the map as pixels. */
import { fontText } from "./labels.js";

/** Draw a picture with so many dots for each of its pixels. */
export function draw({ width, height, background, layers }, dots) {
  const canvas = Object.assign(document.createElement("canvas"), { width: width * dots, height: height * dots });
  const context = canvas.getContext("2d");
  context.scale(dots, dots);
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  context.lineJoin = "round";
  for (const { x = 0, y = 0, scale = 1, clip, items } of layers) {
    context.save();
    if (clip) clipTo(context, clip);
    context.translate(x, y);
    context.scale(scale, scale);
    items.forEach((item) => (item.d === undefined ? drawText(context, item) : drawPath(context, item)));
    context.restore();
  }
  return canvas;
}

function clipTo(context, { x, y, width, height }) {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

function drawPath(context, { d, fill, fillOpacity = 1, stroke, strokeOpacity = 1, width, dash = [] }) {
  const path = new Path2D(d);
  if (fill) {
    context.globalAlpha = fillOpacity;
    context.fillStyle = fill;
    context.fill(path);
  }
  if (!stroke) return;
  context.globalAlpha = strokeOpacity;
  context.strokeStyle = stroke;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke(path);
}

function drawText(context, { text, font, x, y, anchor, fill, stroke, width }) {
  context.globalAlpha = 1;
  context.font = fontText(font);
  context.textAlign = anchor === "middle" ? "center" : "left";
  if (stroke) {
    context.setLineDash([]);
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.strokeText(text, x, y);
  }
  if (!fill) return;
  context.fillStyle = fill;
  context.fillText(text, x, y);
}
