"""Writing files: whole or not at all, and over nothing that was not meant to go."""

import os
import tempfile
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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
