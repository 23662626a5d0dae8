"""The command line: one file per command, no logic; each command calls `graphmodel.api` and shows what it returns."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from graphmodel.errors import GraphmodelError, LargeNetwork, UsageProblem

# What polars has freed goes back to the system in a moment. At once takes a quarter more time, since it is soon asked
# for again; after seconds, as polars has it, a large network takes half more memory.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:20,muzzy_decay_ms:0")

COMMANDS = (
    "demo",
    "load",
    "template",
    "mapping",
    "schema",
    "status",
    "sources",
    "remove",
    "check",
    "ask",
    "query",
    "alliances",
    "analyse",
    "map",
    "report",
    "diff",
    "explore",
    "resolve",
    "export",
    "completion",
)


class Commands(click.Group):
    """The commands, each imported when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Import the module of a command."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"graphmodel.cli.{name}").command
        return command

    def invoke(self, context: click.Context) -> object:
        """Run a command; show a deliberate error as its message and nothing else."""
        try:
            with _told_of_size():
                return super().invoke(context)
        except GraphmodelError as error:
            click.echo(f"Error: {error}", err=True)
            context.exit(2 if isinstance(error, UsageProblem) else 1)


@contextmanager
def _told_of_size() -> Iterator[None]:
    """Say on stderr, as a sentence, that what was asked for takes much of the memory that is free."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", LargeNetwork)
        others = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
            if issubclass(category, LargeNetwork):
                click.echo(str(message), err=True)
            else:
                others(message, category, *where, **more)

        warnings.showwarning = show
        yield


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="graphmodel")
def main() -> None:
    """Model partnership networks as a graph: load, query, analyse and map them.

    \b
    Example:
      graphmodel demo                        the UNESCO partner network, from loading to map
      graphmodel load my-folder              your own data
      graphmodel query                       the questions that can be asked
    """
