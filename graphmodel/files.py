"""Writing files: whole or not at all, and over nothing that was not meant to go."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from graphmodel.errors import UsageProblem

BY_SPARK = re.compile(r"part-\d{5,}-.+\.parquet|_SUCCESS|\.(part-\d{5,}-.+\.parquet|_SUCCESS)\.crc")
"""How Spark names the files of a table: its parts, a mark that it is whole, and their checksums."""


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse a path that is taken.

    Raises
    ------
    UsageProblem
        If it exists and `force` is false, if it is a folder other than a table that Spark wrote, or if its folder does
        not exist.
    """
    if path.is_dir() and not _is_by_spark(path):
        raise UsageProblem(
            f"{path} is a folder, and not one that holds a table of Spark's and nothing else: it is not replaced. "
            "Choose another name."
        )
    _refuse_place(path, force=force)


def _is_by_spark(folder: Path) -> bool:
    """Whether a folder is a table that Spark wrote, and holds nothing else."""
    files = list(folder.iterdir())
    return any(file.suffix == ".parquet" for file in files) and all(
        BY_SPARK.fullmatch(file.name) and file.is_file() for file in files
    )


def _refuse_place(path: Path, *, force: bool) -> None:
    """Refuse a path where something is, whatever it is, or that is in no folder."""
    if path.exists() and not force:
        raise UsageProblem(f"{path} is there already. Choose another name, or --force to replace it.")
    if not path.parent.is_dir():
        raise UsageProblem(f"The folder {path.parent} does not exist. Make it first, or choose another place.")


def write_whole(path: Path, content: bytes | str, *, force: bool = False) -> Path:
    """Write a file beside its place, then move it there, so that nobody ever sees half of it. Text is UTF-8.

    Raises
    ------
    UsageProblem
        As `refuse_existing`.
    """
    with whole(path, force=force) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@contextmanager
def whole(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a path at which to make a file, or a table of Spark's, that is moved to its place once it is whole.

    Raises
    ------
    UsageProblem
        As `refuse_existing`, before and after.
    """
    refuse_existing(path, force=force)
    with _beside(path) as part:
        yield part
        refuse_existing(path, force=force)


def write_folder(folder: Path, files: Mapping[str, bytes], *, mark: str, force: bool = False) -> Path:
    """Write a folder of files beside its place, then move it there, so that nobody ever sees a part of it.

    Parameters
    ----------
    folder : path
    files : mapping of name to bytes
    mark : str
        The file by which a folder of this sort is known: with `force` such a folder is replaced, and no other.

    Raises
    ------
    UsageProblem
        As `refuse_unlike`.
    """
    refuse_unlike(folder, mark=mark, force=force)
    with _beside(folder) as part:
        part.mkdir()
        for name, content in files.items():
            (part / name).write_bytes(content)
    return folder


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to write into, which is moved to its place once it is whole: nobody ever sees a part of it.

    Raises
    ------
    UsageProblem
        If it is there already, or the folder that it is to be in is not.
    """
    _refuse_taken(folder)
    with _beside(folder) as part:
        part.mkdir()
        yield part
        _refuse_taken(folder)


def _refuse_taken(folder: Path) -> None:
    if folder.exists():
        raise UsageProblem(f"{folder} is there already, and a folder is not replaced. Choose another name.")
    _refuse_place(folder, force=False)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a path to make a file or a folder at; what was in its place is gone only once the new one is there."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.", ignore_cleanup_errors=True) as beside:
        part, old = (Path(beside) / name for name in ("new", "old"))
        yield part
        if path.is_dir() or (part.is_dir() and path.exists()):  # a file takes the place of a file at once
            path.replace(old)
        try:
            part.replace(path)
        except OSError:
            if old.exists():
                old.replace(path)
            raise


def refuse_unlike(folder: Path, *, mark: str, force: bool) -> None:
    """Refuse a folder that is taken, by something of another sort even with `force`.

    Raises
    ------
    UsageProblem
        If it exists and `force` is false, if what is there is no folder that is empty or has the file `mark`, or if the
        folder that it is to be in does not exist.
    """
    _refuse_place(folder, force=force)
    if folder.exists() and not (folder.is_dir() and ((folder / mark).is_file() or not any(folder.iterdir()))):
        raise UsageProblem(f"{folder} holds something else, and is not replaced. Choose another name.")


def of_table(path: Path) -> list[Path]:
    """Return the files that a table is in: itself, or the Parquet files of a folder in the order of their names."""
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]
