"""The questions: all of them as a list, and each as a form with its answer."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel.api import questions as asking
from graphmodel.api.questions import QUESTIONS, Answer, Field, Question
from graphmodel.errors import GraphmodelError, StoreMissing
from graphmodel.explorer import tables
from graphmodel.explorer.asking import Asked, parameter
from graphmodel.explorer.parameters import filled
from graphmodel.explorer.parts import in_parts, is_wanted
from graphmodel.explorer.render import is_part, page, reading

GROUPS = {
    "Our partnerships": (1, 4, 2, 13, 15),
    "Who depends on whom": (12, 16, 6),
    "New partners": (3, 8, 9, 14, 21, 23),
    "Who connects whom": (5, 10, 11, 28),
    "Where, on what, for whom": (27, 7, 22, 20, 25, 26),
    "What the data say": (17, 18, 19),
    "To take along": (24,),
}
"""What the questions are about, with their numbers."""

FILTERED = ("region", "competence")
"""Fields that the filter answers where they are left empty."""

KNOWN = 60  # values that a field lists


def listed(request: Request) -> Response:
    """Show the questions, or those that have some words."""
    text = request.query_params.get("text", "").strip()
    groups = {
        title: found
        for title, numbers in GROUPS.items()
        if (found := [QUESTIONS[number] for number in numbers if _has(QUESTIONS[number], title, text)])
    }
    return page(request, "questions.html", groups=groups, text=text, number=sum(map(len, groups.values())))


def _has(question: Question, title: str, text: str) -> bool:
    """Tell whether a question has all the words of a text, in what it asks or in what answers it."""
    there = " ".join([str(question.number), title, question.sentence, *(way.sentence for way in question.ways)]).lower()
    return all(word in there for word in text.lower().split())


def question(request: Request) -> Response:
    """Show a question as a form, and below it the answer, or the answer as a file."""
    asked = Asked.of(request.query_params)
    reading(request).kept("status", lambda graph: graph.status())
    missing = asked.missing
    told = _told(request, asked) if not missing and is_wanted(request) else {}
    frame = told["answer"].table if told.get("answer") else None
    if frame is not None and (file := tables.download(frame, request, asked.name)):
        return file
    values = {
        "asked": asked.parameters,
        "question": asked.question,
        "ways": asked.question.ways,
        "place": asked.place,
        "which": asked.which,
        "fields": [_shown(request, asked, field) for field in asked.fields],
        "missing": [field.title for field in missing],
        "is_asked": bool(asked.given),
        "is_of_network": asked.is_of_network,
        "code": 400 if told.get("problem") and not is_part(request) else 200,
    }
    return in_parts(request, "question.html", "answer.html", lambda: told, **values)


def _told(request: Request, asked: Asked) -> dict[str, Any]:
    """Return what the answer is shown with, or why there is none."""
    try:
        found = asked.answer(reading(request))
    except StoreMissing:
        raise
    except GraphmodelError as error:
        return {"problem": str(error)}
    return {
        "problem": "",
        "answer": found,
        "sentences": _sentences(request, asked, found),
        "table": None if found.table is None else tables.shown(found.table, request),
        "cypher": _cypher(request, asked, found),
        "report": asked.report,
    }


def _sentences(request: Request, asked: Asked, found: Answer) -> list[str]:
    """Leave out what stands elsewhere on the page: the literature, commands, what is to be known of the network."""
    if asked.report:
        return []
    said = [sentence for sentence in found.sentences if not sentence.startswith("Sources: ")]
    if not asked.is_of_network or found.within != asked.view.filter:
        return said
    caveats = reading(request).projection(found.within).caveats
    return [sentence for sentence in said if sentence not in caveats]


def _cypher(request: Request, asked: Asked, found: Answer) -> dict[str, str]:
    """Return the parameters of the address that puts the query of an answer into the box, values and all."""
    if not found.cypher:
        return {}
    with reading(request).graph() as graph:
        understood = asking.understand(graph, asked.way, asked.view.filter, asked.given)
    return filled(found.cypher, understood.values)


def _shown(request: Request, asked: Asked, field: Field) -> dict[str, Any]:
    """Return what a form needs to know of a field."""
    given = asked.given.get(field.name, [])
    known = field.known if not field.is_node else ""
    is_filtered = field.name in FILTERED and bool(getattr(asked.view, field.name))
    return {
        "field": field,
        "otherwise": "As the filter says" if is_filtered else field.default,
        "name": parameter(field),
        "label": field.known if field.is_node else "",
        "given": given,
        "value": given[-1] if given else "",
        "known": _known(request, field) if known else [],
        "is_needed": field in asked.missing,
        "is_first": field.required or field.is_node or field.type == "day" or bool(given),
    }


def _known(request: Request, field: Field) -> list[str]:
    def work(graph: Any) -> list[str]:
        return [one.value for one in asking.suggestions(graph, field, most=KNOWN)]

    values: list[str] = reading(request).kept(("known", field.known), work)
    return values


ROUTES = (Route("/questions", listed), Route("/question", question))
