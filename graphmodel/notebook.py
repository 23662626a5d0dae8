"""What a notebook shows of a value: sentences, tables, and pages that keep to themselves."""

import base64
from collections.abc import Iterable, Mapping
from html import escape

import polars as pl

LARGEST = 2_000_000
"""Characters that one output has at most: notebooks refuse what comes at more than a megabyte a second."""

HEIGHT = 620
"""Pixels of a page that is shown inside: as much as a notebook on a small screen has."""

ALLOWED = "allow-scripts allow-downloads allow-modals"
"""What a page inside may do: run its own scripts, save files, print; and reach nothing of the notebook."""


def paragraphs(sentences: Iterable[str]) -> str:
    """Return sentences, one below the other, as text whatever they hold.

    >>> paragraphs(["A & B."])
    '<p>A &amp; B.</p>'
    """
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)


def table(frame: pl.DataFrame) -> str:
    """Return the first and last rows of a frame, as polars shows them: names in it stay text."""
    return frame._repr_html_()


def record(name: str, words: Iterable[str], parts: Mapping[str, object]) -> str:
    """Return what is known of one thing: its name, sentences, and each table in it that has rows, under its name.

    >>> record("Ada", ["Born in 1815."], {"id": "ada", "partners": pl.DataFrame()})
    '<h3>Ada</h3><p>Born in 1815.</p>'
    """
    tables = (
        f"<h4>{escape(title.replace('_', ' ').capitalize())}</h4>{table(frame)}"
        for title, frame in parts.items()
        if isinstance(frame, pl.DataFrame) and frame.height
    )
    return f"<h3>{escape(name)}</h3>{paragraphs(words)}{''.join(tables)}"


def folded(title: str, text: str) -> str:
    """Return a text as it is, such as a query, that opens with a click on its title; nothing if it is empty.

    >>> folded("Cypher", "RETURN 1 < 2")
    '<details><summary>Cypher</summary><pre>RETURN 1 &lt; 2</pre></details>'
    """
    return f"<details><summary>{escape(title)}</summary><pre>{escape(text)}</pre></details>" if text else ""


def inside(page: str, title: str) -> str:
    """Return a whole page to be shown inside the notebook, with its own scripts, style and policy."""
    return (
        f'<iframe srcdoc="{escape(page)}" title="{escape(title)}" sandbox="{ALLOWED}" '
        f'style="width: 100%; height: {HEIGHT}px; border: 1px solid #8884"></iframe>'
    )


def picture(svg: bytes, words: str) -> str:
    """Return a drawing to be shown as a picture: nothing in it runs."""
    data = base64.b64encode(svg).decode()
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(words)}" style="max-width: 100%">'
