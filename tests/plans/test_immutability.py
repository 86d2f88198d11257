"""What is published stays, and the rows keep their truth, whoever writes to the database."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from plans import triggers
from plans.models import (
    Citation,
    Document,
    Edition,
    Figure,
    Issue,
    LeadComparison,
    Party,
    Plan,
    Position,
    PositionProvision,
    Provision,
    ProvisionIssue,
    Publication,
    Region,
    RegionStatus,
    RegionStatusProvision,
    Source,
    Variant,
    VariantCitation,
)
from tests.factories import catalogue_file, edition, load_files, plan_file

pytestmark = pytest.mark.django_db

POSTGRESQL_ALONE = {
    ("plans_document", "pbp_plans_document_no_truncate"),
    ("plans_publication", "pbp_plans_publication_no_truncate"),
}
TRIGGERS = {
    ("plans_position", "pbp_plans_position_stays"),
    ("plans_provision", "pbp_plans_provision_stays"),
    ("plans_regionstatus", "pbp_plans_regionstatus_stays"),
    ("plans_source", "pbp_plans_source_stays"),
    ("plans_document", "pbp_plans_document_no_delete"),
    ("plans_document", "pbp_plans_document_no_update"),
    ("plans_document", "pbp_plans_document_no_replace"),
    ("plans_publication", "pbp_plans_publication_no_replace"),
    ("plans_publication", "pbp_plans_publication_no_delete"),
    ("plans_publication", "pbp_plans_publication_no_update"),
    ("plans_provision", "pbp_provision_parent_insert"),
    ("plans_provision", "pbp_provision_parent_update"),
    ("plans_citation", "pbp_citation_source_insert"),
    ("plans_citation", "pbp_citation_source_update"),
    ("plans_variantcitation", "pbp_variant_source_insert"),
    ("plans_variantcitation", "pbp_variant_source_update"),
    ("plans_positionprovision", "pbp_position_provision_insert"),
    ("plans_positionprovision", "pbp_position_provision_update"),
    ("plans_regionstatusprovision", "pbp_region_provision_insert"),
    ("plans_regionstatusprovision", "pbp_region_provision_update"),
}


def refused(write) -> None:
    """The database itself refuses, and what stood before still stands."""
    with pytest.raises(IntegrityError), transaction.atomic():
        write()
        # PostgreSQL puts some checks off to the end of the transaction.
        connection.check_constraints()


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def publication():
    document = Document.objects.create(digest=64 * "a", body="{}")
    return Publication.objects.create(
        serial=1, key="catalogue", document=document, type="first-publication", at=timezone.now()
    )


# --- what is published --------------------------------------------------------------------------


def expected_triggers():
    return TRIGGERS | (POSTGRESQL_ALONE if connection.vendor == "postgresql" else set())


def test_triggers_stand_after_migrating():
    assert triggers.names(connection) == expected_triggers()


def test_triggers_come_back_with_the_next_migrate():
    triggers.drop(connection)
    assert triggers.names(connection) == set()
    call_command("migrate", verbosity=0)
    assert triggers.names(connection) == expected_triggers()


def test_document_is_neither_saved_again_nor_deleted(publication):
    document = publication.document
    document.body = "[]"
    with pytest.raises(ValidationError, match="never changed"):
        document.save()
    with pytest.raises(ValidationError, match="never deleted"):
        document.delete()


def test_publication_is_neither_saved_again_nor_deleted(publication):
    publication.reason = "Another"
    with pytest.raises(ValidationError, match="never changed"):
        publication.save()
    with pytest.raises(ValidationError, match="never deleted"):
        publication.delete()


def test_new_document_never_takes_the_place_of_another(publication):
    refused(lambda: Document(digest=64 * "a", body="[]").save())
    assert Document.objects.get().body == "{}"


WRITES = {
    "documents updated": lambda: Document.objects.update(body="[]"),
    "documents updated in bulk": lambda: Document.objects.bulk_update(
        [Document(digest=64 * "a", body="[]")], ["body"]
    ),
    "documents upserted": lambda: Document.objects.bulk_create(
        [Document(digest=64 * "a", body="[]")],
        update_conflicts=True,
        unique_fields=["digest"],
        update_fields=["body"],
    ),
    "documents deleted": lambda: Document.objects.all().delete(),
    "publications updated": lambda: Publication.objects.update(reason="Another"),
    "publications deleted": lambda: Publication.objects.all().delete(),
    "UPDATE of documents": lambda: sql("UPDATE plans_document SET body = '[]'"),
    "DELETE of documents": lambda: sql("DELETE FROM plans_document"),
    "UPDATE of publications": lambda: sql("UPDATE plans_publication SET reason = 'Another'"),
    "DELETE of publications": lambda: sql("DELETE FROM plans_publication"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=list(WRITES))
def test_database_refuses(publication, write):
    refused(write)
    assert Document.objects.get().body == "{}"
    assert Publication.objects.get().reason == ""


def test_what_stands_is_not_replaced_by_an_insert(publication):
    statement = {
        "sqlite": "INSERT OR REPLACE INTO plans_document (digest, body) VALUES ('{}', '[]')",
        "postgresql": "INSERT INTO plans_document (digest, body) VALUES ('{}', '[]')"
        " ON CONFLICT (digest) DO UPDATE SET body = excluded.body",
    }[connection.vendor]
    refused(lambda: sql(statement.format(64 * "a")))
    assert Document.objects.get().body == "{}"


def test_emptying_the_tables_is_refused_where_that_is_a_statement(publication):
    tables = "plans_publication, plans_document"
    connection.check_constraints()  # else PostgreSQL refuses for what is still to be checked
    # SQLite has no TRUNCATE: its DELETE is refused above.
    error = IntegrityError if connection.vendor == "postgresql" else DatabaseError
    with pytest.raises(error), transaction.atomic():
        sql(f"TRUNCATE {tables} CASCADE")
    assert Publication.objects.count() == 1


def test_correction_without_a_reason_is_refused(publication):
    refused(
        lambda: Publication.objects.create(
            serial=2,
            key="catalogue",
            document=publication.document,
            type="correction",
            at=timezone.now(),
        )
    )


# --- the rows -----------------------------------------------------------------------------------

POSITION = {"issue": "armed-forces", "kind": "stated", "stance": "Capped", "provisions": ["2"]}
REGION = {"region": "crimea", "status": "left-open", "provisions": ["1"]}


@pytest.fixture
def two_editions(tmp_path):
    """plan-a, with a position and a region; and plan-b. Each row of it by name."""
    first = edition(positions=[POSITION], regions=[REGION])
    load_files(
        tmp_path,
        catalogue=catalogue_file(),
        a=plan_file("plan-a", first),
        b=plan_file("plan-b", edition("2025-11-24")),
    )
    return Edition.objects.get(plan__slug="plan-a"), Edition.objects.get(plan__slug="plan-b")


@pytest.fixture
def own(two_editions) -> Provision:
    return two_editions[0].provisions.get(number="1")


@pytest.fixture
def foreign(two_editions) -> Provision:
    return two_editions[1].provisions.get(number="1")


def test_parent_is_of_the_same_edition(own, foreign):
    refused(lambda: Provision.objects.filter(pk=own.pk).update(parent=foreign))
    refused(
        lambda: Provision.objects.create(
            edition=own.edition,
            number="9",
            parent=foreign,
            text="Text",
            force="commits",
            confidence="inferred",
        )
    )
    other = own.edition.provisions.get(number="2")
    assert Provision.objects.filter(pk=own.pk).update(parent=other) == 1


def test_citation_is_of_the_same_edition(own, foreign):
    source = foreign.edition.sources.first()
    refused(lambda: Citation.objects.create(provision=own, source=source))
    refused(lambda: own.citations.filter(order=0).update(source=source))


def test_citation_of_another_reading_is_of_the_same_edition(own, foreign):
    variant = Variant.objects.create(provision=own, text="Another reading.")
    source = foreign.edition.sources.first()
    refused(lambda: VariantCitation.objects.create(variant=variant, source=source))
    made = VariantCitation.objects.create(variant=variant, source=own.edition.sources.first())
    refused(lambda: VariantCitation.objects.filter(pk=made.pk).update(source=source))


def test_position_rests_on_its_own_edition(own, foreign):
    position = own.edition.positions.get()
    refused(lambda: PositionProvision.objects.create(position=position, provision=foreign))
    refused(lambda: position.rests_on.update(provision=foreign))
    assert position.rests_on.update(provision=own) == 1


def test_region_rests_on_its_own_edition(own, foreign):
    entry = own.edition.regions.get()
    refused(lambda: RegionStatusProvision.objects.create(region_status=entry, provision=foreign))
    refused(lambda: entry.rests_on.update(provision=foreign))


UNKNOWN = [
    (Party, "kind"),
    (Edition, "status"),
    (Source, "kind"),
    (Provision, "kind"),
    (Provision, "force"),
    (Provision, "confidence"),
    (Position, "kind"),
    (RegionStatus, "status"),
]


@pytest.mark.parametrize(("model", "field"), UNKNOWN, ids=[f"{m.__name__}.{f}" for m, f in UNKNOWN])
def test_word_outside_its_list_is_refused(two_editions, model, field):
    row = model.objects.first()
    refused(lambda: model.objects.filter(pk=row.pk).update(**{field: "other"}))


def test_type_of_a_publication_is_of_its_list(publication):
    refused(
        lambda: Publication.objects.create(
            serial=2,
            key="catalogue",
            document=publication.document,
            type="other",
            reason="Because",
            at=timezone.now(),
        )
    )


def a_figure(provision: Provision, **fields):
    named = {"measure": "m", "name": "n", "unit": "u", "bound": "at-most", "value": Decimal(1)}
    return Figure.objects.create(provision=provision, **{**named, **fields})


@pytest.mark.parametrize(
    "fields", [{"bound": "none"}, {"value": None}, {"bound": "other"}], ids=str
)
def test_figure_has_a_value_unless_there_is_no_limit(own, fields):
    refused(lambda: a_figure(own, **fields))
    assert a_figure(own).pk
    assert a_figure(own, bound="none", value=None).pk


@pytest.mark.parametrize(
    "fields",
    [
        {"complete": True, "gaps": "Much"},
        {"complete": False, "gaps": ""},
    ],
    ids=["complete with gaps", "incomplete without"],
)
def test_gaps_go_with_an_incomplete_text(two_editions, fields):
    refused(lambda: Edition.objects.filter(pk=two_editions[0].pk).update(**fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "2"},
        {"text": ""},
        {"original": "План"},
        {"original_language": "uk"},
    ],
    ids=["number twice", "no text", "wording without language", "language without wording"],
)
def test_provision_that_makes_no_sense_is_refused(own, fields):
    refused(lambda: Provision.objects.filter(pk=own.pk).update(**fields))


def test_nothing_is_its_own_parent_or_base(own):
    refused(lambda: Provision.objects.filter(pk=own.pk).update(parent=own))
    refused(lambda: Edition.objects.filter(pk=own.edition_id).update(based_on=own.edition))


def test_what_stands_once_stands_once(own):
    first, edition = own.issues.get(), own.edition
    refused(lambda: ProvisionIssue.objects.create(provision=own, issue=first.issue))
    refused(lambda: Citation.objects.create(provision=own, source=own.citations.first().source))
    second = Edition.objects.filter(plan__slug="plan-b")
    refused(lambda: second.update(plan=edition.plan, slug=edition.slug))
    refused(lambda: edition.sources.update(key="first"))
    refused(lambda: Position.objects.create(
        edition=edition, issue=Issue.objects.get(slug="armed-forces"), stance="Again"))  # fmt: skip
    refused(lambda: RegionStatus.objects.create(
        edition=edition, region=Region.objects.get(slug="crimea"), status="left-open"))  # fmt: skip
    refused(lambda: Plan.objects.filter(slug="plan-a").update(short_title="plan-b"))


def test_there_is_one_lead_comparison(two_editions):
    sides = {"left": two_editions[0].plan, "right": two_editions[1].plan}
    LeadComparison.objects.create(**sides, title="T", summary="S")
    refused(lambda: LeadComparison.objects.create(id=2, **sides, title="T", summary="S"))
