"""What every page may show of the site itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "publisher_name": settings.PUBLISHER_NAME,
        "report_error_to": settings.REPORT_ERROR_TO,
        "canonical_url": request.build_absolute_uri(request.path),
    }
