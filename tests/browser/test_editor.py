"""An editor enters a plan by hand, checks it, publishes it and corrects it, in the admin."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from plans.models import Edition, Plan, User
from tests.browser.conftest import forget_serial
from tests.pages.addresses import US

PASSWORD = "three points on one evening"  # noqa: S105
TEXTS = {
    "1": "Ukraine keeps its sovereignty.",
    "2": "The Armed Forces of Ukraine are capped at 700,000 personnel.",
    "2.a": "The cap ends after ten years.",
}


@pytest.fixture
def editor(page, server) -> Page:
    """A page whose reader is logged in to the admin."""
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": server.url}])
    return page


@pytest.fixture
def plan(db) -> Plan:
    """A plan without an edition."""
    return Plan.objects.create(
        slug="evening-draft",
        title="Evening draft",
        short_title="Evening",
        summary="A draft that leaked this evening.",
    )


def log_in(page: Page) -> None:
    User.objects.create_superuser("editor", password=PASSWORD)
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def choose(page: Page, field: Locator, *names: str) -> None:
    """Pick from a box that searches while one types."""
    for name in names:
        field.locator("xpath=following-sibling::span").locator(".select2-selection").click()
        page.keyboard.type(name)
        page.get_by_role("option", name=name, exact=True).click()


def add_plan(page: Page) -> None:
    page.goto("/admin/")
    page.locator("#content").get_by_role("link", name="Plans", exact=True).last.click()
    page.get_by_role("link", name="Add plan").click()
    page.wait_for_url("**/add/")  # loaded: Django moves the focus to the first field
    page.get_by_label("Slug").fill("evening-draft")
    page.get_by_label("Title", exact=False).first.fill("Evening draft")
    page.get_by_label("Short title").fill("Evening")
    page.get_by_label("Summary").fill("A draft that leaked this evening.")
    choose(page, page.locator("#id_sponsors-0-party"), "Ukraine")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("was added successfully")


def begin_edition(page: Page) -> None:
    page.goto("/admin/")
    page.locator("#content").get_by_role("link", name="Editions", exact=True).click()
    page.get_by_role("link", name="Add edition").click()
    page.wait_for_url("**/add/")
    choose(page, page.locator("#id_plan"), "Evening draft")
    page.locator("#id_slug").fill("2026-11-01")
    page.get_by_label("Label").fill("Leaked draft, 1 November 2026")
    page.get_by_label("Became public on").fill("2026-11-01")
    page.locator("#id_status").select_option(label="leaked draft")
    page.get_by_label("Provenance").fill("Photographed by a newspaper.")
    page.get_by_label("We hold the complete text").check()
    page.locator("#id_sources-0-key").fill("paper")
    page.locator("#id_sources-0-publisher").fill("Evening Paper")
    page.locator("#id_sources-0-kind").select_option(label="carries the text")


def fill_provision(page: Page, row: int, number: str, issue: str, **fields: str) -> None:
    start = f"#id_provisions-{row}"
    page.locator(f"{start}-number").fill(number)
    page.locator(f"{start}-text").fill(TEXTS.get(number, f"Point {number} stands."))
    choose(page, page.locator(f"{start}-issues"), issue)
    page.locator(f"{start}-force").select_option(label="commits")
    page.locator(f"{start}-confidence").select_option(label="single source")
    page.locator(f"{start}-cites").fill("paper")
    for name, value in fields.items():
        page.locator(f"{start}-{name}").fill(value)


def fill_edition(page: Page) -> None:
    begin_edition(page)
    fill_provision(page, 0, "1", "Ukraine's sovereignty")
    choose(page, page.locator("#id_provisions-0-bound"), "Russian Federation")
    page.get_by_text("Add another Provision", exact=True).click()
    fill_provision(page, 1, "2", "Size of the armed forces")
    page.get_by_text("Add another Provision", exact=True).click()
    fill_provision(page, 2, "2.a", "Size of the armed forces", parent_number="2")
    choose(page, page.locator("#id_positions-0-issue"), "Size of the armed forces")
    page.locator("#id_positions-0-stance").fill("Capped at 700,000 for ten years")
    page.locator("#id_positions-0-rests").fill("2, 2.a")


def save(page: Page) -> None:
    with page.expect_navigation():  # until all is loaded, the focus among it
        page.get_by_role("button", name="Save and continue editing").first.click()


def errors(page: Page) -> str:
    return " ".join(page.locator(".errorlist").all_inner_texts())


def publish(page: Page) -> None:
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("Published as number")
    forget_serial()


def test_it_works(page):
    """From an empty form to a comparison that a journalist can cite, and its correction."""
    log_in(page)
    add_plan(page)
    fill_edition(page)
    save(page)
    expect(page.get_by_role("region", name="Check list")).to_contain_text(
        "Nothing keeps this from being published"
    )
    edition_form = page.url
    publish(page)
    expect(page.get_by_role("region", name="Check list")).to_contain_text("Published as it stands")

    # Readers find it, and compare it.
    page.goto("/plans/")
    page.get_by_role("main").get_by_role("link", name="Evening draft").click()
    for number, text in TEXTS.items():
        expect(page.locator(f'[id="p-{number}"]')).to_contain_text(text)
    expect(page.locator('[id="p-1"]')).to_contain_text("Evening Paper")
    expect(page.locator('[id="p-1"]')).to_contain_text("binds Russia")
    page.get_by_role("link", name="US 28-point", exact=True).click()
    page.wait_for_url(f"**/compare/{US}...evening-draft/")
    page.goto(f"/compare/{US}...evening-draft/armed-forces/")
    expect(page.get_by_role("main")).to_contain_text("Capped at 700,000 for ten years")
    expect(page.get_by_role("main")).to_contain_text("Suggested by our program, not reviewed")
    cited = page.locator("#cite a").first.inner_text()

    # A slip is corrected.
    page.goto(edition_form)
    page.locator("#id_provisions-1-text").fill(TEXTS["2"].replace("700,000", "750,000"))
    save(page)
    expect(page.get_by_role("region", name="Check list")).to_contain_text(
        "differs from what readers see"
    )
    page.get_by_role("link", name="Correct", exact=True).click()
    page.get_by_label("Type").select_option(label="correction")
    page.get_by_label("Reason").fill("The photograph was misread.")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("Published as number")
    forget_serial()

    page.goto(cited)
    expect(page.locator("ins").filter(has_text="700,000")).to_be_visible()
    notice = page.locator("#corrected")
    expect(notice).to_contain_text("correction: The photograph was misread.")
    notice.get_by_role("link", name="Size of the armed forces").click()
    expect(page.locator("ins").filter(has_text="750,000")).to_be_visible()


def typed(page: Page) -> dict[str, str]:
    """All that stands in the form now, by field; rows without content aside."""
    values = page.evaluate("""() => [...document.querySelectorAll("#edition_form [name]")]
        .filter(e => e.type !== "hidden" && !e.name.includes("__prefix__"))
        .map(e => [e.name, e.type === "checkbox" ? String(e.checked)
            : e.multiple ? [...e.selectedOptions].map(o => o.textContent).join("|") : e.value])""")
    return {name: value for name, value in values if value}


MISTAKES = {
    "provisions-1-cites": ("papre", r"papre: no source of this edition.*paper"),
    "provisions-1-number": ("1", r"duplicate|twice|already|correct"),
    "provisions-2-parent_number": ("9", r"9: no provision of this edition"),
    "positions-0-rests": ("2, 7", r"7: no provision of this edition"),
    "sources-0-key": ("Evening Paper!", r"slug"),
    "slug": ("1 November", r"date|2025-11-20"),
}


def test_a_mistake_is_told_and_nothing_typed_is_lost(editor, plan):
    page = editor
    fill_edition(page)
    for field, (wrong, said) in MISTAKES.items():
        box = page.locator(f"#id_{field}")
        right = box.input_value()
        box.fill(wrong)
        before = typed(page)
        assert before["provisions-2-text"] == TEXTS["2.a"]
        save(page)
        assert re.search(said, errors(page), re.IGNORECASE | re.DOTALL), errors(page)
        assert typed(page) == before
        box.fill(right)
    assert not plan.editions.exists()
    save(page)
    assert errors(page) == ""
    assert plan.editions.get().provisions.count() == len(TEXTS)


def test_check_list_says_what_is_missing_and_refuses_to_publish(editor, plan):
    page = editor
    begin_edition(page)
    save(page)
    checks = page.get_by_role("region", name="Check list")
    expect(checks).to_contain_text("keeps this from being published")
    expect(checks).to_contain_text("provision")
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    page.goto("/plans/")
    expect(page.get_by_text("Evening draft")).to_have_count(0)


def test_what_is_saved_and_not_published_is_seen_by_no_reader(editor, plan):
    page = editor
    fill_edition(page)
    save(page)
    for path in ("/", "/plans/", "/issues/armed-forces/", "/compare/", "/sources/"):
        page.goto(path)
        expect(page.get_by_role("main")).not_to_contain_text("Evening draft")
        expect(page.get_by_role("main")).not_to_contain_text("Evening Paper")
        expect(page.get_by_role("main")).not_to_contain_text("700,000")


def test_what_is_published_cannot_be_deleted_or_renamed(editor):
    page = editor
    edition = Edition.objects.get(plan__slug=US)
    page.goto(f"/admin/plans/edition/{edition.pk}/change/")
    expect(page.get_by_role("link", name="Delete", exact=True)).to_have_count(0)
    expect(page.locator("#id_slug")).to_have_count(0)
    expect(page.locator("#id_provisions-0-number")).to_have_value("1")
    save(page)  # a form of 57 provisions, saved as it stands, changes nothing
    expect(page.get_by_role("region", name="Check list")).to_contain_text("Published as it stands")
    page.goto(f"/admin/plans/plan/{edition.plan_id}/change/")
    expect(page.locator("#id_slug")).to_have_count(0)


def test_a_correction_needs_a_reason(editor):
    page = editor
    edition = Edition.objects.get(plan__slug=US)
    page.goto(f"/admin/plans/edition/{edition.pk}/change/")
    page.locator("#id_provisions-0-text").fill("Other words.")
    save(page)
    page.get_by_role("link", name="Correct", exact=True).click()
    page.get_by_label("Reason").fill("   ")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator(".errorlist")).to_contain_text("required")
    page.goto(f"/plans/{US}/")
    expect(page.get_by_text("Other words.")).to_have_count(0)
