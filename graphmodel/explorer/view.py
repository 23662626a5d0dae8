"""What a reader looks at: the part of the network that stays chosen while going from page to page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import QueryParams

from graphmodel.api import Filter
from graphmodel.errors import UsageProblem


@dataclass(frozen=True)
class View:
    """The filter of a reader, as the address of each page has it. Every field is the name of a parameter there.

    Examples
    --------
    >>> view = View.of(QueryParams("region=africa&kind=ngo&kind=foundation&since=2015"))
    >>> view.region, view.kind, view.filter.since
    (('africa',), ('ngo', 'foundation'), datetime.date(2015, 1, 1))
    >>> view.link("/organization", id="icom")
    '/organization?region=africa&kind=ngo&kind=foundation&since=2015&id=icom'
    """

    region: tuple[str, ...] = ()
    competence: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    exclude: tuple[str, ...] = ()

    @classmethod
    def of(cls, parameters: QueryParams) -> Self:
        """Read the filter out of an address."""
        several = {name: tuple(filter(None, parameters.getlist(name))) for name in SEVERAL}
        return cls(**several, since=parameters.get("since", ""), until=parameters.get("until", ""))

    @classmethod
    def at(cls, address: str) -> Self:
        """Read the filter out of an address that is written out."""
        return cls.of(QueryParams(address.partition("?")[2].partition("#")[0]))

    @property
    def filter(self) -> Filter:
        """The part of the network that is meant.

        Raises
        ------
        UsageProblem
            If a year is none.
        """
        return Filter(
            regions=self.region,
            competence_areas=self.competence,
            kinds=self.kind,
            roles=self.role,
            exclude=self.exclude,
            since=_day(self.since, "-01-01"),
            until=_day(self.until, "-12-31"),
        )

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == View()

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The filter as parameters of an address."""
        given = ((one.name, getattr(self, one.name)) for one in fields(self))
        return [(name, text) for name, value in given for text in _texts(value) if text]

    def without(self, name: str, value: str) -> Self:
        """Return the filter without one of its values."""
        left = tuple(text for text in _texts(getattr(self, name)) if text != value)
        changed: dict[str, Any] = {name: left if name in SEVERAL else ""}
        return replace(self, **changed)

    def with_(self, name: str, value: str) -> Self:
        """Return the filter with one more value."""
        given = getattr(self, name)
        changed: dict[str, Any] = {name: (*given, value) if name in SEVERAL else value}
        return self if name in SEVERAL and value in given else replace(self, **changed)

    def link(self, path: str, /, **more: Any) -> str:
        """Return the address of a page with this filter; what is None or empty is left out."""
        asked = [(name, str(text)) for name, value in more.items() for text in _texts(value) if text not in (None, "")]
        together = [*self.parameters, *asked]
        return f"{path}?{urlencode(together)}" if together else path


OWN = re.compile(r"/(?:[\w.-]+(?:/[\w.-]+)*)?", re.ASCII)  # paths of pages
NAMES = tuple(one.name for one in fields(View))
SEVERAL = tuple(one.name for one in fields(View) if one.default == ())


def others(parameters: QueryParams) -> dict[str, list[str]]:
    """Return what an address asks for beside the filter.

    >>> others(QueryParams("id=icom&region=africa&sort=-shared"))
    {'id': ['icom'], 'sort': ['-shared']}
    """
    return {name: parameters.getlist(name) for name in parameters if name not in NAMES}


def place(address: str) -> tuple[str, dict[str, list[str]]]:
    """Return the page of an address of ours and what it asks for beside the filter; the first page if it is none.

    >>> place("/organization?id=icom&region=africa")
    ('/organization', {'id': ['icom']})
    >>> place("//example.org/"), place("https://example.org")
    (('/', {}), ('/', {}))
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/", {}
    is_own = OWN.fullmatch(parts.path) and not parts.scheme and not parts.netloc
    return (parts.path, others(QueryParams(parts.query))) if is_own else ("/", {})


def _texts(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else [value]


def _day(text: str, end: str) -> date | None:
    """A day, or the first or last of a year; none where nothing is said."""
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}{end}" if len(text) == 4 else text)
    except ValueError:
        raise UsageProblem(f'"{text}" is no year. Write it as 2021, or a day as 2021-01-31.') from None
