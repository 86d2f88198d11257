"""A text as tokens: a body and the space after it. Only bodies are compared.

The idea of a body with its trailing space is wikidiff2's; what counts as one body is ours: a
number with its grouping, sign and unit ("€100bn", "50 %"), a word with its apostrophes and
hyphens, or a single other character.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

_LETTER = r"[^\W\d_]"
_MARKS = r"[\u0300-\u036f\u0483-\u0487\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]"
_APOSTROPHE = r"['\u2019\u02bc\u2018`]"
_HYPHEN = r"[-\u2010\u2011]"
_GROUP = r"[.,:'\u2019\u00a0\u202f\u2009]"
_NUMBER = rf"\d(?:\d|{_GROUP}(?=\d))*"
_AMOUNT = (
    rf"(?:[$€£¥₴₽]\u00a0?)?[+\-\u2212\u2013]?(?:[$€£¥₴₽])?{_NUMBER}"
    rf"(?:(?:bn|mn|tn|m|k)\b|(?:[ \u00a0\u202f]?[%‰])|(?:st|nd|rd|th)\b)?"
)
_WORD = rf"(?:[^\W_]|{_MARKS})+(?:(?:{_APOSTROPHE}|{_HYPHEN})(?:[^\W_]|{_MARKS})+)*"
_CJK = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
# Numbers of points come before amounts, so that "10.a" stays whole.
_POINT = rf"\d+(?:\.\d+)*\.{_LETTER}\b"
_EMOJI = r"[\U0001f000-\U0001faff\u2600-\u27bf][\ufe0f\u200d\U0001f3fb-\U0001faff\u2640\u2642]*"
_TOKEN = re.compile(
    rf"({_POINT}|{_CJK}|(?<![^\W_]){_AMOUNT}|{_EMOJI}|{_WORD}|\S{_MARKS}*)(\s*)|(\s+)"
)

# Words that carry no policy by themselves. Negations, modals and numerals are not among them.
SMALL_WORDS = frozenset(
    "a an the of in on at to by for from with and or as is are its it their his her that which "
    "this these those be been , ; : . і й та в у на до з із зі за про що и в на с к по о об".split()
)


class Token(NamedTuple):
    """`body` is what is compared; `space` is the white space that follows it."""

    body: str
    space: str


def tokenise(text: str) -> tuple[Token, ...]:
    """Split into tokens; joined, they give the text back exactly.

    White space before the first body is a token with an empty body.
    """
    return tuple(Token(m[1] or "", m[2] if m[1] else m[3]) for m in _TOKEN.finditer(text))


def join(tokens: Iterable[Token]) -> str:
    return "".join(body + space for body, space in tokens)


def key(body: str) -> str:
    """What makes two bodies the same: their NFC form."""
    return body if body.isascii() else unicodedata.normalize("NFC", body)


def is_number(body: str) -> bool:
    return any(character.isdigit() for character in body)


def is_word(body: str) -> bool:
    return any(character.isalnum() for character in body)


def is_small(body: str) -> bool:
    """Whether a word or mark carries no meaning by itself."""
    return body.lower() in SMALL_WORDS
