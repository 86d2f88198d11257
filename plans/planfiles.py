"""Plan files: read, checked in shape and as a set, with file:line for every fault.

A file holds a plan with its editions, a part of the catalogue (issues by group, parties, regions,
the lead comparison), or reactions. What they hold is described in plans/documents.py. No Django
here: what is loaded already comes in as a `Known`.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from plans import yamlfiles
from plans.checks import Where, edition_faults
from plans.documents import (
    Edition,
    EditionDocument,
    IssueGroup,
    LeadComparison,
    Party,
    Plan,
    Reaction,
    Region,
    adapter,
    record,
    to_json,
)

T = TypeVar("T")


@record
class PlanFile:
    plan: Plan
    editions: tuple[Edition, ...]


@record
class CatalogueFile:
    groups: tuple[IssueGroup, ...] | None = None
    parties: tuple[Party, ...] | None = None
    regions: tuple[Region, ...] | None = None
    lead: LeadComparison | None = None


@record
class ReactionsFile:
    reactions: tuple[Reaction, ...]


@dataclasses.dataclass(frozen=True)
class Loaded:
    """A file whose shape is right."""

    name: str
    content: Any
    located: yamlfiles.Located

    def at(self, *path: str | int) -> str:
        return f"{self.name}:{self.located.line(path)}"


class Refused(Exception):
    """Files with faults; `faults` are lines of `file:line: what, and what was expected`."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


Kinds = dict[str, type]  # the field that tells a file's kind -> its record
KINDS: Kinds = {
    "plan": PlanFile,
    "editions": PlanFile,
    "groups": CatalogueFile,
    "parties": CatalogueFile,
    "regions": CatalogueFile,
    "lead": CatalogueFile,
    "reactions": ReactionsFile,
}


def find(paths: Iterable[Path]) -> list[Path]:
    """The plan files among `paths`, folders searched to the bottom, in the order of names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.suffix in (".yaml", ".yml", ".json"))
            found += sorted(p for p in inside if p.is_file())
        elif path.is_file():
            found.append(path)
        else:
            raise Refused([f"{path}:1: is not there: expected a file or a folder"])
    if not found:
        raise Refused([f"{paths}: hold no .yaml or .json file"])
    return list(dict.fromkeys(found))


def read_all(paths: Iterable[Path], kinds: Kinds = KINDS) -> list[Loaded]:
    """All files with the right shape, or Refused with the faults of all of them."""
    loaded, faults = [], []
    for path in find(paths):
        try:
            loaded.append(_read(str(path), path.read_bytes(), kinds))
        except yamlfiles.Fault as fault:
            faults.append(f"{path}:{fault.line}: {fault.message}")
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    return loaded


def _read(name: str, data: bytes, kinds: Kinds) -> Loaded:
    located = yamlfiles.read(data)
    if not isinstance(located.value, dict):
        raise yamlfiles.Fault(1, "is no mapping: expected fields such as `plan:` and `editions:`")
    kind = next((kinds[field] for field in located.value if field in kinds), None)
    if kind is None:
        expected = ", ".join(sorted(kinds))
        raise yamlfiles.Fault(1, f"has none of the fields that tell its kind: one of {expected}")
    try:
        content = adapter(kind).validate_python(located.value)
    except ValidationError as error:
        raise Refused(
            [
                f"{name}:{located.line(e['loc'])}: {_field(e['loc'])}: {_explain(e)}"
                for e in error.errors()
            ]
        ) from error
    return Loaded(name, content, located)


def _field(loc: tuple[str | int, ...]) -> str:
    """editions[0].provisions[3].force"""
    parts = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return parts.lstrip(".") or "the file"


def _explain(error: Any) -> str:
    match error["type"]:
        case "missing":
            return "is missing: this field is needed"
        case "unexpected_keyword_argument" | "extra_forbidden":
            return "is no field of this record: expected one of those in the documentation"
        case "value_error":
            return str(error["ctx"]["error"])
        case "literal_error":
            return f"{error['input']!r}: expected {error['ctx']['expected']}"
        case _:
            message = error["msg"][:1].lower() + error["msg"][1:]
            return f"{str(error['input'])[:60]!r}: {message}"


# --- as a set ---------------------------------------------------------------------------------


@dataclasses.dataclass
class Known:
    """What files may refer to: what the database holds, and what the set itself brings."""

    parties: set[str] = dataclasses.field(default_factory=set)
    issues: set[str] = dataclasses.field(default_factory=set)
    regions: set[str] = dataclasses.field(default_factory=set)
    plans: set[str] = dataclasses.field(default_factory=set)
    short_titles: dict[str, str] = dataclasses.field(default_factory=dict)  # title -> plan
    editions: dict[str, EditionDocument] = dataclasses.field(default_factory=dict)
    records: dict[str, Plan] = dataclasses.field(default_factory=dict)  # of the set
    seen: set[tuple[str, str]] = dataclasses.field(default_factory=set)
    """What the set itself has brought so far, as (word, name)."""

    def once(
        self, file: "Loaded", word: str, name: str, path: tuple[str | int, ...]
    ) -> Iterator[str]:
        """A fault if the set brings this a second time, in whichever file."""
        if (word, name) in self.seen:
            yield f"{file.at(*path)}: the {word} {name!r} stands twice: expected once"
        self.seen.add((word, name))


def _of(loaded: list[Loaded], kind: type[T]) -> Iterator[tuple[Loaded, T]]:
    return ((file, file.content) for file in loaded if isinstance(file.content, kind))


def check_set(loaded: list[Loaded], known: Known) -> list[str]:
    """Faults between files. `known` is extended by what the set brings."""
    faults: list[str] = []
    for file, catalogue in _of(loaded, CatalogueFile):
        faults += _catalogue_faults(file, catalogue, known)
    for file, plan in _of(loaded, PlanFile):
        faults += _plan_faults(file, plan, known)
    for file, plan in _of(loaded, PlanFile):
        for index, edition in enumerate(plan.editions):
            document = EditionDocument(plan=plan.plan, edition=edition)
            faults += edition_faults(document, _references(known), _pointer(file, index))
    for file, catalogue in _of(loaded, CatalogueFile):
        if catalogue.lead:
            for side in ("left", "right"):
                if getattr(catalogue.lead, side) not in known.plans:
                    slug = getattr(catalogue.lead, side)
                    faults.append(f"{file.at('lead', side)}: {slug!r} is no plan that is loaded")
    for file, reactions in _of(loaded, ReactionsFile):
        faults += _reaction_faults(file, reactions, known)
    return faults


def _references(known: Known) -> Where:
    return Where(
        parties=known.parties,
        issues=known.issues,
        regions=known.regions,
        editions=known.editions,
    )


def _pointer(file: Loaded, index: int) -> Callable[..., str]:
    return lambda *path: file.at("editions", index, *path)


def _catalogue_faults(file: Loaded, catalogue: CatalogueFile, known: Known) -> Iterator[str]:
    groups = catalogue.groups or ()
    issues = [
        (issue.slug, ("groups", g, "issues", i, "slug"))
        for g, group in enumerate(groups)
        for i, issue in enumerate(group.issues)
    ]
    for word, entries, into in (
        ("group", [(g.slug, ("groups", i, "slug")) for i, g in enumerate(groups)], set()),
        ("issue", issues, known.issues),
        ("party", _slugs("parties", catalogue.parties), known.parties),
        ("region", _slugs("regions", catalogue.regions), known.regions),
    ):
        for slug, path in entries:
            yield from known.once(file, word, slug, path)
            into.add(slug)


def _slugs(field: str, records: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(r.slug, (field, i, "slug")) for i, r in enumerate(records or ())]


def _plan_faults(file: Loaded, content: PlanFile, known: Known) -> Iterator[str]:
    plan = content.plan
    if known.records.setdefault(plan.slug, plan) != plan:
        yield f"{file.at('plan')}: another file of the set describes {plan.slug!r} otherwise"
    for index, slug in enumerate(plan.sponsors):
        if slug not in known.parties:
            yield f"{file.at('plan', 'sponsors', index)}: {slug!r} is no party of the catalogue"
        elif slug in plan.sponsors[:index]:
            yield f"{file.at('plan', 'sponsors', index)}: {slug!r} stands twice: expected once"
    owner = known.short_titles.setdefault(plan.short_title, plan.slug)
    if owner != plan.slug:
        yield (
            f"{file.at('plan', 'short_title')}: {plan.short_title!r} is the short title of "
            f"{owner!r}: expected one of its own"
        )
    known.plans.add(plan.slug)
    for index, edition in enumerate(content.editions):
        document = EditionDocument(plan=plan, edition=edition)
        yield from known.once(file, "edition", document.key, ("editions", index, "slug"))
        known.editions[document.key] = document


def _reaction_faults(file: Loaded, content: ReactionsFile, known: Known) -> Iterator[str]:
    for index, reaction in enumerate(content.reactions):
        if reaction.party not in known.parties:
            at = file.at("reactions", index, "party")
            yield f"{at}: {reaction.party!r} is no party of the catalogue"
        key = f"{reaction.plan}@{reaction.edition}"
        if key not in known.editions:
            at = file.at("reactions", index, "edition")
            yield f"{at}: {key} is no edition that is loaded"
        if not reaction.sources:
            at = file.at("reactions", index, "sources")
            yield f"{at}: a reaction needs a source"
        name = f"of {reaction.speaker}, {reaction.party}, {reaction.date}, on {key}"
        yield from known.once(file, "reaction", name, ("reactions", index))


# --- and back ---------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    """A record as plain values, without optional fields that say nothing."""
    if not dataclasses.is_dataclass(value):
        return [_plain(item) for item in value] if isinstance(value, tuple) else to_json(value)
    return {
        f.name: _plain(getattr(value, f.name))
        for f in dataclasses.fields(value)
        if getattr(value, f.name) != f.default
    }


def dump(content: Any) -> str:
    """A plan file's text; reading it again gives an equal record."""
    return yamlfiles.write(_plain(content))
