"""Every rule of plan files, one small case each: where, what, and what was expected."""

import json

import pytest

from plans import planfiles
from plans.planfiles import CatalogueFile, PlanFile, ReactionsFile, Refused
from tests.factories import (
    catalogue_file,
    edition,
    edition_record,
    faults_of,
    figure,
    issue,
    known,
    line_of,
    party,
    plan_file,
    provision,
    reaction,
    reactions_file,
    write,
)


def one_fault(tmp_path, content, needle, known) -> str:
    """The message of the only fault of a file, which must stand at the needle's line."""
    write(tmp_path, file=content)
    path = tmp_path / "file.yaml"
    (fault,) = faults_of(tmp_path, known)
    where = f"{path}:{line_of(path, needle)}: "
    assert fault.startswith(where)
    return fault.removeprefix(where)


def test_sound_files_have_no_fault(tmp_path):
    content = plan_file(
        "plan-b",
        edition(
            "2025-11-24",
            provisions=[
                provision("10", kind="heading"),
                provision("10.а", parent="10", figures=[figure(), figure(None)]),
                provision("11", confidence="single-source", sources=["first"], bound=["ukraine"]),
            ],
            based_on="plan-a@2025-11-20",
            positions=[
                {"issue": "armed-forces", "kind": "stated", "stance": "Up to 600,000",
                 "provisions": ["10.а", "11"]},
                {"issue": "donbas", "kind": "dropped", "stance": "Dropped"},
                {"issue": "nato-membership", "kind": "unread", "stance": "Not read"},
            ],
            regions=[
                {"region": "crimea", "status": "frozen-line", "provisions": ["10"]},
                {"region": "crimea", "status": "left-open", "provisions": ["10"]},
            ],
        ),
    )  # fmt: skip
    base = edition_record(
        positions=[{"issue": "donbas", "kind": "stated", "stance": "Frozen", "provisions": ["1"]}],
    )
    write(tmp_path, plan=content, catalogue=catalogue_file(), reactions=reactions_file(reaction()))
    assert faults_of(tmp_path, known(base)) == []


# --- the edition --------------------------------------------------------------------------------


def with_edition(**fields):
    return plan_file("plan-b", edition("2025-11-24", **fields))


def with_provision(**fields):
    return with_edition(provisions=[provision("7", **fields)])


def with_position(**fields):
    position = {
        "issue": "armed-forces",
        "kind": "stated",
        "stance": "Capped",
        "provisions": ["1"],
    }
    return with_edition(positions=[position | fields])


def with_region(**fields):
    entry = {"region": "crimea", "status": "left-open", "provisions": ["1"]}
    return with_edition(regions=[entry | fields])


VARIANT = {"text": "Another reading.", "sources": ["first"]}

EDITION_RULES = {
    "a complete edition has no gaps": (
        with_edition(gaps="Points 4 to 9"),
        "gaps:",
        "a complete edition has no gaps: remove them, or complete: false",
    ),
    "an incomplete edition says what is missing": (
        with_edition(complete=False),
        "complete:",
        "an incomplete edition says what is missing: fill in gaps",
    ),
    "the slug is of the date": (
        with_edition(date="2025-11-25"),
        "slug: '2025-11-24'",
        "'2025-11-24' is not of 2025-11-25: expected its date",
    ),
    "there are provisions": (
        with_edition(provisions=[]),
        "provisions:",
        "there are none: expected at least one",
    ),
    "based on what is loaded": (
        with_edition(based_on="plan-c@2025-11-20"),
        "based_on:",
        "'plan-c@2025-11-20' is no edition that is loaded",
    ),
    "based on an earlier text": (
        with_edition(based_on="plan-late@2025-12-01"),
        "based_on:",
        "'plan-late@2025-12-01' is not earlier than this edition",
    ),
    "not based on itself": (
        with_edition(based_on="plan-b@2025-11-24"),
        "based_on:",
        "'plan-b@2025-11-24' is not earlier than this edition",
    ),
    "a source stands once": (
        with_edition(
            sources=[
                {"id": "first", "publisher": "A", "kind": "primary"},
                {"id": "second", "publisher": "B", "kind": "primary"},
                {"publisher": "C", "kind": "primary", "id": "first"},
            ]
        ),
        "  id: first",
        "the source 'first' stands twice",
    ),
    "a number stands once": (
        with_edition(provisions=[provision("1"), {**provision("2"), "number": "1"}]),
        None,
        "the number '1' stands twice: expected once",
    ),
    "a parent stands above": (
        with_edition(provisions=[provision("1.a", parent="1"), provision("1")]),
        "parent:",
        "'1' is no provision above this one: expected the number of an earlier provision",
    ),
    "no provision is its own parent": (
        with_provision(parent="7"),
        "parent:",
        "'7' is no provision above this one: expected the number of an earlier provision",
    ),
    "a heading has sub-points": (
        with_provision(kind="heading"),
        "kind: heading",
        "heading '7' has no sub-points",
    ),
    "a provision bears on an issue": (
        with_provision(issues=[]),
        "issues:",
        "provision 7 bears on no issue: expected at least one",
    ),
    "a provision has a source": (
        with_provision(sources=[], confidence="inferred"),
        "sources: []",
        "provision 7 has no source: expected at least one",
    ),
    "one source corroborates nothing": (
        with_provision(sources=["first"]),
        "confidence:",
        "provision 7 is corroborated by one source: expected two or more, or single-source",
    ),
    "an original wording has its language": (
        with_provision(original="План"),
        "original:",
        "an original wording goes with its language, and only with it",
    ),
    "a language goes with an original wording": (
        with_provision(original_language="uk"),
        "number: '7'",
        "an original wording goes with its language, and only with it",
    ),
    "issues are the catalogue's": (
        with_provision(issues=["armed-forces", "weather"]),
        "weather",
        "'weather' is no issue of the catalogue",
    ),
    "an issue stands once": (
        with_provision(issues=["armed-forces", "donbas", "armed-forces"]),
        "issues:",
        "'armed-forces' stands twice: expected once",
    ),
    "bound parties are the catalogue's": (
        with_provision(bound=["atlantis"]),
        "atlantis",
        "'atlantis' is no party of the catalogue",
    ),
    "sources are the edition's": (
        with_provision(sources=["first", "third"]),
        "third",
        "'third' is no source of this edition",
    ),
    "another reading has a source": (
        with_provision(variants=[{"text": "Another reading.", "sources": []}]),
        "Another reading.",
        "another reading needs a source",
    ),
    "another reading's sources are the edition's": (
        with_provision(variants=[{"text": "Another reading.", "sources": ["third"]}]),
        "third",
        "'third' is no source of this edition",
    ),
    "no limit has no value": (
        with_provision(figures=[figure("5", bound="none")]),
        "value:",
        "the bound `none` says that there is no limit and has no value; every other bound has one",
    ),
    "a limit has a value": (
        with_provision(figures=[figure(None, bound="at-most")]),
        "value:",
        "the bound `none` says that there is no limit and has no value; every other bound has one",
    ),
    "a position is on an issue of the catalogue": (
        with_position(issue="weather", kind="unread", provisions=[]),
        "weather",
        "'weather' is no issue of the catalogue",
    ),
    "a stated position rests on a provision": (
        with_position(provisions=[]),
        "issue: armed-forces",
        "the position on 'armed-forces' rests on no provision: expected at least one",
    ),
    "a position left open rests on a provision": (
        with_position(kind="left-open", provisions=[]),
        "issue: armed-forces",
        "the position on 'armed-forces' rests on no provision: expected at least one",
    ),
    "a position rests on provisions of its edition": (
        with_position(provisions=["1", "99"]),
        "'99'",
        "'99' is no provision of this edition",
    ),
    "a position rests on what bears on its issue": (
        with_position(issue="donbas"),
        "provisions: ['1']",
        "the position on 'donbas' rests on 1, which does not bear on that issue",
    ),
    "what a position rests on stands once": (
        with_position(provisions=["1", "2", "1"]),
        "provisions: ['1', '2', '1']",
        "'1' stands twice: expected once",
    ),
    "there is one position on an issue": (
        with_edition(
            positions=[
                {"issue": "armed-forces", "kind": "unread", "stance": "Not read"},
                {"kind": "unread", "issue": "armed-forces", "stance": "Not read"},
            ]
        ),
        "  issue: armed-forces",
        "a second position on 'armed-forces': expected one",
    ),
    "what is dropped was in an earlier text": (
        with_position(kind="dropped"),
        "kind: dropped",
        "`dropped` is always from an earlier text: fill in based_on",
    ),
    "what is dropped was a position": (
        with_edition(
            based_on="plan-a@2025-11-20",
            positions=[{"issue": "donbas", "kind": "dropped", "stance": "Dropped"}],
        ),
        "kind: dropped",
        "`dropped`, but plan-a@2025-11-20 has no position on 'donbas'",
    ),
    "regions are the catalogue's": (
        with_region(region="atlantis"),
        "atlantis",
        "'atlantis' is no region of the catalogue",
    ),
    "a region has a status once": (
        with_edition(
            regions=2 * [{"region": "crimea", "status": "left-open", "provisions": ["1"]}]
        ),
        None,
        "'crimea' has this status twice: expected once",
    ),
    "a region rests on a provision": (
        with_region(provisions=[]),
        "region: crimea",
        "'crimea' rests on no provision",
    ),
    "a region rests on provisions of its edition": (
        with_region(provisions=["99"]),
        "'99'",
        "'99' is no provision of this edition",
    ),
    "what a region rests on stands once": (
        with_region(provisions=["1", "1"]),
        "provisions: ['1', '1']",
        "'1' stands twice: expected once",
    ),
    "another reading names a source once": (
        with_provision(variants=[{"text": "Another reading.", "sources": ["first", "first"]}]),
        "[first, first]",
        "'first' stands twice: expected once",
    ),
}


@pytest.mark.parametrize(
    ("content", "needle", "message"), EDITION_RULES.values(), ids=list(EDITION_RULES)
)
def test_rule_of_an_edition(tmp_path, content, needle, message):
    late = edition_record("plan-late", "2025-12-01")
    everything = known(edition_record(), late)
    if needle is None:  # the second of two alike: at its line, which one_fault can't name
        write(tmp_path, file=content)
        (fault,) = faults_of(tmp_path, everything)
        assert fault.endswith(f": {message}")
    else:
        assert one_fault(tmp_path, content, needle, everything) == message


def test_edition_needs_a_source(tmp_path):
    write(tmp_path, file=with_edition(sources=[]))
    faults = faults_of(tmp_path, known())
    line = line_of(tmp_path / "file.yaml", "sources: []")
    assert faults[0] == f"{tmp_path}/file.yaml:{line}: there are none: expected at least one"


def test_second_of_two_alike_is_the_one_that_is_named(tmp_path):
    content = with_edition(provisions=[provision("1"), provision("2"), provision("1")])
    (tmp_path / "file.json").write_text(json.dumps(content, indent=1))
    (fault,) = faults_of(tmp_path, known())
    lines = (tmp_path / "file.json").read_text().splitlines()
    last = max(i for i, line in enumerate(lines, 1) if '"number": "1"' in line)
    assert fault == (f"{tmp_path}/file.json:{last}: the number '1' stands twice: expected once")


# --- the shape ----------------------------------------------------------------------------------

WORDS = "'official', 'signed', 'leaked-draft', 'read-aloud' or 'reported-outline'"

SHAPES = {
    "a field is missing": (
        {"plan": plan_file()["plan"]},
        "plan:",
        "editions: is missing: this field is needed",
    ),
    "a field within is missing": (
        plan_file("plan-b", {k: v for k, v in edition().items() if k != "label"}),
        "slug: '2025-11-20'",
        "editions[0].label: is missing: this field is needed",
    ),
    "a field is unknown": (
        with_edition(colour="blue"),
        "colour: blue",
        "editions[0].colour: is no field of this record: expected one of those in the "
        "documentation",
    ),
    "a word is not of the list": (
        with_edition(status="rumour"),
        "status: rumour",
        f"editions[0].status: 'rumour': expected {WORDS}",
    ),
    "a slug is reserved": (
        plan_file("search", short_title="S", title="T"),
        "slug: search",
        "plan.slug: 'search' is a reserved word of the site's addresses: choose another",
    ),
    "a stance is too long": (
        with_position(stance="x" * 61),
        "stance: xxx",
        "editions[0].positions[0].stance: has 61 characters: expected at most 60",
    ),
    "a short title is too long": (
        plan_file(short_title="x" * 25),
        "short_title: xxx",
        "plan.short_title: has 25 characters: expected at most 24",
    ),
    "based_on is no edition": (
        with_edition(based_on="plan-a"),
        "based_on: plan-a",
        "editions[0].based_on: 'plan-a': expected plan@edition, such as "
        "us-28-point-draft@2025-11-20",
    ),
    "a text is empty": (
        with_provision(text="  "),
        "text: '  '",
        "editions[0].provisions[0].text: is empty: expected text",
    ),
    "a number has a space": (
        with_edition(provisions=[provision("1 a")]),
        "number: 1 a",
        "editions[0].provisions[0].number: '1 a': expected a number as printed, such as 6 or "
        "10.c, without spaces",
    ),
    "an address is no address": (
        with_edition(
            sources=[
                {"id": "first", "publisher": "A", "kind": "primary", "url": "a.example"},
            ]
        ),
        "url: a.example",
        "editions[0].sources[0].url: 'a.example': expected an address that begins with http:// "
        "or https://",
    ),
    "the kind of file can't be told": (
        {"title": "A plan"},
        "title:",
        "has none of the fields that tell its kind: one of editions, groups, lead, left, links, "
        "parties, plan, reactions, regions, right",
    ),
}


@pytest.mark.parametrize(("content", "needle", "message"), SHAPES.values(), ids=list(SHAPES))
def test_shape(tmp_path, content, needle, message):
    assert one_fault(tmp_path, content, needle, known()) == message


@pytest.mark.parametrize(
    ("field", "value"), [("date", "20 November"), ("complete", "perhaps"), ("provisions", "all")]
)
def test_value_of_another_type_is_named(tmp_path, field, value):
    message = one_fault(tmp_path, with_edition(**{field: value}), f"{field}: {value}", known())
    assert message.startswith(f"editions[0].{field}: {value!r}")


def test_file_that_holds_a_list_is_refused(tmp_path):
    (tmp_path / "list.yaml").write_text("- a\n")
    assert faults_of(tmp_path, known()) == [
        f"{tmp_path}/list.yaml:1: is no mapping: expected fields such as `plan:` and `editions:`"
    ]


# --- the set ------------------------------------------------------------------------------------

SETS = {
    "sponsors are the catalogue's": (
        plan_file(sponsors=["russia", "atlantis"]),
        "atlantis",
        "'atlantis' is no party of the catalogue",
    ),
    "a sponsor stands once": (
        plan_file(sponsors=["russia", "ukraine", "russia"]),
        "sponsors:",
        "'russia' stands twice: expected once",
    ),
    "a short title is a plan's own": (
        plan_file("plan-b", short_title="Taken"),
        "short_title:",
        "'Taken' is the short title of 'plan-a': expected one of its own",
    ),
    "an edition stands once": (
        plan_file("plan-b", edition(), {"label": "Another", **edition()}),
        "  slug: '2025-11-20'",
        "the edition 'plan-b@2025-11-20' stands twice: expected once",
    ),
    "an issue stands once, in all groups": (
        catalogue_file(
            groups=[
                {"slug": "a", "title": "A", "issues": [issue("donbas")]},
                {"slug": "b", "title": "B", "issues": [{"title": "Again", **issue("donbas")}]},
            ]
        ),
        "    slug: donbas",
        "the issue 'donbas' stands twice: expected once",
    ),
    "a group stands once": (
        catalogue_file(
            groups=[
                {"slug": "a", "title": "A", "issues": [issue("donbas")]},
                {"title": "B", "slug": "a", "issues": [issue("armed-forces")]},
            ]
        ),
        "  slug: a",
        "the group 'a' stands twice: expected once",
    ),
    "a party stands once": (
        {"parties": [party("nato"), {"name": "Again", **party("nato")}]},
        "  slug: nato",
        "the party 'nato' stands twice: expected once",
    ),
    "a region stands once": (
        {"regions": [{"slug": "sumy", "name": "Sumy"}, {"name": "Sumy again", "slug": "sumy"}]},
        "  slug: sumy",
        "the region 'sumy' stands twice: expected once",
    ),
    "the lead is of plans that are loaded": (
        {"lead": {"left": "plan-a", "right": "plan-z", "title": "T", "summary": "S"}},
        "right: plan-z",
        "'plan-z' is no plan that is loaded",
    ),
    "a reaction is a party's": (
        reactions_file(reaction(party="atlantis")),
        "atlantis",
        "'atlantis' is no party of the catalogue",
    ),
    "a reaction is to an edition that is loaded": (
        reactions_file(reaction(edition="2025-11-21")),
        "edition: '2025-11-21'",
        "plan-a@2025-11-21 is no edition that is loaded",
    ),
    "a reaction has a source": (
        reactions_file(reaction(sources=[])),
        "sources: []",
        "a reaction needs a source",
    ),
}


@pytest.mark.parametrize(("content", "needle", "message"), SETS.values(), ids=list(SETS))
def test_rule_of_a_set(tmp_path, content, needle, message):
    loaded = known(edition_record())
    loaded.short_titles["Taken"] = "plan-a"
    if "  " in needle and content.get("plan"):
        write(tmp_path, file=content)
        (fault,) = faults_of(tmp_path, loaded)
        assert fault.endswith(f": {message}")
    else:
        assert one_fault(tmp_path, content, needle, loaded) == message


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (plan_file(), "edition"),
        ({"parties": [party("nato")]}, "party"),
        ({"regions": [{"slug": "sumy", "name": "Sumy"}]}, "region"),
    ],
    ids=["edition", "party", "region"],
)
def test_one_thing_in_two_files_is_a_fault(tmp_path, content, word):
    """Else the file whose name comes last would win without a word."""
    write(tmp_path, first=content, second=content)
    (fault,) = faults_of(tmp_path, known())
    assert fault.startswith(f"{tmp_path}/second.yaml:")
    assert f"the {word}" in fault


def test_one_reaction_twice_is_a_fault(tmp_path):
    """Loading keeps one reaction of a party, speaker, day and edition: a second is lost."""
    write(tmp_path, file=reactions_file(reaction(), reaction(text="Said something else.")))
    (fault,) = faults_of(tmp_path, known(edition_record()))
    assert "twice" in fault


def test_files_refer_to_each_other_whatever_their_order(tmp_path):
    late = plan_file("plan-b", edition("2025-11-24", based_on="plan-a@2025-11-20"))
    lead = {"left": "plan-a", "right": "plan-b", "title": "T", "summary": "S"}
    write(
        tmp_path,
        a_reactions=reactions_file(reaction()),
        b_later=late,
        c_earlier=plan_file(),
        d_catalogue=catalogue_file(lead=lead),
    )
    assert faults_of(tmp_path, planfiles.Known()) == []


def test_what_is_loaded_may_be_referred_to(tmp_path):
    write(tmp_path, reactions=reactions_file(reaction()), plan=plan_file("plan-b"))
    assert faults_of(tmp_path, known(edition_record())) == []
    assert len(faults_of(tmp_path, planfiles.Known())) > 1


def test_all_faults_of_all_files_are_reported_at_once(tmp_path):
    content = with_edition(
        gaps="None",
        provisions=[provision("1", issues=["weather"]), provision("2", bound=["atlantis"])],
    )
    write(tmp_path, first=content, second=reactions_file(reaction(party="atlantis")))
    faults = faults_of(tmp_path, known(edition_record()))
    assert [fault.split(":")[0].rsplit("/")[-1] for fault in faults] == [
        *3 * ["first.yaml"],
        "second.yaml",
    ]


def test_all_faults_of_shape_are_reported_at_once(tmp_path):
    write(tmp_path, first=with_edition(status="rumour", label=""), second={"plan": {}})
    (tmp_path / "third.yaml").write_text("a: [")
    names = {fault.split(":")[0].rsplit("/")[-1] for fault in faults_of(tmp_path, known())}
    assert names == {"first.yaml", "second.yaml", "third.yaml"}


# --- finding ------------------------------------------------------------------------------------


def test_folders_are_searched_to_the_bottom_for_yaml_and_json(tmp_path):
    for name in ("b.yaml", "a/c.yml", "a/d.json", "a/e.txt", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = planfiles.find([tmp_path, tmp_path / "b.yaml"])
    assert [str(path.relative_to(tmp_path)) for path in found] == ["a/c.yml", "a/d.json", "b.yaml"]


def test_path_that_is_not_there_is_a_fault(tmp_path):
    with pytest.raises(Refused, match="is not there: expected a file or a folder"):
        planfiles.find([tmp_path / "none"])


def test_folder_without_files_is_a_fault(tmp_path):
    with pytest.raises(Refused, match=r"no \.yaml or \.json file"):
        planfiles.find([tmp_path])


# --- and back -----------------------------------------------------------------------------------

ODD = "- “Так”: 'yes' # null\n\ttab, 🇺🇦\u2028end"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (PlanFile, plan_file(title=ODD, summary="null")),
        (PlanFile, with_provision(variants=[VARIANT], note=ODD, figures=[figure("0.5")])),
        (PlanFile, plan_file(sponsors=[])),
        (CatalogueFile, catalogue_file()),
        (CatalogueFile, {"groups": [{"slug": "a", "title": "A", "issues": []}]}),
        (CatalogueFile, {"parties": []}),
        (ReactionsFile, reactions_file(reaction(text=ODD))),
        (ReactionsFile, reactions_file()),
    ],
    ids=[
        "odd texts",
        "details",
        "no sponsors",
        "catalogue",
        "group without issues",
        "no parties",
        "reactions",
        "no reactions",
    ],
)
def test_dumped_file_reads_as_an_equal_record(tmp_path, kind, content):
    record = planfiles.adapter(kind).validate_python(content)
    (tmp_path / "file.yaml").write_text(planfiles.dump(record), encoding="utf-8")
    (loaded,) = planfiles.read_all([tmp_path])
    assert loaded.content == record
