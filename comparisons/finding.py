"""Find a stored comparison: the current one of a pair, or the one that a token names."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from comparisons.deriving import earlier_first, pair_key, token_of
from plans import published
from plans.errors import NotHere
from plans.models import Document
from plans.published import Entry
from plans.record import PublishedEdition


@dataclass(frozen=True)
class Found:
    """A stored comparison and where it stands in the log."""

    body: dict[str, Any]
    digest: str
    turned: bool
    """Whether the address has the later text first."""
    history: list[Entry]
    """All publications of this pair, oldest first."""
    text: str = ""
    """The stored bytes, where they were asked for."""

    @property
    def token(self) -> str:
        return token_of(self.digest)


def by_pair(first: PublishedEdition, second: PublishedEdition) -> Found:
    """The current comparison of two editions, in one or two queries."""
    left, right = earlier_first(first.document, second.document)
    key = pair_key("comparison", left.key, right.key)
    entry = published.current(key).get(key)
    if entry is None:
        raise NotHere(_("These two texts have not been compared yet."))
    body = published.parsed([entry.digest])[entry.digest]
    return Found(body, entry.digest, left.key != first.key, [entry])


def by_token(token: str) -> Found | None:
    """The comparison whose digest begins with these 100 bits, current or not."""
    prefix = base64.b32decode(token.upper() + "A" * 4).hex()[:25]
    # A range, not a LIKE: both engines use the primary key's index for it.
    documents = Document.objects.filter(digest__gte=prefix, digest__lt=prefix + "g")
    for document in documents.filter(publications__key__startswith="comparison/").distinct():
        body = json.loads(document.body)
        key = pair_key("comparison", _key(body["left"]), _key(body["right"]))
        return Found(body, document.digest, False, published.history(key), document.body)
    return None


def _key(edition: dict[str, Any]) -> str:
    return f"{edition['plan']}@{edition['edition']}"
