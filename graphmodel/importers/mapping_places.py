"""Regions from a way to them: a path such as `Earth|Africa|Somalia|Puntland` to a chain of regions."""

from collections.abc import Iterator
from functools import lru_cache

import polars as pl

from graphmodel.importers import countries
from graphmodel.importers.countries import Place
from graphmodel.importers.mapping_columns import evaluate, normalized
from graphmodel.importers.mapping_specification import Path
from graphmodel.records import LINE, Rows
from graphmodel.schema import NAME, Schema

STEPS = "\x1f"


@lru_cache(maxsize=100_000)
def chain(steps: tuple[str, ...], country_step: int = 0, *, strict: bool = False) -> tuple[Place, ...]:
    """Return the places of a path, the smallest first; from its country on upwards, they are those of M49.

    Where the path has no country, the part of it that M49 knows is taken from there. What lies below has an id made of
    the ids above it. `strict`: nothing but a country or a region of M49 will do, and () is returned if it is none.

    >>> [place.id for place in chain(("Earth", "Africa", "Somalia", "Puntland"), 3)]
    ['SO/puntland', 'SO', 'm49-202', 'm49-002', 'world']
    >>> [place.id for place in chain(("Earth", "Atlantic Ocean"), 3)]
    ['world/atlantic-ocean', 'world']
    >>> [place.id for place in chain(("North", "Harbour"))]
    ['north/harbour', 'north']
    """
    known, below = _known(steps, country_step)
    if strict and not known:
        return ()
    places = [*reversed([known, *countries.ancestors(known)])] if known else []
    for step in below:
        part = normalized(step)
        if not part:
            continue
        above = places[-1] if places else None
        kind = "region" if above and above.kind in ("world", "region", "subregion") else "place"
        places.append(Place(f"{above.id}/{part}" if above else part, step, kind, part_of=above.id if above else ""))
    return tuple(reversed(places))


def _known(steps: tuple[str, ...], country_step: int) -> tuple[Place | None, tuple[str, ...]]:
    """Return the country of a path, or the smallest region of M49 that it names, and the steps below it."""
    for number in range(min(country_step, len(steps)), 0, -1):
        found = countries.find(steps[number - 1])
        if found and (not found.iso2 or number == country_step):
            return found, steps[number:]
    return None, steps


def leaves(path: Path, frame: pl.DataFrame) -> tuple[pl.Series, pl.Series, dict[str, tuple[Place, ...]]]:
    """Return, for each row, the text of its path and the id of its last place; and the places of each path."""
    steps = [evaluate(step, NAME, frame).value.alias(str(number)) for number, step in enumerate(path.steps)]
    separator = STEPS if len(steps) > 1 or path.strict else path.separator
    joined = pl.concat_str(pl.all().fill_null(""), separator=separator)
    texts = pl.DataFrame(steps).select(pl.when(pl.any_horizontal(pl.all().is_not_null())).then(joined).alias("0"))["0"]
    chains = {
        text: chain(tuple(step.strip() for step in text.split(separator)), path.country_step, strict=path.strict)
        for text in texts.drop_nulls().unique(maintain_order=True)
    }
    ids = {text: places[0].id if places else None for text, places in chains.items()}
    return (
        texts.str.replace_all(separator, "|", literal=True).str.strip_chars("|"),
        texts.replace_strict(ids, default=None, return_dtype=pl.String),
        {places[0].id: places for places in chains.values() if places},
    )


class Known:
    """What a reading has said so far: regions, so that each is said once; and how each name was first spelled."""

    def __init__(self, schema: Schema) -> None:
        """Start with nothing."""
        self.schema = schema
        self.regions: set[str] = set()
        self.described: set[str] = set()
        self.spellings: dict[tuple[str, str], str] = {}

    def spelled(self, label: str, named: pl.DataFrame) -> pl.Series:
        """Return the names of nodes, given `id` and `name`, as each was spelled where it first occurred."""
        first = named.drop_nulls().unique("id", keep="first", maintain_order=True)
        names = {id: self.spellings.setdefault((label, id), name) for id, name in first.iter_rows()}
        spelled = named["id"].replace_strict(names, default=None, return_dtype=pl.String)
        return named.select(pl.when(pl.col("name").is_not_null()).then(spelled).alias("name"))["name"]

    def first(self, regions: pl.DataFrame) -> pl.DataFrame:
        """Return what is said first of each region; of those of M49 a file has nothing to say."""
        new = regions.filter(~pl.col("id").is_in(list(self.described))).unique("id", keep="first", maintain_order=True)
        self.described |= set(new["id"])
        return new

    def rows(self, chains: dict[str, tuple[Place, ...]], ids: pl.Series, lines: pl.Series, file: str) -> Iterator[Rows]:
        """Yield the places that were not said yet, and what each is part of, with the line where it first occurs."""
        first = pl.DataFrame({"id": ids, LINE: lines}).drop_nulls().unique("id", keep="first", maintain_order=True)
        new: dict[str, tuple[Place, int]] = {}
        for leaf, line in first.iter_rows():
            for place in chains.get(leaf, ()):
                if place.id not in self.regions:
                    new.setdefault(place.id, (place, line))
        self.regions |= new.keys()
        self.described |= {id for id, (place, _) in new.items() if countries.is_known(place)}
        if new:
            yield from self._frames(list(new.values()), file)

    def _frames(self, new: list[tuple[Place, int]], file: str) -> Iterator[Rows]:
        names = ("id", "name", "kind", "iso2", "latitude", "longitude")
        cells = {name: [getattr(place, name) for place, _ in new] for name in names}
        lines = pl.Series(LINE, [line for _, line in new], dtype=pl.Int64)
        yield Rows(self.schema.node("Region"), pl.DataFrame(cells).with_columns(lines), file)
        parts = [(place.id, place.part_of, line) for place, line in new if place.part_of]
        if parts:
            schema = {"start_id": pl.String, "end_id": pl.String, LINE: pl.Int64}
            part_of = self.schema.relationship("PART_OF", "Region")
            yield Rows(part_of, pl.DataFrame(parts, schema=schema, orient="row"), file)
