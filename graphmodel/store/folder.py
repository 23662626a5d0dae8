"""A tidy folder of Parquet tables, read as a store is. It holds no graph that could be asked, and is not written to."""

from collections.abc import Collection, Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from graphmodel.errors import DataProblem
from graphmodel.files import of_table
from graphmodel.formats import LIST_SEPARATOR
from graphmodel.records import ENDS, ElementType
from graphmodel.schema import NodeType, RelationshipType, Schema
from graphmodel.store.base import chosen_columns, ordered

HOW = "`graphmodel export --format parquet` writes such a folder."


class TableFolder:
    """The tables of a folder by type, as `graphmodel export --format parquet` writes them.

    Each is a file, or a folder of files as Spark writes it. What a table does not say is null.

    Examples
    --------
    >>> import tempfile
    >>> from graphmodel.schema import SCHEMA
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pl.DataFrame({"id": ["exo"], "name": ["Example"]}).write_parquet(f"{folder}/organizations.parquet")
    ...     TableFolder(Path(folder), SCHEMA).read(SCHEMA.node("Organization"), only=["id", "name", "kind"]).rows()
    [('exo', 'Example', None)]
    """

    def __init__(self, folder: Path, schema: Schema) -> None:
        """Take a folder."""
        self.folder = folder
        self.schema = schema

    @property
    def address(self) -> str:
        """Where the folder is."""
        return str(self.folder)

    def path(self, type_: ElementType) -> Path:
        """Return where the table of a type is."""
        return (self.folder / type_.file).with_suffix(".parquet")

    def needed(self, type_: ElementType, columns: Collection[str]) -> Path:
        """Return where the table of a type is, which is there and has these columns.

        Raises
        ------
        DataProblem
            If it is not, or does not.
        """
        path = self.path(type_)
        if not path.exists():
            raise DataProblem(f"{self.folder} holds no {path.name}. {HOW}")
        there = self._columns(path)
        lacking = [name for name in columns if name not in there]
        if lacking:
            raise DataProblem(f"{path} has no column {', '.join(lacking)}. {HOW}")
        for name in columns:
            if pa.types.is_nested(there[name]):
                raise DataProblem(f"{path} holds several values in one row of its column {name}. {HOW}")
        return path

    def scanned(self, type_: ElementType) -> pl.LazyFrame | None:
        """Return the table of a type, of which nothing is read yet; None where there is none."""
        path = self.path(type_)
        if not path.exists():
            return None
        self._columns(path)
        return pl.scan_parquet(of_table(path), glob=False)

    def read(
        self, type_: ElementType, among: pl.Series | None = None, only: Collection[str] | None = None
    ) -> pl.DataFrame:
        """Return elements of a type; see `graphmodel.store.base.Store`."""
        found = self._nodes(type_, only) if isinstance(type_, NodeType) else self._relationships(type_, only)
        if among is not None:
            found = found.filter(pl.col(type_.key[0]).is_in(among.implode()))
        return ordered(found, type_)

    def _nodes(self, type_: NodeType, only: Collection[str] | None) -> pl.DataFrame:
        """One row for each id: what one of its rows does not say, the others do; of what differs the smallest holds."""
        columns = chosen_columns(type_, only)
        table = self.scanned(type_)
        if table is None:
            return pl.DataFrame(schema=columns)
        there = set(table.collect_schema())
        known = {name: kind for name, kind in columns.items() if name != "id"}
        said = [self._said(type_, name, kind, there) for name, kind in known.items()]
        rows = self._collected(
            type_, table.filter(pl.col("id").is_not_null()).select(pl.col("id").cast(pl.String), *said)
        )
        if rows["id"].is_unique().all():
            return rows.select(*columns)
        merged = rows.group_by("id", maintain_order=True).agg(_first(name, kind) for name, kind in known.items())
        return merged.select(*columns)

    def _said(self, type_: NodeType, name: str, kind: pl.DataType, there: set[str]) -> pl.Expr:
        if name == "sources":
            source = pl.col("source").cast(pl.String) if "source" in there else pl.lit(None, pl.String)
            return pl.concat_list(source).list.drop_nulls().alias(name)
        if name == "complete":
            return pl.lit(True).alias(name)
        if name == "name":
            names = [pl.col(column).cast(pl.String) for column in ("name", type_.named_by, "id") if column in there]
            return pl.coalesce(names).alias(name)
        return pl.col(name).cast(kind) if name in there else pl.lit(None, kind).alias(name)

    def _relationships(self, type_: RelationshipType, only: Collection[str] | None) -> pl.DataFrame:
        columns = chosen_columns(type_, only)
        parts = [part.select(*columns) for part in (*self._rows(type_), *self._listed(type_))]
        return pl.concat([pl.DataFrame(schema=columns), *(self._collected(type_, part) for part in parts)])

    def _rows(self, type_: RelationshipType) -> Iterator[pl.LazyFrame]:
        """The rows of the relationship's own table."""
        table = self.scanned(type_) if type_.file else None
        if table is not None:
            self.needed(type_, type_.columns)
            yield _completed(table.rename(dict(zip(type_.columns, ENDS, strict=True))), type_)

    def _listed(self, type_: RelationshipType) -> Iterator[pl.LazyFrame]:
        """The relationships that a column of the start's table lists."""
        table = self.scanned(self.schema.node(type_.start)) if type_.shortcut else None
        if table is None or type_.shortcut not in (kinds := table.collect_schema()):
            return
        ends = pl.col(type_.shortcut)
        listed = ends if isinstance(kinds[type_.shortcut], pl.List) else ends.str.split(LIST_SEPARATOR)
        source = ["source"] if "source" in kinds else []
        rows = table.select(pl.col("id").alias(ENDS[0]), listed.alias(ENDS[1]), *source)
        yield _completed(rows.explode(ENDS[1], empty_as_null=False, keep_nulls=False), type_)

    def _columns(self, path: Path) -> dict[str, pa.DataType]:
        """The columns of a table with their types; of its files the first is looked at: it says whether this is one."""
        first = next(iter(of_table(path)), path)
        try:
            return {field.name: field.type for field in pq.read_schema(first)}
        except (pa.ArrowInvalid, OSError) as error:
            raise DataProblem(f"{first} cannot be read as Parquet: {str(error).rstrip('.')}. {HOW}") from error

    def _collected(self, type_: ElementType, rows: pl.LazyFrame) -> pl.DataFrame:
        try:
            return rows.collect(engine="streaming")
        except pl.exceptions.PolarsError as error:
            told = str(error).partition("\n")[0]
            raise DataProblem(f"{self.path(type_)} does not hold what it should: {told}. {HOW}") from error


def _first(name: str, kind: pl.DataType) -> pl.Expr:
    if isinstance(kind, pl.List):
        return pl.col(name).explode().drop_nulls().unique().sort().implode().first()
    return pl.col(name).min()


def _completed(rows: pl.LazyFrame, type_: RelationshipType) -> pl.LazyFrame:
    """Rows with all columns of the type, null where they do not say."""
    there = rows.collect_schema()
    kinds = chosen_columns(type_, None)
    return rows.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in ENDS)).select(
        pl.col(name).cast(kind) if name in there else pl.lit(None, kind).alias(name) for name, kind in kinds.items()
    )
