"""The editors' room for alignments: which point answers which, and what differs in a sentence."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comparisons.deriving import (
    alignment_blockers,
    differs_from_published,
    earlier_first,
    publish_alignment,
    start_review,
)
from comparisons.models import Alignment, Link, LinkChange, LinkMember
from plans import publishing
from plans.forms import ListField, RowsFormSet, Typed, TypedForm, require_known
from plans.models import Edition, Issue, Provision
from plans.publishadmin import Publishing
from plans.rows import edition_document, editions_whole


class LinkForm(TypedForm):
    """One link, its points by number and its sentences as text."""

    left_numbers = ListField(label=_("Left points"), required=False)
    right_numbers = ListField(label=_("Right points"), required=False)
    by_issue = forms.CharField(
        label=_("What differs, by issue"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Where the link bears on several issues: one line each, as issue: sentence."),
    )

    class Meta:
        model = Link
        fields = (
            "left_numbers",
            "right_numbers",
            "relation",
            "change",
            "by_issue",
            "reviewed",
            "stale",
            "order",
        )
        widgets = {"change": forms.Textarea(attrs={"rows": 2})}

    def rows_as_initial(self) -> dict[str, Any]:
        members = list(self.instance.members.all())
        return {
            "left_numbers": [m.provision.number for m in members if m.side == "left"],
            "right_numbers": [m.provision.number for m in members if m.side == "right"],
            "by_issue": "\n".join(
                f"{c.issue.slug}: {c.sentence}" for c in self.instance.changes.all()
            ),
        }

    def clean_by_issue(self) -> list[tuple[Issue, str]]:
        issues = {i.slug: i for i in Issue.objects.all()}
        entries = []
        for line in self.cleaned_data["by_issue"].splitlines():
            if line.strip():
                slug, _colon, sentence = (part.strip() for part in line.partition(":"))
                require_known([slug], set(issues), _("issue"))
                if not sentence:
                    raise ValidationError(_("%(slug)s: expected a sentence"), params={"slug": slug})
                entries.append((issues[slug], sentence))
        return entries

    def save_rows(self) -> None:
        link, data = self.instance, self.cleaned_data
        link.members.all().delete()
        # A point that stood in another link of this alignment moves here.
        sides = (
            ("left", data["left_numbers"], link.alignment.left_id),
            ("right", data["right_numbers"], link.alignment.right_id),
        )
        for side, wanted, edition in sides:
            found = {p.number: p for p in Provision.objects.filter(edition=edition)}
            rows = [found[n] for n in wanted]  # LinkFormSet has checked them
            LinkMember.objects.filter(alignment=link.alignment, provision__in=rows).delete()
            LinkMember.objects.bulk_create(
                LinkMember(
                    link=link, alignment=link.alignment, side=side, provision=row, order=place
                )
                for place, row in enumerate(rows)
            )
        if not (data["left_numbers"] or data["right_numbers"]):
            link.delete()
            return
        link.changes.all().delete()
        LinkChange.objects.bulk_create(
            LinkChange(link=link, issue=issue, sentence=sentence, order=place)
            for place, (issue, sentence) in enumerate(data["by_issue"])
        )


class LinkFormSet(RowsFormSet):
    """Checks numbers against the two editions before anything is saved."""

    def clean(self) -> None:
        super().clean()
        for side in ("left", "right"):
            edition = getattr(self.instance, f"{side}_id")
            known = set(Provision.objects.filter(edition=edition).values_list("number", flat=True))
            for form in self.forms:
                words = form.cleaned_data.get(f"{side}_numbers", []) if form.is_valid() else []
                if unknown := [n for n in words if n not in known]:
                    form.add_error(f"{side}_numbers", f"{', '.join(unknown)}: no such point")


class LinkInline(admin.StackedInline):
    model = Link
    form = LinkForm
    formset = LinkFormSet
    extra = 0
    fields = (
        ("left_numbers", "relation", "right_numbers"),
        ("change", "by_issue"),
        ("reviewed", "stale", "order"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        related = ("members__provision", "changes__issue")
        return super().get_queryset(request).prefetch_related(*related)


class AlignmentForm(forms.ModelForm):
    """Two published editions; which is the earlier one is found out here."""

    class Meta:
        model = Alignment
        fields = ("left", "right")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        left, right = data.get("left"), data.get("right")
        if not left or not right or left == right:
            return data
        for edition in (left, right):
            if publishing.current(publishing.edition_key(edition.key)) is None:
                raise ValidationError(
                    _("%(edition)s is not published yet: publish it first"),
                    params={"edition": edition.key},
                )
        first, _second = earlier_first(_document(left), _document(right))
        if first.key != left.key:
            data["left"], data["right"] = right, left
        return data


def _document(edition: Edition) -> Any:
    return edition_document(editions_whole().get(pk=edition.pk))


@admin.register(Alignment)
class AlignmentAdmin(Publishing):
    form = AlignmentForm
    list_display = ("__str__", "unreviewed", "stale")
    autocomplete_fields = ("left", "right")
    change_form_template = "admin/publishing_change_form.html"
    save_on_top = True

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return (LinkInline,) if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("left", "right") if obj else ()

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return {**kwargs, "form_kwargs": {"typed": Typed()}}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:  # a review starts from what readers see now
            obj.pk = start_review(obj.left, obj.right).pk

    @admin.display(description=_("not reviewed"))
    def unreviewed(self, obj: Alignment) -> int:
        return obj.links.filter(reviewed=False).count()

    @admin.display(description=_("stale"))
    def stale(self, obj: Alignment) -> int:
        return obj.links.filter(stale=True).count()

    def faults(self, obj: Alignment) -> list[str]:
        return alignment_blockers(obj)

    def is_published(self, obj: Alignment) -> bool:
        return True  # every pair of published editions has one, if only as a suggestion

    def state(self, obj: Alignment) -> dict[str, Any]:
        return super().state(obj) | {"has_changes": differs_from_published(obj)}

    def publish(self, obj: Alignment, about: dict[str, Any]) -> Any:
        return publish_alignment(obj, **about)

    def public_url(self, obj: Alignment) -> str:
        return reverse("comparison", args=[f"{obj.left.key}...{obj.right.key}"])
