"""Files are read safely, scalars stay text, and every fault has its line."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plans import yamlfiles
from plans.yamlfiles import MAX_BYTES, MAX_DEPTH, Fault, read, write


def fault_of(data: bytes | str) -> tuple[int, str]:
    with pytest.raises(Fault) as caught:
        read(data.encode() if isinstance(data, str) else data)
    return caught.value.line, caught.value.message


# --- what is read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["10.10", "1e5", "007", "0x1F", "1_000", "12:30:00", "2025-11-20", "yes", "off", ".inf", "="],
)
def test_plain_scalars_stay_text(written):
    assert read(f"a: {written}".encode()).value == {"a": written}


@pytest.mark.parametrize(
    ("written", "expected"),
    [("", None), ("~", None), ("null", None), ("true", True), ("FALSE", False)],
)
def test_only_null_true_and_false_are_more_than_text(written, expected):
    assert read(f"a: {written}".encode()).value == {"a": expected}


@pytest.mark.parametrize("written", ["'null'", '"true"', "'~'", '""'])
def test_quoted_scalars_are_text_whatever_they_say(written):
    assert read(f"a: {written}".encode()).value == {"a": written[1:-1]}


def test_json_is_read():
    value = {"a": [True, None, {"b": '\t“ї”\n\\ / " :'}], "n": 10.10, "": []}
    data = json.dumps(value, indent="\t", ensure_ascii=False).encode()
    assert read(data).value == {**value, "n": "10.1"}


def test_json_escapes_beyond_the_first_plane_are_read():
    value = {"flag": "🇺🇦", "emoji": "a 🕊️ b", "accent": "é"}
    assert read(json.dumps(value).encode()).value == value


def test_byte_order_mark_is_no_part_of_the_first_field():
    assert read("\ufeffa: 1".encode()).value == {"a": "1"}


def test_every_part_has_its_line():
    located = read(b"# first\na: 1\nb:\n- c: 2\n  d: [3,\n    4]\n")
    assert [located.line(path) for path in [(), ("a",), ("b",), ("b", 0)]] == [2, 2, 3, 4]
    assert located.line(("b", 0, "d", 1)) == 6
    # What is missing is looked for in the part that should hold it.
    assert located.line(("b", 0, "e", "f")) == 4
    assert located.line(("z",)) == 2


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "line", "message"),
    [
        ("a: 1\nb: !!python/name:os.system x", 2, "uses the tag tag:yaml.org,2002:python"),
        ("a: 1\nb:\n- !!binary aGk=", 3, "uses the tag tag:yaml.org,2002:binary"),
        ("a: 1\nb: !mine {c: 1}", 2, "uses the tag !mine: tags are not read"),
        ("a: 1\n!!binary b: 1", 2, "has a key that is not plain text"),
        ("a: 1\nb: &x 2", 2, "uses an anchor or alias"),
        ("a: 1\nb: *x", 2, "uses an anchor or alias"),
        ("a: 1\nb: &x [1]", 2, "uses an anchor or alias"),
        ("a: 1\n&x b: 2", 2, "has a key that is not plain text"),
        ("a: 1\n<<: *x", 2, "uses an anchor or alias"),
        ("a: 1\nb: 2\na: 3", 3, "has the field 'a' twice: expected it once"),
        ("a:\n- {b: 1,\n   b: 2}", 3, "has the field 'b' twice"),
        ('{"a": 1,\n "\\u0061": 2}', 2, "has the field 'a' twice"),
        ("a: 1\n? [b]\n: c", 2, "has a key that is not plain text"),
        ("a: 1\n---\nb: 2", 2, "holds a second document: expected one"),
        ("a: [1\nb: 2", 2, "is not valid YAML"),
        ("a: 1\nb: 'open", 2, "is not valid YAML"),
        ("a: 1\n\tb: 2", 2, "is not valid YAML"),
        ("a: 1\nb: x: y", 2, "is not valid YAML"),
        ("a: 1\nb: 2\nc: x\x01y", 3, "is not valid YAML"),
        ("", 1, "is empty: expected a plan, a catalogue, reactions or an alignment"),
        ("\n\n# nothing\n", 1, "is empty"),
    ],
)
def test_fault_has_its_line(written, line, message):
    found = fault_of(written)
    assert found[0] == line
    assert message in found[1]


def test_a_billion_laughs_are_refused_at_the_first():
    names = "abcdefghi"
    lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [
        f"{n}: &{n} [{', '.join(9 * [f'*{m}'])}]" for m, n in zip(names, names[1:], strict=False)
    ]
    assert fault_of("\n".join(lines)) == (
        1,
        "uses an anchor or alias (& or *): write the value out",
    )


def test_file_that_is_not_utf8_is_refused():
    assert fault_of("a: 1\nb: план".encode("cp1251")) == (
        2,
        "is not UTF-8: save the file as UTF-8 text",
    )


@pytest.mark.parametrize("opened", ["[", '{"a":', "- "])
@pytest.mark.parametrize("times", [MAX_DEPTH + 2, 5_000])
def test_deep_nesting_is_refused(opened, times):
    line, message = fault_of("\n" + opened * times)
    assert line == 2
    assert "nest" in message


def test_nesting_as_deep_as_is_allowed_is_read():
    value: object = "x"
    for _ in range(MAX_DEPTH):
        value = [value]
    assert read(json.dumps(value).encode()).value == value


def test_large_file_is_refused_unread():
    assert fault_of(b"\xff" * (MAX_BYTES + 1)) == (
        1,
        "has 8,000,001 bytes: expected at most 8,000,000",
    )


def test_file_of_too_many_values_is_refused(monkeypatch):
    # The limit itself is a million: a list of that length takes seconds.
    monkeypatch.setattr(yamlfiles, "MAX_VALUES", 100)
    line, message = fault_of("\n".join(200 * ["- x"]))
    assert line == 100
    assert "too long" in message


# --- and written --------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ["null", "~", "yes", "1e5", "10.10", "2025-11-20", "# no", "- a", "a: b", "&a", "*a", "!t", "'"]
)
values = st.recursive(
    texts | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
@example({"a": "line\u2028separator", "b": "next\x85line", "c": "\ufeffmark"})
@example({"a": [" lead", "trail ", "two\n\nlines\n", "\ttab", "x" * 300, "a " * 150]})
@example({"k" * 200: {"": ""}, "? ": [[]], "emoji 🇺🇦": {}})
def test_what_is_written_reads_as_the_same_values(value):
    assert read(write(value).encode()).value == value


@given(
    st.binary(max_size=60) | st.text(st.sampled_from("{}[]&*!|>'\"%@`:,-?#\n\t ab0"), max_size=60)
)
def test_any_bytes_are_values_or_a_fault_with_a_line_of_the_file(data):
    data = data if isinstance(data, bytes) else data.encode()
    try:
        read(data)
    except Fault as fault:
        # Some parsers point behind the last line break.
        assert 1 <= fault.line <= data.count(b"\n") + 2
