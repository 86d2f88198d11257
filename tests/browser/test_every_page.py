"""Each kind of page: open to all readers, in both themes, and as wide as the screen."""

import pytest
from playwright.sync_api import Page

from comparisons.deriving import token_of
from plans.models import Publication
from tests.pages.addresses import LEAD, pages

# Pages of the same make as another are left out.
NAMES = pages("").keys() - {"comparison of editions", "permanent issue", "reversed issue"}


@pytest.fixture(params=sorted(NAMES))
def path(request, published_plans) -> str:
    lead = Publication.objects.filter(key=LEAD).current().get()
    return pages(token_of(lead.document_id))[request.param]


def unfold(page: Page) -> None:
    """Open all that is folded: what is hidden can neither be checked nor stick out."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


def test_it_is_open_to_all_readers(page, axe, path):
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(path)
        if width == 390:
            unfold(page)
        assert axe(page) == [], width
        page.emulate_media(color_scheme="dark")
        # The themes differ in their colours alone.
        assert axe(page, "color-contrast") == [], width


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }"""


def test_it_is_as_wide_as_the_screen(page, path):
    for width in (320, 390, 640, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        unfold(page)
        assert_fits(page, width)
    # WCAG 1.4.12: a reader may set the text wide.
    page.set_viewport_size({"width": 390, "height": 900})
    page.evaluate(
        """rules => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(rules);
            document.adoptedStyleSheets = [sheet];
        }""",
        SPACED,
    )
    assert_fits(page, "390, set wide")


def assert_fits(page: Page, what: object) -> None:
    """The page is no wider than the screen; if it is, say what sticks out."""
    needed, width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    wide = page.evaluate("""() => {
        const scrolls = e => e && (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX)
                                   || scrolls(e.parentElement));
        return [...document.querySelectorAll("main *, header *, footer *")]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1
                         && !scrolls(e.parentElement))
            .slice(0, 3).map(e => e.outerHTML.slice(0, 160));
    }""")
    assert needed <= width, f"{needed} px at {what}: {wide}"


@pytest.mark.parametrize("address", ["/plans/no-such-plan/", "/compare/one-plan/"])
def test_error_pages_are_open_to_all_readers(page, axe, problems, address):
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(address)
        assert axe(page) == []
        assert_fits(page, width)
        page.emulate_media(color_scheme="dark")
        assert axe(page, "color-contrast") == []
    # Chromium itself tells of the 4xx.
    assert all("Failed to load resource" in problem for problem in problems)
    problems.clear()
