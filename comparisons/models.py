"""The alignment rows that editors review. An alignment without rows is the engine's suggestion."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plans.labels import RELATION, Labels
from plans.models import Edition, Issue, Ordered, Provision, choice_field, one_of

SIDE: Labels = {"left": _("left"), "right": _("right")}


class Alignment(models.Model):
    """Which provisions of one edition answer which of another; the earlier stands left."""

    left = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("left__date", "right__date")
        constraints = [
            models.UniqueConstraint(fields=("left", "right"), name="alignment_once"),
            models.CheckConstraint(condition=~Q(left=F("right")), name="alignment_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.left}...{self.right}"


class Link(Ordered):
    """One correspondence, many-to-many; `same` holds if and only if both texts are identical."""

    alignment = models.ForeignKey(Alignment, on_delete=models.CASCADE, related_name="links")
    relation = choice_field(RELATION)
    change = models.TextField(
        _("what differs, in one sentence"), blank=True, help_text=_("Worded from the left text.")
    )
    reviewed = models.BooleanField(_("reviewed by an editor"), default=False)
    stale = models.BooleanField(_("a text changed since the review"), default=False)
    score = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)

    class Meta(Ordered.Meta):
        constraints = [one_of("relation", RELATION)]

    def __str__(self) -> str:
        members = list(self.members.all())
        sides = (
            ", ".join(m.provision.number for m in members if m.side == side)
            for side in ("left", "right")
        )
        return f"{' → '.join(s or '–' for s in sides)} ({self.get_relation_display()})"


class LinkMember(Ordered):
    """A provision on one side of a link; each stands in one link of an alignment."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="members")
    alignment = models.ForeignKey(Alignment, on_delete=models.CASCADE, related_name="+")
    side = choice_field(SIDE)
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="+")

    class Meta(Ordered.Meta):
        constraints = [
            one_of("side", SIDE),
            models.UniqueConstraint(
                fields=("alignment", "provision"), name="provision_in_one_link"
            ),
        ]


class LinkChange(Ordered):
    """What differs on one issue, where a link bears on several."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="changes")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="+")
    sentence = models.TextField(_("what differs on this issue"))

    class Meta(Ordered.Meta):
        constraints = [
            models.UniqueConstraint(fields=("link", "issue"), name="link_change_once_per_issue")
        ]
