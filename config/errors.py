"""Pages for what went wrong. They say what, and offer the nearest that is here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, also for plans.errors.NotHere, which carries suggestions."""
    context = {
        "title": getattr(exception, "title", _("There is no page at this address")),
        "suggestions": getattr(exception, "suggestions", ()),
    }
    return render(request, "error.html", context, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, also for plans.errors.Malformed, which says what was expected."""
    context = {
        "title": str(exception) or _("This address cannot be read"),
        "suggestions": getattr(exception, "suggestions", ()),
    }
    return render(request, "error.html", context, status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
