"""What speaks for two records being one organization, and what against it, in words and in weights.

A weight is a natural logarithm of odds: how many times likelier such an agreement, or disagreement, is between records
of one organization than between records of two that were found worth comparing. Weights add up, and their sum is made a
score from 0 to 1 (Fellegi and Sunter). They are rounded judgement, checked against a register in the tests.

References
----------
I. P. Fellegi and A. B. Sunter, A theory for record linkage, Journal of the American Statistical Association 64, 1969.
W. E. Winkler, Frequency-based matching in Fellegi-Sunter model of record linkage, US Bureau of the Census, 2000.
L. A. Adamic and E. Adar, Friends and neighbors on the web, Social Networks 25, 2003.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for (weight above 0) or against it."""

    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """All that speaks for and against a pair; `branch` is the one of the two that is a branch of the other."""

    evidence: tuple[Evidence, ...]
    branch: str = ""

    @property
    def score(self) -> float:
        """From 0 to 1: the logistic function of the sum of weights."""
        return 1 / (1 + math.exp(-sum(item.weight for item in self.evidence)))

    @property
    def reasons(self) -> str:
        """What speaks for it, in words."""
        return "; ".join(item.text for item in self.evidence if item.weight > 0)

    @property
    def conflicts(self) -> str:
        """What speaks against it, in words."""
        return "; ".join(item.text for item in self.evidence if item.weight <= 0)
