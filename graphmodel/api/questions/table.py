"""The questions as a table: the number, the sentence in a person's words, and what answers it."""

import re
from dataclasses import dataclass
from functools import cached_property

from graphmodel import analysis, queries
from graphmodel.analysis.phrases import counted
from graphmodel.errors import UsageProblem

DOES = {
    "alliances": "List who works with whom, and which of it is more than chance.",
    "check": "List what is suspicious in the graph.",
    "resolve": "Find organizations that may be the same.",
    "report": "Write the report: one page, its map and its tables.",
}


@dataclass(frozen=True)
class Way:
    """One way to answer a question, in the words of the command line, where CAPITALS stand for what must be given.

    Attributes
    ----------
    words : str
        Such as "query partners/current" or "analyse gaps --competence AREA": what is given there is not asked.
    without : tuple of str
        What is not asked either, since it does not go with the question.

    Examples
    --------
    >>> way = Way("analyse gaps --competence AREA --only gaps")
    >>> way.tool, way.name, way.preset, way.needed
    ('analyse', 'gaps', {'only': 'gaps'}, ('competence',))
    >>> Way("analyse paths START END").needed
    ('start', 'end')
    """

    words: str
    without: tuple[str, ...] = ()

    @property
    def tool(self) -> str:
        """The command."""
        return self.words.split()[0]

    @property
    def name(self) -> str:
        """The query or analysis; empty for the other commands."""
        return self.words.split()[1] if self.tool in ("query", "analyse") else ""

    @property
    def sentence(self) -> str:
        """What it answers or does, in a sentence."""
        match self.tool:
            case "query":
                return queries.library()[self.name].question
            case "analyse":
                return analysis.describe(self.name).summary
        return DOES[self.tool]

    @cached_property
    def preset(self) -> dict[str, str]:
        """What the words give, by name."""
        return {name: text for name, text in self._said if not text.isupper()}

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The names of what must be given."""
        return tuple(name for name, text in self._said if text.isupper())

    @property
    def _said(self) -> list[tuple[str, str]]:
        """What the words say after the name: a parameter, an option or an argument, and its value."""
        rest = self.words.removeprefix(self.tool).strip().removeprefix(self.name)
        placed = iter(analysis.describe(self.name).arguments if self.tool == "analyse" else ())
        found = re.findall(r"-p (\w+)=(\S+)|--([\w-]+) (\S+)|(\S+)", rest)
        return [
            (parameter or option.replace("-", "_") or next(placed).name, value or given or argument)
            for parameter, value, option, given, argument in found
        ]


@dataclass(frozen=True)
class Question:
    """A question: its number, its sentence, and the ways to answer it, the first being the usual one."""

    number: int
    sentence: str
    ways: tuple[Way, ...]

    def way(self, place: int = 1) -> Way:
        """Return one of the ways, counted from 1.

        Raises
        ------
        UsageProblem
            If there are not so many.
        """
        if not 1 <= place <= len(self.ways):
            raise UsageProblem(f"Question {self.number} has {counted(len(self.ways), 'answer')}.")
        return self.ways[place - 1]


def _asked(number: int, sentence: str, *ways: str | Way) -> Question:
    return Question(number, sentence, tuple(Way(way) if isinstance(way, str) else way for way in ways))


_ALL = (
    _asked(1, "Who are we working with now, on what, where, until when?", "query partners/current"),
    _asked(
        2,
        "Which organizations work together more than their size would lead us to expect?",
        "alliances --only significant",
    ),
    _asked(
        3,
        "Who works in the same region and field as us, but never with us?",
        "query partners/same_place_never_together",
        "analyse overlap ORGANIZATION",
    ),
    _asked(4, "Which of our partnerships end in the next six months, with no renewal?", "query partners/ending"),
    _asked(5, "Who connects us to another organization, and is there more than one route?", "analyse paths START END"),
    _asked(6, "Whose exit would cut the most others off, and what coverage goes with it?", "analyse impact"),
    _asked(
        7,
        "Where is a competence covered by nobody, where by only one?",
        "analyse gaps --competence AREA --only gaps",
    ),
    _asked(
        8,
        "Who could lead a subject in a region: has the skill, is near, is trusted by two of our partners?",
        Way("analyse recommend ORGANIZATION --region REGION --area AREA", without=("backtest", "seed")),
        "query partners/candidates",
    ),
    _asked(9, "Which partners have skills that we lack, which merely duplicate ours?", "query partners/complementary"),
    _asked(
        10,
        "Which organizations bridge two kinds, such as local NGOs and UN agencies?",
        "analyse brokers --between KINDS",
    ),
    _asked(11, "What blocs exist, what do they share, how certain is the grouping?", "analyse communities"),
    _asked(12, "Who depends on one funder, which activities have one funder only?", "query funding/single_funder"),
    _asked(13, "What changed since last year: new, lost, renewed ties?", "analyse trends"),
    _asked(
        14,
        "Which consortium of three covers all competences in a region with the fewest new ties?",
        "analyse consortium --region REGION",
    ),
    _asked(
        15,
        "Who leads, implements, funds; who has changed role?",
        "query roles/by_organization",
        "query roles/changed",
    ),
    _asked(16, "Which local organizations hang on one international partner?", "query partners/single_tie"),
    _asked(
        17,
        "Which activities have no competence, region or partner recorded?",
        "query quality/incomplete_activities",
        "check",
    ),
    _asked(
        18,
        "Are these two the same organization, and what names exist?",
        "resolve",
        "query organizations/names",
    ),
    _asked(19, "What is the source of this link, who reported it, do both sides?", "query provenance/of_tie"),
    _asked(
        20,
        "Which competences appear together, where does one appear without the other?",
        "query competences/together",
        "query competences/apart",
    ),
    _asked(21, "With whom do our peers partner that we do not?", "query partners/of_peers"),
    _asked(
        22,
        "How concentrated is a region: do three organizations hold most activities?",
        "analyse concentration --region REGION",
    ),
    _asked(
        23,
        "Which partners of partners became partners: what predicts a new tie?",
        Way("analyse recommend --backtest YEAR", without=("organization", "region", "area")),
    ),
    _asked(
        24,
        "One page and one map on a region for tomorrow, sensitive names hidden.",
        "report --region REGION",
    ),
    _asked(
        25,
        "Who implements or monitors a framework, in which regions does nobody?",
        "query frameworks/coverage",
        "analyse gaps --areas framework",
    ),
    _asked(
        26,
        "Which segments of society do we reach, where, through whom?",
        "query segments/reach",
        "analyse gaps --areas segment",
    ),
    _asked(27, "Where are we visible: globally, by region, by country?", "query regions/presence"),
    _asked(28, "With which few organizations do we reach most of the others?", "analyse multipliers"),
)
QUESTIONS: dict[int, Question] = {question.number: question for question in _ALL}
"""The questions by their numbers."""
