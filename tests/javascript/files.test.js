/** The writers of files: CSV, GEXF, SVG, and what they have in common. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

const { csv } = await load("csv.js");
const { fileName } = await load("filenames.js");
const { gexf } = await load("gexf.js");
const { svgFile } = await load("svg.js");
const { element, escaped } = await load("xml.js");

const table = (...cells) => csv({ columns: ["cell"], rows: cells.map((cell) => [cell]) }).split("\r\n").slice(1, -1);

test("a table begins with the mark of Unicode, and each line ends with CR and LF", () => {
  assert.equal(csv({ columns: ["a", "b"], rows: [[1, "Łódź"]] }), "\ufeffa,b\r\n1,Łódź\r\n");
});

test("commas, quotes and line breaks are quoted", () => {
  assert.deepEqual(table("a,b", 'a"b', "a\nb"), ['"a,b"', '"a""b"', '"a\nb"']);
});

test("what a spreadsheet would compute begins with an apostrophe", () => {
  assert.deepEqual(table("=1", "+1", "-1", "@A1", "\tx"), ["'=1", "'+1", "'-1", "'@A1", "'\tx"]);
  assert.deepEqual(table("\r=1", '=A1&"x"'), [`"'\r=1"`, `"'=A1&""x"""`]);
});

test("numbers stay numbers, what is not known stays empty", () => {
  assert.deepEqual(table(-1.5, 0, undefined, null, "", true), ["-1.5", "0", "", "", "", "true"]);
});

test("XML escapes what it must, and replaces what it cannot hold", () => {
  assert.equal(escaped(`<a b="c">&'`), "&lt;a b=&quot;c&quot;&gt;&amp;'");
  assert.equal(escaped("\u0000\u001f\ud800\ufffe\t\n"), "\ufffd\ufffd\ufffd\ufffd&#9;&#10;");
  assert.equal(escaped("Łódź 😀"), "Łódź 😀");
});

test("an attribute that is not given is left out, an element without children is closed", () => {
  assert.equal(element("a", { b: 1, c: undefined, d: "" }), '<a b="1" d=""/>');
  assert.equal(element("a", {}, "b"), "<a>b</a>");
});

test("a file is called after the words of the title", () => {
  assert.equal(fileName("Trust & Co, 2004–2026", "svg"), "Trust-Co-2004-2026.svg");
  assert.equal(fileName("Łódź", "csv", "alliances"), "Łódź-alliances.csv");
  assert.equal(fileName("../../etc/passwd", "svg"), "etc-passwd.svg");
  assert.equal(fileName("?!", "gexf"), "map.gexf");
  assert.equal(fileName("日".repeat(300), "png"), `${"日".repeat(56)}.png`);
});

const node = (id, values) => ({ id, label: id, x: 1, y: 2, size: 3, color: "#FF8000", shape: "disc", values });

test("in a network file up is up, and columns have the type of their values", () => {
  const file = gexf({
    description: "<>",
    creator: "us",
    nodeColumns: ["text", "whole", "large", "part", "mixed", "none", "truth"],
    nodes: [
      node("a", ["x", 1, 2 ** 31, 0.5, 1, undefined, true]),
      node("b", [undefined, -2, 1, 2, "x", undefined, false]),
    ],
    edgeColumns: [],
    edges: [{ source: "a", target: "b", weight: 2, thickness: 1.5, values: [] }],
  });
  const types = [...file.matchAll(/<attribute id="\d" title="(\w+)" type="(\w+)"\/>/g)];
  assert.deepEqual(Object.fromEntries(types.map(([, name, type]) => [name, type])), {
    text: "string",
    whole: "integer",
    large: "long",
    part: "double",
    mixed: "string",
    none: "string",
    truth: "boolean",
  });
  assert.ok(file.includes('<viz:position x="1" y="-2" z="0"/>'));
  assert.ok(file.includes('<viz:color r="255" g="128" b="0"/>'));
  assert.ok(file.includes('<edge id="0" source="a" target="b" weight="2">'));
  assert.equal(file.match(/<attvalue /g).length, 11);
});

test("a picture is written as it is told", () => {
  const file = svgFile({
    title: "<T>",
    description: "D",
    family: '"A", b',
    background: "#fff",
    width: 10,
    height: 20,
    layers: [
      {
        id: "one",
        x: 1,
        y: 2.005,
        scale: 0.5,
        items: [{ d: "M0 0H1", title: "a & b", stroke: "#000", width: 1.234, dash: [6, 4] }],
      },
      { id: "none", items: [] },
      { id: "two", clip: { x: 0, y: 0, width: 5, height: 6 }, items: [{ d: "M0 0Z", fill: "#111", fillOpacity: 0.5 }] },
    ],
  });
  assert.ok(file.includes("<title>&lt;T&gt;</title><desc>D</desc>"));
  assert.ok(file.includes('font-family="&quot;A&quot;, b"'));
  assert.ok(
    file.includes(
      '<g id="one" transform="translate(1 2.01) scale(0.5)">\n' +
        '<path d="M0 0H1" stroke="#000" stroke-width="1.23" stroke-dasharray="6 4">' +
        "<title>a &amp; b</title></path>\n</g>",
    ),
  );
  assert.ok(!file.includes(`id="none"`));
  assert.ok(file.includes('<clipPath id="two-area"><rect x="0" y="0" width="5" height="6"/></clipPath>'));
  assert.ok(file.includes('<g clip-path="url(#two-area)">'));
});
