/** Names beside marks, the most important first, each where it covers no other name. */
import { backdropTitles } from "./backdrop.js";
import { communities, graph, organizations, partnerIn, ranked } from "./data.js";
import { headings } from "./headings.js";
import { hulls } from "./hulls.js";
import { divider, marksOf, organizationOf } from "./panels.js";
import { LEADING_MARK, MARK, Room, TEXT } from "./room.js";
import { colors } from "./theme.js";
import { ofActivities } from "./units.js";

export const FAMILY = getComputedStyle(document.body).fontFamily;
export const HALO = 3.5;
const GAP = 3; // from a mark to its name
const TOO_SMALL = 2.4; // pixels: a mark of this radius is named only if it leads
const DETAILED = 1.6; // from this scale on there is room for longer names
const MOST_COVERED = { usual: 0.22, crowded: 0.5 }; // share of a name that may lie on lesser marks
const CROWDED = 3.5; // pixels: where the usual mark has a smaller radius
const MOVED = [0.25, 0.75]; // shares of a name that may lie to the left of the mark it is below or above
const UNMISSED = 3; // so many are named whatever their names cover, where marks stand close
const HUBS = 12; // so many at most are named whatever lesser marks their names cover,
const OUTSTANDING = 8; // and only those that have so many times what is usual
const ONE_SIDE = 0.4; // a pull that is larger in some direction leads there
const LONG = 44; // characters: a longer name is always shortened

/** Organizations that are named even where their name lies on lesser marks. */
const leading = new Set([
  ...ranked.slice(0, Math.min(28, Math.ceil(6 + organizations.length / 18))),
  ...communities.flatMap(({ members }) => [...members].sort(byRank).slice(0, 2)),
]);

function byRank(a, b) {
  return a.rank - b.rank;
}

/** At their places on the earth organizations stand closer than where a layout makes room for names. */
const isCrowded = graph.layout === "geo";

const inTurn = [...ranked.filter((one) => leading.has(one)), ...ranked.filter((one) => !leading.has(one))];

const isLeading = (mark) => leading.has(organizationOf(mark));

const compact = document.body.clientWidth < 600 ? 0.85 : 1;
const COMMUNITY = { size: 12 * compact, weight: 600 };
const FONTS = [
  { upTo: Math.min(8, organizations.length / 8), size: 14 * compact, weight: 600 },
  { upTo: Math.min(30, organizations.length / 3), size: 12.5 * compact, weight: 500 },
  { upTo: Infinity, size: 11.5 * compact, weight: 400 },
];

const usual = ranked[ranked.length >> 1]?.value;

const mostCovered = ({ scale }) =>
  ranked[ranked.length >> 1].radius * scale < CROWDED ? MOST_COVERED.crowded : MOST_COVERED.usual;

/** Large for the first in rank, as far as they stand out at all. */
const fontOf = ({ rank, value }) =>
  FONTS.find(({ upTo }) => rank < upTo && (value > usual || upTo === Infinity));

/** Without its name a map would not be understood. */
const isHub = ({ rank, value }) => rank < HUBS && value >= OUTSTANDING * usual;

export const fontText = ({ weight, size }) => `${weight} ${size}px ${FAMILY}`;

const measuring = document.createElement("canvas").getContext("2d");
const widths = new Map();

export function widthOf(text, font) {
  const key = `${font.weight} ${font.size} ${text}`;
  if (!widths.has(key)) {
    measuring.font = fontText(font);
    widths.set(key, measuring.measureText(text).width);
  }
  return widths.get(key);
}

/** Find a place for as many names as there is room for: text, font and box of each. */
export function placeLabels(view, focus, obstacles) {
  const room = new Room(view.free, view.height);
  obstacles.forEach((box) => room.take(box, TEXT));
  const named = focus ? [...focus.centres, ...[...focus.organizations].sort(byRank)] : inTurn;
  const seen = [...new Set(named)].flatMap(marksOf).filter((mark) => mark.visible && isSeen(view, mark));
  for (const mark of seen) room.take(markBox(view, mark), isLeading(mark) ? LEADING_MARK : MARK, mark);
  const labels = [
    ...placeHeadings(room, view),
    ...placeBackdropTitles(room, view),
    ...(focus ? [] : placeCommunityNames(room, view)),
  ];
  const most =
    labels.length + Math.min(220, Math.round(((view.width * view.height) / 9500) * (0.6 + view.scale)));
  for (const mark of seen) {
    if (labels.length >= most) break;
    const label = mark.isAbsent ? null : placeLabel(room, view, mark, focus);
    if (label) labels.push(label);
  }
  return labels;
}

function isSeen(view, organization) {
  const [x, y] = view.toScreen(organization);
  return x > -20 && y > -20 && x < view.free + 20 && y < view.height + 20;
}

function markBox(view, organization) {
  const [x, y] = view.toScreen(organization);
  const radius = organization.radius * view.scale;
  return [x - radius, y - radius, x + radius, y + radius];
}

/** The headings of panels are always there. */
function placeHeadings(room, view) {
  const labels = headings(view, widthOf);
  for (const { box } of labels) room.take(box, TEXT);
  const between = divider();
  if (between) {
    const [x] = view.toScreen({ x: between.x, y: 0 });
    room.take([x - 3, 0, x + 3, view.height], TEXT); // no name reaches over to the other side
  }
  return labels;
}

/** A title with one place is always there; of several places the first free one is taken. */
function placeBackdropTitles(room, view) {
  const labels = [];
  for (const { text, places } of backdropTitles) {
    const width = widthOf(text, COMMUNITY);
    const boxes = places.map(([placeX, placeY]) => {
      const [x, y] = view.toScreen({ x: placeX, y: placeY });
      return [x - width / 2 - 3, y - 8, x + width / 2 + 3, y + 7];
    });
    const box = boxes.length === 1 ? boxes[0] : boxes.find((one) => room.cost(one, MARK) === 0);
    if (!box) continue;
    room.take(box, TEXT);
    labels.push({ text, font: COMMUNITY, box, color: "muted" });
  }
  return labels;
}

function placeCommunityNames(room, view) {
  const labels = [];
  for (const { name, above, below } of hulls()) {
    const width = widthOf(name, COMMUNITY);
    for (const [place, up] of [
      [above, 18],
      [below, -3],
    ]) {
      const [x, y] = view.toScreen(place);
      const box = [x - width / 2 - 3, y - up, x + width / 2 + 3, y - up + 15];
      if (room.cost(box, MARK) > 0) continue;
      room.take(box, TEXT);
      labels.push({ text: name, font: COMMUNITY, box, color: "muted" });
      break;
    }
  }
  return labels;
}

function placeLabel(room, view, organization, focus) {
  const radius = organization.radius * view.scale;
  const leads = isLeading(organization) || Boolean(focus);
  if (radius < TOO_SMALL && !leads) return null;
  const texts = spellings(organization, Boolean(focus) || view.scale > DETAILED);
  const font = fontOf(organization);
  const unmissed = focus?.centres.includes(organizationOf(organization)) || (isCrowded && organization.rank < UNMISSED);
  const hardest = unmissed ? TEXT : leads ? LEADING_MARK : MARK;
  let best = { cost: Infinity };
  for (const text of texts) {
    const at = view.toScreen(organization);
    for (const box of freeFirst(organization, at, boxesAround(at, radius, widthOf(text, font), font.size))) {
      const cost = room.cost(box, hardest, organization);
      if (cost < best.cost) best = { cost, text, font, box, color: "ink" };
      if (cost === 0) break;
    }
    if (best.cost === 0) break;
  }
  if (best.cost === Infinity) return null;
  const isNeeded = hardest === TEXT || isHub(organization);
  if (!isNeeded && best.cost > mostCovered(view) * area(best.box)) return null;
  room.take(best.box, TEXT, organization);
  return best;
}

/** How it may be called, the best first; in one way, or not at all, where the map is to write that. */
function spellings({ name, label, acronym, members }, detailed) {
  if (graph.naming === "none" && !members) return [];
  if (graph.naming !== "short") return [label];
  return [...new Set([detailed && name.length <= LONG ? name : label, label, acronym ?? label])];
}

/** Of activities and those who took part, first the places that lie away from the lines, if these lead to one side. */
function freeFirst(organization, [x, y], boxes) {
  if (!ofActivities) return boxes;
  const [right, down] = pullOf(organization);
  const leads = ([left, top, end, bottom]) => {
    const [along, below] = [(left + end) / 2 - x, (top + bottom) / 2 - y];
    return right * along + down * below > ONE_SIDE * Math.hypot(along, below);
  };
  return [...boxes.filter((box) => !leads(box)), ...boxes.filter(leads)];
}

const pulls = new Map();

/** The mean direction of those that one is tied to. */
function pullOf(organization) {
  if (!pulls.has(organization)) {
    const ways = organization.ties.map((tie) => {
      const other = partnerIn(tie, organization);
      const [right, down] = [other.x - organization.x, other.y - organization.y];
      const length = Math.hypot(right, down) * organization.ties.length;
      return [right / length, down / length];
    });
    pulls.set(organization, [0, 1].map((axis) => ways.reduce((sum, way) => sum + way[axis], 0)));
  }
  return pulls.get(organization);
}

/** The places for a name, the best first: right, left, below, above, the corners, then moved along below and above. */
function boxesAround([x, y], radius, textWidth, size) {
  const width = textWidth + 6;
  const height = size * 1.25;
  const side = radius + GAP - 3;
  const corner = radius * 0.72 + 2;
  return [
    [x + side, y - height / 2],
    [x - side - width, y - height / 2],
    [x - width / 2, y + radius + GAP],
    [x - width / 2, y - radius - GAP - height],
    [x + corner - 3, y + corner - height * 0.3],
    [x + corner - 3, y - corner - height * 0.7],
    [x - corner - width + 3, y + corner - height * 0.3],
    [x - corner - width + 3, y - corner - height * 0.7],
    ...MOVED.flatMap((part) => [
      [x - width * part, y + radius + GAP],
      [x - width * part, y - radius - GAP - height],
    ]),
  ].map(([left, top]) => [left, top, left + width, top + height]);
}

const area = ([left, top, right, bottom]) => (right - left) * (bottom - top);

export function drawLabels(context, labels) {
  context.lineJoin = "round";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = HALO;
  context.strokeStyle = colors.background;
  for (const { text, font, box, color } of labels) {
    const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    context.font = fontText(font);
    context.strokeText(text, x, y);
    context.fillStyle = colors[color];
    context.fillText(text, x, y);
  }
}
