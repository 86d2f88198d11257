"""The pages about plans and issues. Each is a straight line: read, look up, render."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plans import published
from plans.errors import NotHere, Suggestion
from plans.pages import edition_page, issue_page
from plans.record import Record, nearest


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """All plans, by the date of their latest edition."""
    return render(request, "plans/plans.html", {"record": Record()})


@require_safe
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """A plan's latest edition, point by point."""
    record = Record()
    if plan not in record.latest:
        raise _no_plan(plan, record)
    page = edition_page(record, record.latest[plan])
    return render(request, "plans/edition.html", {"page": page, "record": record})


@require_safe
def edition(request: HttpRequest, plan: str, edition: str) -> HttpResponse:
    """One edition of a plan."""
    record = Record()
    if plan not in record.latest:
        raise _no_plan(plan, record)
    found = record.by_key.get(f"{plan}@{edition}")
    if found is None:
        raise NotHere(
            _("%(plan)s has no edition “%(edition)s”")
            % {"plan": record.latest[plan].plan.title, "edition": edition},
            [
                Suggestion(e.edition.label, reverse("edition", args=[plan, e.edition.slug]))
                for e in record.editions_of(plan)
            ],
        )
    return render(
        request, "plans/edition.html", {"page": edition_page(record, found), "record": record}
    )


def _no_plan(slug: str, record: Record) -> NotHere:
    close = nearest(slug, list(record.latest)) or list(record.latest)
    return NotHere(
        _("There is no plan “%(plan)s” here") % {"plan": slug},
        [Suggestion(record.latest[s].plan.title, reverse("plan", args=[s])) for s in close],
    )


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """The issues by group."""
    return render(request, "plans/issues.html", {"record": Record()})


@require_safe
def issue(request: HttpRequest, issue: str) -> HttpResponse:
    """One issue across all plans."""
    record = Record()
    if issue not in record.issues:
        close = nearest(issue, list(record.issues)) or list(record.issues)
        raise NotHere(
            _("There is no issue “%(issue)s” here") % {"issue": issue},
            [Suggestion(record.issues[s].title, reverse("issue", args=[s])) for s in close],
        )
    page = issue_page(record, record.issues[issue])
    return render(request, "plans/issue.html", {"page": page, "record": record})


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source, by edition."""
    return render(request, "plans/sources.html", {"record": Record()})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who answers for the site, the licence, how to report an error."""
    return render(request, "plans/about.html")


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How texts are restated, ordered, aligned and compared."""
    return render(request, "plans/method.html", {"record": Record()})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Able to serve: the database answers."""
    try:
        published.last()
    except DatabaseError:
        return HttpResponse("database unreachable\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
