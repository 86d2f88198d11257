"""The editors' rooms. Nothing here reaches a reader until it is published."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models as db
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from plans import models, publishing
from plans.forms import (
    PositionForm,
    ProvisionForm,
    RegionStatusForm,
    RowsFormSet,
    Typed,
    VariantForm,
)
from plans.publishadmin import Publishing, WholePublishing

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
