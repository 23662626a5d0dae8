"""What a test of ties says in words, and the paragraph on its method for a report."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphmodel.analysis.phrases import counted
from graphmodel.analysis.significance.choices import Correction, Method, Tail, Test

NEARLY_COMPLETE = 0.9
"""Above this part of all pairs, that two are tied says little."""

CORRECTIONS: dict[Correction, str] = {
    "bh": "corrected after Benjamini and Hochberg",
    "holm": "corrected after Holm",
    "bonferroni": "corrected after Bonferroni",
    "none": "not corrected for their number",
}

TAIL_LIMITS: dict[Tail, tuple[str, ...]] = {
    "exact": (),
    "poisson": ("The Poisson tail is an approximation, for comparison with other programs: decide by the exact one.",),
    "normal": (
        "The normal approximation is only for comparison with other programs: where little is expected, it takes "
        "nearly every tie for more than chance. Decide by the exact tail.",
    ),
}

METHOD_LIMITS: dict[Method, tuple[str, ...]] = {
    "sdsm": (),
    "fixed-rows": ("The size of activities is left out of account: in a large one, everybody meets everybody.",),
    "fixed-columns": (
        "How active each organization is, is left out of account: those in many activities share more with everybody.",
    ),
    "disparity": (
        "This compares each tie with the other ties of its ends, not with what two organizations share by chance.",
    ),
}


@dataclass(frozen=True)
class Outcome:
    """What came of a test, in numbers.

    Attributes
    ----------
    pairs : int
        Pairs tested: all pairs of organizations that take part in something; for disparity, the ties.
    tied : int
        Pairs that share an activity.
    kept : int
        Ties that are more than chance.
    avoided, apart : int
        Pairs that share less than chance would have it; those of them that share nothing.
    residual : float or None
        Largest difference between a degree that the model expects and the observed one; None without a model.
    """

    pairs: int
    tied: int
    kept: int
    avoided: int = 0
    apart: int = 0
    residual: float | None = None


def of_ties(outcome: Outcome, test: Test) -> tuple[str, ...]:
    """Return what a test says of the ties, and its limits.

    >>> of_ties(Outcome(pairs=10, tied=3, kept=1), Test())[0]
    '1 of 3 ties is more than chance (10 pairs tested at a level of 0.05, corrected after Benjamini and Hochberg).'
    """
    return (*_found(outcome, test), *_certainty(outcome, test), *_less(outcome), *_limits(outcome, test))


def of_avoided(outcome: Outcome, test: Test) -> tuple[str, ...]:
    """Return what a test says of the pairs that share less than chance would have it, and its limits.

    >>> of_avoided(Outcome(pairs=10, tied=3, kept=1), Test(correction="holm"))[0]
    'No pair shares less than chance would have it (10 pairs tested at a level of 0.05, corrected after Holm).'
    """
    none = f"No pair shares less than chance would have it{_tested(outcome, test)}."
    some = [sentence[:-1] + _tested(outcome, test) + "." for sentence in _less(outcome)]
    return (*(some or [none]), *_limits(outcome, test))


def _found(outcome: Outcome, test: Test) -> Iterator[str]:
    tested = _tested(outcome, test)
    if outcome.tied == 0:
        yield "No two organizations share an activity: there is no tie to test."
    elif outcome.kept:
        yield f"{outcome.kept:,} of {counted(outcome.tied, 'tie')} {_kept(outcome, test)}{tested}."
    elif test.method == "disparity":
        yield f"No tie stands out from the other ties of its ends{tested}. That is an answer, not a failure."
    else:
        yield (
            f"No tie is more than chance{tested}: what these organizations share, others would share as well that take "
            "part as often in activities as large. That is an answer, not a failure."
        )


def _kept(outcome: Outcome, test: Test) -> str:
    """What is said of the ties that are kept."""
    if test.method == "disparity":
        return f"stand{'s' if outcome.kept == 1 else ''} out from the other ties at one end"
    return f"{'is' if outcome.kept == 1 else 'are'} more than chance"


def _certainty(outcome: Outcome, test: Test) -> Iterator[str]:
    """What the level means for the ties that are kept."""
    level = f"{100 * test.alpha:g}%"
    if outcome.kept and test.corrected_by == "bh":
        yield f"Of those kept, up to {level} are to be expected to have come about by chance all the same."
    elif outcome.kept and test.corrected_by != "none":
        yield f"That even one of those kept came about by chance has a probability below {level}."


def _less(outcome: Outcome) -> Iterator[str]:
    if outcome.avoided:
        verb = "shares" if outcome.avoided == 1 else "share"
        apart = f"; {outcome.apart:,} of them share{'s' if outcome.apart == 1 else ''} nothing" if outcome.apart else ""
        yield f"{counted(outcome.avoided, 'pair')} {verb} less than chance would have it{apart}."


def _limits(outcome: Outcome, test: Test) -> Iterator[str]:
    if test.method != "disparity" and outcome.tied > NEARLY_COMPLETE * outcome.pairs > 0:
        part = f"{outcome.tied:,} of {counted(outcome.pairs, 'pair')}"
        yield f"Nearly all are tied to all ({part}): that two are tied says little here."
    if test.corrected_by == "none" and outcome.tied and test.method != "disparity":
        by_chance = counted(round(test.alpha * outcome.pairs), "pair")
        yield f"Without a correction, up to {by_chance} may pass by chance alone."
    yield from TAIL_LIMITS[test.tail]
    yield from METHOD_LIMITS[test.method]


def _tested(outcome: Outcome, test: Test) -> str:
    what = counted(outcome.pairs, "tie" if test.method == "disparity" else "pair")
    return f" ({what} tested at a level of {test.alpha:g}, {CORRECTIONS[test.corrected_by]})"
