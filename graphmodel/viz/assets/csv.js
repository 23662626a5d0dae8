/** Tables as CSV that a spreadsheet opens as it is and takes for text what is text. */

const NEWLINE = "\r\n";
const MARK = "\ufeff"; // tells spreadsheets that the file is UTF-8

/** Text that a spreadsheet would take for a formula begins with an apostrophe, which makes it text. */
const safe = (value) => (typeof value === "string" && /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value);

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const cell = (value) => quoted(String(safe(value ?? "")));

export function csv({ columns, rows }) {
  const lines = [columns, ...rows].map((row) => row.map(cell).join(","));
  return MARK + lines.map((line) => line + NEWLINE).join("");
}
