"""From rows to the record: what blocks, what is logged, and that it is all or nothing."""

import json
from datetime import date

import pytest
from django.dispatch import receiver

from plans import documents as doc
from plans import publishing
from plans.models import Document, Edition, Issue, Publication, User
from plans.publishing import (
    Blocked,
    blockers,
    current,
    edition_published,
    has_changes,
    publish_catalogue,
    publish_edition,
)
from tests.factories import catalogue_file, edition, load_files, plan_file, provision

pytestmark = pytest.mark.django_db

KEY_A = "edition/plan-a@2025-11-20"
PAIR = "plan-a@2025-11-20...plan-b@2025-11-24"


@pytest.fixture
def plan_a(tmp_path) -> Edition:
    """Published, with plan-b beside it."""
    load_files(
        tmp_path,
        catalogue=catalogue_file(),
        a=plan_file("plan-a"),
        b=plan_file("plan-b", edition("2025-11-24", provisions=[provision("1")])),
    )
    return Edition.objects.get(plan__slug="plan-a")


def rewrite(edition: Edition, text: str) -> None:
    edition.provisions.filter(number="1").update(text=text)


def correct(edition: Edition, text: str, **about) -> Publication | None:
    rewrite(edition, text)
    return publish_edition(edition, **{"type": "correction", "reason": "A slip.", **about})


def counts() -> tuple[int, int]:
    return Publication.objects.count(), Document.objects.count()


# --- what blocks --------------------------------------------------------------------------------


def test_sound_edition_is_not_blocked(plan_a):
    assert blockers(plan_a) == []


def test_all_that_blocks_is_listed_in_an_editors_words(plan_a):
    first, second, third = plan_a.provisions.all()
    first.issues.all().delete()
    second.citations.first().delete()
    third.figures.create(measure="m", name="n", unit="u", bound="none")
    third.kind = "heading"
    third.save()
    plan_a.date = "2025-11-21"
    plan_a.save()
    issue = Issue.objects.get(slug="donbas")
    plan_a.positions.create(issue=issue, kind="stated", stance="Frozen")
    assert blockers(plan_a) == [
        "slug: '2025-11-20' is not of 2025-11-21: expected its date",
        "provision 1, issues: provision 1 bears on no issue: expected at least one",
        "provision 2, confidence: provision 2 is corroborated by one source: expected two or "
        "more, or single-source",
        "provision 3, kind: heading '3' has no sub-points",
        "position on donbas: the position on 'donbas' rests on no provision: expected at least one",
    ]


def test_blocked_edition_is_not_published(plan_a):
    plan_a.provisions.first().issues.all().delete()
    before = counts()
    with pytest.raises(Blocked) as caught:
        publish_edition(plan_a, type="correction", reason="A slip.")
    assert caught.value.faults == blockers(plan_a)
    assert counts() == before


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ({}, "is published: a change needs one of correction, clarification, new-source"),
        ({"type": "first-publication", "reason": "Why"}, "is published: a change needs one of"),
        ({"type": "typo", "reason": "Why"}, "is published: a change needs one of"),
        ({"type": "correction"}, "a correction needs a reason, which readers will see"),
        ({"type": "correction", "reason": " \n"}, "a correction needs a reason"),
    ],
)
def test_correction_needs_a_type_and_a_reason(plan_a, about, message):
    rewrite(plan_a, "Another text stands here.")
    before = counts()
    with pytest.raises(Blocked, match=message):
        publish_edition(plan_a, **about)
    assert counts() == before


# --- what is logged -----------------------------------------------------------------------------


def test_first_publication_needs_no_reason(plan_a):
    first = current(KEY_A)
    assert (first.type, first.reason, first.by) == ("first-publication", "", None)
    body = json.loads(first.document.body)
    assert (body["plan"]["slug"], body["edition"]["slug"]) == ("plan-a", "2025-11-20")


def test_first_publication_is_one_whatever_it_is_called(plan_a):
    plan_a.pk, plan_a.slug, plan_a.date = None, "2025-12-01", date(2025, 12, 1)
    plan_a.save()
    source = plan_a.sources.create(key="first", publisher="A", kind="primary")
    row = plan_a.provisions.create(number="1", text="Text.", force="commits", confidence="inferred")
    row.issues.create(issue=Issue.objects.first())
    row.citations.create(source=source)
    made = publish_edition(plan_a, type="correction", reason="A slip.")
    assert (made.type, made.reason) == ("first-publication", "")


def test_correction_is_a_new_entry_with_type_reason_and_author(plan_a):
    editor = User.objects.create(username="editor")
    old = current(KEY_A)
    made = correct(plan_a, "Corrected words.", type="clarification", reason=" Why. ", by=editor)
    assert current(KEY_A) == made
    assert (made.type, made.reason, made.by) == ("clarification", "Why.", editor)
    assert "Corrected words." in made.document.body
    assert "Corrected words." not in Document.objects.get(pk=old.document_id).body


def test_digest_covers_neither_author_nor_reason_nor_time(plan_a):
    old = current(KEY_A)
    correct(plan_a, "Other words.")
    editor = User.objects.create(username="editor")
    text = json.loads(old.document.body)["edition"]["provisions"][0]["text"]
    assert correct(plan_a, text, by=editor, reason="Back.").document_id == old.document_id


def test_publishing_unchanged_rows_changes_nothing(plan_a):
    before = counts()
    assert publish_edition(plan_a, type="correction", reason="Nothing.") is None
    assert publish_catalogue() is None
    assert publishing.publish_reactions() is None
    assert counts() == before


def test_serials_have_no_gaps(plan_a):
    correct(plan_a, "Second words.")
    plan_a.provisions.first().issues.all().delete()
    with pytest.raises(Blocked):
        correct(plan_a, "Blocked words.")
    publish_catalogue()
    serials = list(Publication.objects.values_list("serial", flat=True))
    assert serials == list(range(1, len(serials) + 1))


def test_stored_body_is_canonical_and_named_by_its_digest(plan_a):
    for document in Document.objects.all():
        assert doc.digest_of(document.body.encode()) == document.digest
        assert doc.canonical(json.loads(document.body)) == document.body.encode()


def test_going_back_is_a_new_publication_of_an_old_document(plan_a):
    first = current(KEY_A)
    text = json.loads(first.document.body)["edition"]["provisions"][0]["text"]
    second = correct(plan_a, "Corrected words.")
    documents = Document.objects.count()
    back = correct(plan_a, text, reason="The first was right.")
    assert back.document == first.document != second.document
    assert back.serial > second.serial
    assert Document.objects.count() == documents
    assert current(KEY_A) == back


def test_withdrawal_is_a_publication_of_the_document_as_it_stands(plan_a):
    before = current(KEY_A)
    made = publish_edition(plan_a, type="withdrawal", reason="It was forged.")
    assert (made.type, made.reason, made.document) == (
        "withdrawal",
        "It was forged.",
        before.document,
    )
    assert current(KEY_A) == made


def test_withdrawing_twice_changes_nothing(plan_a):
    publish_edition(plan_a, type="withdrawal", reason="It was forged.")
    before = counts()
    assert publish_edition(plan_a, type="withdrawal", reason="It was forged.") is None
    assert counts() == before


def test_withdrawal_can_be_taken_back(plan_a):
    publish_edition(plan_a, type="withdrawal", reason="It was forged.")
    back = publish_edition(plan_a, type="correction", reason="It was not forged.")
    assert back.type == "correction"
    assert current(KEY_A) == back


def test_changes_are_known_before_they_are_published(plan_a):
    assert not has_changes(plan_a)
    rewrite(plan_a, "Other words.")
    assert has_changes(plan_a)
    publish_edition(plan_a, type="correction", reason="A slip.")
    assert not has_changes(plan_a)


# --- all or nothing -----------------------------------------------------------------------------


def test_comparisons_follow_in_the_same_transaction(plan_a):
    before = current(f"comparison/{PAIR}")
    made = correct(plan_a, "Corrected words.")
    after = current(f"comparison/{PAIR}")
    assert after.serial > before.serial
    assert (after.type, after.reason) == ("correction", "A slip.")
    body = json.loads(after.document.body)
    assert body["left"]["digest"] == made.document_id
    assert body["alignment"] == current(f"alignment/{PAIR}").document_id
    assert body["catalogue"] == current("catalogue").document_id


def test_error_of_a_listener_takes_all_back(plan_a):
    before = counts()
    seen = []

    @receiver(edition_published)
    def fail(publication, **_):
        # By now the comparisons are there: this listener came last.
        seen.append(current(f"comparison/{PAIR}").reason)
        raise RuntimeError("a listener failed")

    try:
        with pytest.raises(RuntimeError, match="a listener failed"):
            correct(plan_a, "Corrected words.")
    finally:
        edition_published.disconnect(fail)
    assert seen == ["A slip."]
    assert counts() == before
    assert current(KEY_A).type == "first-publication"


def test_listeners_hear_of_the_entry_and_what_it_replaces(plan_a):
    heard = []

    @receiver(edition_published)
    def listen(publication, before, **_):
        heard.append((publication.key, before and before.digest))

    old = current(KEY_A).document_id
    try:
        correct(plan_a, "Corrected words.")
    finally:
        edition_published.disconnect(listen)
    assert heard == [(KEY_A, old)]
