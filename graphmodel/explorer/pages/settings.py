"""The pages of a region and of a competence area: who is active, what is done, how concentrated, what is missing."""

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel import api
from graphmodel.api import profiles
from graphmodel.api.profiles import SettingProfile
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.render import reading
from graphmodel.explorer.sections import Section, Thing, answer, careful, every_statement, found, plain
from graphmodel.explorer.view import View

LEVELS = ("region", "subregion", "country")
WORDS = {
    "Region": {
        "sort": "Region",
        "filter": "region",
        "wholes": "Lies in",
        "parts": "What lies in it",
        "others": "On what",
    },
    "CompetenceArea": {
        "sort": "Competence area",
        "filter": "competence",
        "wholes": "Part of",
        "parts": "Its parts",
        "others": "Where",
    },
}


def region(request: Request) -> Response:
    """Show a region."""
    return _shown(request, found(request, "/regions", profiles.region))


def area(request: Request) -> Response:
    """Show a competence area."""
    return _shown(request, found(request, "/areas", profiles.area))


def _shown(request: Request, profile: SettingProfile | Response) -> Response:
    if isinstance(profile, Response):
        return profile
    thing = _thing(reading(request), View.of(request.query_params), profile, WORDS[profile.label])
    return answer(request, thing)


def _thing(known: Reading, view: View, profile: SettingProfile, words: dict[str, str]) -> Thing:
    within = view.with_(words["filter"], profile.id)
    links = (
        ("Show only this", within.link("/")),
        ("Map of who is active", within.link("/map")),
        ("Report on it", within.link("/report")),
    )
    return Thing(
        id=profile.id,
        name=profile.name,
        sort=words["sort"],
        about=tuple(_about(profile)),
        figures=profile.figures,
        words=profile.words,
        sections=(*_at_once(profile, words), *_later(known, view, profile)),
        links=links,
    )


def _about(profile: SettingProfile) -> Iterator[tuple[str, str]]:
    for name, heading in {"kind": "Kind", "scheme": "Scheme", "iso2": "Country code"}.items():
        if name in profile.about:
            yield heading, str(profile.about[name])
    since, until = profile.years
    if since:
        yield "Activities", " to ".join(str(year) for year in dict.fromkeys((since, until)))


def _at_once(profile: SettingProfile, words: dict[str, str]) -> Iterator[Section]:
    yield plain("organizations", "Who is active", profile.organizations, "No organization is recorded.")
    yield plain("activities", "What is done", profile.activities, "No activity is recorded.")
    yield plain("others", words["others"], profile.others, "Nothing is recorded.")
    yield plain("parts", words["parts"], profile.parts)
    yield plain("wholes", words["wholes"], profile.wholes)


def _later(known: Reading, view: View, profile: SettingProfile) -> Iterator[Section]:
    within, options = view.filter, _options(profile)

    def concentration() -> api.Finding:
        return known.finding("concentration", within, **options["concentration"])

    def gaps() -> api.Finding:
        return known.finding("gaps", within, only="gaps", **options["gaps"])

    if profile.activities.height and options:
        yield Section("concentration", "How concentrated it is", careful(concentration), is_slow=True)
        yield Section("gaps", "Gaps", careful(gaps), is_slow=True)
    yield plain("sources", "Sources", profile.sources, "No source is named.")
    yield every_statement(profile.statements)


def _options(profile: SettingProfile) -> dict[str, dict[str, Any]]:
    """What the analyses are told, to look at this one; nothing where it is of no kind that they know."""
    kind, only = profile.about.get("kind", ""), (profile.id,)
    if profile.label == "Region":
        of_region = {"level": kind, "region": only}
        return {"concentration": of_region, "gaps": of_region} if kind in LEVELS else {}
    if not kind:
        return {}
    of_area = {"areas": kind, "competence": only}
    return {"concentration": {"level": "none", **of_area}, "gaps": of_area}


ROUTES = (Route("/region", region), Route("/area", area))
