"""Changing an embedded store in a new file, which then takes the place of the old one.

What a plan adds and changes is written into a copy; what it removes takes a file that is written anew, by nothing but
COPY into an empty one (see `graphmodel.store.embedded` for what is not to be trusted). The old file stays as it is
until the new one is whole: a process that is killed leaves one or the other, and whoever reads the old one goes on
undisturbed. It is held open for writing meanwhile, which keeps other writers out. The disk needs room for both.
"""

import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ladybug
import polars as pl

from graphmodel import statements
from graphmodel.batch import frame_schema
from graphmodel.errors import StoreForeign, StoreProblem
from graphmodel.plan import Plan
from graphmodel.records import ElementType
from graphmodel.schema import NodeType, Schema
from graphmodel.store.base import Progress
from graphmodel.store.tables import elements, make_tables, open_file, rows, table_names

ROWS = 1_000_000
LOGS = (".wal", ".wal.checkpoint", ".shadow")


def create(path: Path, schema: Schema, plan: Plan, progress: Progress) -> None:
    """Make the file, with what a plan adds; where that fails there is none."""
    made = False
    database = open_file(path, read_only=False)
    try:
        _add(ladybug.Connection(database), schema, plan, progress)
        made = True
    finally:
        database.close()
        if not made:
            path.unlink(missing_ok=True)


def extend(path: Path, schema: Schema, plan: Plan, progress: Progress) -> None:
    """Add and change what a plan says, or nothing.

    Raises
    ------
    StoreProblem
        If the file cannot be opened or the disk is full; nothing has changed then.
    """
    with _taking_the_place_of(path, plan) as (beside, _):
        shutil.copyfile(path, beside)
        with ladybug.Database(beside) as database, ladybug.Connection(database) as connection:
            _add(connection, schema, plan, progress)
            connection.execute("CHECKPOINT")


def rewrite(path: Path, schema: Schema, plan: Plan, progress: Progress) -> None:
    """Make all changes of a plan, removals too, or none.

    Raises
    ------
    StoreForeign
        If the file holds something that the schema does not have and that would be lost.
    StoreProblem
        As `extend`.
    """
    with _taking_the_place_of(path, plan) as (beside, stored):
        _refuse_unknown(path, stored, schema)
        _build(beside, stored, schema, plan, progress)


@contextmanager
def _taking_the_place_of(path: Path, plan: Plan) -> Iterator[tuple[Path, ladybug.Connection]]:
    """Give the place of a new file and what the old one holds; in the end the new one is put where the old one was."""
    path = path.resolve()
    beside = path.with_name(f"{path.name}.rewriting")
    old = open_file(path, read_only=False)
    try:
        _clear(beside)
        with ladybug.Connection(old) as connection:
            connection.execute("CHECKPOINT")
            # Closing would write logs by the name of the file, which is then that of the new one.
            connection.execute("CALL force_checkpoint_on_close=false")
            yield beside, connection
        _refuse_logs(path, beside)
        shutil.copymode(path, beside)
        _replace(path, beside, old)
    except OSError as error:
        raise StoreProblem(f"{path}: the {plan.work} was not made, nothing has changed. {error}") from error
    finally:
        old.close()
        _clear(beside)


def _add(connection: ladybug.Connection, schema: Schema, plan: Plan, progress: Progress) -> None:
    """Write what is new and what is changed, in one transaction."""
    connection.execute("BEGIN TRANSACTION")
    make_tables(connection, schema)
    for change in plan.changes:
        _copy(connection, change.type, change.new, progress)
        if len(change.changed):
            connection.execute(statements.embedded_update(change.type), {"frame": change.changed})
            progress(len(change.changed))
    connection.execute("COMMIT")


def _copy(connection: ladybug.Connection, type_: ElementType, frame: pl.DataFrame, progress: Progress) -> None:
    """Copy rows, so many at a time that the engine's copy of them fits."""
    for part in frame.iter_slices(ROWS) if len(frame) else ():
        connection.execute(statements.embedded_copy(type_), {"frame": part})
        progress(len(part))


def _build(beside: Path, stored: ladybug.Connection, schema: Schema, plan: Plan, progress: Progress) -> None:
    """Write the graph as it is once the plan is carried out."""
    with ladybug.Database(beside) as database, ladybug.Connection(database) as connection:
        connection.execute("BEGIN TRANSACTION")
        make_tables(connection, schema)
        for change in plan.changes:
            frame = change.applied(elements(stored, change.type, frame_schema(change.type)))
            _copy(connection, change.type, frame, progress)
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")


def _refuse_unknown(path: Path, connection: ladybug.Connection, schema: Schema) -> None:
    """Refuse a file that was made with a wider schema: what this one does not know would not be written anew."""
    known: dict[str, set[object]] = {}
    for type_ in schema:
        if isinstance(type_, NodeType):
            known[type_.label] = set(frame_schema(type_))
        else:
            known.setdefault(type_.name, set()).update(frame_schema(type_), [(type_.start, type_.end)])
    there = [(table, item) for table in table_names(connection) for item in _items(connection, table, schema)]
    unknown = sorted({table for table, item in there if item not in known.get(table, set())})
    if unknown:
        raise StoreForeign(
            f"{path} holds what this model does not have (in {', '.join(unknown)}), and writing it anew would lose "
            "that. Use the model that it was made with. Nothing has changed."
        )


def _items(connection: ladybug.Connection, table: str, schema: Schema) -> list[object]:
    """Return the properties of a table, and the pairs of labels of one that holds relationships."""
    items: list[object] = [row[0] for row in rows(connection, f"CALL table_info('{table}') RETURN name")]
    if ["NODE", table] not in rows(connection, "CALL show_tables() RETURN type, name"):
        items += [tuple(pair[:2]) for pair in rows(connection, f"CALL show_connection('{table}') RETURN *")]
    return items


def _refuse_logs(*paths: Path) -> None:
    """Refuse to move a file whose engine has not written everything into it yet."""
    for path in paths:
        for log in (path.with_name(path.name + ending) for ending in LOGS):
            if log.exists() and log.stat().st_size:
                raise OSError(f"{log} has not been written into {path} yet.")


def _replace(path: Path, beside: Path, old: ladybug.Database) -> None:
    """Put the new file in the place of the old one, on the disk too."""
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        beside.replace(path)
    except PermissionError:  # Windows replaces no file that is open.
        old.close()
        beside.replace(path)


def _clear(beside: Path) -> None:
    """Remove what this process, or one that was killed, has left of a new file."""
    for path in (beside, *beside.parent.glob(f"{glob.escape(beside.name)}.*")):
        path.unlink(missing_ok=True)
