"""An editor reviews a suggested alignment in the admin."""

import re
from html import unescape

import pytest
from django.urls import reverse

from comparisons.loading import load
from comparisons.management.commands.load_plans import BUNDLED
from comparisons.models import Alignment
from plans.models import Edition, User
from tests.pages.html import read

PAIR = ("russian-memorandum-2025", "us-28-point-draft")


@pytest.fixture
def editor(db, client):
    load([BUNDLED])  # with rows, which pages do not need and editors do
    client.force_login(User.objects.create_superuser("editor"))
    return client


def filled(page: str) -> dict[str, str]:
    """What a browser would send of the alignment's form if nothing were changed."""
    data = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r' name="([^"]*)"', tag)
        unchecked = 'type="checkbox"' in tag and " checked" not in tag
        if name and not unchecked and 'type="submit"' not in tag:
            value = re.search(r' value="([^"]*)"', tag)
            data[name[1]] = value[1] if value else ""
    for name, text in re.findall(
        r'<textarea[^>]* name="([^"]*)"[^>]*>\n?(.*?)</textarea>', page, re.S
    ):
        data[name] = text
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        data[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in data.items()}


def test_a_review_starts_from_the_suggestion_and_is_published(editor):
    right, left = (Edition.objects.filter(plan__slug=slug).latest("date") for slug in PAIR)
    add = reverse("admin:comparisons_alignment_add")
    editor.post(add, {"left": left.pk, "right": right.pk})  # exchanged: the earlier goes left
    alignment = Alignment.objects.get(left__plan__slug=PAIR[0], right__plan__slug=PAIR[1])
    change = reverse("admin:comparisons_alignment_change", args=[alignment.pk])
    data = filled(editor.get(change).content.decode())
    paired = next(
        name.rsplit("-", 1)[0]
        for name in data
        if name.endswith("-left_numbers")
        and data[name]
        and data[name.replace("left_numbers", "right_numbers")]
    )
    data |= {f"{paired}-change": "An editor's sentence.", f"{paired}-reviewed": "on"}
    wrong = data | {f"{paired}-left_numbers": "99.z"}
    assert "99.z: no such point" in editor.post(change, wrong).content.decode()
    assert editor.post(change, data).status_code == 302
    publish = reverse("admin:comparisons_alignment_publish", args=[alignment.pk])
    about = {"type": "clarification", "reason": "Reviewed by an editor."}
    assert editor.post(publish, about).status_code == 302
    page = read(editor.get(f"/compare/{'...'.join(PAIR)}/"))
    assert "An editor’s sentence." in page.text
    assert "Aligned by editors" in page.text
