"""One region and one competence area for each organization: where it is at home, and what it is mostly about."""

import polars as pl

from graphmodel.analysis.coverage.axes import FIRST, KINDS, LEVELS, known_kind
from graphmodel.analysis.coverage.coverage import places, subjects, wider
from graphmodel.analysis.ties.partnerships import Partnerships

SEVERAL = "several"


def homes(partnerships: Partnerships, level: str) -> pl.DataFrame:
    """Return the region of each organization: where it is based, else says it works, else is mostly active.

    Parameters
    ----------
    partnerships : Partnerships
    level : str
        country, subregion or region.

    Returns
    -------
    polars.DataFrame
        organization, one (id of its region), name ("several", without an id, where it is equally in more than one),
        basis (based, works or active); only those of whom a region is known, sorted.

    Notes
    -----
    An activity in several regions counts in each. What is known of a seat counts for more than any number of
    activities: a donor is at home where its office is.

    Examples
    --------
    >>> from graphmodel.analysis.ties.partnerships import Setting
    >>> setting = Setting(
    ...     regions=pl.DataFrame({"id": ["KE", "ML"], "name": ["Kenya", "Mali"], "kind": ["country", "country"]}),
    ...     based_in=pl.DataFrame({"organization": ["a"], "region": ["KE"]}),
    ...     took_place_in=pl.DataFrame({"activity": ["x", "y", "z"], "region": ["ML", "ML", "KE"]}),
    ... )
    >>> took_part = pl.DataFrame({"organization": ["a", "b", "b", "b"], "activity": ["x", "x", "y", "z"]})
    >>> known = pl.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"]})
    >>> homes(Partnerships(took_part, known, read=lambda: setting), "country").rows()
    [('a', 'KE', 'Kenya', 'based'), ('b', 'ML', 'Mali', 'active')]
    """
    setting = partnerships.setting
    at = setting.regions_at(level)
    active = partnerships.incidence.join(places(partnerships, level), on="activity")
    claims = {
        "based": wider(setting.based_in, at, "region", "one"),
        "works": wider(setting.works_in, at, "region", "one"),
        "active": active.select("organization", one="region"),
    }
    return _first_known(claims, setting.regions, partnerships)


def competences(partnerships: Partnerships, kind: str) -> pl.DataFrame:
    """Return the competence area of each organization: what it declares, else what most of its activities address.

    Of areas that are part of another of their kind, the widest is taken.

    Parameters
    ----------
    partnerships : Partnerships
    kind : str
        field, sector, goal, framework or segment.

    Returns
    -------
    polars.DataFrame
        organization, one (id of its area), name ("several", without an id, where more than one comes first), basis
        (declared or active); only those of whom an area is known, sorted.

    Examples
    --------
    >>> from graphmodel.analysis.ties.partnerships import Setting
    >>> areas = {"id": ["edu", "school"], "name": ["Education", "Schools"], "kind": ["field", "field"]}
    >>> setting = Setting(
    ...     competence_areas=pl.DataFrame(areas),
    ...     area_parts=pl.DataFrame({"start_id": ["school"], "end_id": ["edu"]}),
    ...     competent_in=pl.DataFrame({"organization": ["a"], "competence_area": ["school"]}),
    ... )
    >>> took_part = pl.DataFrame(schema={"organization": pl.String, "activity": pl.String})
    >>> known = pl.DataFrame({"id": ["a"], "name": ["Alpha"]})
    >>> competences(Partnerships(took_part, known, read=lambda: setting), "field").rows()
    [('a', 'edu', 'Education', 'declared')]
    """
    setting = partnerships.setting
    at = _widest(setting.areas_at(kind))
    addressed = subjects(partnerships, kind).filter(pl.col("area").is_in(at["wider"].implode()))
    active = partnerships.incidence.join(addressed, on="activity")
    claims = {
        "declared": wider(setting.competent_in, at, "competence_area", "one"),
        "active": active.select("organization", one="area"),
    }
    return _first_known(claims, setting.competence_areas, partnerships)


def telling_level(partnerships: Partnerships) -> str:
    """Return the widest level of regions that tells organizations apart, else the narrowest at which any is known.

    >>> from graphmodel.analysis.ties.partnerships import Setting
    >>> countries = pl.DataFrame({"id": ["KE", "ML"], "name": ["Kenya", "Mali"], "kind": ["country", "country"]})
    >>> seats = pl.DataFrame({"organization": ["a", "b"], "region": ["KE", "ML"]})
    >>> took_part = pl.DataFrame(schema={"organization": pl.String, "activity": pl.String})
    >>> known = pl.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"]})
    >>> telling_level(Partnerships(took_part, known, read=lambda: Setting(regions=countries, based_in=seats)))
    'country'
    """
    found = LEVELS[0]
    for level in LEVELS:
        names = homes(partnerships, level)["name"].unique()
        if len(names) > 1:
            return level
        found = level if len(names) else found
    return found


def first_kind(partnerships: Partnerships) -> str:
    """Return the kind of competence area that analyses take where none is asked for."""
    kind, _ = known_kind(partnerships.setting.competence_areas, FIRST, KINDS)
    return kind


def _widest(at: pl.DataFrame) -> pl.DataFrame:
    """Return the areas of a kind, each with those it lies in or is that are part of no other of the kind."""
    inner = at.filter(pl.col("competence_area") != pl.col("wider"))["competence_area"]
    return at.filter(~pl.col("wider").is_in(inner.implode()))


def _first_known(claims: dict[str, pl.DataFrame], nodes: pl.DataFrame, partnerships: Partnerships) -> pl.DataFrame:
    """Return organization, one, name, basis, from the first of the claims that says something of an organization."""
    stated = [_most(frame).with_columns(basis=pl.lit(basis)) for basis, frame in claims.items()]
    first = pl.concat(stated).unique("organization", keep="first", maintain_order=True)
    members = first.join(partnerships.organizations, left_on="organization", right_on="id", how="semi")
    names = nodes.select(one="id", name=pl.coalesce("name", "id"))
    named = members.join(names, on="one", how="left")
    return named.select("organization", "one", pl.col("name").fill_null(SEVERAL), "basis").sort("organization")


def _most(claimed: pl.DataFrame) -> pl.DataFrame:
    """Return organization, one: what it is claimed to be in most often; null where several come first."""
    counts = claimed.group_by("organization", "one").len()
    top = counts.filter(pl.col("len") == pl.col("len").max().over("organization"))
    only = pl.when(pl.len() == 1).then(pl.col("one").first())
    return top.group_by("organization").agg(only.alias("one"))
