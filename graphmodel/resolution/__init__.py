"""The same organization under several names: candidates, judgements kept in a file, and what they do to the frames.

organizations, participations -> `candidates`: pairs that may be the same, scored, with the reasons in words
a file of judgements -> `read` -> `identify` -> `Identity`: which are one, which is part of which
frames, Identity -> `relations`, `organizations`: the frames of the analyses, with one organization for each body

Nothing here writes to a store: without its judgements, a graph is what was loaded.
"""

from graphmodel.resolution.candidates import LEAST_AUTOMATIC, LEAST_SCORE, automatic, candidates
from graphmodel.resolution.effect import findable, joined, names_of, organizations, relations
from graphmodel.resolution.identity import Identity, agreeing, identify
from graphmodel.resolution.judgements import AUTOMATIC, COLUMNS, Judgement, Verdict, append, beside, read
from graphmodel.resolution.resolution import Resolution

__all__ = [
    "AUTOMATIC",
    "COLUMNS",
    "LEAST_AUTOMATIC",
    "LEAST_SCORE",
    "Identity",
    "Judgement",
    "Resolution",
    "Verdict",
    "agreeing",
    "append",
    "automatic",
    "beside",
    "candidates",
    "findable",
    "identify",
    "joined",
    "names_of",
    "organizations",
    "read",
    "relations",
]
