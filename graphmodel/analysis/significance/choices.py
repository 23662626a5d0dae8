"""What is asked of a test of ties: the null model, its tails, the correction and the level."""

from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from graphmodel.errors import UsageProblem, refuse_other

Method = Literal["sdsm", "fixed-rows", "fixed-columns", "disparity"]
Tail = Literal["exact", "poisson", "normal"]
Correction = Literal["bh", "holm", "bonferroni", "none"]

APPROXIMATED: tuple[Method, ...] = ("sdsm", "fixed-columns")
"""Methods whose count is a sum of unequal chances, which the tails poisson and normal approximate."""


@dataclass(frozen=True)
class Test:
    """How ties are tested against chance.

    Attributes
    ----------
    method : "sdsm", "fixed-rows", "fixed-columns" or "disparity"
        What chance keeps. sdsm: how active each organization and how large each activity is, on average (the
        stochastic degree sequence model). fixed-rows: how active each organization is, exactly. fixed-columns: how
        large each activity is, exactly. disparity: for each organization the sum of what it shares, spread over its
        ties at random.
    tail : "exact", "poisson" or "normal"
        How the chance is computed. The last two are approximations, for comparison with other programs, of sdsm and
        fixed-columns.
    correction : "bh", "holm", "bonferroni" or "none", optional
        For testing many pairs at once, over all of them: the expected part of false ties among those kept (bh, after
        Benjamini and Hochberg), or the chance of a single false one (holm, bonferroni). By default bh; none for
        disparity, as it was published.
    alpha : float
        The level, between 0 and 1: a tie is more than chance if its corrected chance is below.

    Raises
    ------
    UsageProblem
        For another word, a level outside 0 to 1, or an approximation of a method that needs none.

    Examples
    --------
    >>> Test().corrected_by, Test(method="disparity").corrected_by
    ('bh', 'none')
    """

    method: Method = "sdsm"
    tail: Tail = "exact"
    correction: Correction | None = None
    alpha: float = 0.05

    __test__: ClassVar[bool] = False
    """pytest takes a class of this name for a class of tests."""

    def __post_init__(self) -> None:
        refuse_other("method", self.method, get_args(Method))
        refuse_other("tail", self.tail, get_args(Tail))
        refuse_other("correction", self.corrected_by, get_args(Correction))
        if not 0 < self.alpha < 1:
            raise UsageProblem(f"The level alpha lies between 0 and 1, such as .05, not {self.alpha}.")
        if self.tail != "exact" and self.method not in APPROXIMATED:
            raise UsageProblem(
                f"The tail {self.tail} approximates the methods {' and '.join(APPROXIMATED)}; "
                f"{self.method} has its own formula: leave the tail exact."
            )

    @property
    def corrected_by(self) -> Correction:
        """The correction that is applied."""
        return self.correction or ("none" if self.method == "disparity" else "bh")
