"""The map as a picture for a report: SVG by our own writer, PNG and PDF made of it."""

from collections.abc import Collection

from graphmodel.errors import UsageProblem, suggestion
from graphmodel.viz.elements import Scene
from graphmodel.viz.picture import files
from graphmodel.viz.picture.colors import THEMES
from graphmodel.viz.picture.sheet import WIDTH, compose
from graphmodel.viz.picture.svg import clean

FORMS = ("svg", "png", "pdf")
NARROWEST, WIDEST = 800, 5_000


def draw(scene: Scene, form: str = "svg", *, width: int = WIDTH, theme: str = "light", bare: bool = False) -> bytes:
    """Return the map as a picture that has the shape of A4 on its side. The same scene gives the same bytes.

    Parameters
    ----------
    scene: what the picture shows.
    form: "svg", "png" or "pdf".
    width: of the sheet in pixels. Letters keep their size: a wider sheet has room for more names. A PNG has two
        pixels for each of the sheet; a PDF is A4 at 1,400, A3 at 1,980 and A2 at 2,800.
    theme: "light" or "dark".
    bare: without heading and provenance, for a page that tells both; a PDF of it is not A4.

    Raises
    ------
    UsageProblem
        If the form, the width or the theme is not one of these, or if PNG and PDF cannot be made because the
        packages are not installed that they need.

    Notes
    -----
    Latin, Greek and Cyrillic letters look the same on every machine, because vl-convert brings Liberation Sans; other
    scripts are drawn with a font of the machine that has them.
    """
    _refuse_unknown("form", form, FORMS)
    _refuse_unknown("theme", theme, THEMES)
    if not NARROWEST <= width <= WIDEST:
        raise UsageProblem(f"A picture is {NARROWEST:,} to {WIDEST:,} pixels wide, not {width:,}: change --width.")
    svg = compose(scene, width, theme, bare=bare)
    if form == "png":
        return files.png(svg)
    return files.pdf(svg, clean(scene.title)) if form == "pdf" else svg.encode()


def _refuse_unknown(what: str, given: str, known: Collection[str]) -> None:
    if given not in known:
        raise UsageProblem(
            f'A picture has no {what} "{given}".{suggestion(given, known)} Choose one of: {", ".join(known)}.'
        )
