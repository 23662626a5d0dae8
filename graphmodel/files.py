"""Writing files: whole or not at all, and over nothing that was not meant to go."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from graphmodel.errors import UsageProblem


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse a path that is taken.

    Raises
    ------
    UsageProblem
        If it exists and `force` is false, or if its folder does not exist.
    """
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
    """Give a path at which to make a file, or a folder, that is moved to its place once it is whole.

    Raises
    ------
    UsageProblem
        As `refuse_existing`; and if it is a folder, which is not replaced.
    """
    refuse_existing(path, force=force)
    if path.is_dir():
        raise UsageProblem(f"{path} is a folder, and is not replaced. Choose another name.")
    with _beside(path) as part:
        yield part


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
    refuse_existing(folder, force=False)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a path to make a file or a folder at; what was in its place is gone only once the new one is there."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.", ignore_cleanup_errors=True) as beside:
        part, old = (Path(beside) / name for name in ("new", "old"))
        yield part
        if part.is_dir() and path.exists():
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
        As `refuse_existing`, and if what is there is no folder that is empty or has the file `mark`.
    """
    refuse_existing(folder, force=force)
    if folder.exists() and not (folder.is_dir() and ((folder / mark).is_file() or not any(folder.iterdir()))):
        raise UsageProblem(f"{folder} holds something else, and is not replaced. Choose another name.")


def of_table(path: Path) -> list[Path]:
    """Return the files that a table is in: itself, or the Parquet files of a folder in the order of their names."""
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]
