/** XML as text: whatever a name holds, it stays text. */

const ESCAPES = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

/** Characters that XML cannot hold, not even escaped, become the replacement character. */
export const escaped = (text) =>
  String(text)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"\n\r\t]/g, (character) => ESCAPES[character]);

/** An element; its children are XML already. Attributes that are not given are left out. */
export function element(name, attributes = {}, ...children) {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const start = [name, ...given.map(([key, value]) => `${key}="${escaped(value)}"`)].join(" ");
  return children.length ? `<${start}>${children.join("")}</${name}>` : `<${start}/>`;
}

export const xmlFile = (root) => `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
