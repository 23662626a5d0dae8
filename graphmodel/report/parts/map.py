"""The map: as a picture on the page, and beside it as a page to explore."""

import re

from graphmodel import api
from graphmodel.report.part import Part
from graphmodel.report.subject import Subject

WIDTH = 1_000  # at which the smallest letters are 5 points high on the page
PROLOGUE = re.compile(r"^<\?xml[^>]*>\s*")


def map_(subject: Subject) -> Part | None:
    """Return the map of the alliances; nothing where there are none."""
    if not subject.shown.size():
        return None
    picture = api.draw_as(subject.shown, "svg", look(subject), width=WIDTH, bare=True).decode()
    return Part("map", "Map", picture=PROLOGUE.sub("", picture), side=1)


def look(subject: Subject) -> api.Look:
    """Return how the map of a report looks."""
    return api.Look(title="Alliances", centre=subject.shown.graph.get("centre"))
