"""`graphmodel resolve`: the same organization under several names."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.options import opened, output, quiet, say, store
from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    import polars as pl

    from graphmodel.records import Reject
    from graphmodel.resolution import Judgement, Resolution

REJECTS = "graphmodel.resolve.rejects"

Pairs = tuple[tuple[str, str], ...]

judgements_file = click.option(
    "--judgements",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="GRAPHMODEL_JUDGEMENTS",
    show_envvar=True,
    help="The file of judgements; judgements.csv beside the store if not said.",
)


def _pair(name: str, help: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(name, nargs=2, multiple=True, metavar="FIRST SECOND", help=help)


def _failing_on_rejects(function: Callable[..., Any]) -> Callable[..., None]:
    """End with 1 if a line of the judgements does not hold, after all is written."""

    @wraps(function)
    def command(*args: Any, **options: Any) -> None:
        function(*args, **options)
        if click.get_current_context().meta.get(REJECTS):
            raise click.exceptions.Exit(1)

    return command


@click.command(short_help="Find organizations that may be the same, and say which are.")
@store
@judgements_file
@_pair("--accept", "They are the same.")
@_pair("--reject", "They are not the same.")
@_pair("--part-of", "The first is part of the second.")
@click.option("--note", default="", help="Why; kept with the judgement.")
@click.option("--by", envvar=["GRAPHMODEL_BY", "USER", "USERNAME"], show_envvar=True, default="", help="Who says so.")
@click.option(
    "--automatic",
    type=click.FloatRange(0.9, 1),
    is_flag=False,
    flag_value=0.97,
    metavar="[THRESHOLD]",
    help="Accept what scores so much and nothing speaks against, marked as automatic; 0.97 if not said.",
)
@click.option("--names", metavar="ORGANIZATION", help="List all names, acronyms and references of one organization.")
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.75, show_default=True, help="Least score to list.")
@click.option("--all", "every", is_flag=True, help="List those that are judged already, too.")
@quiet
@_failing_on_rejects
@output
def command(
    store: str,
    judgements: Path | None,
    accept: Pairs,
    reject: Pairs,
    part_of: Pairs,
    note: str,
    by: str,
    automatic: float | None,
    names: str | None,
    min_score: float,
    every: bool,
    quiet: bool,
) -> "pl.DataFrame | None":
    """Find organizations that may be the same, with the reasons, and say which are.

    Judgements are lines of a CSV file that can be kept in git: first, second, judgement (same, not the same, part of),
    note, by, date. They hold at once; delete a line to undo it. The data itself stays as it is.

    \b
    Example:
      graphmodel resolve --limit 20
      graphmodel resolve --accept XM-DAC-41301 fao --note "their website says so"
      graphmodel resolve --automatic 0.98
      graphmodel resolve --names fao
    """
    said = {"same": accept, "not the same": reject, "part of": part_of}
    judging = any(said.values())
    if judging + (automatic is not None) + (names is not None) > 1:
        raise UsageProblem("Give judgements, --automatic or --names: one of them at a time.")
    tell: Callable[[str], None] = (lambda message: None) if quiet else say
    with opened(store, judgements) as graph:
        resolution = graph.resolution()
        _tell_rejects(resolution)
        if names is not None:
            return resolution.names_of(_id(resolution, names))
        if judging:
            _judge(resolution, [_made(resolution, verdict, pair, note, by) for verdict, pair in _each(said)], tell)
            return None
        if automatic is not None:
            _accept(resolution, automatic, tell)
            return None
        return _listed(resolution.candidates(min_score), min_score, every, tell)


def _tell_rejects(resolution: "Resolution") -> None:
    """Say which lines of the file do not hold."""
    if resolution.rejects:
        click.get_current_context().meta[REJECTS] = True
        number = len(resolution.rejects)
        lines = "1 line does" if number == 1 else f"{number:,} lines do"
        say(f"{lines} not hold. Correct or delete in {resolution.path}:")
        for one in resolution.rejects:
            say(f"  {one}")


def _listed(found: "pl.DataFrame", min_score: float, every: bool, tell: Callable[[str], None]) -> "pl.DataFrame":
    """Return the candidates to list, and say what can be done with them."""
    listed = found if every else found.filter(found["judgement"].is_null())
    judged = len(found) - len(listed)
    if len(listed):
        number = "1 pair" if len(listed) == 1 else f"{len(listed):,} pairs"
        tell(f"{number} that may be the same. Judge with --accept FIRST SECOND, --reject or --part-of.")
    else:
        tell(f"No two organizations look like the same one, with a score of {min_score:g} or more.")
    if judged:
        tell(f"{judged:,} more judged already; --all lists them.")
    return listed


def _each(said: dict[str, Pairs]) -> list[tuple[str, tuple[str, str]]]:
    return [(verdict, pair) for verdict, pairs in said.items() for pair in pairs]


def _made(resolution: "Resolution", verdict: str, pair: tuple[str, str], note: str, by: str) -> "Judgement":
    from graphmodel.resolution import Judgement, Verdict

    first, second = (_id(resolution, given) for given in pair)
    return Judgement(first, second, Verdict(verdict), note, by, date.today())


def _judge(resolution: "Resolution", said: "list[Judgement]", tell: Callable[[str], None]) -> None:
    taken = resolution.judge(said)
    for one in said:
        tell(f"{one}: {'written to' if one in taken else 'follows already from'} {resolution.path}")


def _accept(resolution: "Resolution", threshold: float, tell: Callable[[str], None]) -> None:
    taken, refused = resolution.accept(threshold, date.today())
    for one in refused:
        tell(f"Left open: that {one.found} contradicts {_against(one)}.")
    if taken:
        number = "1 pair" if len(taken) == 1 else f"{len(taken):,} pairs"
        tell(f"{number} accepted as automatic in {resolution.path}. Delete a line to undo it.")
    else:
        tell(f"Nothing accepted: no open pair scores {threshold:g} or more with nothing that speaks against.")


def _against(refused: "Reject") -> str:
    return refused.expected.removeprefix("agreement with ")


def _id(resolution: "Resolution", given: str) -> str:
    from graphmodel import scope

    (found,) = scope.resolve([given], resolution.organizations, "Organization")
    return found
