"""The house's way of writing: words of closed lists, dates, numbers, typography. For templates."""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans import labels

register = template.Library()

LISTS = {
    "status": labels.EDITION_STATUS,
    "source": labels.SOURCE_KIND,
    "force": labels.FORCE,
    "confidence": labels.CONFIDENCE,
    "bound": labels.BOUND,
    "position": labels.POSITION_KIND | labels.ABSENCE,
    "region": labels.REGION_STATUS,
    "attitude": labels.ATTITUDE,
    "publication": labels.PUBLICATION_TYPE,
    "relation": labels.RELATION,
    "flag": labels.FLAG,
}
MINUS = "\u2212"
LETTERS = "ABCD"


@register.filter
def word(value: str, kind: str) -> str:
    """The product's word for a value of a closed list: {{ edition.status|word:"status" }}."""
    return str(LISTS[kind][value])


def _date(value: datetime.date | str) -> datetime.date:
    return datetime.date.fromisoformat(value[:10]) if isinstance(value, str) else value


@register.filter
def day(value: datetime.date | str | None) -> str:
    """20 November 2025"""
    return date_format(_date(value), "j F Y") if value else ""


@register.filter
def short_day(value: datetime.date | str | None) -> str:
    """20 Nov 2025"""
    return date_format(_date(value), "j M Y") if value else ""


@register.filter
def number(value: Decimal | str | int | None) -> str:
    """600,000 with separators and a true minus sign; nothing for None."""
    if value is None:
        return ""
    return f"{Decimal(value):,f}".replace("-", MINUS)


@register.filter
def signed(value: Decimal | str) -> str:
    """+200,000 or −200,000"""
    amount = Decimal(value)
    return number(amount) if amount <= 0 else f"+{number(amount)}"


UNITS = {"USD": "US$", "percent": "%"}


def quantity(value: Decimal | str | None, unit: str, bound: str | None) -> str:
    """A figure in words: "600,000", "US$100 billion", "50 %", "no limit", "no figure"."""
    if bound is None:
        return _("no figure")
    if value is None:
        return _("no limit")
    amount = Decimal(value)
    if unit == "USD":
        for size, name in ((10**12, _("trillion")), (10**9, _("billion")), (10**6, _("million"))):
            if abs(amount) >= size:
                return f"US${number((amount / size).normalize())} {name}"
        return f"US${number(amount)}"
    if unit == "percent":
        return f"{number(amount)} %"
    return number(amount) if unit != "year" else str(amount)


@register.filter
def figure_words(figure: Any) -> str:
    """A figure of one text: "at most 600,000 personnel, in peacetime"."""
    amount = quantity(figure.value, figure.unit, figure.bound)
    unit = "" if figure.unit in (*UNITS, "year") or figure.value is None else f" {figure.unit}"
    bound = "" if figure.bound in ("none", "exactly") else f"{labels.BOUND[figure.bound]} "
    condition = f", {figure.condition}" if figure.condition else ""
    return f"{bound}{amount}{unit}{condition}"


@register.filter
def difference_words(figure: dict[str, Any]) -> str:
    """A compared figure: "600,000 → 800,000 personnel, +33 %; condition added: in peacetime"."""
    for side, letter in (("left", "B"), ("right", "A")):
        if figure[f"{side}_bound"] is None:
            return _("only in %(letter)s: %(figure)s") % {
                "letter": letter,
                "figure": _one_side(figure, "right" if side == "left" else "left"),
            }
    left = quantity(figure["left"], figure["unit"], figure["left_bound"])
    right = quantity(figure["right"], figure["unit"], figure["right_bound"])
    unit = "" if figure["unit"] in (*UNITS, "year") else f" {figure['unit']}"
    same = figure["left"] == figure["right"] and figure["left_bound"] == figure["right_bound"]
    parts = [f"{left}{unit}" if same else f"{left} → {right}{unit}"]
    if figure["percent"] and Decimal(figure["percent"]):
        parts.append(f"{signed(Decimal(figure['percent']).quantize(Decimal(1)))} %")
    elif figure["change"] and Decimal(figure["change"]) and figure["unit"] == "percent":
        parts.append(_("%(change)s points") % {"change": signed(figure["change"])})
    text = ", ".join(parts)
    bounds = figure["left_bound"], figure["right_bound"]
    if bounds[0] != bounds[1] and figure["left"] and figure["right"]:
        text += "; " + _("from “%(a)s” to “%(b)s”") % {
            "a": labels.BOUND[bounds[0]],
            "b": labels.BOUND[bounds[1]],
        }
    if figure["condition_added"]:
        text += "; " + _("condition added: %(c)s") % {"c": figure["condition_added"]}
    if figure["condition_removed"]:
        text += "; " + _("condition removed: %(c)s") % {"c": figure["condition_removed"]}
    return text


def _one_side(figure: dict[str, Any], side: str) -> str:
    bound, unit = figure[f"{side}_bound"], figure["unit"]
    amount = quantity(figure[side], unit, bound)
    words = "" if bound in ("none", "exactly") else f"{labels.BOUND[bound]} "
    return words + amount + ("" if unit in (*UNITS, "year") or bound == "none" else f" {unit}")


@register.filter
def letter(index: int) -> str:
    """A, B, C, D: plans are letters, in the order of the address."""
    return LETTERS[index]


@register.filter
def points(numbers: Iterable[str]) -> str:
    """point 6; points 21.a, 21.b and 21.d; points 14.a–14.e for a longer run."""
    numbers = list(numbers)
    if not numbers:
        return _("no point")
    if len(numbers) > 3:
        listed = f"{numbers[0]}–{numbers[-1]}"
    elif len(numbers) > 1:
        listed = _("%(first)s and %(last)s") % {
            "first": ", ".join(numbers[:-1]),
            "last": numbers[-1],
        }
    else:
        listed = numbers[0]
    return ngettext("point %(n)s", "points %(n)s", len(numbers)) % {"n": listed}


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """{{ names|get:slug }}: the entry, or the key itself where there is none."""
    return mapping.get(key, key)


@register.filter
def typographic(text: str | None) -> str:
    """Our apostrophes as printed; the data keep theirs."""
    return re.sub(r"(?<=\w)'(?=\w)|(?<=s)'(?= )", "’", text or "")


@register.filter
def capfirst_only(text: Any) -> str:
    """The first letter large, the rest as it is."""
    text = str(text)
    return text[:1].upper() + text[1:]


_HIDDEN = '<span class="vh">[{}: </span>{}<span class="vh">]</span>'


@register.simple_tag
def marks(spans: Iterable[tuple[str, str]], manner: str = "split") -> SafeString:
    """Spans of a diff as HTML: <del> and <ins>, with hidden words for those who don't see them.

    The space around a marked run stays outside of its mark.
    """
    words = {
        "split": {"delete": _("only in A"), "insert": _("only in B")},
        "inline": {"delete": _("removed"), "insert": _("added")},
    }[manner]
    return format_html_join("", "{}", ((_mark(kind, text, words),) for kind, text in spans))


def _mark(kind: str, text: str, words: dict[str, str]) -> SafeString | str:
    body = text.strip()
    if kind == "equal" or not body:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    element = "del" if kind == "delete" else "ins"
    inner = format_html(_HIDDEN, words[kind], body)
    return format_html("{}<{}>{}</{}>{}", before, element, inner, element, after)


@register.simple_tag
def sentence(spans: Iterable[tuple[str, str]]) -> SafeString:
    """An editor's sentence; a figure in it wears the mark of the text that it comes from."""
    style = {"delete": "fig-a", "insert": "fig-b"}
    return format_html_join(
        "",
        "{}",
        (
            (
                typographic(text)
                if kind == "equal"
                else format_html('<span class="{}">{}</span>', style[kind], text),
            )
            for kind, text in spans
        ),
    )


@register.simple_tag
def badge(name: str, size: str = "") -> SafeString:
    """The letter of a plan in its shape (A ● B ■ C ▲ D ◆), in ink: it prints, and has no hue."""
    return format_html(
        '<svg class="badge {}" role="img" aria-label="{}"><use href="#badge-{}"/></svg>',
        f"badge--{size}" if size else "",
        _("Plan %(letter)s") % {"letter": name},
        name,
    )


@register.simple_tag
def pair_url(a: Any, b: Any, record: Any, issue: str = "") -> str:
    """The address of a comparison of two published editions, the earlier text first.

    A plan's latest edition goes by the plan's name alone; an earlier one is pinned.
    """
    first, second = sorted((a, b), key=lambda e: (e.edition.date, e.key))
    pinned = first.plan.slug == second.plan.slug
    names = [
        e.key if pinned or record.latest[e.plan.slug] is not e else e.plan.slug
        for e in (first, second)
    ]
    pair = "...".join(names)
    return (
        reverse("comparison-issue", args=[pair, issue])
        if issue
        else reverse("comparison", args=[pair])
    )


@register.filter
def plan_title(key: str | None, record: Any) -> str:
    """The title of the plan of a `plan@edition` key."""
    found = record.by_key.get(key or "")
    return typographic(found.plan.title) if found else (key or "")


@register.filter
def point_numbers(entries: Iterable[Any]) -> list[str]:
    """Numbers of points, from numbers or from points."""
    return [e if isinstance(e, str) else e.provision.number for e in entries]


@register.filter
def short_title(plan: str, record: Any) -> str:
    """The short title of a plan by its slug."""
    return record.latest[plan].plan.short_title if plan in record.latest else plan


@register.simple_tag
def option_value(found: Any, record: Any) -> str:
    """What the chooser sends for an edition: the plan alone if this is its latest."""
    return found.plan.slug if record.latest[found.plan.slug] is found else found.key
