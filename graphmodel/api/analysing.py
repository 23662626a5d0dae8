"""Analyses of some of the ties: those that are more than chance, or those in a file."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel import analysis
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted
from graphmodel.analysis.significance import STANDARD
from graphmodel.api import saved, telling
from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    from graphmodel.api.graph import Graph
    from graphmodel.api.projection import Projection


def of_significant(projection: "Projection", name: str, options: Mapping[str, Any]) -> Finding:
    """Run an analysis on the ties that are more than chance.

    Raises
    ------
    UsageProblem
        If it cannot; and as `graphmodel.analysis.run`.
    """
    refuse_of_some(name)
    kept, ties = projection.significant()
    found = analysis.run(name, replace(projection.partnerships, given=kept), **options)
    number = f"{len(kept):,} of {counted(ties, 'alliance')}"
    return _told(
        found, f"Only those that are more than chance ({telling.tested_by(STANDARD)}) were looked at: {number}."
    )


def of_file(
    graph: "Graph", name: str, path: Path, options: Mapping[str, Any], *, significant: bool = False, alone: bool = False
) -> Finding:
    """Run an analysis on the ties in a file.

    Parameters
    ----------
    graph : Graph
        What else is known of the organizations, and of their activities where the analysis looks at these.
    name : str
    path : path
        A table or a folder of Parquet files, as `graphmodel alliances -o` writes it.
    options : mapping
        Of the analysis.
    significant : bool
        Only ties that the file says are more than chance.
    alone : bool
        Whether the file is enough where nothing was loaded.

    Raises
    ------
    DataProblem
        If it is no such table, or names organizations that are not in the graph where these must be.
    UsageProblem
        If the analysis cannot; and as `graphmodel.analysis.run`.
    """
    refuse_of_some(name)
    if analysis.describe(name).takes == "network":
        made = graph.network_of_file(path, alone=alone)
        made = saved.significant(made) if significant else made
        found, number = analysis.run(name, made, **options), made.size()
    else:
        projection = graph.project()
        ties = saved.ties_of(path, projection.organizations, significant=significant)
        found, number = analysis.run(name, replace(projection.partnerships, given=ties), **options), len(ties)
    which = " that are more than chance" if significant else ""
    return _told(found, f"Looked at were the ties in {path.name}{which}: {number:,}.")


def refuse_of_some(name: str) -> None:
    """Refuse an analysis that cannot look at some ties.

    Raises
    ------
    UsageProblem
        The message names those that do.
    """
    at = {"all": "all ties", "none": "what organizations took part in"}.get(analysis.describe(name).ties)
    if at:
        raise UsageProblem(
            f"The analysis {name} looks at {at}, and cannot be asked of some ties (--from, --only significant). Those "
            f"that can: {', '.join(sorted(analysis.OF_TIES))}."
        )


def _told(found: Finding, sentence: str) -> Finding:
    """Say which ties were looked at, in what was found and in how."""
    return replace(found, words=(sentence, *found.words), method=f"{sentence} {found.method}")
