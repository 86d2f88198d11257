"""What readers see: current documents, by key or by digest. No public view reads anything else.

Documents never change, so a process keeps those that it has parsed, by digest. Which document is
current is asked anew by every request, in one query.
"""

import datetime
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from plans.documents import Catalogue, EditionDocument, Reactions, adapter
from plans.models import Document, Publication

KEEP = 2_000  # parsed documents per process; about 50 KB each for the larger ones
SERIAL_SECONDS = 1.0  # how long a process may go on with the serial that it knows


@dataclass(frozen=True)
class Entry:
    """One publication, without its document's body."""

    serial: int
    key: str
    digest: str
    type: str
    reason: str
    at: datetime.datetime


class _Kept:
    """The least recently used fall out."""

    def __init__(self) -> None:
        self._items: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, digest: str) -> Any:
        with self._lock:
            if digest in self._items:
                self._items.move_to_end(digest)
            return self._items.get(digest)

    def put(self, digest: str, value: Any) -> None:
        with self._lock:
            self._items[digest] = value
            while len(self._items) > KEEP:
                self._items.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._items.clear()


_documents = _Kept()


def _entries(publications: Iterable[Publication]) -> list[Entry]:
    return [Entry(p.serial, p.key, p.document_id, p.type, p.reason, p.at) for p in publications]


def current(*keys: str) -> dict[str, Entry]:
    """The current entry of each key that is published. One query."""
    rows = Publication.objects.filter(key__in=keys).current()
    return {entry.key: entry for entry in _entries(rows)}


def current_record() -> dict[str, Entry]:
    """The current entries of all editions, the catalogue and the reactions. One query."""
    rows = Publication.objects.exclude(key__startswith="comparison/").exclude(
        key__startswith="alignment/"
    )
    return {entry.key: entry for entry in _entries(rows.current())}


def history(key: str) -> list[Entry]:
    """All publications of a key, oldest first. One query."""
    return _entries(Publication.objects.filter(key=key).order_by("serial"))


def parsed(digests: Iterable[str]) -> dict[str, Any]:
    """Documents by digest: records for editions, catalogue and reactions, else plain JSON.

    One query for those that this process has not met; none if it has met all.
    """
    wanted = set(digests)
    found = {d: value for d in wanted if (value := _documents.get(d)) is not None}
    if missing := wanted - found.keys():
        for document in Document.objects.filter(pk__in=missing):
            found[document.digest] = value = _record(json.loads(document.body))
            _documents.put(document.digest, value)
    return found


def _record(body: dict[str, Any]) -> Any:
    if "edition" in body and "plan" in body:
        return adapter(EditionDocument).validate_python(body)
    if "groups" in body:
        return adapter(Catalogue).validate_python(body)
    if "reactions" in body:
        return adapter(Reactions).validate_python(body)
    return body


def body(digest: str) -> str | None:
    """The stored bytes of a document, as text."""
    return Document.objects.filter(pk=digest).values_list("body", flat=True).first()


def last() -> int:
    """The serial of the last publication; 0 if there is none."""
    return Publication.objects.aggregate(Max("serial"))["serial__max"] or 0


_serial: tuple[float, int] = (-SERIAL_SECONDS, 0)


def forget_serial() -> None:
    """Let this process see its own publication at once."""
    global _serial
    _serial = (-SERIAL_SECONDS, 0)


def last_serial() -> int:
    """The last publication's serial, read at most once a second per process."""
    global _serial
    now = time.monotonic()
    if now - _serial[0] >= SERIAL_SECONDS:
        _serial = (now, last())
    return _serial[1]
