"""Candidates: pairs of organizations that may be the same, with a score, and what speaks for and against in words."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from graphmodel.resolution.blocks import pairs
from graphmodel.resolution.circumstances import circumstances
from graphmodel.resolution.evidence import Finding
from graphmodel.resolution.identity import UNJUDGED, Identity
from graphmodel.resolution.judgements import AUTOMATIC, Judgement, Verdict
from graphmodel.resolution.naming import naming
from graphmodel.resolution.profiles import Known, Profile, known

LEAST_SCORE = 0.75
"""Candidates of less are seldom the same."""

LEAST_AUTOMATIC = 0.9
"""Below this, nobody may accept without looking."""

COLUMNS = dict.fromkeys(("first", "first_name", "second", "second_name"), pl.String()) | {
    "score": pl.Float64(),
    "reasons": pl.String(),
    "conflicts": pl.String(),
    "judgement": pl.String(),
}


def candidates(
    organizations: pl.DataFrame,
    participations: pl.DataFrame | None = None,
    *,
    identity: Identity = UNJUDGED,
    places: Iterable[str] = (),
    min_score: float = LEAST_SCORE,
) -> pl.DataFrame:
    """Return the pairs of organizations that may be the same.

    Parameters
    ----------
    organizations : polars.DataFrame
        id, name; optional acronym, country, founded, latitude, longitude, url.
    participations : polars.DataFrame, optional
        organization, activity: for partners in common.
    identity : Identity
        What was judged already.
    places : iterable of str
        Names of places, beside those of countries, that tell a branch from another.
    min_score : float
        From 0 to 1. A score is what the evidence makes of even odds; it is no measured probability.

    Returns
    -------
    polars.DataFrame
        first, first_name, second, second_name : where one is a branch of the other, the branch comes first
        score : 0 to 1
        reasons, conflicts : what speaks for it, and against it, in words
        judgement : same, not the same or part of, where that was judged or follows; else null

        Sorted by score, highest first, then by the ids.

    Examples
    --------
    >>> names = ["Acme GmbH", "ACME", "Apex"]
    >>> frame = pl.DataFrame({"id": ["a", "b", "c"], "name": names, "country": ["DE", "DE", "DE"]})
    >>> candidates(frame).select("first", "second", "reasons").rows()
    [('a', 'b', 'same name without legal form; same country')]
    """
    all_known = known(organizations, participations, places)
    rows = []
    for one, other in ((all_known.profiles[a], all_known.profiles[b]) for a, b in pairs(all_known)):
        found = compare(one, other, all_known)
        if found.score >= min_score:
            rows.append(_row(one, other, found, identity))
    frame = pl.DataFrame(rows, schema=COLUMNS, orient="row")
    return frame.sort("score", "first", "second", descending=[True, False, False])


def compare(one: Profile, other: Profile, known: Known) -> Finding:
    """Return all that speaks for and against two organizations being the same."""
    named = naming(one, other, known)
    return Finding((*named.evidence, *circumstances(one, other, known)), named.branch)


def _row(one: Profile, other: Profile, found: Finding, identity: Identity) -> tuple[str | float | None, ...]:
    first, second = (other, one) if found.branch == other.id else (one, other)
    verdict = identity.verdict(first.id, second.id)
    told = (round(found.score, 4), found.reasons, found.conflicts)
    return first.id, first.name, second.id, second.name, *told, verdict.value if verdict else None


def automatic(candidates: pl.DataFrame, threshold: float, day: date) -> list[Judgement]:
    """Return the judgements that nobody has to look at: not judged yet, nothing speaks against, and a high score.

    They are marked: `by` is `automatic`. Whether they agree with what is judged, `agreeing` tells.
    """
    clear = candidates.filter(
        pl.col("score") >= threshold, pl.col("conflicts") == "", pl.col("judgement").is_null()
    ).select("first", "second", "score", "reasons")
    return [
        Judgement(first, second, Verdict.SAME, f"{score:.2f}: {reasons}", AUTOMATIC, day)
        for first, second, score, reasons in clear.iter_rows()
    ]
