/** What a file that is downloaded is called. */

const LONGEST = 56; // characters of the title, so that the name is short enough for every file system in any script

/** The words of a title with hyphens between: "Trust & Co, 2024" becomes "Trust-Co-2024". */
export function fileName(title, extension, ...about) {
  const words = title.normalize("NFC").replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, "-");
  const base = [...trimmed(words)].slice(0, LONGEST).join("");
  return `${[trimmed(base) || "map", ...about].join("-")}.${extension}`;
}

const trimmed = (words) => words.replace(/^-|-$/g, "");
