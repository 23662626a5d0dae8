"""The sources of a graph: what each of them claims, and taking one out."""

import polars as pl

from graphmodel import removal, statements
from graphmodel.api.reports import Report
from graphmodel.derived import outdated
from graphmodel.errors import UsageProblem, suggestion
from graphmodel.records import ElementType
from graphmodel.schema import NodeType
from graphmodel.store.base import Progress, Store, no_progress, nothing_yet


def sources(store: Store) -> pl.DataFrame:
    """Return the sources of a graph, by id, with the number of nodes and relationships that each of them claims.

    A source that is claimed and was never declared, as in data that another program wrote, has an id and nothing else.

    Returns
    -------
    polars.DataFrame
        id, title, publisher, licence, url, retrieved, sha256, loaded, complete, nodes, relationships.

    Raises
    ------
    StoreMissing
        If nothing was loaded yet.
    """
    declared = store.read(store.schema.node("Source")).drop("name")
    counts = pl.concat([_claimed(store, type_) for type_ in store.schema])
    if declared.is_empty() and counts.is_empty():
        raise nothing_yet(store.address)
    numbers = counts.group_by("id").agg(pl.col("nodes", "relationships").sum())
    listed = declared.join(numbers, on="id", how="full", coalesce=True)
    return listed.with_columns(pl.col("nodes", "relationships").fill_null(0)).sort("id")


def remove(store: Store, source: str, *, dry_run: bool = False, progress: Progress = no_progress) -> Report:
    """Take a source out of a graph: its relationships, the nodes that only it describes, and the source itself.

    A node stays, without this source, if another source describes it too, or if a relationship of another one holds it.
    What this source told of such a node stays as well.

    Parameters
    ----------
    source : str
        The id of the source, as `sources` lists it.
    dry_run : bool
        Only tell what would go.

    Raises
    ------
    UsageProblem
        If there is no such source; the message suggests the nearest.
    StoreProblem
        If the store cannot be written. On the embedded engine nothing has changed then; on a server the source is
        marked as incomplete, and the same removal again finishes it.
    """
    known = sources(store)["id"].to_list()
    if source not in known:
        hint = suggestion(source, known) or " `graphmodel sources` lists them."
        raise UsageProblem(f'There is no source "{source}".{hint}')
    plan = outdated(removal.removal(store.schema, store, source), store)
    if not dry_run:
        store.write(plan, progress)
    return Report.of(plan)


def _claimed(store: Store, type_: ElementType) -> pl.DataFrame:
    """Return id, nodes, relationships: how many elements of a type each source claims."""
    columns = {"id": pl.String(), "number": pl.Int64()}
    is_node = isinstance(type_, NodeType)
    ask = (type_.sourced if isinstance(type_, NodeType) else True) and store.count(type_) > 0
    rows = store.query(statements.claim_counts(type_), {}).rows if ask else ()
    frame = pl.DataFrame(rows, schema=columns, orient="row").drop_nulls("id")
    number, none = pl.col("number"), pl.lit(0, dtype=pl.Int64)
    return frame.select(
        "id", (number if is_node else none).alias("nodes"), (none if is_node else number).alias("relationships")
    )
