"""The organizations of a graph and the file of judgements on them, together: what the command does."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from graphmodel.errors import UsageProblem
from graphmodel.records import Reject
from graphmodel.resolution import judgements as files
from graphmodel.resolution.candidates import LEAST_SCORE, automatic, candidates
from graphmodel.resolution.effect import names_of
from graphmodel.resolution.identity import agreeing, identify
from graphmodel.resolution.judgements import AUTOMATIC, Judgement


class Resolution:
    """Organizations, what they took part in, and the judgements on them."""

    def __init__(
        self,
        organizations: pl.DataFrame,
        participations: pl.DataFrame,
        path: Path | None,
        *,
        places: Iterable[str] = (),
    ) -> None:
        """Read the judgements.

        Parameters
        ----------
        organizations, participations, places
            As `candidates` takes them.
        path : Path, optional
            The file of judgements; it need not exist. Without one, nothing is judged and nothing can be.

        Raises
        ------
        DataProblem
            If the file is not one of judgements.
        """
        self.organizations = organizations
        self.participations = participations
        self.path = path
        self._places = tuple(places)
        self.judgements, unread = files.read(path, set(organizations["id"])) if path else ((), ())
        self.identity, conflicts = identify(self.judgements, participations)
        self.rejects: tuple[Reject, ...] = tuple(sorted((*unread, *conflicts)))

    def candidates(self, min_score: float = LEAST_SCORE) -> pl.DataFrame:
        """Return the pairs that may be the same; see `graphmodel.resolution.candidates`."""
        return candidates(
            self.organizations,
            self.participations,
            identity=self.identity,
            places=self._places,
            min_score=min_score,
        )

    def names_of(self, id: str) -> pl.DataFrame:
        """Return all that one organization is called; see `graphmodel.resolution.names_of`."""
        return names_of(self.identity, self.organizations, id)

    def judge(self, said: Sequence[Judgement]) -> tuple[Judgement, ...]:
        """Write what a person says, all or nothing; return what is new. Automatic judgements give way to it.

        Raises
        ------
        UsageProblem
            If it contradicts what a person said before, or nothing can be written.
        """
        for one in said:
            if one.by == AUTOMATIC:
                raise UsageProblem(f'"{AUTOMATIC}" marks what nobody looked at. Say with --by who judges.')
            if one.first == one.second:
                raise UsageProblem(f"{one.first} is one organization. Name two.")
        path = self._file()
        taken, refused = agreeing((one for one in self.judgements if not one.automatic), said)
        if refused:
            against = refused[0].expected.removeprefix("agreement with ")
            raise UsageProblem(
                f"That {refused[0].found} contradicts {against}. If that is wrong, delete it from {path} first."
            )
        files.append(path, taken)
        return taken

    def accept(self, threshold: float, day: date) -> tuple[tuple[Judgement, ...], tuple[Reject, ...]]:
        """Write all that is clear, marked as automatic; return it, and what contradicts the judgements there are.

        Parameters
        ----------
        threshold : float
            Least score.
        day : date
            The day to write beside it.

        Raises
        ------
        UsageProblem
            If nothing can be written.
        """
        path = self._file()
        taken, refused = agreeing(self.judgements, automatic(self.candidates(threshold), threshold, day))
        files.append(path, taken)
        return taken, refused

    def _file(self) -> Path:
        if self.path is None:
            raise UsageProblem(
                "The judgements on a server are in a file of yours: name it with --judgements FILE, or in "
                "GRAPHMODEL_JUDGEMENTS."
            )
        return self.path
