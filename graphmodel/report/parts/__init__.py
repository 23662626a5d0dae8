"""The parts of a report, in the order of the page. One more part is one more file here, and one more line below."""

from collections.abc import Callable

from graphmodel.report.part import Part
from graphmodel.report.parts.alliances import alliances
from graphmodel.report.parts.brokers import brokers
from graphmodel.report.parts.changes import changes
from graphmodel.report.parts.figures import figures
from graphmodel.report.parts.gaps import gaps
from graphmodel.report.parts.map import map_
from graphmodel.report.parts.organizations import organizations
from graphmodel.report.parts.quality import quality
from graphmodel.report.parts.recommendations import recommendations
from graphmodel.report.parts.sources import sources
from graphmodel.report.subject import Subject

PARTS: tuple[Callable[[Subject], Part | None], ...] = (
    figures,
    map_,
    alliances,
    gaps,
    brokers,
    recommendations,
    changes,
    quality,
    sources,
    organizations,
)
"""Each takes what is reported on, and gives a part, or None where it has nothing to say."""
