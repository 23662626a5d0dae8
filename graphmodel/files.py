"""Writing files: whole or not at all, and over nothing that was not meant to go."""

import os
import shutil
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
    refuse_existing(path, force=force)
    data = content.encode() if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


@contextmanager
def whole(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a path at which to make a file, or a folder, that is moved to its place once it is whole.

    Raises
    ------
    UsageProblem
        As `refuse_existing`.
    """
    refuse_existing(path, force=force)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        part = Path(folder) / path.name
        yield part
        part.chmod((0o777 if part.is_dir() else 0o666) & ~_umask())
        part.replace(path)


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
        for name, content in files.items():
            (part / name).write_bytes(content)
    return folder


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to write into, which is moved to its place once it is whole: nobody ever sees a part of it.

    Raises
    ------
    UsageProblem
        As `refuse_existing`.
    """
    refuse_existing(folder, force=False)
    with _beside(folder) as part:
        yield part
        refuse_existing(folder, force=False)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        yield part
        part.chmod(0o777 & ~_umask())
        _put_in_place(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


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


def _put_in_place(part: Path, folder: Path) -> None:
    """Move a folder to its place; what was there is gone only once the new one is there."""
    old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.")) if folder.exists() else None
    if old:
        folder.replace(old)  # an empty folder may be replaced
    part.replace(folder)
    if old:
        shutil.rmtree(old)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
