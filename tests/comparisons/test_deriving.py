"""What follows from publishing: tokens, carried-over alignments, and every pair's comparison."""

import hashlib
import json
from collections import Counter

import pytest

from comparisons.deriving import publish_alignment, start_review, token_of
from comparisons.models import Alignment
from comparisons.rows import alignments_whole, links_of
from plans.models import Document, Edition, Publication
from plans.publishing import current, publish_edition
from tests.factories import (
    alignment_file,
    catalogue_file,
    edition,
    link,
    load_files,
    plan_file,
    provision,
)

pytestmark = pytest.mark.django_db

PAIR = "plan-a@2025-11-20...plan-b@2025-11-24"
LEFT = {
    "1": "Ukraine's neutrality is written into its constitution.",
    "2": "The armed forces of Ukraine are capped at 600,000 personnel.",
    "3": "An international monitoring mission watches the line of contact.",
    "4": "Prisoners of war are exchanged all for all.",
}
RIGHT = {**LEFT, "2": "The armed forces of Ukraine are capped at 800,000 personnel."}
LINKS = [
    link(["1"], ["1"], "same"),
    link(["2"], ["2"], "amended", change="The cap rises.", changes={"armed-forces": "It rises."}),
    link(["3"], ["3"], "same"),
    link(["4"], ["4"], "same"),
]


def plan(slug, day, texts):
    return plan_file(slug, edition(day, provisions=[provision(n, t) for n, t in texts.items()]))


def publication(kind: str, pair: str = PAIR) -> Publication:
    return current(f"{kind}/{pair}")


def body(kind: str, pair: str = PAIR) -> dict:
    return json.loads(publication(kind, pair).document.body)


def links() -> dict[str, dict]:
    """The published links of the pair, by their numbers."""
    found = body("alignment")["links"]
    return {f"{','.join(x['left'])}={','.join(x['right'])}": x for x in found}


def placed_once() -> bool:
    points = body("comparison")["points"]
    for side in ("left", "right"):
        key = f"{body('comparison')[side]['plan']}@{body('comparison')[side]['edition']}"
        numbers = [p["number"] for p in body("edition", key)["edition"]["provisions"]]
        if Counter(n for row in points for n in row[side]) != Counter(numbers):
            return False
    return True


@pytest.fixture
def plan_a(tmp_path) -> Edition:
    """plan-a, published beside plan-b, with an alignment that an editor has reviewed."""
    load_files(
        tmp_path,
        catalogue=catalogue_file(),
        a=plan("plan-a", "2025-11-20", LEFT),
        b=plan("plan-b", "2025-11-24", RIGHT),
        alignment=alignment_file(*LINKS),
    )
    return Edition.objects.get(plan__slug="plan-a")


@pytest.fixture
def unreviewed(tmp_path) -> Edition:
    """The same without an alignment of an editor's."""
    load_files(
        tmp_path,
        catalogue=catalogue_file(),
        a=plan("plan-a", "2025-11-20", LEFT),
        b=plan("plan-b", "2025-11-24", RIGHT),
    )
    return Edition.objects.get(plan__slug="plan-a")


def rewrite(edition: Edition, number: str, text: str) -> None:
    edition.provisions.filter(number=number).update(text=text)


def correct(edition: Edition) -> Publication:
    return publish_edition(edition, type="correction", reason="A slip.")


def correct_three_things(edition: Edition) -> None:
    """One text changed, one number vanished, one number is new."""
    rewrite(edition, "2", "The armed forces of Ukraine are capped at 650,000 personnel.")
    edition.provisions.get(number="4").delete()
    fresh = edition.provisions.create(
        number="5", order=9, text="Elections are held.", force="commits", confidence="inferred"
    )
    fresh.issues.create(issue=edition.provisions.first().issues.get().issue)
    fresh.citations.create(source=edition.sources.first())
    correct(edition)


# --- tokens -------------------------------------------------------------------------------------


def test_token_is_the_first_20_base32_characters_of_the_digest():
    digest = hashlib.sha256(b"{}").hexdigest()
    token = token_of(digest)
    # printf '{}' | sha256sum | cut -c1-64 | xxd -r -p | base32 | cut -c1-20 | tr A-Z a-z
    assert token == "iqjw7i2vwntyuekgvulp"  # noqa: S105


# --- carried over -------------------------------------------------------------------------------


def test_unchanged_links_stay_reviewed(plan_a):
    correct_three_things(plan_a)
    found = links()
    for name in ("1=1", "3=3"):
        assert (found[name]["relation"], found[name]["reviewed"]) == ("same", True)
        assert not found[name]["stale"]


def test_link_whose_text_changed_is_stale_and_keeps_its_words(plan_a):
    correct_three_things(plan_a)
    assert links()["2=2"] == {
        "left": ["2"],
        "right": ["2"],
        "relation": "amended",
        "change": "The cap rises.",
        "changes": {"armed-forces": "It rises."},
        "reviewed": True,
        "stale": True,
        "score": None,
    }


def test_vanished_number_drops_out(plan_a):
    correct_three_things(plan_a)
    found = links()
    assert "4=4" not in found
    assert (found["=4"]["relation"], found["=4"]["stale"]) == ("added", True)


def test_new_number_gets_a_suggestion(plan_a):
    correct_three_things(plan_a)
    found = links()["5="]
    assert (found["relation"], found["reviewed"], found["stale"]) == ("removed", False, False)


def test_new_number_is_aligned_with_what_stands_free(plan_a, tmp_path):
    """A number that comes back is suggested beside what has answered it before."""
    correct_three_things(plan_a)
    fresh = plan_a.provisions.get(number="5")
    fresh.text = RIGHT["4"]
    fresh.save()
    correct(plan_a)
    assert placed_once()


def test_after_a_correction_each_provision_still_stands_once(plan_a):
    correct_three_things(plan_a)
    assert placed_once()
    assert body("comparison")["counts"] == {
        "same": 2,
        "amended": 1,
        "replaced": 0,
        "removed": 1,
        "added": 1,
    }


def test_same_that_no_longer_is_becomes_amended_and_back(plan_a):
    rewrite(plan_a, "1", "Ukraine's neutrality is written into its new constitution.")
    correct(plan_a)
    assert (links()["1=1"]["relation"], links()["1=1"]["stale"]) == ("amended", True)
    rewrite(plan_a, "1", LEFT["1"])
    correct(plan_a)
    assert links()["1=1"]["relation"] == "same"


def test_old_comparison_stands_as_it_was(plan_a):
    before = publication("comparison").document
    correct_three_things(plan_a)
    assert publication("comparison").document != before
    assert Document.objects.get(pk=before.pk).body == before.body


def test_correction_of_the_right_text_is_carried_over_too(plan_a):
    plan_b = Edition.objects.get(plan__slug="plan-b")
    rewrite(plan_b, "3", "A mission of the OSCE watches the line of contact.")
    correct(plan_b)
    assert links()["3=3"]["stale"]
    assert links()["3=3"]["relation"] in ("amended", "replaced")
    assert not links()["2=2"]["stale"]
    assert placed_once()


def test_alignment_without_rows_is_suggested_anew(unreviewed):
    assert not any(x["reviewed"] for x in links().values())
    correct_three_things(unreviewed)
    assert set(links()) == {"1=1", "2=2", "3=3", "5=", "=4"}
    assert not any(x["stale"] or x["reviewed"] for x in links().values())


def test_draft_of_one_edition_does_not_stop_another(plan_a):
    """plan-a's number was changed by an editor and not published; plan-b is corrected."""
    plan_a.provisions.filter(number="3").update(number="3-bis")
    plan_b = Edition.objects.get(plan__slug="plan-b")
    rewrite(plan_b, "1", "Ukraine's neutrality is written into its new constitution.")
    made = correct(plan_b)
    assert current("edition/plan-b@2025-11-24") == made
    assert placed_once()


def test_deleted_provision_of_a_draft_is_still_compared(plan_a):
    """plan-a's provision was deleted by an editor and not published: readers still have it."""
    plan_a.provisions.filter(number="3").delete()
    plan_b = Edition.objects.get(plan__slug="plan-b")
    rewrite(plan_b, "1", "Ukraine's neutrality is written into its new constitution.")
    correct(plan_b)
    assert placed_once()


# --- reviewing ----------------------------------------------------------------------------------


def test_review_begins_with_what_readers_see(unreviewed):
    plan_b = Edition.objects.get(plan__slug="plan-b")
    alignment = start_review(unreviewed, plan_b)
    begun = links_of(alignments_whole().get(pk=alignment.pk))
    assert [(x.left, x.right, x.relation, x.reviewed) for x in begun] == [
        (tuple(x["left"]), tuple(x["right"]), x["relation"], False) for x in links().values()
    ]


def test_publishing_an_alignment_publishes_its_comparison(plan_a):
    before = publication("comparison")
    alignment = Alignment.objects.get()
    row = alignment.links.get(members__provision__number="2", members__side="left")
    row.change = "The cap rises by a third."
    row.save()
    made = publish_alignment(alignment, type="clarification", reason="Worded anew.")
    assert made == publication("alignment")
    after = publication("comparison")
    assert (after.type, after.reason) == ("clarification", "Worded anew.")
    assert after.serial > before.serial
    changed = [r["change"] for r in body("comparison")["points"] if r["left"] == ["2"]]
    assert changed == ["The cap rises by a third."]


def test_publishing_an_unchanged_alignment_changes_nothing(plan_a):
    before = Publication.objects.count()
    alignment = Alignment.objects.get()
    assert publish_alignment(alignment, type="clarification", reason="Nothing.") is None
    assert Publication.objects.count() == before


# --- pairs --------------------------------------------------------------------------------------


def test_every_pair_is_made_once_with_the_earlier_text_left(unreviewed, tmp_path):
    load_files(
        tmp_path,
        c=plan_file("plan-c", edition("2025-11-20"), edition("2025-12-01")),
    )
    keys = set(
        Publication.objects.filter(key__startswith="comparison/").values_list("key", flat=True)
    )
    assert keys == {
        "comparison/plan-a@2025-11-20...plan-b@2025-11-24",
        "comparison/plan-a@2025-11-20...plan-c@2025-11-20",
        "comparison/plan-a@2025-11-20...plan-c@2025-12-01",
        "comparison/plan-b@2025-11-24...plan-c@2025-12-01",
        "comparison/plan-c@2025-11-20...plan-b@2025-11-24",
        "comparison/plan-c@2025-11-20...plan-c@2025-12-01",
    }


def test_new_edition_leaves_the_other_pairs_alone(plan_a, tmp_path):
    before = publication("comparison")
    load_files(tmp_path, c=plan("plan-c", "2025-12-01", LEFT))
    assert publication("comparison") == before


def test_catalogue_is_part_of_every_comparison(plan_a, tmp_path):
    before = publication("comparison")
    load_files(tmp_path, more={"parties": [{"slug": "nato", "name": "NATO", "short_name": "NATO",
                                            "kind": "alliance"}]})  # fmt: skip
    assert publication("comparison").serial > before.serial
    assert body("comparison")["catalogue"] == current("catalogue").document_id
    assert publication("alignment").serial < before.serial


# --- withdrawal ---------------------------------------------------------------------------------


def test_withdrawal_of_a_text_leaves_its_comparisons_as_they_were(plan_a):
    """The text says that it is withdrawn; what was compared stays readable and unchanged."""
    before = publication("comparison")
    publish_edition(plan_a, type="withdrawal", reason="It was forged.")
    assert publication("comparison") == before


def test_comparisons_follow_a_withdrawal_that_changes_the_text(plan_a):
    rewrite(plan_a, "1", "Other words.")
    publish_edition(plan_a, type="withdrawal", reason="It was forged.")
    made = publication("comparison")
    assert (made.type, made.reason) == ("correction", "It was forged.")
