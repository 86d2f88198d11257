"""load_plans and export_plans: all or nothing, never twice, and there and back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import AutoField

from comparisons.loading import load
from comparisons.management.commands.load_plans import BUNDLED
from comparisons.rows import alignments_whole, links_of
from plans import rows
from plans.documents import EditionDocument, adapter, canonical, digest_of, to_json
from plans.models import Document, Edition, Publication
from plans.planfiles import Refused
from plans.publishing import current
from tests.factories import (
    alignment_file,
    catalogue_file,
    edition,
    figure,
    issue,
    line_of,
    link,
    load_files,
    party,
    plan_file,
    provision,
    reaction,
    reactions_file,
    write,
)

pytestmark = pytest.mark.django_db

PAIR = "plan-a@2025-11-20...plan-b@2025-11-24"
KEY_A = "edition/plan-a@2025-11-20"


def everything() -> dict[str, list]:
    """All rows of all our tables, without the numbers that the database gave them."""
    models = [*apps.get_app_config("plans").get_models()]
    models += apps.get_app_config("comparisons").get_models()
    return {m._meta.label: sorted(m.objects.values_list(*_columns(m)), key=repr) for m in models}


def _columns(model) -> list[str]:
    return [f.attname for f in model._meta.fields if not isinstance(f, AutoField)]


def counts() -> tuple[int, int]:
    return Publication.objects.count(), Document.objects.count()


def files(**replaced) -> dict:
    """Two aligned plans with a reaction; `replaced` stands in their place."""
    return {
        "alignment": alignment_file(
            link(["1"], ["1"], "same", change=""),
            link(["2"], ["2"], "amended", change="The cap rises."),
            link(["3"], [], "removed", change="Dropped."),
        ),
        "catalogue": catalogue_file(),
        "plan_a": plan_file("plan-a"),
        "plan_b": plan_file(
            "plan-b",
            edition(
                "2025-11-24",
                based_on="plan-a@2025-11-20",
                provisions=[
                    provision("1"),
                    provision("2", "The armed forces of Ukraine are capped at 800,000 personnel."),
                ],
            ),
        ),
        "reactions": reactions_file(reaction()),
        **replaced,
    }


def corrected() -> dict:
    """plan-a with its third provision worded anew."""
    points = [provision("1"), provision("2"), provision("3", "Observers watch the line.")]
    return plan_file("plan-a", edition(provisions=points))


def run(*arguments, **options) -> None:
    call_command("load_plans", *map(str, arguments), **options)


# --- loading ------------------------------------------------------------------------------------


def test_bundled_plans_load_and_loading_them_again_changes_nothing(capsys):
    run()
    assert "Read 16 files; published 123 documents." in capsys.readouterr().out
    assert Edition.objects.count() == 11
    assert Publication.objects.filter(type="first-publication").count() == counts()[0]
    before, rows_before = counts(), everything()
    run()
    assert "Read 16 files; published 0 documents." in capsys.readouterr().out
    assert counts() == before
    assert everything() == rows_before


def test_loading_the_same_again_changes_nothing(tmp_path):
    load_files(tmp_path, **files())
    before = everything()
    assert load([tmp_path]).published == []
    assert everything() == before


def test_report_names_what_was_published(tmp_path):
    assert set(load_files(tmp_path, **files()).published) == {
        "catalogue",
        KEY_A,
        "edition/plan-b@2025-11-24",
        f"alignment/{PAIR}",
        f"comparison/{PAIR}",
        "reactions",
    }


def test_editors_alignment_is_in_the_first_comparison(tmp_path):
    load_files(tmp_path, **files())
    key = f"comparison/{PAIR}"
    assert Publication.objects.filter(key=key).count() == 1
    points = json.loads(current(key).document.body)["points"]
    assert [row["change"] for row in points] == [None, "The cap rises.", "Dropped."]
    assert all(row["reviewed"] for row in points)


def test_new_plan_needs_no_more_than_references_to_what_is_loaded(tmp_path):
    load_files(tmp_path / "first", **files())
    before = counts()
    later = edition("2026-01-10", based_on="plan-b@2025-11-24")
    report = load_files(tmp_path / "second", plan=plan_file("plan-c", later))
    assert report.published[0] == "edition/plan-c@2026-01-10"
    # The edition, and an alignment and a comparison with each of the two others.
    assert counts() == (before[0] + 5, before[1] + 5)
    assert current("comparison/plan-a@2025-11-20...plan-c@2026-01-10").type == "first-publication"


def test_single_file_and_json_are_loaded(tmp_path):
    write(tmp_path, catalogue=catalogue_file())
    (tmp_path / "plan.json").write_text(json.dumps(plan_file(), ensure_ascii=False))
    report = load([tmp_path / "catalogue.yaml", tmp_path / "plan.json"])
    assert report.published == ["catalogue", KEY_A, "reactions"]


# --- all or nothing -----------------------------------------------------------------------------

BREAKS: dict[str, Callable[[], dict]] = {
    "a file that is no YAML": lambda: {"catalogue": None},
    "a plan with a fault": lambda: {
        "plan_b": plan_file("plan-b", edition("2025-11-24", provisions=[])),
    },
    "a reaction with a fault": lambda: {"reactions": reactions_file(reaction(party="atlantis"))},
    "an alignment with a fault": lambda: {"alignment": alignment_file()},
}


@pytest.mark.parametrize("loaded", [False, True], ids=["empty", "loaded"])
@pytest.mark.parametrize("change", BREAKS.values(), ids=list(BREAKS))
def test_fault_anywhere_leaves_no_trace(tmp_path, change, loaded):
    if loaded:
        load_files(tmp_path / "first", plan=plan_file("plan-z"), catalogue=catalogue_file())
    before = everything()
    broken = change()
    write(tmp_path / "second", **files())
    for name, content in broken.items():
        if content is None:
            (tmp_path / f"second/{name}.yaml").write_text("groups: [")
        else:
            write(tmp_path / "second", **{name: content})
    with pytest.raises(CommandError, match=r"^\d+ faults?; nothing was loaded$"):
        run(tmp_path / "second")
    assert everything() == before


def test_faults_are_printed_with_file_and_line(tmp_path, capsys):
    write(tmp_path, **files(reactions=reactions_file(reaction(party="atlantis"))))
    path = tmp_path / "reactions.yaml"
    with pytest.raises(CommandError, match=r"^1 fault; nothing was loaded$"):
        run(tmp_path)
    line = line_of(path, "atlantis")
    assert capsys.readouterr().err == (f"{path}:{line}: 'atlantis' is no party of the catalogue\n")


def test_error_while_publishing_leaves_no_trace(tmp_path, monkeypatch):
    write(tmp_path, **files())
    # Tables for editions and the catalogue are written by then: reactions come last.
    monkeypatch.delattr("plans.publishing.publish_reactions")
    with pytest.raises(AttributeError):
        load([tmp_path])
    assert not any(everything().values())


# --- corrections --------------------------------------------------------------------------------


def test_changed_published_edition_needs_correct(tmp_path, capsys):
    load_files(tmp_path, **files())
    before = everything()
    write(tmp_path, plan_a=corrected())
    with pytest.raises(CommandError, match="1 fault; nothing was loaded"):
        run(tmp_path)
    line = line_of(tmp_path / "plan_a.yaml", "slug: '2025-11-20'")
    said = capsys.readouterr().err
    assert said.startswith(
        f"{tmp_path}/plan_a.yaml:{line}: plan-a@2025-11-20 is published and would change: expected "
        "the same, or --correct TYPE --reason '…' with TYPE one of correction, clarification"
    )
    assert everything() == before


def test_correction_makes_new_entries_and_leaves_old_documents(tmp_path):
    load_files(tmp_path, **files(), plan_c=plan_file("plan-c", edition("2026-01-10")))
    bodies = dict(Document.objects.values_list("digest", "body"))
    last = Publication.objects.latest("serial").serial
    write(tmp_path, plan_a=corrected())
    run(tmp_path, correct="clarification", reason="Worded anew.")
    fresh = Publication.objects.filter(serial__gt=last)
    about = {(p.type, p.reason) for p in fresh}
    assert about == {("clarification", "Worded anew.")}
    keys = [p.key for p in fresh]
    assert keys.count(KEY_A) == 1
    assert {k for k in keys if k.startswith("comparison/")} == {
        f"comparison/{PAIR}",
        "comparison/plan-a@2025-11-20...plan-c@2026-01-10",
    }
    standing = Document.objects.filter(pk__in=bodies)
    assert dict(standing.values_list("digest", "body")) == bodies


@pytest.mark.parametrize(
    "options",
    [{"correct": "correction"}, {"correct": "correction", "reason": " "}, {"reason": "Why"}],
    ids=["no reason", "blank reason", "no type"],
)
def test_correct_and_reason_go_together(tmp_path, options):
    load_files(tmp_path, **files())
    write(tmp_path, plan_a=corrected())
    before = everything()
    with pytest.raises(CommandError, match="give both or neither"):
        run(tmp_path, **options)
    assert everything() == before


def test_type_of_a_correction_is_of_its_list(tmp_path):
    with pytest.raises(CommandError, match="invalid choice: 'typo'"):
        run(tmp_path, "--correct", "typo", "--reason", "Why")


def test_correct_without_a_change_changes_nothing(tmp_path):
    load_files(tmp_path, **files())
    before = everything()
    assert load([tmp_path], correct="correction", reason="Why.").published == []
    assert everything() == before


def test_withdrawal_without_a_change_withdraws_no_more_than_what_is_named(tmp_path):
    """Loading one plan with --correct withdrawal must not withdraw the catalogue and all pairs."""
    others = {"plan_c": plan_file("plan-c", edition("2026-01-10"))}
    load_files(tmp_path / "all", **files(), **others)
    write(tmp_path / "one", plan_a=plan_file("plan-a"))
    load([tmp_path / "one"], correct="withdrawal", reason="It was forged.")
    withdrawn = set(Publication.objects.filter(type="withdrawal").values_list("key", flat=True))
    assert not [key for key in withdrawn if "plan-a@" not in key]


def test_correction_and_its_alignment_are_loaded_together(tmp_path):
    """The file's word on the new text counts: its links are not stale."""
    load_files(tmp_path, **files())
    points = [provision("1"), provision("2", "The army is capped at 700,000."), provision("3")]
    load_files_corrected(tmp_path, plan_a=plan_file("plan-a", edition(provisions=points)))
    links = links_of(alignments_whole().get())
    assert [x.stale for x in links] == [False, False, False]
    assert load([tmp_path]).published == []


def load_files_corrected(folder: Path, **changed) -> None:
    write(folder, **changed)
    load([folder], correct="correction", reason="A slip.")


def test_new_provision_its_links_and_a_new_issue_are_loaded_together(tmp_path):
    load_files(tmp_path, **files())
    points = [*(provision(n) for n in "123"), provision("4", issues=["elections"])]
    groups = [*catalogue_file()["groups"], {"slug": "rule", "title": "Rule",
                                            "issues": [issue("elections")]}]  # fmt: skip
    alignment = files()["alignment"]
    alignment["links"].append(link(["4"], [], "removed", change="No elections."))
    load_files_corrected(
        tmp_path,
        plan_a=plan_file("plan-a", edition(provisions=points)),
        catalogue=catalogue_file(groups=groups),
        alignment=alignment,
    )
    points = json.loads(current(f"comparison/{PAIR}").document.body)["points"]
    assert [row["left"] for row in points] == [["1"], ["2"], ["3"], ["4"]]


def test_no_comparison_on_the_way_leaves_out_a_provision(tmp_path):
    """The catalogue is published before the editions: what it derives must be whole, too."""
    load_files(tmp_path, **files())
    changed = files()
    changed["alignment"]["links"].pop()
    load_files_corrected(
        tmp_path,
        plan_a=plan_file("plan-a", edition(provisions=[provision("1"), provision("2")])),
        catalogue=catalogue_file(regions=[{"slug": "sumy", "name": "Sumy"}]),
        alignment=changed["alignment"],
    )
    for made in Publication.objects.filter(key=f"comparison/{PAIR}"):
        body = json.loads(made.document.body)
        left = Document.objects.get(pk=body["left"]["digest"]).body
        numbers = [p["number"] for p in json.loads(left)["edition"]["provisions"]]
        assert sorted(n for row in body["points"] for n in row["left"]) == numbers


def test_parent_may_vanish_and_leave_its_sub_points(tmp_path):
    heading = provision("10", kind="heading")
    nested = edition(provisions=[heading, provision("10.a", parent="10")])
    load_files(tmp_path, catalogue=catalogue_file(), plan_a=plan_file("plan-a", nested))
    load_files_corrected(
        tmp_path, plan_a=plan_file("plan-a", edition(provisions=[provision("10.a")]))
    )
    row = Edition.objects.get().provisions.get()
    assert (row.number, row.parent) == ("10.a", None)


def test_provision_keeps_its_row_while_it_keeps_its_number(tmp_path):
    load_files(tmp_path, **files())
    before = dict(Edition.objects.first().provisions.values_list("number", "pk"))
    load_files_corrected(tmp_path, plan_a=corrected())
    assert dict(Edition.objects.first().provisions.values_list("number", "pk")) == before


def test_changed_title_changes_all_editions_of_the_plan(tmp_path):
    two = [edition(), edition("2025-12-01")]
    load_files(tmp_path, catalogue=catalogue_file(), plan=plan_file("plan-a", *two))
    write(tmp_path, plan=plan_file("plan-a", edition(), title="Another title"))
    with pytest.raises(Refused, match="plan-a@2025-11-20 is published and would change"):
        load([tmp_path])
    load([tmp_path], correct="correction", reason="Its title.")
    for slug in ("2025-11-20", "2025-12-01"):
        body = json.loads(current(f"edition/plan-a@{slug}").document.body)
        assert body["plan"]["title"] == "Another title"


# --- limits: what a file may hold, both databases can keep --------------------------------------

LONG = {
    "title of a plan": {"plan_a": plan_file(title="x" * 301)},
    "label": {"plan_a": plan_file("plan-a", edition(label="x" * 301))},
    "publisher": {
        "plan_a": plan_file(
            "plan-a",
            edition(
                sources=[
                    {"id": "first", "publisher": "x" * 301, "kind": "report"},
                    {"id": "second", "publisher": "B", "kind": "report"},
                ]
            ),
        )
    },
    "unit": {
        "plan_a": plan_file(
            "plan-a", edition(provisions=[provision("1", figures=[figure(unit="x" * 301)])])
        )
    },
    "value of too many digits": {
        "plan_a": plan_file(
            "plan-a", edition(provisions=[provision("1", figures=[figure("1e30")])])
        )
    },
    "value of too many decimals": {
        "plan_a": plan_file(
            "plan-a", edition(provisions=[provision("1", figures=[figure("0.1234567")])])
        )
    },
    # SQLite keeps 15 digits of a number with decimals.
    "value of more than 15 digits": {
        "plan_a": plan_file(
            "plan-a", edition(provisions=[provision("1", figures=[figure("300000000000.000001")])])
        )
    },
    "short name of a party": {
        "catalogue": catalogue_file(
            parties=[party("ukraine", short_name="x" * 301), party("russia")]
        )
    },
    "question of an issue": {
        "catalogue": catalogue_file(
            groups=[
                {
                    "slug": "all",
                    "title": "All",
                    "issues": [
                        issue("armed-forces", question="x" * 301),
                        issue("nato-membership"),
                        issue("donbas"),
                    ],
                }
            ]
        )
    },
    "speaker": {"reactions": reactions_file(reaction(speaker="x" * 301))},
}


@pytest.mark.parametrize("changed", LONG.values(), ids=list(LONG))
def test_what_the_database_cannot_keep_is_a_fault_of_the_file(tmp_path, changed):
    sound = {"catalogue": catalogue_file(), "plan_a": plan_file()}
    write(tmp_path, **sound | changed)
    (name,) = changed
    with pytest.raises(Refused) as caught:
        load([tmp_path])
    assert caught.value.faults[0].startswith(f"{tmp_path}/{name}.yaml:")


# --- and back -----------------------------------------------------------------------------------

ODD = [
    "10.а: “Так” — it's 'so' #1",
    "# no comment",
    "null",
    "yes",
    "1e5",
    "2025-11-20",
    "- a list?",
    "{not: [a, mapping]}",
    "&anchor *alias !tag | > %",
    "back\\slash \"quoted\" 'twice'",
    "🇺🇦 🕊️ 👩‍👧 中文 한국어 العربية",
    "line one\n\n  line two\ttab",
    "next\x85line and\u2028separator",
    "x" * 300 + " " + "word " * 60 + "end",
    "~",
]


def odd_files() -> dict:
    """Content that YAML could take for something else, in as many fields as there are."""
    points = [provision("IV", "A heading", kind="heading")]
    numbers = [
        "10.а",
        "10.б",
        "§3",
        "(2)",
        "null",
        "yes",
        "1e5",
        "010",
        "10.10",
        "'",
        "&1",
        "-",
        "三",
    ]
    for number, text in zip(numbers, ODD, strict=False):
        points.append(
            provision(
                number,
                text,
                parent="IV" if number == "10.а" else None,
                original=text,
                original_language="uk",
                note=text,
                bound=["ukraine", "russia"],
                issues=["donbas", "armed-forces"],
                variants=[{"text": other, "sources": ["second", "first"]} for other in ODD[:3]],
                figures=[
                    figure("0.5", name=text[:100], condition=text[:100]),
                    figure(None),
                    figure("300000000000.5", measure="sum"),
                    figure("-2", measure="term"),
                ],
            )
        )
    odd = edition(
        label=ODD[0],
        provenance=ODD[11],
        provisions=points,
        complete=False,
        gaps="null",
        sources=[
            {"id": "second", "publisher": ODD[10], "kind": "primary", "title": ODD[9],
             "url": "https://example.org/?a=1&b=#c", "date": "2025-11-19"},
            {"id": "first", "publisher": "null", "kind": "report"},
        ],
        positions=[
            {"issue": "donbas", "kind": "stated", "stance": "yes: 'no' #1",
             "provisions": ["10.б", "10.а", "null"]},
            {"issue": "armed-forces", "kind": "unread", "stance": "null"},
        ],
        regions=[
            {"region": "donetsk", "status": "frozen-line", "provisions": ["10.а"], "note": "~"},
            {"region": "crimea", "status": "left-open", "provisions": ["'", "10.б"]},
        ],
    )  # fmt: skip
    second = edition("2025-11-20-2", based_on="plan-a@2025-11-20", provisions=[provision("null")])
    lead = {"left": "plan-a", "right": "plan-b", "title": ODD[8], "summary": ODD[13]}
    everything = files(
        catalogue=catalogue_file(lead=lead),
        plan_a=plan_file("plan-a", odd, second, title=ODD[0], short_title="1e5", summary=ODD[12]),
        reactions=reactions_file(
            reaction(text=ODD[1], speaker=ODD[0], sources=[{"publisher": "yes", "title": "null"}]),
            reaction(party="russia", text=ODD[11]),
            reaction(date="2025-11-20", edition="2025-11-20-2"),
        ),
        alignment=alignment_file(
            link(["null"], ["2"], "amended", change=ODD[0], changes={"donbas": ODD[4]}),
            link([], ["1"], "added", reviewed=False, score="0.250", stale=True),
            left="plan-a@2025-11-20-2",
        ),
    )
    everything["plan_b"]["editions"][0]["based_on"] = "plan-a@2025-11-20-2"
    return everything


def digests() -> dict[str, str]:
    """What all rows say, by key, as digests of their records; without going by the log."""
    records = {e.key: rows.edition_document(e) for e in rows.editions_whole()}
    records |= {"catalogue": rows.catalogue_record(), "reactions": rows.reactions_record()}
    records |= {str(a): links_of(a) for a in alignments_whole()}
    return {key: digest_of(canonical(to_json(record))) for key, record in records.items()}


@pytest.mark.parametrize("content", [files, odd_files, None], ids=["plain", "odd", "bundled"])
def test_exporting_and_loading_again_is_the_identity(tmp_path, content):
    exported, again = tmp_path / "exported", tmp_path / "again"
    # The record can't be emptied, but a savepoint can be left as if nothing had been.
    with transaction.atomic():
        if content:
            load_files(tmp_path / "first", **content())
        else:
            load([BUNDLED])
        before = digests()
        published = dict(Publication.objects.current().values_list("key", "document_id"))
        call_command("export_plans", str(exported))
        transaction.set_rollback(True)
    assert not any(everything().values())
    load([exported])
    assert digests() == before
    assert dict(Publication.objects.current().values_list("key", "document_id")) == published
    call_command("export_plans", str(again))
    assert tree(again) == tree(exported)


def tree(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_exported_files_load_over_what_stands_and_change_nothing(tmp_path):
    load_files(tmp_path / "first", **odd_files())
    before, entries = digests(), counts()
    call_command("export_plans", str(tmp_path / "exported"))
    assert load([tmp_path / "exported"]).published == []
    assert (digests(), counts()) == (before, entries)


def test_catalogue_without_reactions_or_plans_is_exported_and_loaded(tmp_path):
    with transaction.atomic():
        load_files(tmp_path / "first", catalogue=catalogue_file())
        before = digests()
        call_command("export_plans", str(tmp_path / "exported"))
        transaction.set_rollback(True)
    load([tmp_path / "exported"])
    assert digests() == before


def test_published_document_says_what_the_file_says(tmp_path):
    content = odd_files()
    load_files(tmp_path, **content)
    for name in ("plan_a", "plan_b"):
        plan = content[name]["plan"]
        for said in content[name]["editions"]:
            record = adapter(EditionDocument).validate_python({"plan": plan, "edition": said})
            published = current(f"edition/{record.key}").document
            assert json.loads(published.body) == to_json(record)
