"""Coverage: which organization works where and on what, as it declares and as its activities show."""

import polars as pl

from graphmodel.analysis.partnerships import Partnerships


def done(partnerships: Partnerships, level: str, kind: str) -> pl.DataFrame:
    """Return organization, activity, region, area: what the activities show, one row each, sorted.

    Parameters
    ----------
    partnerships : Partnerships
    level : str
        Kind of region to count by: country, subregion, region.
    kind : str
        Kind of competence area: field, sector, goal, framework, segment.

    Notes
    -----
    An activity in several regions or on several areas counts in each. One without either is in no cell.

    Examples
    --------
    >>> from graphmodel.analysis.partnerships import Setting
    >>> setting = Setting(
    ...     regions=pl.DataFrame({"id": ["KE"], "name": ["Kenya"], "kind": ["country"]}),
    ...     competence_areas=pl.DataFrame({"id": ["edu"], "name": ["Education"], "kind": ["field"]}),
    ...     took_place_in=pl.DataFrame({"activity": ["x"], "region": ["KE"]}),
    ...     addresses=pl.DataFrame({"activity": ["x"], "competence_area": ["edu"]}),
    ... )
    >>> took_part = pl.DataFrame({"organization": ["a"], "activity": ["x"]})
    >>> alpha = pl.DataFrame({"id": ["a"], "name": ["Alpha"]})
    >>> done(Partnerships(took_part, alpha, read=lambda: setting), "country", "field").rows()
    [('a', 'x', 'KE', 'edu')]
    """
    took_part = partnerships.incidence.select("organization", "activity")
    places = _wider(partnerships.setting.took_place_in, partnerships.setting.regions_at(level), "region", "region")
    subjects = _wider(partnerships.setting.addresses, partnerships.setting.areas_at(kind), "competence_area", "area")
    return _sorted(took_part.join(places, on="activity").join(subjects, on="activity"))


def declared(partnerships: Partnerships, level: str, kind: str) -> pl.DataFrame:
    """Return organization, region, area: each area an organization declares, in each region it declares; sorted.

    Parameters and limits as of `done`. That it works in two regions and on two areas is four rows: declarations do not
    say what is done where.
    """
    places = _wider(partnerships.setting.works_in, partnerships.setting.regions_at(level), "region", "region")
    subjects = _wider(partnerships.setting.competent_in, partnerships.setting.areas_at(kind), "competence_area", "area")
    members = partnerships.organizations.select(pl.col("id").alias("organization"))
    return _sorted(members.join(places, on="organization").join(subjects, on="organization"))


def _wider(links: pl.DataFrame, wider: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    """Return the links with their end replaced by what it lies in, each once."""
    return links.join(wider, on=column).drop(column).rename({"wider": name}).unique()


def _sorted(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.unique().sort(rows.columns)
