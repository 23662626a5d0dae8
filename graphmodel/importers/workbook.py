"""The tidy folder as one workbook: a sheet for each file, with drop-down lists and explanations.

A list offers the values that the schema allows, or the ids that stand on another sheet. What each column takes is said
in a note on its header, and on the first sheet, which is for reading only.
"""

import io
from typing import Any

from graphmodel import values
from graphmodel.errors import UsageProblem
from graphmodel.importers import tidy
from graphmodel.importers.tidy_parts import EXPLANATIONS, sheet_name
from graphmodel.records import ElementType
from graphmodel.schema import NodeType, Schema

ROWS = 10_000
EXPLAINED = ("sheet", "column", "what it is", "what it takes", "example")


def template(schema: Schema) -> bytes:
    """Return an empty workbook whose sheets are the tidy tables.

    Raises
    ------
    UsageProblem
        If XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]
    except ImportError as error:
        raise UsageProblem("A workbook needs XlsxWriter. Install it: pip install XlsxWriter.") from error
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        _explain(book, schema)
        for type_ in schema.files.values():
            _sheet(book, type_, schema)
    return content.getvalue()


def _explain(book: Any, schema: Schema) -> None:
    """Write the sheet that explains all columns."""
    sheet = book.add_worksheet(EXPLANATIONS)
    sheet.write_row(0, 0, EXPLAINED, book.add_format({"bold": True}))
    row = 1
    for type_ in schema.files.values():
        for name in tidy.columns(type_, schema):
            sheet.write_row(row, 0, [sheet_name(type_), name, *_about(type_, name, schema)])
            row += 1
    sheet.set_column(0, 1, 28)
    sheet.set_column(2, 4, 44)
    sheet.freeze_panes(1, 0)


def _about(type_: ElementType, name: str, schema: Schema) -> tuple[str, str, str]:
    """Say what a column is, what it takes, and an example."""
    item = next((item for item in type_.properties if item.name == name), None)
    if item is not None:
        return item.doc, values.expected(item), item.example
    if name == "source":
        return "where the row comes from", f"an id on the sheet {_target(type_, name, schema)}", "handbook"
    several = isinstance(type_, NodeType)
    sheet = _target(type_, name, schema)
    takes = f'ids on the sheet {sheet}, separated by "|"' if several else f"an id on the sheet {sheet}"
    label = next(node.label for node in schema.nodes if sheet_name(node) == sheet)
    return ("short-cut: the ends of relationships" if several else "one end"), takes, tidy.example_id(label)


def _target(type_: ElementType, name: str, schema: Schema) -> str:
    """Return the sheet on which the ids of a column stand; empty if it holds none."""
    if name == "source":
        return sheet_name(schema.node("Source"))
    if isinstance(type_, NodeType):
        shortcut = schema.shortcuts(type_.label).get(name)
        return sheet_name(schema.node(shortcut.end)) if shortcut else ""
    if name in type_.columns:
        return sheet_name(schema.node((type_.start, type_.end)[type_.columns.index(name)]))
    return ""


def _sheet(book: Any, type_: ElementType, schema: Schema) -> None:
    """Write one empty table: its header with notes, its lists, every cell as text."""
    sheet = book.add_worksheet(sheet_name(type_))
    names = tidy.columns(type_, schema)
    sheet.set_column(0, len(names) - 1, 20, book.add_format({"num_format": "@"}))
    header = book.add_format({"bold": True, "bottom": 1})
    needed = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEBF7"})
    keys = type_.key[:1] if isinstance(type_, NodeType) else type_.columns
    for place, name in enumerate(names):
        what, takes, example = _about(type_, name, schema)
        note = "\n".join(line for line in (what, f"Takes {takes}.", example and f"Example: {example}") if line)
        sheet.write_string(0, place, name, needed if name in keys else header)
        sheet.write_comment(0, place, note, {"x_scale": 2})
        _list(sheet, place, type_, name, schema)
    sheet.freeze_panes(1, 1)


def _list(sheet: Any, place: int, type_: ElementType, name: str, schema: Schema) -> None:
    """Give a column its drop-down list: the choices of the schema, or the ids of another sheet."""
    item = next((item for item in type_.properties if item.name == name), None)
    target = _target(type_, name, schema)
    source: Any = list(item.choices) if item is not None and item.choices else f"={target}!$A$2:$A${ROWS}"
    if not target and (item is None or not item.choices):
        return
    is_list = isinstance(type_, NodeType) and name != "source" and bool(target)
    sheet.data_validation(
        *(1, place, ROWS, place),
        {
            "validate": "list",
            "source": source,
            "ignore_blank": True,
            "error_type": "information" if is_list or target else "stop",
            "error_title": "Not in the list",
            "error_message": f"Several are separated by |. The ids stand on the sheet {target}."
            if target
            else "Choose one of the list.",
        },
    )
