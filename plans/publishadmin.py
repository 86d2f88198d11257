"""What the admin has not got: pages that publish rows to readers, one by one or as a whole."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from plans import publishing
from plans.forms import PublishForm


class Publishing(admin.ModelAdmin):
    """Adds a page that publishes: what blocks it, and for corrections a type and a reason."""

    publish_template = "admin/publish.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.publish_view)
        info = self.opts.app_label, self.opts.model_name
        name = "_".join((*info, "publish"))
        return [path("<int:pk>/publish/", view, name=name), *super().get_urls()]

    def faults(self, obj: Any) -> list[str]:
        """All that blocks publication, one sentence each."""
        raise NotImplementedError

    def is_published(self, obj: Any) -> bool:
        """Whether readers see a version of it, so that publishing is a correction."""
        raise NotImplementedError

    def publish(self, obj: Any, about: dict[str, Any]) -> Any:
        """Publish with `by` and, for a correction, `type` and `reason`; None if unchanged."""
        raise NotImplementedError

    def public_url(self, obj: Any) -> str:
        """Where readers see it."""
        raise NotImplementedError

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        extra = {} if obj is None else self.state(obj)
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})

    def state(self, obj: Any) -> dict[str, Any]:
        """What the change page says of publication."""
        return {
            "faults": self.faults(obj),
            "is_published": self.is_published(obj),
            "publish_url": reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_publish", args=[obj.pk]
            ),
            "public_url": self.public_url(obj) if self.is_published(obj) else "",
        }

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        obj = get_object_or_404(self.model, pk=pk)
        if not self.has_change_permission(request, obj):
            return HttpResponse(status=403)
        state = self.state(obj)
        form = PublishForm(request.POST or None) if state["is_published"] else None
        if request.method == "POST" and (form is None or form.is_valid()):
            about = {**(form.cleaned_data if form else {}), "by": request.user}
            if self._publish(request, obj, about):
                return HttpResponseRedirect(
                    reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])
                )
        context = {
            **self.admin_site.each_context(request),
            **state,
            "opts": self.opts,
            "original": obj,
            "title": _("Correct") if state["is_published"] else _("Publish"),
            "form": form,
        }
        return TemplateResponse(request, self.publish_template, context)

    def _publish(self, request: HttpRequest, obj: Any, about: dict[str, Any]) -> bool:
        """True if it went well, or nothing was to be done; the editor is told either way."""
        try:
            made = self.publish(obj, about)
        except publishing.Blocked as blocked:
            for fault in blocked.faults:
                messages.error(request, fault)
            return False
        link = format_html('<a href="{}">{}</a>', self.public_url(obj), _("Look at it"))
        text = (
            _("Published as number %(n)s of the log.") % {"n": made.serial}
            if made
            else _("Nothing has changed since it was published.")
        )
        self.message_user(request, format_html("{} {}", text, link), messages.SUCCESS)
        return True


class WholePublishing(admin.ModelAdmin):
    """A list that is published as a whole, from its own page."""

    change_list_template = "admin/publishing_change_list.html"
    publish_whole: Any

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.whole_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_publish_all"
        return [path("publish/", view, name=name), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_publish_all"
        return super().changelist_view(
            request, {**(extra_context or {}), "publish_url": reverse(name)}
        )

    def whole_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            return HttpResponse(status=403)
        form = PublishForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            made = type(self).publish_whole(**form.cleaned_data, by=request.user)
            text = (
                _("Published as number %(n)s of the log.") % {"n": made.serial}
                if made
                else _("Nothing has changed since it was published.")
            )
            self.message_user(request, text, messages.SUCCESS)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
            return HttpResponseRedirect(reverse(name))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Publish: %(what)s") % {"what": self.opts.verbose_name_plural},
            "form": form,
            "is_published": True,
        }
        return TemplateResponse(request, "admin/publish.html", context)
