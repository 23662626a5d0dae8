"""The paragraph on the method of a test, for a report, and the works that it rests on."""

from graphmodel.analysis.significance.choices import Method, Test
from graphmodel.analysis.significance.words import CORRECTIONS, Outcome

NEAL = (
    "Z. P. Neal, The backbone of bipartite projections: inferring relationships from co-authorship, co-sponsorship, "
    "co-attendance and other co-behaviors, Social Networks 39, 84, 2014."
)
SARACCO = (
    "F. Saracco, R. Di Clemente, A. Gabrielli and T. Squartini, Randomizing bipartite networks: the case of the World "
    "Trade Web, Scientific Reports 5, 10595, 2015."
)
COMPARED = (
    "Z. P. Neal, R. Domagalski and B. Sagan, Comparing alternatives to the fixed degree sequence model for extracting "
    "the backbone of bipartite projections, Scientific Reports 11, 23929, 2021."
)
HONG = (
    "Y. Hong, On computing the distribution function for the Poisson binomial distribution, Computational Statistics & "
    "Data Analysis 59, 41, 2013."
)
SERRANO = (
    "M. A. Serrano, M. Boguna and A. Vespignani, Extracting the multiscale backbone of complex weighted networks, "
    "Proceedings of the National Academy of Sciences 106, 6483, 2009."
)
CORRECTION_WORKS = {
    "bh": (
        "Y. Benjamini and Y. Hochberg, Controlling the false discovery rate: a practical and powerful approach to "
        "multiple testing, Journal of the Royal Statistical Society B 57, 289, 1995.",
    ),
    "holm": (
        "S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65, "
        "1979.",
    ),
    "bonferroni": (),
    "none": (),
}
METHOD_WORKS: dict[Method, tuple[str, ...]] = {
    "sdsm": (NEAL, SARACCO, COMPARED, HONG),
    "fixed-rows": (COMPARED,),
    "fixed-columns": (COMPARED, HONG),
    "disparity": (SERRANO,),
}
NULL_MODELS: dict[Method, str] = {
    "sdsm": (
        "The number of activities that two organizations share was compared with the stochastic degree sequence model "
        "(Neal 2014), in which each organization takes part in as many activities, and each activity has as many "
        "participants, as observed, on average; the probabilities are those of the bipartite configuration model "
        "(Saracco et al. 2015)"
    ),
    "fixed-rows": (
        "The number of activities that two organizations share was compared with the fixed row model, in which each "
        "organization takes part in as many activities as observed, chosen at random (a hypergeometric distribution)"
    ),
    "fixed-columns": (
        "The number of activities that two organizations share was compared with the fixed column model, in which each "
        "activity has as many participants as observed, chosen at random"
    ),
    "disparity": (
        "Each tie, weighted by the number of shared activities, was compared with an even spread of the weights of an "
        "organization over its ties (the disparity filter, Serrano et al. 2009), and kept if it stands out at an end"
    ),
}
TAIL_WORDS = {
    "exact": "by the exact Poisson-binomial distribution",
    "poisson": "by a Poisson distribution of the same mean",
    "normal": "by the refined normal approximation (Hong 2013)",
}


def paragraph(outcome: Outcome, test: Test) -> str:
    """Return the paragraph: null model, tails, family and correction, level.

    >>> paragraph(Outcome(pairs=10, tied=3, kept=1), Test("fixed-rows", correction="holm")).partition(". ")[2]
    'All 10 pairs, those that share nothing included, were tested at a level of 0.05, corrected after Holm.'
    """
    residual = f"; expected and observed degrees differ by {outcome.residual:.0e} at most" if outcome.residual else ""
    tail = f"; tails {TAIL_WORDS[test.tail]}" if test.method in ("sdsm", "fixed-columns") else ""
    family = "ties" if test.method == "disparity" else "pairs"
    apart = ", those that share nothing included," if outcome.tied < outcome.pairs else ""
    level = f"at a level of {test.alpha:g}, {CORRECTIONS[test.corrected_by]}"
    return f"{NULL_MODELS[test.method]}{residual}{tail}. All {outcome.pairs:,} {family}{apart} were tested {level}."


def works(test: Test) -> tuple[str, ...]:
    """Return the works that a test rests on.

    >>> [work.partition(",")[0] for work in works(Test(method="disparity"))]
    ['M. A. Serrano']
    """
    return (*METHOD_WORKS[test.method], *CORRECTION_WORKS[test.corrected_by])
