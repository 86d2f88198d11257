"""The product's words for readers, per closed list of plans/documents.py. In English sentences
they stand in lower case; templates capitalise where a line begins."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Labels = dict[str, Promise | str]

EDITION_STATUS: Labels = {
    "official": _("official text"),
    "signed": _("signed text"),
    "leaked-draft": _("leaked draft"),
    "read-aloud": _("read aloud"),
    "reported-outline": _("reported outline"),
}
SOURCE_KIND: Labels = {
    "primary": _("primary source"),
    "carries-text": _("carries the text"),
    "report": _("report"),
    "aggregator": _("aggregator"),
}
PROVISION_KIND: Labels = {"provision": _("provision"), "heading": _("heading")}
FORCE: Labels = {
    "commits": _("commits"),
    "expects": _("expects"),
    "permits": _("permits"),
    "affirms": _("affirms"),
    "proposes": _("proposes"),
}
CONFIDENCE: Labels = {
    "corroborated": _("corroborated"),
    "single-source": _("single source"),
    "inferred": _("inferred"),
}
BOUND: Labels = {
    "at-most": _("at most"),
    "at-least": _("at least"),
    "exactly": _("exactly"),
    "about": _("about"),
    "none": _("no limit"),
}
POSITION_KIND: Labels = {
    "stated": _("stated"),
    "left-open": _("left open"),
    "dropped": _("dropped"),
    "unread": _("unread"),
}
ABSENCE: Labels = {
    "silent": _("silent"),
    "not-in-what-we-read": _("not in what we have read"),
}
REGION_STATUS: Labels = {
    "ukraine": _("Ukrainian"),
    "russia-recognised-de-jure": _("recognised as Russian in law"),
    "russia-recognised-de-facto": _("recognised as Russian de facto"),
    "frozen-line": _("frozen at the line of contact"),
    "demilitarised": _("demilitarised"),
    "russian-withdrawal": _("Russian forces withdraw"),
    "ukrainian-withdrawal": _("Ukrainian forces withdraw"),
    "left-open": _("left open"),
    "international": _("under international control"),
}
PARTY_KIND: Labels = {
    "state": _("state"),
    "alliance": _("alliance"),
    "organisation": _("organisation"),
    "person-led-body": _("body led by a person"),
    "group": _("group"),
}
ATTITUDE: Labels = {
    "welcomes": _("welcomes"),
    "open-to-talks": _("open to talks"),
    "reserved": _("reserved"),
    "rejects": _("rejects"),
    "counter-proposes": _("counter-proposes"),
}
CORRECTION_TYPE: Labels = {
    "correction": _("correction"),
    "clarification": _("clarification"),
    "new-source": _("new source"),
    "translation-revised": _("translation revised"),
    "withdrawal": _("withdrawal"),
}
PUBLICATION_TYPE: Labels = {"first-publication": _("first publication"), **CORRECTION_TYPE}
RELATION: Labels = {
    "same": _("same words"),
    "amended": _("amended"),
    "replaced": _("replaced"),
    "removed": _("dropped"),
    "added": _("new"),
}
FLAG: Labels = {
    "moved": _("moved"),
    "renumbered": _("renumbered"),
    "split": _("split"),
    "merged": _("merged"),
    "spelling": _("spelling only"),
    "stale": _("text changed since the review"),
}
