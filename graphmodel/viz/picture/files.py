"""Pictures as PNG and PDF, made of the SVG text: by resvg and svg2pdf, which vl-convert brings with the font."""

import io
from importlib.util import find_spec
from typing import Any

from graphmodel.errors import UsageProblem
from graphmodel.viz.picture.sheet import WIDTH

SHARP = 2  # pixels of a PNG for each of the sheet
A4_WIDTH = 841.89  # points

MISSING = (
    "PNG and PDF need two more packages. Install them: pip install vl-convert-python pypdf. Or write .svg, which needs "
    "nothing."
)


NEEDED = {"png": ("vl_convert",), "pdf": ("vl_convert", "pypdf")}


def can_make(form: str) -> bool:
    """Return whether what a form needs is installed.

    >>> can_make("svg")
    True
    """
    return all(find_spec(name) for name in NEEDED.get(form, ()))


def png(svg: str) -> bytes:
    """Return the picture in pixels, two for each of the sheet."""
    try:
        import vl_convert
    except ImportError:
        raise UsageProblem(MISSING) from None
    return vl_convert.svg_to_png(svg, scale=SHARP)


def pdf(svg: str, title: str) -> bytes:
    """Return the picture as one page that is A4 at the usual width; text stays text."""
    try:
        import pypdf
        import vl_convert
    except ImportError:
        raise UsageProblem(MISSING) from None
    reader = pypdf.PdfReader(io.BytesIO(vl_convert.svg_to_pdf(svg)))
    _put_in_order(reader.trailer["/Root"], set())
    writer = pypdf.PdfWriter(clone_from=reader)
    writer.pages[0].scale_by(A4_WIDTH / WIDTH)
    writer.pages[0].compress_content_streams()
    writer.add_metadata({"/Title": title, "/Creator": "graphmodel"})
    writer.root_object[pypdf.generic.NameObject("/Lang")] = pypdf.generic.TextStringObject("en")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _put_in_order(value: Any, seen: set[int]) -> None:
    """Sort the entries of all dictionaries: svg2pdf writes them in an order that chance decides."""
    value = value.get_object()
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, dict):
        entries = sorted(value.items())
        value.clear()
        value.update(entries)
        parts = [part for _, part in entries]
    else:
        parts = value if isinstance(value, list) else []
    for part in parts:
        _put_in_order(part, seen)
