/** Where words and pieces go: lines of a width, one after the other. Measures are functions that are given. */

/** Break a text into lines; a word longer than a line is broken too. */
export function wrap(text, width, measure) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean).flatMap((whole) => pieces(whole, width, measure))) {
    const longer = line ? `${line} ${word}` : word;
    if (line && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

function pieces(word, width, measure) {
  const found = [];
  let piece = "";
  for (const letter of word) {
    if (piece && measure(piece + letter) > width) {
      found.push(piece);
      piece = "";
    }
    piece += letter;
  }
  return [...found, piece];
}

/** Put pieces of some width side by side, in as many rows as it takes: the left edge and the row of each. */
export function flow(widths, width, gap) {
  let left = 0;
  let row = 0;
  return widths.map((wide) => {
    if (left > 0 && left + wide > width) [left, row] = [0, row + 1];
    const place = { left, row };
    left += wide + gap;
    return place;
  });
}
