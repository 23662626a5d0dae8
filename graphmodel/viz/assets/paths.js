/** Lines as path data of SVG, which a canvas draws too: the same geometry on the screen and in files. */

const number = (value) => String(Math.round(value * 100) / 100);

const point = ([x, y]) => `${number(x)} ${number(y)}`;

/** Takes down what a canvas would be told to trace. */
export class PathData {
  #steps = [];

  moveTo(x, y) {
    this.#steps.push(`M${point([x, y])}`);
  }

  lineTo(x, y) {
    this.#steps.push(`L${point([x, y])}`);
  }

  quadraticCurveTo(bendX, bendY, x, y) {
    this.#steps.push(`Q${point([bendX, bendY])} ${point([x, y])}`);
  }

  bezierCurveTo(firstX, firstY, secondX, secondY, x, y) {
    this.#steps.push(`C${point([firstX, firstY])} ${point([secondX, secondY])} ${point([x, y])}`);
  }

  closePath() {
    this.#steps.push("Z");
  }

  toString() {
    return this.#steps.join("");
  }
}

export const polygon = (corners) => `M${corners.map(point).join("L")}Z`;

export function disc(x, y, radius) {
  const half = (to) => `A${number(radius)} ${number(radius)} 0 1 0 ${point([to, y])}`;
  return `M${point([x - radius, y])}${half(x + radius)}${half(x - radius)}Z`;
}

/** Through the middles of the sides, bent towards the corners. */
export function rounded(corners) {
  const path = new PathData();
  const middle = (i) => {
    const [a, b] = [corners[i % corners.length], corners[(i + 1) % corners.length]];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  };
  path.moveTo(...middle(corners.length - 1));
  corners.forEach((corner, i) => path.quadraticCurveTo(...corner, ...middle(i)));
  path.closePath();
  return String(path);
}
