"""What every page may show of the site itself."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    try:
        canonical_url = request.build_absolute_uri(request.path)
    except DisallowedHost:  # the page that says so is drawn with this too
        canonical_url = request.path
    return {
        "publisher_name": settings.PUBLISHER_NAME,
        "report_error_to": settings.REPORT_ERROR_TO,
        "canonical_url": canonical_url,
    }
