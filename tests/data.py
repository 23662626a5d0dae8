"""Public data sets as participations: organization, activity, role, started, ended.

They are looked for in `../shared/data`, beside the checkout. Where they are not there, tests that need them are
skipped; where the environment variable CI is set, they fail.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import polars as pl
import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "data"
PLACEHOLDERS = ("", "None", "Unspecified", "N/A")
GEF_COLUMNS = {
    "Lead agency": r"[|;]",
    "Secondary agency(ies)": r"[|;,]",
    "Executing partner / agency": r"[|;]",
}


def table(name: str) -> pl.DataFrame:
    """Read a CSV file as texts."""
    path = FOLDER / name
    if not path.exists():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(f"The data set {name} is not in {FOLDER}.")
    return pl.read_csv(path, infer_schema=False, null_values=["NA"])


def unesco() -> pl.DataFrame:
    """Return the participations of UNESCO's partners."""
    days = [pl.col(f"{end}_date").str.to_date("%Y-%m-%d", strict=False) for end in ("start", "end")]
    dates = table("unesco/activities.csv").select("activity_id", *days)
    joined = table("unesco/participations.csv").join(dates, on="activity_id", how="left")
    names = {
        "org_id": "organization",
        "activity_id": "activity",
        "start_date": "started",
        "end_date": "ended",
    }
    return joined.rename(names)


def gef() -> pl.DataFrame:
    """Return the participations in projects of the Global Environment Facility."""
    return pl.DataFrame(sorted(_gef()), schema=["organization", "activity"], orient="row")


def cordis() -> pl.DataFrame:
    """Return the participations in Horizon 2020."""
    days = [pl.col(f"{end}_date").str.to_date() for end in ("start", "end")]
    names = {"pic": "organization", "rcn": "activity", "start_date": "started", "end_date": "ended"}
    return table("cordis/h2020.csv.gz").select("pic", "rcn", "role", *days).rename(names)


def davis() -> pl.DataFrame:
    """Return the women of Davis, Gardner and Gardner (1941) and the events that they attended."""
    graph = nx.davis_southern_women_graph()
    women = [node for node, bipartite in graph.nodes(data="bipartite") if bipartite == 0]
    return pl.DataFrame(list(graph.edges(women)), schema=["organization", "activity"], orient="row")


def _gef() -> Iterator[tuple[str, str]]:
    projects = table("gef/projects_ancillary.csv")
    for column, separators in GEF_COLUMNS.items():
        for activity, cell in projects.select("AidData Project ID", column).drop_nulls().rows():
            for name in re.split(separators, cell):
                if name.strip() not in PLACEHOLDERS:
                    yield name.strip(), activity
