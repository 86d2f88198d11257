"""Three small middlewares: no NUL, the language in the path, one validator for every cache."""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.http import parse_etags

from plans import published

Handler = Callable[[HttpRequest], HttpResponse]
# What is an editor's alone, or has to answer without the database.
NOT_CACHED = ("/admin/", "/healthz", "/readyz")


def refuse_nul(get_response: Handler) -> Handler:
    """A NUL byte has no place in an address, and PostgreSQL refuses it: say so with a 400."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address holds a NUL byte.")
        return get_response(request)

    return middleware


def language_from_path(get_response: Handler) -> Handler:
    """/uk/… is the same site in Ukrainian. Neither a cookie nor a header is looked at.

    Django's LocaleMiddleware would vary every page on Accept-Language.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        language, prefix = settings.LANGUAGE_CODE, get_script_prefix()
        for code, _name in settings.LANGUAGES:
            if code != settings.LANGUAGE_CODE and request.path_info.startswith(f"/{code}/"):
                language = code
                request.path_info = request.path_info[len(code) + 1 :]
                set_script_prefix(f"{prefix}{code}/")
        try:
            with translation.override(language):
                return get_response(request)
        finally:
            set_script_prefix(prefix)

    return middleware


def public_caching(get_response: Handler) -> Handler:
    """One validator for every public page: the log's last serial, the code, path and query.

    Publishing is rare, so one publication may empty every cache. A 304 is decided before
    anything is rendered. Documents by token never change, and their views say so themselves.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or _not_ours(request.path_info):
            return get_response(request)
        etag = _etag(request)
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            response: HttpResponse = HttpResponseNotModified()
        else:
            response = get_response(request)
        if response.status_code in (200, 304):
            response.headers.setdefault("ETag", etag)
            response.headers.setdefault("Cache-Control", "public, no-cache")
        return response

    return middleware


def _not_ours(path: str) -> bool:
    """Pages without this validator; the JSON of a permanent link is fresh for ever by itself."""
    return path.startswith(NOT_CACHED) or (path.startswith("/c/") and path.endswith(".json"))


def _etag(request: HttpRequest) -> str:
    query = "&".join(sorted(request.META.get("QUERY_STRING", "").split("&")))
    what = f"{published.last_serial()} {settings.CODE_VERSION} {request.path}?{query}"
    return f'W/"{hashlib.sha256(what.encode()).hexdigest()[:32]}"'
