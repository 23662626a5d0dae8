"""Alliances on the map: their significance, strength, status and years."""

import networkx as nx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.networks import assessed, circles, partners
from tests.browser.test_accessibility import violations
from tests.browser.test_map import between, details, place, status

DASH = "\N{EN DASH}"
IN_MOTION = {"reduced_motion": "no-preference"}


@pytest.fixture
def judged(open_map) -> Page:
    """The map of thirteen organizations whose alliances were tested."""
    return open_map(assessed(), groups=circles())


def legend(page: Page) -> Locator:
    return page.locator("#lines").get_by_role("button")


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name)


def years(page: Page) -> Locator:
    return page.locator("#years-value")


def shown(page: Page) -> int:
    """The number of alliances that the status tells."""
    return int(status(page).inner_text().split(", ")[1].split(" of ")[0])


def test_where_alliances_are_tested_the_legend_is_by_significance_and_hides(judged: Page) -> None:
    expect(judged.get_by_role("group", name="Alliances by significance")).to_be_visible()
    expect(legend(judged)).to_have_text(
        ["More than chance2", "Expected by chance20", "Less than chance1", "Formal agreement only1"]
    )
    legend(judged).nth(1).click()
    expect(legend(judged).nth(1)).to_have_text("Expected by chance0 of 20")
    expect(status(judged)).to_have_text("6 of 13 organizations, 4 of 24 alliances")
    judged.get_by_role("button", name="Reset all").click()
    expect(status(judged)).to_have_text("13 of 13 organizations, 24 of 24 alliances")


@pytest.mark.parametrize(
    ("edge", "entries", "others"),
    [
        ("formal", ["Shared activities22", "Formal agreement1", "Both1"], 2),
        ("shared", ["3 or 4 activities1", "2 activities1", "1 activity21", "Formal agreement only1"], 23),
        ("status", ["Active1", "Presumed ended1", "Ended21", "Without dates1"], 23),
    ],
)
def test_lines_and_legend_can_show_something_else(open_map, edge: str, entries: list[str], others: int) -> None:
    page = open_map(assessed(), edge=edge)
    expect(legend(page)).to_have_text(entries)
    legend(page).first.click()
    assert shown(page) == others


def test_each_value_has_its_own_dashes(judged: Page) -> None:
    dashes = [line.get_attribute("stroke-dasharray") for line in legend(judged).locator("path").all()]
    assert dashes == ["none", "6 4", "10 3 2 3", "14 4"]


def test_the_slider_of_significance_goes_over_levels_that_some_alliances_pass(judged: Page) -> None:
    significance = slider(judged, "Significance, q at most")
    told = []
    for _ in range(3):
        told.append((significance.get_attribute("aria-valuetext"), shown(judged)))
        significance.press("ArrowRight")
    assert told == [("any", 24), (".1", 2), (".05", 2)]
    expect(significance).to_have_attribute("aria-valuetext", ".01")
    expect(status(judged)).to_have_text("2 of 13 organizations, 1 of 24 alliances")
    significance.press("End")
    expect(judged.locator("label", has_text="Significance")).to_have_text("Significance, q at most .01")


def test_the_slider_of_strength_goes_over_the_values_that_occur(judged: Page) -> None:
    strength = slider(judged, "Strength, at least")
    strength.fill("1")
    expect(strength).to_have_attribute("aria-valuetext", "0.25")
    expect(status(judged)).to_have_text("13 of 13 organizations, 23 of 24 alliances")
    strength.press("End")
    expect(strength).to_have_attribute("aria-valuetext", "0.75")
    expect(status(judged)).to_have_text("2 of 13 organizations, 1 of 24 alliances")


def test_there_are_sliders_only_for_what_differs(open_map) -> None:
    network = nx.Graph()
    network.add_edge("a", "b", basis="shared", shared=1, strength=0.5, first=2014, last=2014)
    network.add_edge("b", "c", basis="shared", shared=1, strength=0.5, first=2014, last=2014)
    page = open_map(network)
    expect(page.get_by_role("slider")).to_have_count(0)
    expect(page.locator("#years")).to_be_hidden()


def test_the_years_show_alliances_that_overlap_them(page: Page) -> None:
    expect(years(page)).to_have_text("all")
    slider(page, "From year").fill("2017")
    expect(years(page)).to_have_text(f"2017{DASH}2021")
    expect(status(page)).to_have_text("5 of 13 organizations, 4 of 24 alliances")  # a and b; k, l and m
    slider(page, "To year").fill("2018")
    expect(status(page)).to_have_text("2 of 13 organizations, 1 of 24 alliances")  # a and b, from 2014 to 2021
    slider(page, "To year").press("ArrowLeft")
    expect(years(page)).to_have_text("2017")


def test_alliances_without_a_year_are_hidden_where_years_are_chosen_and_this_is_said(page: Page) -> None:
    note = page.locator("#years-note")
    expect(note).to_have_text("1 alliance without a year")
    slider(page, "To year").fill("2020")
    expect(note).to_have_text("1 alliance without a year is hidden")
    expect(status(page)).to_have_text("13 of 13 organizations, 23 of 24 alliances")


def test_the_ends_of_the_years_do_not_pass_each_other(page: Page) -> None:
    slider(page, "To year").fill("2015")
    slider(page, "From year").fill("2020")
    expect(years(page)).to_have_text("2015")
    expect(slider(page, "From year")).to_have_value("2015")


@pytest.mark.parametrize("end", ["from", "to"])
def test_where_both_ends_of_the_years_meet_one_that_can_move_is_on_top(page: Page, end: str) -> None:
    first, last = ("2021", "2021") if end == "from" else ("2014", "2014")
    slider(page, "From year").fill(first)
    slider(page, "To year").fill(last)
    box = page.locator(f"#{end}").bounding_box()
    x, y = (box["x"] + box["width"] - 8 if end == "from" else box["x"] + 8), box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, y, steps=4)
    page.mouse.up()
    expect(years(page)).to_have_text(f"2018{DASH}2021" if end == "from" else f"2014{DASH}2018")


def test_reset_shows_all_years_and_every_alliance(judged: Page) -> None:
    slider(judged, "From year").fill("2016")
    slider(judged, "Shared activities").fill("2")
    slider(judged, "Strength").fill("1")
    slider(judged, "Significance").fill("1")
    judged.get_by_role("button", name="Reset all").click()
    expect(years(judged)).to_have_text("all")
    for name in ("Shared activities", "Strength", "Significance"):
        expect(slider(judged, name)).to_have_value("0")
    expect(slider(judged, "From year")).to_have_value("2014")
    expect(status(judged)).to_have_text("13 of 13 organizations, 24 of 24 alliances")
    assert judged.evaluate("location.hash") == ""


def test_the_histogram_has_a_bar_for_each_year_as_high_as_its_alliances_are_many(page: Page) -> None:
    picture = page.get_by_role("img", name="Alliances in each year; most, 12, in 2016")
    expect(picture).to_be_visible()
    bars = picture.locator("path").first.get_attribute("d").split("z")[:-1]
    heights = [30 - float(bar.partition("V")[2].partition("h")[0]) for bar in bars]
    alliances = [10, 2, 12, 1, 1, 4, 1, 1]  # of the ten that begin in 2014 one goes on to 2016 and one to 2021
    assert heights == pytest.approx([30 * number / 12 for number in alliances], abs=0.01)


def test_play_moves_a_window_of_a_year_and_stops_at_the_end(open_map) -> None:
    page = open_map(partners(), browse=IN_MOTION)
    page.clock.install()
    play = page.locator("#play")
    expect(play).to_have_text("Play")
    play.click()
    expect(play).to_have_text("Stop")
    seen = []
    for _ in range(8):
        page.clock.run_for(1000 if seen else 10)
        seen.append((years(page).inner_text(), shown(page)))
    assert [year for year, _ in seen] == [str(year) for year in range(2014, 2022)]
    assert [number for _, number in seen][:3] == [10, 2, 12]
    expect(play).to_have_text("Play")
    page.clock.run_for(5000)
    expect(years(page)).to_have_text("2021")


def test_play_keeps_the_width_of_the_years_and_the_keyboard_stops_it(open_map) -> None:
    page = open_map(partners(), browse=IN_MOTION)
    page.clock.install()
    slider(page, "To year").fill("2016")
    play = page.locator("#play")
    play.press("Enter")
    page.clock.run_for(10)
    expect(years(page)).to_have_text(f"2015{DASH}2017")
    play.press("Enter")
    expect(play).to_have_text("Play")
    page.clock.run_for(5000)
    expect(years(page)).to_have_text(f"2015{DASH}2017")


def test_who_wants_no_motion_goes_on_by_a_press_for_each_year(page: Page) -> None:
    following = page.get_by_role("button", name="Next year")
    told = []
    for _ in range(9):
        following.click()
        told.append(years(page).inner_text())
    assert told == [*map(str, range(2014, 2022)), "2014"]


def test_an_alliance_tells_its_significance_and_status_in_words(judged: Page) -> None:
    judged.mouse.move(*between(judged, "a", "b"))
    expect(judged.locator("#tooltip span")).to_have_text("3 shared activities, more than chance")
    judged.mouse.click(*between(judged, "a", "b"))
    expect(details(judged).locator("dd").nth(2)).to_have_text("3 shared, 0.6 expected: more than chance, q = .002")
    expect(details(judged).locator("dd").nth(3)).to_have_text("active (as of 2024-02-29)")


def test_less_than_chance_is_told_by_the_chance_to_share_so_few(judged: Page) -> None:
    judged.mouse.click(*between(judged, "k", "l"))
    expect(details(judged).locator("dd").nth(2)).to_have_text("1 shared, 6.2 expected: less than chance, p = .003")


def test_an_alliance_tells_who_was_what_in_its_activities_and_its_sources(judged: Page) -> None:
    judged.mouse.click(*between(judged, "a", "b"))
    activities = details(judged).locator(".activities").first.get_by_role("listitem")
    expect(activities.nth(2)).to_contain_text("World CongressSAL: host, speakerOrganization B: participant")
    expect(details(judged).get_by_role("heading", level=3)).to_have_text(["3 activities", "1 source"])
    source = details(judged).get_by_role("link", name="Annual report")
    expect(source).to_have_attribute("href", "https://example.org/report")


def test_partners_that_are_more_than_chance_are_told_as_such(judged: Page) -> None:
    judged.mouse.click(*place(judged, "a"))
    figures = details(judged).locator(".figure")
    expect(figures.nth(0)).to_contain_text(f"3 shared · more than chance · 2014{DASH}2021")
    expect(figures.nth(2)).to_contain_text("1 shared · 2014")


def test_that_no_alliance_is_significant_is_said_in_words(open_map) -> None:
    network = assessed()
    nx.set_edge_attributes(network, "0", "sign")
    note = open_map(network).get_by_role("note")
    expect(note).to_have_text("No significant allianceNone of the 24 alliances is more than chance would have it.")


def test_where_only_significant_alliances_were_asked_for_and_there_are_none_this_is_said(open_map) -> None:
    page = open_map(nx.Graph(tested=1))
    expect(page.get_by_role("note")).to_have_text(
        "No significant allianceThe one alliance is not more than chance would have it."
    )


def test_on_paper_only_what_narrows_the_map_is_told(page: Page) -> None:
    page.emulate_media(media="print")
    expect(years(page)).to_be_hidden()
    page.emulate_media(media="screen")
    slider(page, "From year").fill("2016")
    page.emulate_media(media="print")
    expect(years(page)).to_have_text(f"2016{DASH}2021")
    expect(slider(page, "From year")).to_be_hidden()
    expect(page.locator("#shared")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_alliances_are_tested(open_map, scheme: str) -> None:
    page = open_map(assessed(), groups=circles(), browse={"color_scheme": scheme})
    slider(page, "From year").fill("2016")
    page.mouse.click(*between(page, "a", "b"))
    assert violations(page) == []
