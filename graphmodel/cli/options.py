"""What several commands share: the store, the filter of a network, and how a table leaves the program."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    import polars as pl

    from graphmodel.api import Filter, Graph

F = TypeVar("F", bound=Callable[..., Any])

store = click.option(
    "--store",
    envvar="GRAPHMODEL_STORE",
    show_envvar=True,
    default="",
    metavar="FILE|neo4j://HOST",
    help="Where the graph is kept; graphmodel.lbug here if not said.",
)
force = click.option("--force", is_flag=True, help="Replace a file that is there already.")
methods = click.option("--methods", is_flag=True, help="Print how it is done, as a paragraph for a report, instead.")
hide = click.option(
    "--hide",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Organizations that must not appear, one on each line.",
)
pseudonyms = click.option(
    "--pseudonyms", is_flag=True, help="Show those of --hide without their names, not leave them out."
)
quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but what was asked for.")


def to_path(help: str, default: str = "") -> Callable[[F], F]:
    """Give a command `-o`, as `path`: a file, where it need not be said; else a file or a folder."""
    named: dict[str, Any] = {"default": default, "show_default": True} if default else {"required": True}
    kind = click.Path(dir_okay=not default, path_type=Path)
    return click.option("-o", "--output", "path", type=kind, help=help, **named)


@contextmanager
def opened(address: str, judgements: Path | None = None) -> Iterator["Graph"]:
    """Open the graph for one command."""
    from graphmodel import api

    with api.open(address, judgements=judgements) as graph:
        yield graph


def say(message: str) -> None:
    """Tell the person something that is not data: on stderr."""
    click.echo(message, err=True)


FORMATS = ("table", "csv", "json", "ndjson", "parquet", "xlsx")


@dataclass(frozen=True)
class Destination:
    """Where a table goes, in which format, and how many of its rows."""

    limit: int | None
    format: str
    path: Path | None
    force: bool

    def write(self, frame: "pl.DataFrame") -> None:
        """Write a table to the file, or to stdout."""
        from graphmodel.cli.tables import write

        write(frame.head(self.limit) if self.limit else frame, self.format, self.path, force=self.force)


def output(function: F) -> F:
    """Give a command `--limit`, `--format`, `-o`, `--force`; what it returns, a frame, is written accordingly."""

    @to_destination
    @wraps(function)
    def command(*args: Any, destination: Destination, **options: Any) -> None:
        frame: pl.DataFrame | None = function(*args, **options)
        if frame is not None:
            destination.write(frame)

    return cast(F, command)


def to_destination(function: F) -> F:
    """Give a command `--limit`, `--format`, `-o`, `--force`, and pass what they say as `destination`."""

    @click.option("--limit", type=click.IntRange(1), help="Only the first rows.")
    @click.option(
        "--format", "format_", type=click.Choice(FORMATS), help="Default: table; with -o, what the name ends in."
    )
    @click.option("-o", "--output", "path", type=click.Path(path_type=Path), help="Write to a file.")
    @force
    @wraps(function)
    def command(
        *args: Any, limit: int | None, format_: str | None, path: Path | None, force: bool, **options: Any
    ) -> None:
        from graphmodel.cli.tables import chosen_format

        kind = chosen_format(format_, path)
        if path is not None:
            from graphmodel.files import refuse_existing

            refuse_existing(path, force=force)
        function(*args, destination=Destination(limit, kind, path, force), **options)

    return cast(F, command)


class Day(click.ParamType[date]):
    """A day as 2021-01-31, or a year, which means its first day, or its last where the option is an end."""

    name = "day"

    def __init__(self, *, end: bool = False) -> None:
        """Remember which end of a year is meant."""
        self.end = end

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        text = f"{value}-12-31" if self.end and len(value) == 4 else f"{value}-01-01" if len(value) == 4 else value
        try:
            return datetime.strptime(text, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f'"{value}" is no day. Write it as 2021-01-31, or a year as 2021.', param, context)


def _option(flag: str, name: str = "", **settings: Any) -> tuple[str, tuple[str, Callable[[Any], Any]]]:
    name = name or flag.replace("-", "_")
    return name, (flag, click.option(f"--{flag}", name, **settings))


_FILTERS = dict(
    (
        _option("region", "regions", multiple=True, help="Activities there, or in any region under it."),
        _option("competence", "competence_areas", multiple=True, help="Activities on it, or on any area under it."),
        _option("kind", "kinds", multiple=True, help="Organizations of this kind."),
        _option("activity-kind", "activity_kinds", multiple=True, help="Activities of this kind."),
        _option("role", "roles", multiple=True, help="Participations in this role."),
        _option("since", type=Day(), help="Active on this day or later; a year or a day."),
        _option("until", type=Day(end=True), help="Active on this day or earlier."),
        _option("as-of", type=Day(), help="Active on this very day."),
        _option(
            "window",
            type=click.Choice([3, 5, 7]),
            default=5,
            show_default=True,
            help="Years that an activity without an end is presumed to last.",
        ),
        _option("exclude", multiple=True, help="Leave an organization out."),
        _option("roll-up", is_flag=True, help="Count a body that is judged to be part of another as that one."),
        _option("min", "min_shared", type=click.IntRange(0), default=0, help="At least so many shared activities."),
    )
)
"""The options of a filter by the fields of `graphmodel.api.Filter`, each with its flag."""


def given_flags(within: "Filter") -> list[str]:
    """Return the options of a filter that ask for something.

    >>> from graphmodel.api import Filter
    >>> given_flags(Filter(regions=("Africa",), window=7))
    ['--region', '--window']
    """
    return [f"--{flag}" for name, (flag, _) in _FILTERS.items() if getattr(within, name) != getattr(type(within), name)]


def refuse_filters(within: "Filter", word: str | Path, verb: str) -> None:
    """Refuse a filter where rows are drawn or analysed as they are."""
    if flags := given_flags(within):
        raise UsageProblem(
            f"Leave out {', '.join(flags)}: --from {verb}s the rows of {word} as they are. To {verb} a part of the "
            "alliances, list it first: graphmodel alliances, with the same options, -o ties.csv."
        )


def filters(leave_out: Collection[str] = ()) -> Callable[[F], F]:
    """Give a command the options of a filter, and pass what they say as `within`.

    An option of the command's own that is named like one of the filter takes its place: name it in `leave_out`.
    """

    def filtered(function: F) -> F:
        @wraps(function)
        def command(*args: Any, **options: Any) -> Any:
            from graphmodel.api import Filter

            within = Filter(**{name: options.pop(name) for name in offered})
            return function(*args, within=within, **options)

        for add in reversed(offered.values()):
            command = add(command)
        return cast(F, command)

    offered = {name: add for name, (flag, add) in _FILTERS.items() if flag not in leave_out}
    return filtered
