/** Cypher text cut into what it is made of, so that it can be coloured. */

const WORDS =
  "MATCH OPTIONAL UNWIND WITH RETURN WHERE ORDER BY SKIP LIMIT AS AND OR XOR NOT IN IS NULL DISTINCT CASE WHEN THEN " +
  "ELSE END STARTS ENDS CONTAINS EXISTS COUNT COLLECT UNION ALL ASC DESC ASCENDING DESCENDING TRUE FALSE CALL " +
  "EXPLAIN PROFILE CREATE MERGE SET DELETE DETACH REMOVE";
const KEYWORDS = new Set(WORDS.split(" "));
const KINDS = {
  comment: String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`,
  string: String.raw`'(?:\\[\s\S]|[^'\\])*(?:'|\\?$)|"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)`,
  parameter: String.raw`\$\w+`,
  number: String.raw`\b\d+(?:\.\d+)?\b`,
  label: String.raw`(?<=[:|&!])\s*[A-Za-z_]\w*`,
  word: String.raw`[A-Za-z_]\w*|` + "`[^`]*(?:`|$)",
};
const PATTERN = new RegExp(
  Object.entries(KINDS)
    .map(([kind, pattern]) => `(?<${kind}>${pattern})`)
    .join("|"),
  "g",
);

/** The parts of a text, in order: each [kind, text], kind empty where nothing is coloured. Joined they are it. */
export function parts(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    if (match.index > end) found.push(["", text.slice(end, match.index)]);
    found.push([kindOf(match, text[match.index - 1]), match[0]]);
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push(["", text.slice(end)]);
  return found;
}

function kindOf(match, before) {
  const [kind] = Object.entries(match.groups).find(([, text]) => text !== undefined);
  if (kind !== "word") return kind;
  return KEYWORDS.has(match[0].toUpperCase()) && before !== "." ? "keyword" : "";
}
