"""Forms of the admin: lists of slugs and numbers as an editor writes them, kept in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from plans import labels
from plans.models import (
    BoundParty,
    Citation,
    Edition,
    Issue,
    Party,
    Position,
    PositionProvision,
    Provision,
    ProvisionIssue,
    RegionStatus,
    RegionStatusProvision,
    Source,
    Variant,
    VariantCitation,
)


@dataclass(frozen=True)
class Typed:
    """What stands in the edition's form as it was sent: rows may refer to rows not saved yet."""

    numbers: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, edition: Edition | None, data: Any) -> "Typed":
        if data:
            return cls(_sent(data, "provisions", "number"), _sent(data, "sources", "key"))
        if edition is None or edition.pk is None:
            return cls()
        return cls(
            set(edition.provisions.values_list("number", flat=True)),
            set(edition.sources.values_list("key", flat=True)),
        )


def _sent(data: Any, prefix: str, name: str) -> set[str]:
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    rows = range(int(total) if total.isdecimal() else 0)
    return {
        data.get(f"{prefix}-{i}-{name}", "").strip()
        for i in rows
        if not data.get(f"{prefix}-{i}-DELETE")
    } - {""}


class ListField(forms.CharField):
    """Words separated by commas or spaces, as a list without repetition, in the order written."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        words = value if isinstance(value, list) else (value or "").replace(",", " ").split()
        return list(dict.fromkeys(words))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


def require_known(words: Iterable[str], known: set[str], what: Any) -> None:
    """Raise a ValidationError that names what is not among the known."""
    if unknown := [word for word in words if word not in known]:
        raise ValidationError(
            _("%(words)s: no %(what)s of this edition. Expected of: %(known)s"),
            params={
                "words": ", ".join(unknown),
                "what": what,
                "known": ", ".join(sorted(known)) or "–",
            },
        )


class TypedForm(forms.ModelForm):
    """A form that knows what the rest of the page holds."""

    def __init__(self, *args: Any, typed: Typed | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed = typed or Typed()
        if self.instance.pk:
            self.initial |= self.rows_as_initial()

    def rows_as_initial(self) -> dict[str, Any]:
        return {}

    def save_rows(self) -> None:
        """Write what hangs on the instance, after every provision of the page is saved."""


def _many(model: Any, field_name: str, queryset: Any, label: Any, required: bool) -> Any:
    return forms.ModelMultipleChoiceField(
        queryset,
        label=label,
        required=required,
        widget=AutocompleteSelectMultiple(model._meta.get_field(field_name), admin.site),
    )


class ProvisionForm(TypedForm):
    parent_number = forms.CharField(
        label=_("Part of"), required=False, help_text=_("The number of the point above, if any.")
    )
    issues = _many(ProvisionIssue, "issue", Issue.objects.all(), _("Issues"), True)
    bound = _many(BoundParty, "party", Party.objects.all(), _("Binds"), False)
    cites = ListField(
        label=_("Sources"), help_text=_("Their ids, separated by commas, the best first.")
    )

    class Meta:
        model = Provision
        fields = (
            "number",
            "parent_number",
            "kind",
            "order",
            "text",
            "issues",
            "bound",
            "force",
            "confidence",
            "cites",
            "note",
            "original",
            "original_language",
        )
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 2}),
            "original": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].required = False
        self.fields["order"].help_text = _("Empty: after the others.")
        if not self.instance.pk:
            self.initial["order"] = None

    def rows_as_initial(self) -> dict[str, Any]:
        row = self.instance
        return {
            "parent_number": row.parent.number if row.parent else "",
            "issues": [link.issue_id for link in row.issues.all()],
            "bound": [link.party_id for link in row.bound.all()],
            "cites": [link.source.key for link in row.citations.all()],
        }

    def clean_order(self) -> int:
        value = self.cleaned_data["order"]
        if value is not None:
            return value
        index = self.prefix.rpartition("-")[2] if self.prefix else "0"
        return 10_000 + (int(index) if index.isdecimal() else 0)

    def clean_cites(self) -> list[str]:
        require_known(self.cleaned_data["cites"], self.typed.sources, _("source"))
        return self.cleaned_data["cites"]

    def clean_parent_number(self) -> str:
        number = self.cleaned_data["parent_number"].strip()
        require_known([number] if number else [], self.typed.numbers, _("provision"))
        if number and number == self.cleaned_data.get("number"):
            raise ValidationError(_("A point cannot be part of itself."))
        return number

    def save_rows(self) -> None:
        row, data = self.instance, self.cleaned_data
        parent = data["parent_number"]
        row.parent = row.edition.provisions.get(number=parent) if parent else None
        row.save(update_fields=["parent"])
        sources = {s.key: s for s in Source.objects.filter(edition=row.edition)}
        replace_rows(ProvisionIssue, "provision", row, "issue", data["issues"])
        replace_rows(BoundParty, "provision", row, "party", data["bound"])
        replace_rows(
            Citation, "provision", row, "source", [sources[k] for k in data["cites"]], True
        )


def replace_rows(
    model: Any,
    owner_name: str,
    owner: Any,
    name: str,
    targets: Iterable[Any],
    ordered: bool = False,
) -> None:
    """Make the rows between owner and targets these.

    A list without an order of its own keeps the places that its members have; new ones follow.
    """
    targets = list(targets)
    standing = list(model.objects.filter(**{owner_name: owner}).order_by("order", "id"))
    if not ordered:
        places = {getattr(row, f"{name}_id"): i for i, row in enumerate(standing)}
        targets.sort(key=lambda target: places.get(target.pk, len(places)))
    model.objects.filter(pk__in=[row.pk for row in standing]).delete()
    model.objects.bulk_create(
        model(**{owner_name: owner, name: target, "order": place})
        for place, target in enumerate(targets)
    )


class RestingForm(TypedForm):
    """A position or a region's status, with the provisions on which it rests."""

    rests_model: Any
    rests_owner: str
    rests = ListField(
        label=_("Rests on"), required=False, help_text=_("Numbers of points, separated by commas.")
    )

    def rows_as_initial(self) -> dict[str, Any]:
        return {"rests": [link.provision.number for link in self.instance.rests_on.all()]}

    def clean_rests(self) -> list[str]:
        require_known(self.cleaned_data["rests"], self.typed.numbers, _("provision"))
        return self.cleaned_data["rests"]

    def save_rows(self) -> None:
        row = self.instance
        found = {p.number: p for p in Provision.objects.filter(edition=row.edition)}
        targets = [found[number] for number in self.cleaned_data["rests"]]
        replace_rows(self.rests_model, self.rests_owner, row, "provision", targets, True)


class PositionForm(RestingForm):
    rests_model = PositionProvision
    rests_owner = "position"

    class Meta:
        model = Position
        fields = ("issue", "kind", "stance", "rests")


class RegionStatusForm(RestingForm):
    rests_model = RegionStatusProvision
    rests_owner = "region_status"

    class Meta:
        model = RegionStatus
        fields = ("region", "status", "rests", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 1})}


class VariantForm(TypedForm):
    cites = ListField(label=_("Sources"), help_text=_("Ids of this edition's sources."))

    class Meta:
        model = Variant
        fields = ("text", "cites")
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def rows_as_initial(self) -> dict[str, Any]:
        return {"cites": [link.source.key for link in self.instance.citations.all()]}

    def clean_cites(self) -> list[str]:
        require_known(self.cleaned_data["cites"], self.typed.sources, _("source"))
        return self.cleaned_data["cites"]

    def save_rows(self) -> None:
        row = self.instance
        sources = {s.key: s for s in Source.objects.filter(edition=row.provision.edition)}
        targets = [sources[key] for key in self.cleaned_data["cites"]]
        replace_rows(VariantCitation, "variant", row, "source", targets, True)


class RowsFormSet(BaseInlineFormSet):
    """Saves what hangs on each row once all rows are there."""

    def save(self, commit: bool = True) -> Sequence[Any]:
        saved = super().save(commit=commit)
        kept = [form for form in self.forms if form.instance.pk and form.has_changed()]
        for form in kept:
            if form not in self.deleted_forms:
                form.save_rows()
        return saved


class PublishForm(forms.Form):
    """How a publication is told to readers; a first publication needs nothing."""

    type = forms.ChoiceField(label=_("Type"), choices=list(labels.CORRECTION_TYPE.items()))
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Readers see it beside the correction and on every permanent link it touches."),
    )
