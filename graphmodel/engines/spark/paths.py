"""How Spark is told of files."""

import re
from pathlib import Path

MARKS = r"[\[\]{}*?\\]"
"""What makes a pattern of the name of a file that Spark reads."""


def address(path: Path) -> str:
    """Return the address of a file as Spark writes it: unlike that of a URI, its path is not encoded.

    >>> address(Path("/data/my tables"))
    'file:///data/my tables'
    """
    return f"file:///{path.absolute().as_posix().lstrip('/')}"


def pattern(path: Path) -> str:
    r"""Return the pattern that only this file is read by.

    >>> print(pattern(Path("/data/tables [2024]")))
    file:///data/tables \[2024\]
    """
    return re.sub(MARKS, r"\\\g<0>", address(path))
