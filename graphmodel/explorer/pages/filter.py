"""The filter as a form, and what is to be known of the network within it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel.api.choices import Listed
from graphmodel.errors import GraphmodelError
from graphmodel.explorer.chips import chips
from graphmodel.explorer.render import is_part, page, reading
from graphmodel.explorer.view import View, place

MANY = 400  # choices from which on a list of them is of no use
GROUPS = {
    "world": "World",
    "region": "Regions",
    "subregion": "Subregions",
    "country": "Countries",
    "place": "Places",
    "field": "Fields",
    "sector": "Sectors",
    "goal": "Goals",
    "framework": "Frameworks",
    "segment": "Segments of society",
    "": "Others",
}


def form(request: Request) -> Response:
    """Show what can be chosen: inside another page, or as a page for those without JavaScript."""
    view = View.of(request.query_params)
    path, asked = place(request.query_params.get("to", "/"))
    choices = reading(request).choices()
    return page(
        request,
        "filter_form.html" if is_part(request) else "filter.html",
        path=path,
        asked=asked,
        choices=choices,
        listed={"region": _short(choices.regions), "competence": _short(choices.competence_areas)},
        chosen=chips(view, reading(request)),
        groups=GROUPS,
    )


def _short(listed: Listed) -> Listed:
    """Leave out the places where there are too many to choose from."""
    many = sum(len(nodes) for _, nodes in listed) > MANY
    return tuple((kind, nodes) for kind, nodes in listed if not (many and kind == "place"))


def caveats(request: Request) -> Response:
    """Say what is to be known of the network within the filter; a filter that is wrong the page itself tells of."""
    view = View.of(request.query_params)
    path, asked = place(request.query_params.get("to", "/"))
    try:
        projection = reading(request).projection(view.filter)
        hubs, remarks = projection.hubs.to_dicts(), projection.remarks
    except GraphmodelError:
        hubs, remarks = [], ()
    return page(request, "caveats.html", hubs=hubs, remarks=remarks, path=path, asked=asked)


ROUTES = (Route("/filter", form), Route("/caveats", caveats))
