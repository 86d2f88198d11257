"""The published record as one snapshot: what the pages about plans and issues are drawn from."""

import datetime
import difflib
from dataclasses import dataclass
from functools import cached_property

from plans import published
from plans.documents import (
    Catalogue,
    EditionDocument,
    Issue,
    Position,
    Provision,
    Reaction,
    Reactions,
    Source,
)
from plans.published import Entry


@dataclass(frozen=True)
class PositionView:
    """A position, or which kind of nothing stands in its place; never empty."""

    kind: str  # of the contract: stated, left-open, dropped, unread, silent, not-in-what-we-read
    stance: str | None
    provisions: tuple[str, ...]


@dataclass(frozen=True)
class PublishedEdition:
    """An edition as readers see it now."""

    entry: Entry
    document: EditionDocument

    @property
    def plan(self):
        return self.document.plan

    @property
    def edition(self):
        return self.document.edition

    @property
    def key(self) -> str:
        return self.document.key

    @property
    def withdrawn(self) -> bool:
        return self.entry.type == "withdrawal"

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        return {p.number: p for p in self.edition.provisions}

    @cached_property
    def sources(self) -> dict[str, Source]:
        return {s.id: s for s in self.edition.sources}

    @cached_property
    def _positions(self) -> dict[str, Position]:
        return {p.issue: p for p in self.edition.positions}

    def position(self, issue: str) -> PositionView:
        """The position on an issue; without one, silence only if we hold the complete text."""
        if found := self._positions.get(issue):
            return PositionView(found.kind, found.stance, found.provisions)
        kind = "silent" if self.edition.complete else "not-in-what-we-read"
        bearing = tuple(p.number for p in self.edition.provisions if issue in p.issues)
        return PositionView(kind, None, bearing)

    def bearing_on(self, issue: str) -> list[Provision]:
        return [p for p in self.edition.provisions if issue in p.issues]


class Record:
    """A consistent snapshot, in two queries (one if this process has met the documents)."""

    def __init__(self) -> None:
        self.entries = published.current_record()
        documents = published.parsed(entry.digest for entry in self.entries.values())
        by_key = {key: documents[entry.digest] for key, entry in self.entries.items()}
        self.catalogue: Catalogue = by_key.get("catalogue") or Catalogue()
        self.reactions: tuple[Reaction, ...] = by_key.get("reactions", Reactions()).reactions
        found = [
            PublishedEdition(entry, documents[entry.digest])
            for key, entry in self.entries.items()
            if key.startswith("edition/")
        ]
        # The order of everything: by date of publication, and of one date by name.
        self.editions = sorted(found, key=lambda e: (e.edition.date, e.key))

    @cached_property
    def by_key(self) -> dict[str, PublishedEdition]:
        return {e.key: e for e in self.editions}

    @cached_property
    def latest(self) -> dict[str, PublishedEdition]:
        """The latest edition of each plan, plans in the order of those editions' dates."""
        last = {e.plan.slug: e for e in self.editions}
        return {e.plan.slug: e for e in self.editions if last[e.plan.slug] is e}

    def editions_of(self, plan: str) -> list[PublishedEdition]:
        return [e for e in self.editions if e.plan.slug == plan]

    @cached_property
    def issues(self) -> dict[str, Issue]:
        return {issue.slug: issue for issue in self.catalogue.issues}

    @cached_property
    def party_names(self) -> dict[str, str]:
        return {p.slug: p.name for p in self.catalogue.parties}

    @cached_property
    def party_short_names(self) -> dict[str, str]:
        return {p.slug: p.short_name for p in self.catalogue.parties}

    @cached_property
    def region_names(self) -> dict[str, str]:
        return {r.slug: r.name for r in self.catalogue.regions}

    @property
    def provision_count(self) -> int:
        """Provisions of all editions."""
        return sum(len(e.edition.provisions) for e in self.editions)

    @property
    def last_text(self) -> datetime.date | None:
        return self.editions[-1].edition.date if self.editions else None


def nearest(wanted: str, among: list[str]) -> list[str]:
    """Up to three names that look most like what was asked for; those that hold it come first."""
    wanted = wanted.lower()
    holding = [name for name in among if wanted and (wanted in name or name in wanted)]
    alike = difflib.get_close_matches(wanted[:100], among, n=3, cutoff=0.4)
    return list(dict.fromkeys([*holding, *alike]))[:3]
