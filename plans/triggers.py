"""Rules that Django's constraints can't express, kept by triggers on both engines.

What is published is neither changed nor deleted; parents, citations and what positions rest on
stay within one edition. Installed after every migration, since SQLite drops a table's triggers
when a migration rebuilds it.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

IMMUTABLE_TABLES = {"plans_document": "digest", "plans_publication": "serial"}

# What belongs to an edition stays there, or what refers to it would cross editions.
EDITIONS_OWN = ("plans_source", "plans_provision", "plans_position", "plans_regionstatus")

# (name, table, the two SELECTs that must agree, given the new row as NEW)
SAME_EDITION = (
    (
        "provision_parent",
        "plans_provision",
        "NEW.edition_id",
        "(SELECT edition_id FROM plans_provision WHERE id = NEW.parent_id)",
        "NEW.parent_id IS NOT NULL",
    ),
    *(
        (
            name,
            table,
            f"(SELECT {via}.edition_id {path})",  # noqa: S608 (our own words)
            f"(SELECT edition_id FROM {to})",  # noqa: S608
            "1=1",
        )
        for name, table, via, path, to in (
            (
                "citation_source",
                "plans_citation",
                "p",
                "FROM plans_provision p WHERE p.id = NEW.provision_id",
                "plans_source WHERE id = NEW.source_id",
            ),
            (
                "variant_source",
                "plans_variantcitation",
                "p",
                "FROM plans_provision p JOIN plans_variant v ON v.provision_id = p.id"
                " WHERE v.id = NEW.variant_id",
                "plans_source WHERE id = NEW.source_id",
            ),
            (
                "position_provision",
                "plans_positionprovision",
                "x",
                "FROM plans_position x WHERE x.id = NEW.position_id",
                "plans_provision WHERE id = NEW.provision_id",
            ),
            (
                "region_provision",
                "plans_regionstatusprovision",
                "x",
                "FROM plans_regionstatus x WHERE x.id = NEW.region_status_id",
                "plans_provision WHERE id = NEW.provision_id",
            ),
        )
    ),
)
PREFIX = "pbp_"


def _rules() -> Iterator[tuple[str, str, str, str, str]]:
    """(name, table, event, condition under which it is refused, message)."""
    for table, key in IMMUTABLE_TABLES.items():
        for event in ("UPDATE", "DELETE"):
            yield f"{table}_no_{event.lower()}", table, event, "1=1", f"{table} is append-only"
        # SQLite's INSERT OR REPLACE deletes without firing a trigger on DELETE.
        standing = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608
        yield f"{table}_no_replace", table, "INSERT", standing, f"{table} is append-only"
    for table in EDITIONS_OWN:
        moved = "NEW.edition_id <> OLD.edition_id"
        yield f"{table}_stays", table, "UPDATE", moved, f"{table}: stays in its edition"
    for name, table, one, other, when in SAME_EDITION:
        for event in ("INSERT", "UPDATE"):
            refused = f"({when}) AND {one} <> {other}"
            yield f"{name}_{event.lower()}", table, event, refused, f"{name}: of another edition"


def _sqlite(name: str, table: str, event: str, refused: str, message: str) -> str:
    return (
        f"CREATE TRIGGER {PREFIX}{name} BEFORE {event} ON {table} WHEN {refused}"
        f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgresql(name: str, table: str, event: str, refused: str, message: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {PREFIX}{name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF {refused} THEN RAISE EXCEPTION '{message}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$;"
        f" CREATE TRIGGER {PREFIX}{name} BEFORE {event} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {PREFIX}{name}()"
    )


def _postgresql_truncate(table: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {PREFIX}{table}_no_truncate() RETURNS trigger"
        f" LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{table} is append-only'"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$;"
        f" CREATE TRIGGER {PREFIX}{table}_no_truncate BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}{table}_no_truncate()"
    )


def names(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """The (table, trigger) pairs that stand in this database and are ours."""
    catalogue = {
        "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT c.relname, t.tgname FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return {(table, name) for table, name in cursor.fetchall() if name.startswith(PREFIX)}


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove them: for the test fixture that must empty the tables, and for nothing else."""
    for table, name in names(connection):
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}{on}")


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place, replacing any that stand."""
    drop(connection)
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for rule in _rules():
            cursor.execute(_postgresql(*rule) if postgresql else _sqlite(*rule))
        if postgresql:
            for table in IMMUTABLE_TABLES:
                cursor.execute(_postgresql_truncate(table))


def after_migrate(sender: Any, using: str, **_kwargs: Any) -> None:
    """Receiver of post_migrate."""
    install(connections[using])
