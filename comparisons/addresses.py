"""The part of an address that names what is compared: `<plan>[@<edition>]...<plan>[@<edition>]`."""

import re
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from plans.errors import Malformed, NotHere, Suggestion
from plans.fields import EDITION_SLUG, SLUG
from plans.record import PublishedEdition, Record, nearest

_NAMED = re.compile(rf"({SLUG})(?:@({EDITION_SLUG}))?")


class Named(NamedTuple):
    """One of the compared, as the address has it: a plan, and an edition if one is pinned."""

    plan: str
    edition: str | None


def parse(pair: str) -> list[Named]:
    """Two to four names; raises Malformed."""
    parts = pair.split("...")
    named = []
    for part in parts:
        match = _NAMED.fullmatch(part)
        if match is None or len(part) > 80:
            raise Malformed(
                _(
                    "“%(part)s” cannot be read: expected a plan such as us-28-point-draft, or one "
                    "of its editions such as us-28-point-draft@2025-11-20"
                )
                % {"part": part[:80]}
            )
        named.append(Named(match[1], match[2]))
    if len(named) == 1:
        raise Malformed(
            _("A comparison needs two plans: write them as first...second"),
            [Suggestion(_("Choose what to compare"), reverse("choose") + f"?plan={named[0].plan}")],
        )
    if len(named) > 2:
        raise Malformed(
            _("Two plans are compared at a time"),
            [
                Suggestion(
                    f"{named[0].plan} … {other.plan}",
                    reverse("comparison", args=[f"{parts[0]}...{parts[i]}"]),
                )
                for i, other in enumerate(named[1:], 1)
                if other != named[0]
            ][:3],
        )
    return named


def find(named: Named, record: Record) -> PublishedEdition:
    """The edition named, or the plan's latest; raises NotHere with the nearest."""
    if named.plan not in record.latest:
        close = nearest(named.plan, list(record.latest))
        raise NotHere(
            _("There is no plan “%(plan)s” here") % {"plan": named.plan},
            [Suggestion(record.latest[s].plan.title, reverse("plan", args=[s])) for s in close]
            or [Suggestion(_("All plans"), reverse("plans"))],
        )
    if named.edition is None:
        return record.latest[named.plan]
    found = record.by_key.get(f"{named.plan}@{named.edition}")
    if found is None:
        raise NotHere(
            _("%(plan)s has no edition “%(edition)s”")
            % {"plan": record.latest[named.plan].plan.title, "edition": named.edition},
            [
                Suggestion(e.edition.label, reverse("edition", args=[e.plan.slug, e.edition.slug]))
                for e in record.editions_of(named.plan)
            ],
        )
    return found


def find_pair(pair: str, record: Record) -> tuple[PublishedEdition, PublishedEdition]:
    """The two editions of an address; the same edition twice is an error."""
    first, second = (find(named, record) for named in parse(pair))
    if first is second:
        raise Malformed(
            _("Both names lead to the same text: %(text)s") % {"text": first.edition.label},
            [Suggestion(_("Choose another"), reverse("choose") + f"?plan={first.plan.slug}")],
        )
    return first, second
