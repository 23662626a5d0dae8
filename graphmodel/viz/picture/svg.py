"""Elements of SVG 1.1, of which nothing asks for anything outside the file, and text that stays text."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from graphmodel.viz.picture.lettering import FAMILY, OTHER_SCRIPTS, has_all

NAMESPACE = "http://www.w3.org/2000/svg"
LINE = 1.2  # height of a line, in font sizes
BASELINE = 0.36  # how far below the middle of its line a text stands, in font sizes

# What XML 1.0 cannot hold, and what turns the direction of the text around it.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")

LOST = "\N{REPLACEMENT CHARACTER}"  # no usual font has it

Point = tuple[float, float]
Attributes = dict[str, str | float]


def clean(text: str) -> str:
    """Return the text on one line, without characters that XML does not know; a letter that was lost is a "?".

    >>> clean("Aca\\x00demy \\n of <Arts>"), clean("D\\ufffdveloppement")
    ('Academy of <Arts>', 'D?veloppement')
    """
    return " ".join(FORBIDDEN.sub("", text).replace(LOST, "?").split())


def number(value: float) -> str:
    """Write a length with two decimals at most.

    >>> number(2.0), number(-0.001), number(1.456)
    ('2', '0', '1.46')
    """
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def points(corners: Sequence[Point]) -> str:
    return " ".join(map(pair, corners))


def pair(point: Point) -> str:
    return f"{number(point[0])},{number(point[1])}"


def document(width: int, height: int, title: str, description: str) -> Element:
    """Return an empty picture with what a screen reader says about it."""
    root = Element("svg", {"xmlns": NAMESPACE, "version": "1.1", "width": str(width), "height": str(height)})
    root.set("viewBox", f"0 0 {width} {height}")
    root.set("font-family", FAMILY)
    add(root, "title").text = clean(title)
    add(root, "desc").text = clean(description)
    return root


def add(parent: Element, tag: str, **attributes: str | float) -> Element:
    """Append an element; an underscore in the name of an attribute stands for a hyphen."""
    texts = {name.replace("_", "-"): _text(value) for name, value in attributes.items()}
    return SubElement(parent, tag, texts)


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)


def write(parent: Element, lines: Sequence[str], x: float, y: float, *, size: float, **look: str | float) -> None:
    """Append a text, of which y is the middle of the first line."""
    if not has_all(clean("".join(lines))):
        look["font_family"] = OTHER_SCRIPTS
    text = add(parent, "text", x=x, y=y + BASELINE * size, font_size=size, **look)
    if len(lines) == 1:
        text.text = clean(lines[0])
        return
    for i, line in enumerate(lines):
        add(text, "tspan", x=x, y=y + (BASELINE + i * LINE) * size).text = clean(line)


def written(root: Element) -> str:
    """Return the file as text."""
    indent(root, " ")
    for text in root.iter("text"):
        for line in text:
            text.text = line.tail = None  # space between lines would be drawn
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
