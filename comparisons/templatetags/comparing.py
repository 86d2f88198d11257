"""The states and the summary of a comparison page, for templates."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comparisons.reading import Comparison
from comparisons.shown import State

register = template.Library()


@register.filter(name="with")
def with_state(state: State, change: str) -> str:
    """The query of the page's state with a part changed: {{ state|with:"diff=none" }}."""
    name, _eq, value = change.partition("=")
    return state.query(**{name: value})


@register.filter
def in_words(comparison: Comparison) -> str:
    """A sentence that stands alone in a screenshot: counts of pairings and of issues."""
    counts = comparison.body["counts"]
    pairings = sum(counts.values())
    parts = [f"{n} {word}" for _relation, word, n in comparison.counts]
    listed = (
        parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " " + _("and") + " " + parts[-1]
    )
    first = ngettext(
        "Of %(n)s pairing of points, %(parts)s.",
        "Of %(n)s pairings of points: %(parts)s.",
        pairings,
    ) % {"n": pairings, "parts": listed}
    second = _("They differ on %(n)s of the %(m)s issues that either addresses.") % {
        "n": comparison.differing,
        "m": comparison.addressed,
    }
    return f"{first} {second}"
