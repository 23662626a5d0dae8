"""The questions of a partnership officer, what answers each, and their answers.

`QUESTIONS` is the table; from its words of the command line follow the fields of each answer (`fields`), what they are
read as (`read`, `suggestions`), the answer itself (`answer`) and the commands and forms that ask.
"""

from graphmodel.api.questions.answers import Answer, answer, network
from graphmodel.api.questions.asking import ask
from graphmodel.api.questions.fields import Field, fields
from graphmodel.api.questions.finding import find
from graphmodel.api.questions.names import Suggestion, suggestions
from graphmodel.api.questions.reading import Understood, missing, read, understand
from graphmodel.api.questions.table import QUESTIONS, Question, Way

__all__ = [
    "QUESTIONS",
    "Answer",
    "Field",
    "Question",
    "Suggestion",
    "Understood",
    "Way",
    "answer",
    "ask",
    "fields",
    "find",
    "missing",
    "network",
    "read",
    "suggestions",
    "understand",
]
