"""The editors' rooms. Nothing here reaches a reader until it is published."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db import models as db
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from plans import models, publishing
from plans.forms import (
    PositionForm,
    ProvisionForm,
    PublishForm,
    RegionStatusForm,
    RowsFormSet,
    Typed,
    VariantForm,
)

admin.site.site_header = "Point by Point"
admin.site.site_title = "Point by Point"
admin.site.index_title = _("Editing: readers see nothing of it before it is published")
admin.site.register(models.User, UserAdmin)


ADDRESS: Any = {db.URLField: {"widget": forms.URLInput, "assume_scheme": "https"}}


class TypedAdmin(admin.ModelAdmin):
    """Tells each row's form what the rest of the page holds."""

    def edition_of(self, obj: Any) -> models.Edition | None:
        return obj

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if issubclass(inline.formset, RowsFormSet):
            kwargs["form_kwargs"] = {"typed": self.typed(request, obj)}
        return kwargs

    def typed(self, request: HttpRequest, obj: Any) -> Typed:
        return Typed.of(self.edition_of(obj), request.POST)


class SourceInline(admin.TabularInline):
    model = models.Source
    fields = ("key", "publisher", "title", "url", "date", "kind")
    extra = 1
    formfield_overrides = ADDRESS


class ProvisionInline(admin.StackedInline):
    model = models.Provision
    form = ProvisionForm
    formset = RowsFormSet
    extra = 1
    show_change_link = True
    fieldsets = (
        (
            None,
            {
                "description": "Figures and other readings have a page of their own: save, then "
                "press Change beside the number.",
                "fields": (
                    ("number", "parent_number", "kind", "order"),
                    "text",
                    ("issues", "bound"),
                    ("force", "confidence", "cites"),
                ),
            },
        ),
        (
            "Note and original wording",
            {"classes": ("collapse",), "fields": ("note", ("original", "original_language"))},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        related = ("issues", "bound", "citations__source")
        return super().get_queryset(request).select_related("parent").prefetch_related(*related)


class PositionInline(admin.TabularInline):
    model = models.Position
    form = PositionForm
    formset = RowsFormSet
    autocomplete_fields = ("issue",)
    extra = 1

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("rests_on__provision")


class RegionStatusInline(admin.TabularInline):
    model = models.RegionStatus
    form = RegionStatusForm
    formset = RowsFormSet
    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("rests_on__provision")


class Publishing(admin.ModelAdmin):
    """Adds a page that publishes: what blocks it, and for corrections a type and a reason."""

    publish_template = "admin/publish.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.publish_view)
        info = self.opts.app_label, self.opts.model_name
        name = "_".join((*info, "publish"))
        return [path("<int:pk>/publish/", view, name=name), *super().get_urls()]

    def faults(self, obj: Any) -> list[str]:
        raise NotImplementedError

    def is_published(self, obj: Any) -> bool:
        raise NotImplementedError

    def publish(self, obj: Any, about: dict[str, Any]) -> Any:
        raise NotImplementedError

    def public_url(self, obj: Any) -> str:
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


@admin.register(models.Edition)
class EditionAdmin(Publishing, TypedAdmin):
    list_display = ("plan", "slug", "label", "status", "complete", "published")
    list_filter = ("status", "complete")
    search_fields = ("plan__title", "slug", "label")
    autocomplete_fields = ("plan", "based_on")
    inlines = (SourceInline, ProvisionInline, PositionInline, RegionStatusInline)
    save_on_top = True
    change_form_template = "admin/publishing_change_form.html"
    fields = (
        "plan",
        ("date", "slug"),
        "label",
        ("status", "language", "based_on"),
        "provenance",
        "complete",
        "gaps",
    )
    formfield_overrides = {db.TextField: {"widget": forms.Textarea(attrs={"rows": 4})}}

    @admin.display(boolean=True, description=_("published"))
    def published(self, obj: models.Edition) -> bool:
        return self.is_published(obj)

    def faults(self, obj: models.Edition) -> list[str]:
        return publishing.blockers(obj)

    def is_published(self, obj: models.Edition) -> bool:
        return publishing.current(publishing.edition_key(obj.key)) is not None

    def publish(self, obj: models.Edition, about: dict[str, Any]) -> Any:
        return publishing.publish_edition(obj, **about)

    def public_url(self, obj: models.Edition) -> str:
        return reverse("edition", args=[obj.plan.slug, obj.slug])

    def state(self, obj: models.Edition) -> dict[str, Any]:
        state = super().state(obj)
        return state | {"has_changes": state["is_published"] and publishing.has_changes(obj)}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """The edition's name follows its date while it can still be chosen."""
        return {} if self.get_readonly_fields(request, obj) else {"slug": ("date",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Addresses use the plan and the edition: both are fixed once published."""
        return ("plan", "slug") if obj and self.is_published(obj) else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is published is withdrawn, never deleted."""
        kept = obj is not None and self.is_published(obj)
        return not kept and super().has_delete_permission(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        _number_places(form.instance)


@transaction.atomic
def _number_places(edition: models.Edition) -> None:
    """Places become 0, 1, 2 … in the order that was asked for."""
    rows = list(edition.provisions.order_by("order", "id"))
    for place, row in enumerate(rows):
        row.order = place
    models.Provision.objects.bulk_update(rows, ["order"])


class FigureInline(admin.TabularInline):
    model = models.Figure
    fields = ("measure", "name", "value", "unit", "bound", "condition")
    extra = 1


class VariantInline(admin.TabularInline):
    model = models.Variant
    form = VariantForm
    formset = RowsFormSet
    extra = 0


@admin.register(models.Provision)
class ProvisionAdmin(TypedAdmin):
    """A provision's figures and other readings; the rest is edited on the edition's page."""

    fields = ("edition", "number", "text")
    readonly_fields = ("edition", "number", "text")
    inlines = (FigureInline, VariantInline)
    search_fields = ("number", "text")
    list_display = ("edition", "number", "text")
    list_filter = ("edition__plan",)

    def edition_of(self, obj: Any) -> models.Edition | None:
        return obj.edition if obj else None

    def typed(self, request: HttpRequest, obj: Any) -> Typed:
        return Typed.of(self.edition_of(obj), None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SponsorInline(admin.TabularInline):
    model = models.Sponsor
    fields = ("party", "order")
    autocomplete_fields = ("party",)
    extra = 1


@admin.register(models.Plan)
class PlanAdmin(admin.ModelAdmin):
    list_display = ("title", "short_title", "slug")
    search_fields = ("title", "short_title", "slug")
    inlines = (SponsorInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The slug is part of addresses: fixed once an edition is published."""
        if obj is None:
            return ()
        keys = [publishing.edition_key(e.key) for e in obj.editions.select_related("plan")]
        return ("slug",) if publishing.current_of(keys) else ()


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


class CatalogueAdmin(WholePublishing):
    publish_whole = staticmethod(publishing.publish_catalogue)


@admin.register(models.Party)
class PartyAdmin(CatalogueAdmin):
    list_display = ("name", "short_name", "kind", "slug")
    search_fields = ("name", "short_name", "slug")


@admin.register(models.IssueGroup)
class IssueGroupAdmin(CatalogueAdmin):
    list_display = ("title", "slug", "order")


@admin.register(models.Issue)
class IssueAdmin(CatalogueAdmin):
    list_display = ("title", "group", "featured", "slug")
    list_filter = ("group", "featured")
    search_fields = ("title", "slug", "question")


@admin.register(models.Region)
class RegionAdmin(CatalogueAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")


@admin.register(models.LeadComparison)
class LeadComparisonAdmin(CatalogueAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return not models.LeadComparison.objects.exists() and super().has_add_permission(request)


class ReactionSourceInline(admin.TabularInline):
    model = models.ReactionSource
    fields = ("publisher", "title", "url", "date")
    extra = 1
    formfield_overrides = ADDRESS


@admin.register(models.Reaction)
class ReactionAdmin(WholePublishing):
    list_display = ("date", "party", "edition", "attitude")
    list_filter = ("party", "attitude")
    autocomplete_fields = ("party", "edition")
    exclude = ("order",)
    inlines = (ReactionSourceInline,)
    publish_whole = staticmethod(publishing.publish_reactions)


@admin.register(models.Publication)
class PublicationAdmin(admin.ModelAdmin):
    """The log, to read."""

    list_display = ("serial", "at", "key", "type", "reason", "by")
    list_filter = ("type",)
    search_fields = ("key", "reason")
    ordering = ("-serial",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
