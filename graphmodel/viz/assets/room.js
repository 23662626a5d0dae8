/** Which rectangles of the screen are taken, and how much they matter: text never yields, a mark may. */
const CELL = 80;
const HIDING = 0.06; // what it costs to hide a mark, in shares of the rectangle that hides it
const APART = 7; // pixels: lesser marks are so many that one is not missed

export const TEXT = 0;
export const LEADING_MARK = 1;
export const MARK = 2;

export class Room {
  #cells = new Map();

  constructor(width, height) {
    Object.assign(this, { width, height });
  }

  take(box, level, owner) {
    const taken = { box, level, owner };
    for (const cell of cellsOf(box)) {
      if (!this.#cells.has(cell)) this.#cells.set(cell, []);
      this.#cells.get(cell).push(taken);
    }
  }

  /** What the marks count that a box would cover; no number is large enough for what it must not cover. */
  cost(box, hardest, owner) {
    const [left, top, right, bottom] = box;
    if (left < 2 || top < 2 || right > this.width - 2 || bottom > this.height - 2) return Infinity;
    const covered = new Set();
    for (const cell of cellsOf(box)) {
      for (const taken of this.#cells.get(cell) ?? []) {
        const own = owner !== undefined && taken.owner === owner;
        if (own || !overlap(box, taken.box)) continue;
        if (taken.level <= hardest) return Infinity;
        covered.add(taken);
      }
    }
    return [...covered].reduce((sum, taken) => sum + costOf(box, taken.box), 0);
  }
}

function* cellsOf([left, top, right, bottom]) {
  for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) {
      yield column * 4096 + row;
    }
  }
}

const area = ([left, top, right, bottom]) => (right - left) * (bottom - top);

/** The part that is covered, and more where that is much of a mark. */
function costOf(box, mark) {
  const shared = sharedArea(box, mark);
  return mark[2] - mark[0] < APART ? shared : shared + (HIDING * area(box) * shared) / area(mark);
}

const sharedArea = (a, b) =>
  (Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * (Math.min(a[3], b[3]) - Math.max(a[1], b[1]));

const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
