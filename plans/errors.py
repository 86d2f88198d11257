"""Errors that a reader sees; config/errors.py draws them."""

from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.http import Http404


class Suggestion(NamedTuple):
    name: str
    url: str


class NotHere(Http404):
    """404 with a title in plain words and what lies nearest."""

    def __init__(self, title: str, suggestions: Sequence[Suggestion] = ()) -> None:
        super().__init__(title)
        self.title = title
        self.suggestions = suggestions


class Malformed(BadRequest):
    """400 with what was expected."""

    def __init__(self, title: str, suggestions: Sequence[Suggestion] = ()) -> None:
        super().__init__(title)
        self.suggestions = suggestions
