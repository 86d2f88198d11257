"""All that a mouse can do, keys can do; and the focus is always seen."""

from playwright.sync_api import Page, expect

from tests.pages.addresses import PAIR

FOCUS = """() => {
    const element = document.activeElement, style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
        tag: element.tagName, href: element.getAttribute("href"), text: element.textContent.trim(),
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
        shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
               && box.top < innerHeight && box.left < innerWidth,
    };
}"""


def tab(page: Page, key: str = "Tab") -> dict:
    page.keyboard.press(key)
    return page.evaluate(FOCUS)


def tab_to(page: Page, href: str, most: int = 120) -> list[dict]:
    """Press Tab until a link is reached; what was passed on the way, and that all of it showed."""
    passed = []
    for _ in range(most):
        passed.append(tab(page))
        if passed[-1]["href"] == href:
            return passed
    raise AssertionError(f"{href} is not reached by {most} tabs: {passed}")


def test_it_works(page):
    """From the top of the home page to the lead comparison's issue of the armed forces."""
    page.goto("/")
    passed = tab_to(page, f"{PAIR}/armed-forces/")
    assert [stop for stop in passed if not stop["seen"]] == []
    assert [stop for stop in passed if not stop["shown"]] == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAIR}/armed-forces/")
    expect(page.get_by_text("600,000 → 800,000 personnel, +33 %")).to_be_visible()


def test_skip_link_is_first_and_leads_past_the_menu(page):
    page.goto("/plans/")
    first = tab(page)
    assert (first["href"], first["seen"], first["shown"]) == ("#main", True, True)
    page.keyboard.press("Enter")
    after = tab(page)
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert after["href"].startswith("/plans/")


def test_focus_is_seen_on_every_stop_of_a_comparison(page):
    page.goto(f"{PAIR}/armed-forces/")
    stops = []
    for _ in range(80):
        stop = tab(page)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    assert len(stops) > 20
    assert [stop for stop in stops if not (stop["seen"] and stop["shown"])] == []


def test_folded_text_opens_and_closes_by_key(new_page):
    page = new_page(width=390)
    page.goto(f"{PAIR}/")
    row = page.locator('[id="r-6~6"]')
    row.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(row).to_have_attribute("open", "")
    page.keyboard.press("Space")
    expect(row).not_to_have_attribute("open", "")


def test_wide_matrix_scrolls_by_key(new_page):
    """A table that is wider than the screen can be reached and moved without a mouse."""
    page = new_page(width=390)
    page.goto("/")
    region = page.locator('[role="region"][tabindex="0"]').first
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=region.element_handle())
