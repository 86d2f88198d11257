"""Records, their canonical JSON and their digests."""

import json
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from plans import fields
from plans.documents import EditionDocument, adapter, canonical, decimal_string, digest_of, to_json
from tests.factories import edition_record, figure, plan_file, provision, provision_record

CONTROL = "".join(map(chr, [*range(9), *range(11, 32), 127]))
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=CONTROL), min_size=1
).filter(str.strip)
# Stacked and composed accents, the Cyrillic й and ї, Hangul: letters with two spellings.
two_spellings = st.text("aéùйїö가한\u0301\u0306\u0308", min_size=1).filter(str.strip)


def spelled(form: str, value: str) -> str:
    return unicodedata.normalize(form, value)


# --- canonical JSON -----------------------------------------------------------------------------


def test_canonical_json_is_sorted_tight_utf8():
    value = {"b": [1, True, None], "a": {"ґ": "“текст”", "d": ""}}
    expected = '{"a":{"d":"","ґ":"“текст”"},"b":[1,true,null]}'
    assert canonical(value) == expected.encode()


def test_canonical_text_is_nfc_in_keys_too():
    assert canonical({spelled("NFD", "й"): spelled("NFD", "ї")}) == '{"й":"ї"}'.encode()


@pytest.mark.parametrize("value", [1.5, 0.0, float("nan"), b"bytes", {1, 2}, object()])
def test_what_has_no_stable_form_is_refused(value):
    with pytest.raises(TypeError, match="has no canonical form"):
        canonical({"a": [value]})


@given(st.dictionaries(st.text("abcdé"), st.integers() | st.text("aé"), max_size=6), st.data())
def test_digest_is_stable_under_the_order_of_keys(value, data):
    shuffled = dict(data.draw(st.permutations(list(value.items()))))
    assert digest_of(canonical(shuffled)) == digest_of(canonical(value))


@given(two_spellings)
def test_digest_is_stable_under_the_spelling_of_letters(text):
    digests = {digest_of(canonical([spelled(form, text)])) for form in ("NFC", "NFD")}
    assert len(digests) == 1


def test_digest_is_the_sha256_of_the_bytes():
    # printf '{"a":"й"}' | sha256sum
    assert digest_of(canonical({"a": "й"})) == (
        "acdaaddf85044eb71ee1be2220f0392d8534f2e1f29efa264485699a38427ec1"
    )


# --- decimals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("800000", "800000"),
        ("8E+5", "800000"),
        ("1e5", "100000"),
        ("0.50", "0.5"),
        ("100.000000", "100"),
        ("1E-6", "0.000001"),
        ("-200000", "-200000"),
        ("0.0", "0"),
        ("-0.0", "0"),
    ],
)
def test_decimals_are_printed_without_exponent_or_trailing_zeros(value, expected):
    assert decimal_string(Decimal(value)) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18))
def test_printed_decimals_keep_their_value(value):
    printed = decimal_string(value)
    assert Decimal(printed) == value
    assert "E" not in printed


def test_figure_in_json_is_a_string():
    made = provision_record("2", figures=[figure("600000.00")])
    assert to_json(made)["figures"][0]["value"] == "600000"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "many", ""])
def test_figure_that_is_no_number_is_refused(value):
    with pytest.raises(ValidationError):
        provision_record("2", figures=[figure(value)])


# --- records ------------------------------------------------------------------------------------


@given(st.lists(texts, min_size=8, max_size=8))
def test_record_survives_its_canonical_json(words):
    title, label, gaps, text, original, note, variant, condition = words
    content = plan_file(title=title)
    made = edition_record(
        label=label,
        complete=False,
        gaps=gaps,
        provisions=[
            provision(
                "10.а",
                text,
                original=original,
                original_language="uk",
                note=note,
                variants=[{"text": variant, "sources": ["first"]}],
                figures=[figure("0.5", condition=condition), figure(None)],
            )
        ],
        positions=[{"issue": "armed-forces", "kind": "dropped", "stance": "None"}],
        regions=[{"region": "crimea", "status": "ukraine", "provisions": ["10.а"]}],
    )
    body = to_json(made) | {"plan": content["plan"]}
    first = adapter(EditionDocument).validate_python(body)
    again = adapter(EditionDocument).validate_python(json.loads(canonical(to_json(first))))
    assert again == first
    assert canonical(to_json(again)) == canonical(to_json(first))


def test_text_is_stripped_and_nfc():
    made = provision_record("1", spelled("NFD", "\n Край \t"))
    assert made.text == "Край"


@pytest.mark.parametrize("text", ["", " \n\t", "\u00a0"])
def test_empty_text_is_refused(text):
    with pytest.raises(ValidationError, match="is empty: expected text"):
        adapter(fields.Text).validate_python(text)


@pytest.mark.parametrize("character", ["\x00", "\r", "\x1b", "\x7f", "\ud800"])
def test_control_characters_are_refused(character):
    with pytest.raises(ValidationError, match="control character"):
        adapter(fields.Text).validate_python(f"a{character}b")


def test_unknown_field_is_refused():
    with pytest.raises(ValidationError, match="bounds"):
        provision_record("1", bounds=[])


def test_record_cannot_be_changed():
    with pytest.raises(AttributeError):
        provision_record("1").text = "another"


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["a", "us-28-point-draft", "28", "a" * 60])
def test_slug_is_accepted(slug):
    assert fields.check_slug(slug) == slug


@pytest.mark.parametrize(
    "slug", ["", "A", "a_b", "-a", "a-", "a--b", "a b", "план", "a\n", "é", "a" * 61]
)
def test_slug_of_another_form_is_refused(slug):
    with pytest.raises(ValueError, match="is no slug: expected at most 60 lower-case letters"):
        fields.check_slug(slug)


@pytest.mark.parametrize(
    "slug", "points cite verify box feed embed corrections reversed search".split()
)
def test_reserved_slug_is_refused(slug):
    with pytest.raises(ValueError, match="reserved word"):
        fields.check_slug(slug)
    assert fields.check_slug(f"{slug}-2") == f"{slug}-2"


@pytest.mark.parametrize("slug", ["2025-11-20", "2025-11-20-2", "2024-02-29", "2025-11-20-12"])
def test_edition_slug_is_a_date(slug):
    assert fields.check_edition_slug(slug) == slug


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "2025",
        "2025-11",
        "2025-13-01",
        "2025-02-29",
        "20-11-2025",
        "2025-11-20-0",
        "2025-11-20-",
        "2025-11-20 ",
        "2025-11-20-1٢",
        "٢٠٢٥-١١-٢٠",
    ],
)
def test_edition_slug_of_another_form_is_refused(slug):
    with pytest.raises(ValueError, match=r"\S"):
        fields.check_edition_slug(slug)


@pytest.mark.parametrize("number", ["6", "10.c", "10.а", "IV", "§3", "(2)", "三", "1-bis"])
def test_number_is_text_in_any_alphabet(number):
    assert fields.check_number(number) == number


@pytest.mark.parametrize("number", ["", "1 a", "1/2", "#1", "1?", "1~2", "1+2", "x" * 41])
def test_number_that_would_break_an_address_is_refused(number):
    with pytest.raises(ValueError, match=r"expected"):
        fields.check_number(number)


@pytest.mark.parametrize("url", ["ftp://a.example", "javascript:alert(1)", "a.example", "http://"])
def test_address_of_another_kind_is_refused(url):
    with pytest.raises(ValidationError, match="expected an address that begins with http"):
        adapter(fields.Url).validate_python(url)


@pytest.mark.parametrize(("kind", "limit"), [(fields.Stance, 60), (fields.ShortTitle, 24)])
def test_short_texts_have_a_limit(kind, limit):
    assert adapter(kind).validate_python("й" * limit) == "й" * limit
    with pytest.raises(ValidationError, match=f"expected at most {limit}"):
        adapter(kind).validate_python("й" * (limit + 1))
