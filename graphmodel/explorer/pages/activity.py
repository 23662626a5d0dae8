"""The page of an activity: who took part in which roles, when, where and on what."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel.api import profiles
from graphmodel.api.profiles import ActivityProfile
from graphmodel.explorer.render import number
from graphmodel.explorer.sections import Section, Thing, answer, every_statement, found, plain

NOTED = {"kind": "Kind", "started": "From", "ended": "Until", "status": "Status", "url": "Website", "note": "Note"}


def activity(request: Request) -> Response:
    """Show an activity, whatever the filter says; the filter stays for the links."""
    profile = found(request, "/activities", profiles.activity)
    return profile if isinstance(profile, Response) else answer(request, _thing(profile))


def _thing(profile: ActivityProfile) -> Thing:
    return Thing(
        id=profile.id,
        name=profile.name,
        sort="Activity",
        about=tuple(_about(profile)),
        figures=profile.figures,
        words=profile.words,
        sections=tuple(_sections(profile)),
    )


def _about(profile: ActivityProfile) -> Iterator[tuple[str, str]]:
    told = profile.about
    yield from ((heading, str(told[name])) for name, heading in NOTED.items() if name in told)
    if "budget" in told:
        yield "Budget", f"{number(told['budget'])} {told.get('currency', '')}".strip()


def _sections(profile: ActivityProfile) -> Iterator[Section]:
    yield plain("participants", "Who took part", profile.participants, "No participant is recorded.")
    yield plain("regions", "Where", profile.regions, "No region is recorded.")
    yield plain("subjects", "On what", profile.subjects, "No competence area is recorded.")
    yield plain("wholes", "Part of", profile.wholes)
    yield plain("parts", "Its parts", profile.parts)
    yield plain("sources", "Sources", profile.sources, "No source is named.")
    yield every_statement(profile.statements)


ROUTES = (Route("/activity", activity),)
