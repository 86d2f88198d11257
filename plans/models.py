"""The editing rows, with the truth kept by the database; and the immutable record.

Editors work on rows; readers only ever see Documents through the log of Publications.
What these rows hold is described, field by field, in plans/documents.py.
"""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from plans import fields, labels


class User(AbstractUser):
    """An editor."""


def choice_field(words: labels.Labels, **options: Any) -> models.CharField:
    """A column for one word of a closed list; `one_of` adds the database's check."""
    return models.CharField(max_length=40, choices=list(words.items()), **options)


def one_of(field: str, words: labels.Labels) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": list(words)}), name=f"%(class)s_{field}_known"
    )


def _validator(check: Any) -> Any:
    """The records' own check, as a validator of forms."""

    def validate(value: str) -> None:
        try:
            check(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    return validate


def check_slug(value: str) -> None:
    _validator(fields.check_slug)(value)


def check_edition_slug(value: str) -> None:
    _validator(fields.check_edition_slug)(value)


def check_number(value: str) -> None:
    _validator(fields.check_number)(value)


def slug_field(**options: Any) -> models.SlugField:
    return models.SlugField(max_length=60, validators=[check_slug], **options)


class Ordered(models.Model):
    """A row whose place among its siblings is meant."""

    order = models.PositiveIntegerField(_("place"), default=0)

    class Meta:
        abstract = True
        ordering = ("order", "id")


# --- the catalogue ----------------------------------------------------------------------------


class Party(Ordered):
    slug = slug_field(unique=True)
    name = models.CharField(_("name"), max_length=fields.LINE)
    short_name = models.CharField(_("short name"), max_length=fields.LINE)
    kind = choice_field(labels.PARTY_KIND)

    class Meta(Ordered.Meta):
        verbose_name_plural = _("parties")
        constraints = [one_of("kind", labels.PARTY_KIND)]

    def __str__(self) -> str:
        return self.name


class IssueGroup(Ordered):
    slug = slug_field(unique=True)
    title = models.CharField(_("title"), max_length=fields.LINE)

    def __str__(self) -> str:
        return self.title


class Issue(Ordered):
    slug = slug_field(unique=True)
    group = models.ForeignKey(IssueGroup, on_delete=models.PROTECT, related_name="issues")
    title = models.CharField(_("title"), max_length=fields.LINE)
    question = models.CharField(_("question"), max_length=fields.LINE)
    description = models.TextField(_("description"))
    answer = models.TextField(
        _("answer"), blank=True, help_text=_("One or two sentences across all plans.")
    )
    featured = models.BooleanField(_("featured"), default=False)

    def __str__(self) -> str:
        return self.title


class Region(Ordered):
    slug = slug_field(unique=True)
    name = models.CharField(_("name"), max_length=fields.LINE)

    def __str__(self) -> str:
        return self.name


# --- plans and editions -----------------------------------------------------------------------


class Plan(models.Model):
    """A peace proposal as a work."""

    slug = slug_field(unique=True, help_text=_("Fixed once published, since addresses use it."))
    title = models.CharField(_("title"), max_length=fields.LINE)
    short_title = models.CharField(_("short title"), max_length=fields.SHORT_TITLE, unique=True)
    summary = models.TextField(_("summary"))

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.title


class Sponsor(Ordered):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sponsors")
    party = models.ForeignKey(Party, on_delete=models.PROTECT)

    class Meta(Ordered.Meta):
        constraints = [models.UniqueConstraint(fields=("plan", "party"), name="sponsor_once")]

    def __str__(self) -> str:
        return str(self.party)


class LeadComparison(models.Model):
    """The comparison that opens the home page; there is at most one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    left = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=fields.LINE)
    summary = models.TextField(_("summary"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="lead_comparison_single")]

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """One state of a plan's text as it became public."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions")
    slug = models.CharField(
        _("edition"),
        max_length=14,
        validators=[check_edition_slug],
        help_text=_("The date, such as 2025-11-20; 2025-11-20-2 for a second state of that day."),
    )
    label = models.CharField(_("label"), max_length=fields.LINE)
    date = models.DateField(_("became public on"))
    status = choice_field(labels.EDITION_STATUS)
    language = models.CharField(_("language of the text"), max_length=3, default="en")
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    complete = models.BooleanField(_("we hold the complete text"), default=False)
    gaps = models.TextField(_("what is missing"), blank=True)
    provenance = models.TextField(_("provenance"))

    class Meta:
        ordering = ("date", "slug")
        constraints = [
            models.UniqueConstraint(fields=("plan", "slug"), name="edition_once_per_plan"),
            one_of("status", labels.EDITION_STATUS),
            models.CheckConstraint(
                condition=Q(complete=True, gaps="") | (Q(complete=False) & ~Q(gaps="")),
                name="edition_gaps_if_incomplete",
                violation_error_message=_(
                    "A complete edition has no gaps; an incomplete one says what is missing."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(based_on=F("id")), name="edition_not_based_on_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """`<plan>@<edition>`, as it stands in addresses."""
        return f"{self.plan.slug}@{self.slug}"


class Source(Ordered):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sources")
    key = slug_field(verbose_name=_("id"), help_text=_("Short and unique within the edition."))
    publisher = models.CharField(_("publisher"), max_length=fields.LINE)
    title = models.CharField(_("headline"), max_length=fields.LINE, blank=True)
    url = models.URLField(_("address"), max_length=fields.URL, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    kind = choice_field(labels.SOURCE_KIND)

    class Meta(Ordered.Meta):
        constraints = [
            models.UniqueConstraint(fields=("edition", "key"), name="source_key_once"),
            one_of("kind", labels.SOURCE_KIND),
        ]

    def __str__(self) -> str:
        return self.key


class Provision(Ordered):
    """One numbered point or sub-point; its number is its identity within the edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="provisions")
    number = models.CharField(_("number"), max_length=40, validators=[check_number])
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = choice_field(labels.PROVISION_KIND, default="provision")
    text = models.TextField(_("restatement"))
    original = models.TextField(_("original wording"), blank=True)
    original_language = models.CharField(_("its language"), max_length=3, blank=True)
    force = choice_field(labels.FORCE)
    confidence = choice_field(labels.CONFIDENCE)
    note = models.TextField(_("note"), blank=True)

    class Meta(Ordered.Meta):
        constraints = [
            models.UniqueConstraint(fields=("edition", "number"), name="provision_number_once"),
            one_of("kind", labels.PROVISION_KIND),
            one_of("force", labels.FORCE),
            one_of("confidence", labels.CONFIDENCE),
            models.CheckConstraint(condition=~Q(text=""), name="provision_has_text"),
            models.CheckConstraint(
                condition=Q(original="", original_language="")
                | (~Q(original="") & ~Q(original_language="")),
                name="provision_original_with_language",
                violation_error_message=_("An original wording needs its language."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="provision_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ProvisionIssue(Ordered):
    """That a provision bears on an issue; the first is the main one."""

    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="issues")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT)

    class Meta(Ordered.Meta):
        constraints = [
            models.UniqueConstraint(fields=("provision", "issue"), name="provision_issue_once")
        ]


class BoundParty(Ordered):
    """A party that would have to do something, or refrain."""

    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="bound")
    party = models.ForeignKey(Party, on_delete=models.PROTECT)

    class Meta(Ordered.Meta):
        constraints = [
            models.UniqueConstraint(fields=("provision", "party"), name="bound_party_once")
        ]


class Citation(Ordered):
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.CASCADE)

    class Meta(Ordered.Meta):
        constraints = [
            models.UniqueConstraint(fields=("provision", "source"), name="citation_once")
        ]


class Figure(Ordered):
    """A typed quantity inside a provision; no value if and only if there is no limit."""

    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="figures")
    measure = slug_field(verbose_name=_("measure"))
    name = models.CharField(_("name"), max_length=fields.LINE)
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=fields.LINE)
    bound = choice_field(labels.BOUND)
    condition = models.CharField(_("condition"), max_length=fields.LINE, blank=True)

    class Meta(Ordered.Meta):
        constraints = [
            one_of("bound", labels.BOUND),
            models.CheckConstraint(
                condition=Q(bound="none", value__isnull=True)
                | (~Q(bound="none") & Q(value__isnull=False)),
                name="figure_value_unless_no_limit",
                violation_error_message=_("“No limit” has no value; every other figure has one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Variant(Ordered):
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="variants")
    text = models.TextField(_("other reading"))

    class Meta(Ordered.Meta):
        pass

    def __str__(self) -> str:
        return self.text[:60]


class VariantCitation(Ordered):
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.CASCADE)

    class Meta(Ordered.Meta):
        constraints = [
            models.UniqueConstraint(fields=("variant", "source"), name="variant_citation_once")
        ]


class Position(Ordered):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="positions")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT)
    kind = choice_field(labels.POSITION_KIND, default="stated")
    stance = models.CharField(_("stance"), max_length=fields.STANCE)

    class Meta(Ordered.Meta):
        constraints = [
            models.UniqueConstraint(fields=("edition", "issue"), name="position_once_per_issue"),
            one_of("kind", labels.POSITION_KIND),
        ]

    def __str__(self) -> str:
        return self.stance


class PositionProvision(Ordered):
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="rests_on")
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE)

    class Meta(Ordered.Meta):
        constraints = [
            models.UniqueConstraint(fields=("position", "provision"), name="position_rests_once")
        ]


class RegionStatus(Ordered):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="regions")
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    status = choice_field(labels.REGION_STATUS)
    note = models.TextField(_("note"), blank=True)

    class Meta(Ordered.Meta):
        verbose_name_plural = _("region statuses")
        constraints = [
            models.UniqueConstraint(
                fields=("edition", "region", "status"), name="region_status_once"
            ),
            one_of("status", labels.REGION_STATUS),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.get_status_display()}"


class RegionStatusProvision(Ordered):
    region_status = models.ForeignKey(
        RegionStatus, on_delete=models.CASCADE, related_name="rests_on"
    )
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE)

    class Meta(Ordered.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=("region_status", "provision"), name="region_status_rests_once"
            )
        ]


# --- reactions --------------------------------------------------------------------------------


class Reaction(Ordered):
    party = models.ForeignKey(Party, on_delete=models.PROTECT)
    speaker = models.CharField(_("speaker"), max_length=fields.LINE)
    date = models.DateField(_("date"))
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="reactions")
    attitude = choice_field(labels.ATTITUDE)
    text = models.TextField(_("what was said, in our words"))

    class Meta(Ordered.Meta):
        constraints = [one_of("attitude", labels.ATTITUDE)]

    def __str__(self) -> str:
        return f"{self.party}, {self.date}"


class ReactionSource(Ordered):
    reaction = models.ForeignKey(Reaction, on_delete=models.CASCADE, related_name="sources")
    publisher = models.CharField(_("publisher"), max_length=fields.LINE)
    title = models.CharField(_("headline"), max_length=fields.LINE, blank=True)
    url = models.URLField(_("address"), max_length=fields.URL, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)

    class Meta(Ordered.Meta):
        pass


# --- the immutable record ---------------------------------------------------------------------


class Immutable(models.Model):
    """A row that is written once. Triggers refuse changes too: plans/triggers.py."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValidationError(_("What is published is never changed: publish anew."))
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise ValidationError(_("What is published is never deleted: publish a withdrawal."))


class Document(Immutable):
    """Canonical JSON under its SHA-256."""

    digest = models.CharField(max_length=64, primary_key=True)
    body = models.TextField()

    def __str__(self) -> str:
        return self.digest


class PublicationQuerySet(models.QuerySet["Publication"]):
    def current(self) -> "PublicationQuerySet":
        """Of each key in this set, its latest publication."""
        latest = self.order_by().values("key").annotate(latest=Max("serial")).values("latest")
        return Publication.objects.filter(serial__in=latest)


class Publication(Immutable):
    """One entry of the append-only log; the latest of a key is current."""

    serial = models.PositiveBigIntegerField(primary_key=True)
    key = models.CharField(max_length=260)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="publications")
    type = choice_field(labels.PUBLICATION_TYPE)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ("serial",)
        indexes = [models.Index(fields=("key", "-serial"), name="publication_key_latest")]
        constraints = [
            one_of("type", labels.PUBLICATION_TYPE),
            models.CheckConstraint(
                condition=Q(type="first-publication") | ~Q(reason=""),
                name="publication_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.serial} {self.key}"
