"""A question by its number, or by words of it."""

import re
from collections import Counter

from rapidfuzz import fuzz

from graphmodel.api.questions.table import QUESTIONS, Question
from graphmodel.errors import UsageProblem

NEAR = 85
"""How alike two words have to be, of 100, to be taken for one that is mistyped."""

TELLING = 0.3
"""What the words of a question have to tell for it to be suggested; a word that is in no other tells 1."""


def find(asked: str) -> Question:
    """Return the question with this number, or the only one that holds these words.

    Raises
    ------
    UsageProblem
        If there is none, or more than one; the message lists them, or suggests the nearest.

    Examples
    --------
    >>> find("5").sentence == find("who connects us").sentence
    True
    """
    if asked.strip().isdecimal():
        return _numbered(asked.strip())
    found = [question for question in QUESTIONS.values() if _holds(question, asked)]
    if len(found) == 1:
        return found[0]
    if found:
        told = "; ".join(map(_told, found))
        raise UsageProblem(f'"{asked}" goes with more than one question. Give the number: {told}')
    near = _nearest(asked)
    hint = f" Did you mean {'; '.join(map(_told, near))}" if near else ""
    raise UsageProblem(f'No question is "{asked}".{hint} `graphmodel ask` lists all.')


def _told(question: Question) -> str:
    return f"{question.number}, {question.sentence}"


def _numbered(number: str) -> Question:
    if len(number) > 4 or int(number) not in QUESTIONS:
        raise UsageProblem(f"There is no question {number[:9]}: they go from 1 to {max(QUESTIONS)}.")
    return QUESTIONS[int(number)]


def _words(question: Question) -> list[str]:
    """Return the words of a question and of what answers it."""
    return re.findall(r"\w+", " ".join([question.sentence, *(way.words for way in question.ways)]).lower())


def _holds(question: Question, asked: str) -> bool:
    """Tell whether a question has all the words, each at least in its beginning."""
    there = _words(question)
    return all(any(word.startswith(wanted) for word in there) for wanted in re.findall(r"\w+", asked.lower()))


def _nearest(asked: str, most: int = 3) -> list[Question]:
    """Return the questions that have most of the longer words, or nearly; a word counts the more, the fewer have it."""
    told: Counter[int] = Counter()
    for wanted in re.findall(r"\w{4,}", asked.lower()):
        having = [
            number
            for number, question in QUESTIONS.items()
            if any(fuzz.ratio(wanted, word) >= NEAR for word in _words(question))
        ]
        told.update(dict.fromkeys(having, 1 / len(having)) if having else {})
    best = sorted((number for number in told if told[number] >= TELLING), key=lambda number: (-told[number], number))
    return [QUESTIONS[number] for number in best[:most]]
