"""The page of an organization: what it does, where, with whom, since when, and whom it should meet."""

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel import api
from graphmodel.api import profiles
from graphmodel.api.profiles import OrganizationProfile
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.render import reading
from graphmodel.explorer.sections import Section, Thing, answer, careful, every_statement, found, plain
from graphmodel.explorer.view import View
from graphmodel.importers import countries

HEAVY = 20_000  # participations above which a reader decides whether the whole network is gone through
LONG = "The whole network has to be gone through for this: with so many organizations it takes a minute or so."
DRAWN = 60  # partners up to which a picture is drawn
NOTED = {"acronym": "Acronym", "kind": "Kind", "founded": "Founded", "url": "Website", "note": "Note"}
MEETING = ("id", "name", "why", "against", "mutual", "activities", "first", "last", "score")


def organization(request: Request) -> Response:
    """Show an organization: its page, a section of it, or a picture of it and its partners."""
    profile = found(request, "/organizations", profiles.organization)
    if isinstance(profile, Response):
        return profile
    known, view = reading(request), View.of(request.query_params)
    if request.query_params.get("part") == "picture":
        return _picture(request, known, view, profile)
    return answer(request, _thing(known, view, known.projection(view.filter), profile))


def _thing(known: Reading, view: View, projection: api.Projection, profile: OrganizationProfile) -> Thing:
    links = (
        ("Map of its partners", view.link("/map", focus=profile.id)),
        ("Questions about it", view.link("/questions", organization=profile.id)),
        ("Report on it", view.link("/report", organization=profile.id)),
    )
    drawn = 0 < profile.partners.height <= DRAWN
    return Thing(
        id=profile.id,
        name=profile.name,
        sort="Organization",
        about=tuple(_about(profile)),
        figures=profile.figures,
        words=profile.words,
        sections=(*_at_once(profile), *_later(known, view, projection, profile)),
        links=links if profile.partners.height else links[1:],
        picture=view.link("/organization", id=profile.id, part="picture") if drawn else "",
    )


def _about(profile: OrganizationProfile) -> Iterator[tuple[str, str]]:
    told = profile.about
    yield from ((heading, str(told[name])) for name, heading in NOTED.items() if name in told)
    if "country" in told:
        country = countries.country(str(told["country"]))
        yield "Country", country.name if country else str(told["country"])
    if "status" in told:
        yield "Status", f"{told['status']}, since {told['status_since']}" if "status_since" in told else told["status"]
    if profile.first:
        years = (str(year) for year in dict.fromkeys((profile.first, profile.last)))
        yield "Active", " to ".join(years)
    others = [name for name in profile.names["name"].drop_nulls().unique(maintain_order=True) if name != profile.name]
    if others:
        yield "Also known as", "; ".join(others)
    if profile.names.height > 1:
        yield "Ids", "; ".join(profile.names["id"])


def _at_once(profile: OrganizationProfile) -> Iterator[Section]:
    yield plain("partners", "With whom", profile.partners, "No partner is recorded.")
    yield plain("activities", "What it takes part in", profile.activities, "No activity is recorded.")
    yield plain("regions", "Where", profile.regions, "No region is recorded.")
    yield plain("competences", "On what", profile.competences, "No competence area is recorded.")
    yield plain("agreements", "Formal agreements", profile.agreements)
    yield plain("memberships", "Memberships", profile.memberships)


def _later(known: Reading, view: View, projection: api.Projection, profile: OrganizationProfile) -> Iterator[Section]:
    """The sections that need the whole network."""
    id, name, within = profile.id, profile.name, view.filter
    before = LONG if projection.partnerships.incidence.height > HEAVY else ""

    def tested() -> api.Finding:
        return profiles.tested(known.alliances(within), profile.partners, id)

    def met() -> api.Finding:
        return known.finding("recommend", within, organization=id)

    def place() -> api.Finding:
        return profiles.place(known.finding("brokers", within), id, name)

    def group() -> api.Finding:
        return profiles.group(known.finding("communities", within), id, name)

    if profile.partners.height:
        yield Section("significance", "With whom", careful(tested), is_slow=True, place="partners")
    yield Section("meet", "Whom to meet, and why", careful(met), is_slow=True, columns=MEETING)
    yield Section("place", "Its place in the network", careful(place), is_slow=True, before=before)
    yield Section("group", "Its group", careful(group), is_slow=True, before=before)
    yield plain("sources", "Sources", profile.sources, "No source is named.")
    yield every_statement(profile.statements)


def _picture(request: Request, known: Reading, view: View, profile: OrganizationProfile) -> Response:
    theme = "dark" if request.query_params.get("theme") == "dark" else "light"

    def draw(_: Any) -> bytes:
        network = profiles.around(known.projection(view.filter), profile.id, profile.partners)
        look = api.Look(title=str(profile.about.get("acronym", profile.name)), layout="radial", centre=profile.id)
        return api.draw_as(network, "svg", look, width=1_000, theme=theme)

    content = known.kept(("picture", view.filter, profile.id, theme), draw)
    return Response(content, media_type="image/svg+xml")


ROUTES = (Route("/organization", organization),)
