/** Cypher is cut into parts that can be coloured, and nothing of it is lost. */
import assert from "node:assert/strict";
import { test } from "node:test";

const assets = new URL("../../graphmodel/explorer/assets/", import.meta.url);
const { parts } = await import(new URL("cypher.js", assets));

const coloured = (text) => parts(text).filter(([kind]) => kind);

test("keywords, labels, parameters, texts, numbers and comments are told apart", () => {
  assert.deepEqual(coloured("match (o:Organization) // all\nWHERE o.id = $id AND o.name <> 'x' RETURN 12"), [
    ["keyword", "match"],
    ["label", "Organization"],
    ["comment", "// all"],
    ["keyword", "WHERE"],
    ["parameter", "$id"],
    ["keyword", "AND"],
    ["string", "'x'"],
    ["keyword", "RETURN"],
    ["number", "12"],
  ]);
});

test("a keyword between quotes, in a comment or as a property is none", () => {
  assert.deepEqual(coloured("RETURN 'MATCH // x', `WHERE`, n.limit /* AND */"), [
    ["keyword", "RETURN"],
    ["string", "'MATCH // x'"],
    ["comment", "/* AND */"],
  ]);
});

test("together the parts are the text, whatever it is", () => {
  for (const text of ["", "'open", "/* open", "`open", "a\\'b'c\"d", "<b>&", "é$$ :: 1.2.3", '"\\'.repeat(9)]) {
    assert.equal(
      parts(text)
        .map(([, part]) => part)
        .join(""),
      text,
    );
  }
});

test("a text between quotes that never end is one, however long", () => {
  assert.deepEqual(coloured("'\\".repeat(50_000)), [["string", "'\\".repeat(50_000)]]);
});
