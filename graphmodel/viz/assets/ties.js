/** Lines between organizations: drawing them in batches, and finding the one under the pointer. */
import { alliances, dashOf } from "./data.js";
import { colors } from "./theme.js";

const BATCH = 8; // longer paths are slower to draw
const REACH = 5; // pixels from a line to the pointer that is still on it

export function drawTies(context, view) {
  context.strokeStyle = colors.tie;
  for (const alike of batches(view)) {
    context.lineWidth = alike[0].width;
    context.globalAlpha = 0.21 + 0.017 * Math.min(10, alike[0].shared);
    context.setLineDash(dashOf.get(alike[0].basis));
    for (let start = 0; start < alike.length; start += BATCH) {
      context.beginPath();
      alike.slice(start, start + BATCH).forEach((alliance) => trace(context, alliance));
      context.stroke();
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** The alliances in view, those together that are drawn alike. */
function batches(view) {
  const [left, top] = view.toNetwork(0, 0);
  const [right, bottom] = view.toNetwork(view.width, view.height);
  const found = new Map();
  for (const alliance of alliances) {
    const { source: a, target: b } = alliance;
    const outside =
      (a.x < left && b.x < left) ||
      (a.x > right && b.x > right) ||
      (a.y < top && b.y < top) ||
      (a.y > bottom && b.y > bottom);
    if (!alliance.visible || outside) continue;
    const key = `${alliance.basis} ${alliance.shared}`;
    if (found.has(key)) found.get(key).push(alliance);
    else found.set(key, [alliance]);
  }
  return found.values();
}

function trace(context, { source, target }) {
  context.moveTo(source.x, source.y);
  context.lineTo(target.x, target.y);
}

/** Draw some alliances strongly, as above the veil; lines keep their width on the screen. */
export function drawStrongTies(context, ties, scale) {
  context.strokeStyle = colors.ink;
  context.globalAlpha = 0.7;
  for (const alliance of ties) {
    context.lineWidth = (0.6 + alliance.width) / Math.max(0.6, scale);
    context.setLineDash(dashOf.get(alliance.basis).map((length) => length / scale));
    context.beginPath();
    trace(context, alliance);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** The alliance whose line is nearest to a point on the screen, among some alliances. */
export function tieAt(x, y, view, ties) {
  let nearest = null;
  let distance = REACH;
  for (const alliance of ties) {
    if (!alliance.visible) continue;
    const found = distanceToLine([x, y], view.toScreen(alliance.source), view.toScreen(alliance.target));
    if (found < distance) [nearest, distance] = [alliance, found];
  }
  return nearest;
}

function distanceToLine([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - part * dx, y - ay - part * dy);
}
