"""Coverage: which organization works where and on what, as it declares and as its activities show."""

import polars as pl

from graphmodel.analysis.ties.partnerships import Partnerships


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
    An activity in several regions or on several areas counts in each, and on an area that is part of another of its
    kind in both. One without either is in no cell.

    Examples
    --------
    >>> from graphmodel.analysis.ties.partnerships import Setting
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
    in_places = took_part.join(places(partnerships, level), on="activity")
    return _sorted(in_places.join(subjects(partnerships, kind), on="activity"))


def declared(partnerships: Partnerships, level: str, kind: str) -> pl.DataFrame:
    """Return organization, region, area: each area an organization declares, in each region it declares; sorted.

    Parameters and limits as of `done`. That it works in two regions and on two areas is four rows: declarations do not
    say what is done where.
    """
    setting = partnerships.setting
    places = wider(setting.works_in, setting.regions_at(level), "region", "region")
    subjects = wider(setting.competent_in, setting.areas_at(kind), "competence_area", "area")
    return _sorted(_members(partnerships).join(places, on="organization").join(subjects, on="organization"))


def places(partnerships: Partnerships, level: str) -> pl.DataFrame:
    """Return activity, region: where the activities are in which somebody takes part; sorted."""
    setting = partnerships.setting
    placed = wider(setting.took_place_in, setting.regions_at(level), "region", "region")
    return _sorted(placed.join(partnerships.incidence, on="activity", how="semi"))


def subjects(partnerships: Partnerships, kind: str) -> pl.DataFrame:
    """Return activity, area: what the activities are on in which somebody takes part; sorted."""
    setting = partnerships.setting
    addressed = wider(setting.addresses, setting.areas_at(kind), "competence_area", "area")
    return _sorted(addressed.join(partnerships.incidence, on="activity", how="semi"))


def present(partnerships: Partnerships, level: str) -> pl.DataFrame:
    """Return organization, region: where it has an activity or its seat, or declares to work; sorted."""
    setting = partnerships.setting
    told = wider(pl.concat([setting.works_in, setting.based_in]), setting.regions_at(level), "region", "region")
    shown = partnerships.incidence.join(places(partnerships, level), on="activity")
    return _sorted(pl.concat([_members(partnerships).join(told, on="organization"), shown.select(told.columns)]))


def able(partnerships: Partnerships, kind: str) -> pl.DataFrame:
    """Return organization, area: on what it has an activity, or declares competence; sorted."""
    setting = partnerships.setting
    told = wider(setting.competent_in, setting.areas_at(kind), "competence_area", "area")
    shown = partnerships.incidence.join(subjects(partnerships, kind), on="activity")
    return _sorted(pl.concat([_members(partnerships).join(told, on="organization"), shown.select(told.columns)]))


def _members(partnerships: Partnerships) -> pl.DataFrame:
    return partnerships.organizations.select(pl.col("id").alias("organization"))


def wider(links: pl.DataFrame, over: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    """Return the links with their end replaced by what it lies in, each once.

    `over` is as `Setting.regions_at` and `Setting.areas_at` return it.
    """
    return links.join(over, on=column).drop(column).rename({"wider": name}).unique()


def _sorted(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.unique().sort(rows.columns)
