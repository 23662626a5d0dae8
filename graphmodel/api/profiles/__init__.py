"""Profiles: all that is known of one organization, activity, region or competence area, as frames and sentences."""

from graphmodel.api.profiles.activities import ActivityProfile, activity
from graphmodel.api.profiles.lists import LISTS
from graphmodel.api.profiles.network import around, group, place, tested
from graphmodel.api.profiles.organizations import OrganizationProfile, organization
from graphmodel.api.profiles.settings import AreaProfile, RegionProfile, SettingProfile, area, region

__all__ = [
    "LISTS",
    "ActivityProfile",
    "AreaProfile",
    "OrganizationProfile",
    "RegionProfile",
    "SettingProfile",
    "activity",
    "area",
    "around",
    "group",
    "organization",
    "place",
    "region",
    "tested",
]
