"""Which graphmodel this is."""

from importlib import metadata


def version() -> str:
    """Return the version of graphmodel; an empty text in a checkout that is not installed."""
    try:
        return metadata.version("graphmodel")
    except metadata.PackageNotFoundError:
        return ""
