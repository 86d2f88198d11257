"""The comparison page, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.addresses import EUROPE, PAIR, US

ROW = '[id="r-6~6"]'
CAP = "The Armed Forces of Ukraine are capped at"


def texts(page: Page) -> str:
    """The comparison's own words, white space made single."""
    return re.sub(r"\s+", " ", page.locator("#comparison").text_content())


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request) -> bool:
    return request.param


def test_it_works(new_page, javascript):
    page = new_page(javascript=javascript)
    page.goto(f"{PAIR}/")
    row = page.locator(ROW)
    expect(row.get_by_text(CAP).first).to_be_visible()
    expect(row.locator("del")).to_be_visible()
    assert "600,000" in row.locator("del").inner_text()
    assert "800,000" in row.locator("ins").first.inner_text()
    assert "in peacetime" in row.locator("ins").last.inner_text()


def test_marks_are_seen_without_colours(new_page):
    """A mark that is a colour alone is none for many readers, and in print."""
    page = new_page()
    page.goto(f"{PAIR}/")
    line = """e => {
        const style = getComputedStyle(e);
        return [style.textDecorationLine, style.textDecorationStyle, style.borderBottomStyle];
    }"""
    deleted, inserted = (
        page.locator(f"{ROW} {tag}").first.evaluate(line) for tag in ("del", "ins")
    )
    assert ["none", "none"] not in (deleted[::2], inserted[::2])
    assert deleted != inserted


def test_on_a_phone_texts_open_by_their_summary(new_page, javascript):
    page = new_page(javascript=javascript, width=390)
    page.goto(f"{PAIR}/")
    text = page.locator(ROW).get_by_text(CAP).first
    expect(text).to_be_hidden()
    page.locator(f"{ROW} > summary").click()
    expect(text).to_be_visible()
    page.locator(f"{ROW} > summary").click()
    expect(text).to_be_hidden()


def test_link_to_a_folded_text_opens_it(new_page):
    page = new_page(width=390)
    page.goto(f"{PAIR}/#r-6~6")
    expect(page.locator(ROW).get_by_text(CAP).first).to_be_visible()
    expect(page.locator(ROW)).to_be_in_viewport()


def test_issue_page_is_open_on_a_phone(new_page, javascript):
    page = new_page(javascript=javascript, width=390)
    page.goto(f"{PAIR}/armed-forces/")
    expect(page.locator(ROW).get_by_text(CAP).first).to_be_visible()
    expect(page.get_by_text("600,000 → 800,000 personnel, +33 %")).to_be_visible()


@pytest.mark.parametrize(
    ("link", "query"),
    [
        ("By point", "view=points"),
        ("Only what differs", "show=changes"),
        ("In one text", "diff=inline"),
        ("None", "diff=none"),
    ],
)
def test_state_is_switched_with_and_without_javascript(new_page, javascript, link, query):
    page = new_page(javascript=javascript)
    page.goto(f"{PAIR}/")
    before = texts(page)
    page.locator("#comparison").get_by_role("link", name=link, exact=True).click()
    page.wait_for_url(f"**{PAIR}/?{query}")
    expect(page.get_by_role("link", name=link, exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    shown = texts(page)
    assert shown != before
    page.reload()
    assert texts(page) == shown  # one address has one rendering


# --- quicker with htmx --------------------------------------------------------------------------


@pytest.fixture
def opened(new_page) -> Page:
    """The comparison page, marked so that a full load would be noticed."""
    page = new_page()
    page.goto(f"{PAIR}/")
    page.evaluate("window.notLoadedAnew = true")
    return page


def is_kept(page: Page) -> bool:
    return page.evaluate("window.notLoadedAnew === true")


def switch(page: Page, link: str, query: str) -> None:
    page.get_by_role("link", name=link, exact=True).click()
    page.wait_for_url(f"**{PAIR}/{query}")
    expect(page.get_by_role("link", name=link, exact=True)).to_have_attribute(
        "aria-current", "true"
    )


def test_switching_needs_no_full_load(opened):
    switch(opened, "By point", "?view=points")
    assert is_kept(opened)
    expect(opened.get_by_role("heading", name="Both texts in their own order")).to_be_visible()
    switch(opened, "Only what differs", "?view=points&show=changes")
    switch(opened, "In one text", "?view=points&show=changes&diff=inline")
    assert is_kept(opened)
    expect(opened.get_by_role("heading", level=1)).to_be_visible()
    expect(opened.locator("#comparison")).to_have_count(1)
    expect(opened.locator(f"{ROW} del")).to_be_visible()  # texts are open after a swap, too


def test_title_follows(opened):
    switch(opened, "By point", "?view=points")
    swapped = opened.title()
    opened.reload()
    assert opened.title() == swapped


def test_focus_stays_on_the_switch(opened):
    opened.get_by_role("link", name="By point", exact=True).focus()
    opened.keyboard.press("Enter")
    opened.wait_for_url("**?view=points")
    expect(opened.get_by_role("link", name="By point", exact=True)).to_be_focused()


def test_back_and_forward_bring_whole_pages(opened):
    first = texts(opened)
    switch(opened, "By point", "?view=points")
    second = texts(opened)
    switch(opened, "Only what differs", "?view=points&show=changes")
    third = texts(opened)
    assert len({first, second, third}) == 3
    for move, query, shown in (
        ("go_back", "?view=points", second),
        ("go_back", "", first),
        ("go_forward", "?view=points", second),
        ("go_forward", "?view=points&show=changes", third),
    ):
        opened.evaluate(f"history.{'back' if move == 'go_back' else 'forward'}()")
        opened.wait_for_url(re.compile(re.escape(f"{PAIR}/{query}") + "$"))
        opened.wait_for_function("text => document.querySelector('#comparison').textContent"
                                 ".replace(/\\s+/g, ' ') === text", arg=shown)  # fmt: skip
        expect(opened.get_by_role("heading", level=1)).to_be_visible()
        expect(opened.get_by_role("navigation", name="Main")).to_be_visible()
        expect(opened.get_by_role("contentinfo")).to_be_visible()


def test_back_from_an_issue_page_brings_the_state(opened):
    switch(opened, "Only what differs", "?show=changes")
    shown = texts(opened)
    opened.locator("#donbas h3 a").click()
    opened.wait_for_url(f"**{PAIR}/donbas/")
    opened.go_back()
    opened.wait_for_url(f"**{PAIR}/?show=changes")
    assert texts(opened) == shown


def test_sides_can_be_swapped(opened):
    opened.get_by_role("link", name="Swap A and B").click()
    opened.wait_for_url(f"**/compare/{EUROPE}...{US}/")
    assert "800,000" in opened.locator(f"{ROW} del").first.inner_text()


# --- permanent link -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [f"{PAIR}/", f"{PAIR}/sanctions/"])
def test_permanent_link_opens_the_same_content(new_page, path):
    page = new_page()
    page.goto(path)
    printed = page.locator("#cite a").first
    address = printed.inner_text().strip()
    assert address == page.evaluate("a => a.href", printed.element_handle())
    words = "main section"
    here = [re.sub(r"\s+", " ", text) for text in page.locator(words).all_text_contents()]
    other = new_page()
    other.goto(address)
    there = [re.sub(r"\s+", " ", text) for text in other.locator(words).all_text_contents()]
    assert there == here
    assert len("".join(here)) > 500


# --- choosing -----------------------------------------------------------------------------------


def test_two_plans_are_chosen_and_compared(new_page, javascript):
    page = new_page(javascript=javascript)
    page.goto("/compare/")
    page.get_by_label("First text").select_option("china-position-2023")
    page.get_by_label("Second text").select_option(EUROPE)
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url(f"**/compare/china-position-2023...{EUROPE}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
