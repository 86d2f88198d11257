"""Every rule of alignment files, one small case each; and back."""

import pytest

from comparisons.align import Link
from comparisons.alignmentfiles import FILE_KINDS, file_of_links, links_of_file
from plans import planfiles, yamlfiles
from tests.factories import (
    alignment_file,
    edition_record,
    faults_of,
    known,
    line_of,
    link,
    plan_file,
    provision,
    write,
)

LEFT = edition_record("plan-a")
RIGHT = edition_record(
    "plan-b", "2025-11-24", provisions=[provision("1"), provision("2", "A cap."), provision("3")]
)
SOUND = [link(["1"], ["1"], "same"), link(["2"], ["2"], "amended"), link(["3"], ["3"], "same")]


def faults(tmp_path, content) -> list[str]:
    write(tmp_path, file=content)
    return faults_of(tmp_path, known(LEFT, RIGHT))


def test_sound_file_has_no_fault(tmp_path):
    assert faults(tmp_path, alignment_file(*SOUND)) == []


NEITHER = (
    "does not fit the sides: removed has left only, added right only, every other relation both"
)
ABSENT = "of plan-a@2025-11-20 (left) stand in no link: expected each provision in one link"

RULES = {
    "same means the same words": (
        alignment_file(SOUND[0], link(["2"], ["2"], "same", change="here"), SOUND[2]),
        "relation: same\n  change: here",
        "'same', but the two texts differ: expected amended or replaced",
    ),
    "amended means other words": (
        alignment_file(*SOUND[:2], link(["3"], ["3"], "amended", change="here")),
        "relation: amended\n  change: here",
        "'amended', but the two texts are identical: expected same",
    ),
    "removed has no right side": (
        alignment_file(*SOUND[:2], link(["3"], ["3"], "removed")),
        "relation: removed",
        f"'removed' {NEITHER}",
    ),
    "added has no left side": (
        alignment_file(*SOUND[:2], link(["3"], ["3"], "added")),
        "relation: added",
        f"'added' {NEITHER}",
    ),
    "replaced has both sides": (
        alignment_file(
            *SOUND[:2],
            link(["3"], [], "replaced"),
            link([], ["3"], "added"),
        ),
        "relation: replaced",
        f"'replaced' {NEITHER}",
    ),
    "numbers are the edition's": (
        alignment_file(*SOUND, link(["99"], [], "removed")),
        "'99'",
        "'99' is no provision of plan-a@2025-11-20",
    ),
    "a number stands in one link": (
        alignment_file(*SOUND, link(["2", "1"], [], "removed")),
        "['2', '1']",
        "'2' stands in two links: expected in one",
    ),
    "every number stands in a link": (
        alignment_file(link([], ["1"], "added"), *SOUND[1:]),
        "links:",
        f"1 {ABSENT}",
    ),
    "issues are the catalogue's": (
        alignment_file(
            SOUND[0], link(["2"], ["2"], "amended", changes={"weather": "Rain."}), SOUND[2]
        ),
        "weather:",
        "'weather' is no issue of the catalogue",
    ),
    "editions are loaded": (
        alignment_file(right="plan-c@2025-11-24"),
        "right: plan-c",
        "'plan-c@2025-11-24' is no edition that is loaded",
    ),
    "the earlier edition stands left": (
        alignment_file(left="plan-b@2025-11-24", right="plan-a@2025-11-20"),
        "left: plan-b",
        "the earlier edition stands left: exchange left and right",
    ),
    "an edition is not aligned with itself": (
        alignment_file(right="plan-a@2025-11-20"),
        "left: plan-a",
        "the earlier edition stands left: exchange left and right",
    ),
    "the relation is one of five": (
        alignment_file(*SOUND[:2], link(["3"], ["3"], "moved")),
        "relation: moved",
        "links[2].relation: 'moved': expected 'same', 'amended', 'replaced', 'removed' or 'added'",
    ),
}


@pytest.mark.parametrize(("content", "needle", "message"), RULES.values(), ids=list(RULES))
def test_rule(tmp_path, content, needle, message):
    found = faults(tmp_path, content)
    text = (tmp_path / "file.yaml").read_text()
    line = text[: text.index(needle)].count("\n") + 1
    assert text.count(needle) == 1
    assert found[0] == f"{tmp_path}/file.yaml:{line}: {message}"


def test_faults_of_all_links_are_reported_at_once(tmp_path):
    content = alignment_file(
        link(["1"], ["1"], "amended"), link(["2", "98"], ["2"], "amended"), SOUND[2]
    )
    assert len(faults(tmp_path, content)) == 2


def test_pair_is_aligned_by_one_file(tmp_path):
    write(tmp_path, first=alignment_file(*SOUND), second=alignment_file(*SOUND))
    (fault,) = faults_of(tmp_path, known(LEFT, RIGHT))
    line = line_of(tmp_path / "second.yaml", "left: plan-a")
    assert fault == (
        f"{tmp_path}/second.yaml:{line}: {tmp_path}/first.yaml aligns these editions already: "
        "expected once"
    )


def test_editions_of_the_same_set_may_be_aligned(tmp_path):
    edition = plan_file("plan-b")["editions"][0] | {"slug": "2025-11-24", "date": "2025-11-24"}
    write(tmp_path, a=plan_file(), b=plan_file("plan-b", edition), file=alignment_file(
        *(link([n], [n], "same") for n in "123")))  # fmt: skip
    assert faults_of(tmp_path, known()) == []


@pytest.mark.parametrize("reviewed", [True, False, None], ids=["all", "none", "some"])
def test_written_links_read_as_the_same_links(tmp_path, reviewed):
    links = [
        Link(("1",), ("1",), "same", reviewed=reviewed is not False),
        Link(("2",), ("2", "3"), "amended", "It's: “so” #1", {"donbas": "null"},
             reviewed=bool(reviewed), stale=True, score="0.5"),
        Link((), ("10.а",), "added", reviewed=bool(reviewed)),
    ]  # fmt: skip
    content = file_of_links("plan-a@2025-11-20", "plan-b@2025-11-24", links)
    (tmp_path / "file.yaml").write_text(yamlfiles.write(content), encoding="utf-8")
    (loaded,) = planfiles.read_all([tmp_path], FILE_KINDS)
    again = links_of_file(loaded.content)
    assert [
        (x.left, x.right, x.relation, x.change, x.changes, x.reviewed, x.stale) for x in again
    ] == [(x.left, x.right, x.relation, x.change, x.changes, x.reviewed, x.stale) for x in links]
    assert [x.score and str(x.score) for x in again] == [None, "0.5", None]
