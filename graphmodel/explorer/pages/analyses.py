"""The analyses: a list of them, and each as a form with its answer, made from its description as the command is."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel import analysis
from graphmodel.explorer.pages.questions import question
from graphmodel.explorer.render import page

OWN = {"gaps": "/gaps", "trends": "/trends"}
"""Analyses that have a page of their own beside the general one."""


def listed(request: Request) -> Response:
    """Show what there is."""
    described = [analysis.describe(name) for name in sorted(analysis.ANALYSES)]
    return page(request, "analyses.html", analyses=described, own=OWN)


ROUTES = (Route("/analyses", listed), Route("/analysis", question))
