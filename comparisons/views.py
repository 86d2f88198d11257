"""Home, the chooser, comparisons and permanent links. Each view is a straight line."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comparisons import finding
from comparisons.addresses import find_pair
from comparisons.compare import mirror_comparison, only_issue
from comparisons.finding import Found
from comparisons.pages import choose_page, home_page, notices
from comparisons.reading import Comparison, open_comparison
from comparisons.shown import State
from plans.errors import NotHere, Suggestion
from plans.record import Record, nearest


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The lead comparison, the matrix of issues and plans, what is new."""
    record = Record()
    return render(request, "comparisons/home.html", {"page": home_page(record), "record": record})


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Choose two plans; a form with both filled in redirects to the comparison's path."""
    chosen = [value for value in request.GET.getlist("plan") if value]
    record = Record()
    if len(chosen) >= 2:
        pair = "...".join(chosen)
        if len(set(chosen)) > 1:
            find_pair(pair, record)
            return HttpResponseRedirect(reverse("comparison", args=[pair]))
    page = choose_page(record, chosen)
    return render(request, "comparisons/choose.html", {"page": page, "record": record})


@require_safe
def comparison(request: HttpRequest, pair: str, issue: str | None = None) -> HttpResponse:
    """Two plans compared as they are published now, or one issue of it."""
    if "\u2026" in pair:  # word processors turn three dots into one character
        return HttpResponseRedirect(request.get_full_path().replace("%E2%80%A6", "..."))
    record = Record()
    found = finding.by_pair(*find_pair(pair, record))
    opened = open_comparison(found.body, found.token, found.turned)
    return _render(request, record, found, opened, issue, pair=pair)


@require_safe
def permanent(
    request: HttpRequest, token: str, issue: str | None = None, turned: bool = False
) -> HttpResponse:
    """What was cited, for ever, with notices of what has been corrected since."""
    found = _by_token(token)
    opened = open_comparison(found.body, token, turned)
    return _render(request, Record(), found, opened, issue, permanent=True)


def _render(
    request: HttpRequest,
    record: Record,
    found: Found,
    opened: Comparison,
    issue: str | None,
    *,
    pair: str | None = None,
    permanent: bool = False,
) -> HttpResponse:
    section = opened.section(issue) if issue else None
    if issue and section is None:
        raise _no_issue(issue, opened, request.path.rsplit("/", 2)[0])
    context = {
        "comparison": opened,
        "section": section,
        "neighbours": opened.neighbours(issue) if issue else None,
        "state": State.of(request.GET),
        "pair": pair or f"{opened.left.key}...{opened.right.key}",
        "permanent": permanent,
        "pinned": not permanent and "@" in (pair or ""),
        "base_url": request.path.rsplit("/", 2)[0] if issue else request.path.rstrip("/"),
        "notices": notices(record, found, opened, permanent),
        "record": record,
    }
    permalink = _permalink(opened, issue)
    context |= {
        "permalink": permalink,
        "json_url": f"{permalink.rstrip('/')}.json",
        "twin_url": f"{request.path.rstrip('/')}.json",
        "permalink_absolute": request.build_absolute_uri(permalink),
        "turned_url": _turned_url(opened, pair),
    }
    template = "comparisons/issue.html" if issue else "comparisons/comparison.html"
    return render(request, template, context)


def _permalink(opened: Comparison, issue: str | None) -> str:
    name = "reversed" if opened.turned else "permanent"
    return (
        reverse(f"{name}-issue", args=[opened.token, issue])
        if issue
        else reverse(name, args=[opened.token])
    )


def _turned_url(opened: Comparison, pair: str | None) -> str:
    """The same comparison with the sides exchanged."""
    if pair:
        return reverse("comparison", args=["...".join(pair.split("...")[::-1])])
    return reverse("permanent" if opened.turned else "reversed", args=[opened.token])


def _no_issue(issue: str, opened: Comparison, base: str) -> NotHere:
    titles = {s.data["issue"]: s.data["title"] for s in opened.sections}
    close = nearest(issue, list(titles)) or list(titles)[:8]
    return NotHere(
        _("There is no issue “%(issue)s” in this comparison") % {"issue": issue},
        [Suggestion(titles[slug], f"{base}/{slug}/") for slug in close],
    )


def _by_token(token: str) -> Found:
    found = finding.by_token(token)
    if found is None:
        raise NotHere(
            _("No comparison was ever published under this link. Check its 20 characters."),
            [Suggestion(_("Compare plans"), reverse("choose"))],
        )
    return found


# --- the same for machines ------------------------------------------------------------------------


@require_safe
def comparison_json(request: HttpRequest, pair: str, issue: str | None = None) -> HttpResponse:
    """The current comparison with its token; mirrored if the address has the later text first."""
    if "\u2026" in pair:
        return HttpResponseRedirect(request.get_full_path().replace("%E2%80%A6", "..."))
    found = finding.by_pair(*find_pair(pair, Record()))
    body = mirror_comparison(found.body) if found.turned else found.body
    return _json({**_one_issue(body, issue), "token": found.token})


@require_safe
def permanent_json(request: HttpRequest, token: str, issue: str | None = None) -> HttpResponse:
    """The stored bytes, for ever; or one issue of them."""
    found = _by_token(token)
    if issue is None:
        return _json_bytes(found.text, forever=True)
    return _json(_one_issue(found.body, issue), forever=True)


@require_safe
def reversed_json(request: HttpRequest, token: str, issue: str | None = None) -> HttpResponse:
    """The mirror of the stored comparison."""
    body = mirror_comparison(_by_token(token).body)
    return _json(_one_issue(body, issue), forever=True)


def _one_issue(body: dict[str, Any], issue: str | None) -> dict[str, Any]:
    if issue is None:
        return body
    found = only_issue(body, issue)
    if found is None:
        raise NotHere(_("There is no issue “%(issue)s” in this comparison") % {"issue": issue})
    return found


def _json(body: dict[str, Any], *, forever: bool = False) -> HttpResponse:
    return _json_bytes(json.dumps(body, ensure_ascii=False, sort_keys=True), forever=forever)


def _json_bytes(text: str, *, forever: bool) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    if forever:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
