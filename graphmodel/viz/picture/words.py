"""What a picture says in words: how much it shows, what it is, and where the data came from."""

from collections import Counter
from collections.abc import Iterator, Sequence

from graphmodel.version import version
from graphmodel.viz.elements import Provenance, Scene, Source
from graphmodel.viz.picture.view import View
from graphmodel.viz.units import ORGANIZATION

MOST_SOURCES = 6  # that are named


def count(number: int, one: str, many: str) -> str:
    """Return the number and the thing.

    >>> count(1, "alliance", "alliances"), count(2050, "alliance", "alliances")
    ('1 alliance', '2,050 alliances')
    """
    return f"{number:,} {one if number == 1 else many}"


def status(scene: Scene) -> str:
    """Return how much is shown, and why if that is nothing."""
    modes = Counter(node.mode or 0 for node in scene.nodes)
    shown = ", ".join(count(modes[i], *mode.noun) for i, mode in enumerate(scene.unit.modes))
    if scene.unit.members:
        return f"{shown} of {count(sum(int(node.value) for node in scene.nodes), *scene.unit.members)}"
    one, many = scene.unit.tie
    shown = f"{shown}, {count(len(scene.ties), one, many)}"
    if not scene.ties and scene.provenance.tested:
        tested = count(scene.provenance.tested, f"{one} was tested and is", f"{many} were tested and none is")
        negation = " not" if scene.provenance.tested == 1 else ""
        return f"{shown}: {tested}{negation} more than chance would have it"
    return shown


def description(scene: Scene, view: View) -> str:
    """Return what a screen reader says in place of the picture."""
    lines = ", ".join(f"{line.label} {line.count:,}" for line in scene.lines)
    largest = ", ".join(list(dict.fromkeys(spot.node.name for spot in view.ranked))[:5])
    parts = (
        ("", f"A map of {status(scene)}"),
        *((f"{title}: ", kinds) for title, kinds in _kinds(scene)),
        (alliances_title(scene) + ": ", lines),
        ("Largest marks: ", largest),
        ("Communities: ", ", ".join(name for _, name in scene.groups)),
    )
    return " ".join(f"{heading}{text}." for heading, text in parts if text)


def _kinds(scene: Scene) -> Iterator[tuple[str, str]]:
    for mode, title in enumerate(kinds_titles(scene)):
        yield title, ", ".join(f"{entry.label} {entry.count:,}" for entry in scene.legend if entry.mode == mode)


def kinds_titles(scene: Scene) -> list[str]:
    """Return what the colours are called for each sort of marks."""
    titles = (scene.color_title, scene.second_title)
    nouns = (mode.noun[1].capitalize() for mode in scene.unit.modes)
    return [" by ".join(filter(None, pair)) for pair in zip(nouns, map(str.lower, titles), strict=False)]


def alliances_title(scene: Scene) -> str:
    return scene.line_title or scene.unit.tie[1].capitalize()


def provenance(scene: Scene) -> list[str]:
    """Return what a reader must know to judge the picture: caveats first, then sources, then data and maker."""
    known = scene.provenance
    caveats = " ".join(filter(None, (_isolates(scene), *known.notes)))
    asked = f"Parameters: {'; '.join(known.parameters)}." if known.parameters else ""
    return [text for text in (caveats, _sources(known.sources), asked, _data(known)) if text]


def _isolates(scene: Scene) -> str:
    number = scene.provenance.isolates
    if not number:
        return ""
    verb = "is" if number == 1 else "are"
    return f"{count(number, *ORGANIZATION)} without {scene.unit.without} {verb} not on the map."


def _sources(sources: Sequence[Source]) -> str:
    named = [f"{source.title} ({source.licence})" if source.licence else source.title for source in sources]
    if len(named) > MOST_SOURCES:
        named[MOST_SOURCES - 1 :] = [f"and {count(len(named) - MOST_SOURCES + 1, 'other', 'others')}"]
    heading = "Source" if len(sources) == 1 else "Sources"
    return f"{heading}: {'; '.join(named)}." if named else ""


def _data(known: Provenance) -> str:
    """Return which data it was, and by what it was drawn."""
    parts = (
        known.date and f"Data of {known.date}",
        known.day and f"Status on {known.day}",
        known.hash and f"SHA-256 {known.hash[:12]}",
    )
    told = ", ".join(part for part in parts if part)
    maker = f"Made with graphmodel {version()}".strip()
    return f"{told}. {maker}." if told else f"{maker}."
