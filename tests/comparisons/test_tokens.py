"""What counts as one token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.tokens import is_number, is_small, is_word, join, tokenise

anything = st.text(st.characters(exclude_categories=["Cs"]))


def bodies(text: str) -> list[str]:
    return [token.body for token in tokenise(text)]


@given(anything | st.text(st.sampled_from("10.,a'-’ \u00a0%€$\u0301б👍🏽中\n")))
def test_tokens_join_back_to_the_text(text):
    assert join(tokenise(text)) == text


@given(anything)
def test_only_a_leading_space_is_a_token_without_a_body(text):
    tokens = tokenise(text)
    assert all(token.body for token in tokens[1:])
    assert all(not token.space.strip() for token in tokens)
    assert all(not any(c.isspace() for c in token.body[:1]) for token in tokens)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("600,000 personnel.", ["600,000", "personnel", "."]),
        ("1.5, then", ["1.5", ",", "then"]),
        ("€100bn, $ 5m", ["€100bn", ",", "$", "5m"]),
        ("50 % of 2.5‰", ["50 %", "of", "2.5‰"]),
        ("10:30 or 10.a", ["10:30", "or", "10.a"]),
        ("the 28th and 3rd", ["the", "28th", "and", "3rd"]),
        ("Ukraine's об’єкт non-nuclear", ["Ukraine's", "об’єкт", "non-nuclear"]),
        ("'quoted'", ["'", "quoted", "'"]),
        ("end-", ["end", "-"]),
        ("Т-72 F-16", ["Т-72", "F-16"]),
        ("中国", ["中", "国"]),
        ("  a", ["", "a"]),
        ("", []),
    ],
)
def test_tokens(text, expected):
    assert bodies(text) == expected


@pytest.mark.parametrize(
    "word", ["not", "no", "never", "may", "must", "shall", "only", "one", "не"]
)
def test_words_that_carry_policy_are_not_small(word):
    assert not is_small(word)


def test_kinds_of_tokens():
    assert (is_number("€100bn"), is_number("bn")) == (True, False)
    assert (is_word("не"), is_word("5"), is_word("—")) == (True, True, False)
    assert (is_small("The"), is_small("та"), is_small(",")) == (True, True, True)
