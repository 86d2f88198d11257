"""The comparisons' twins for machines."""

import hashlib
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from comparisons.compare import mirror_comparison
from plans.models import Document, Publication
from tests.pages.addresses import EUROPE, LEAD, PAIR, US
from tests.pages.html import read

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs/schema/comparison.schema.json").read_text(encoding="utf-8")
)


@pytest.fixture
def stored(site) -> str:
    return Publication.objects.filter(key=LEAD).current().get().document.body


def is_valid(body) -> None:
    faults = Draft202012Validator(
        SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER
    ).iter_errors(body)
    assert [f"{fault.json_path}: {fault.message}" for fault in faults] == []


def numbers(body, side: str) -> list[str]:
    return [number for row in body["points"] for number in row[side]]


def test_it_works(site, get, stored, lead_token):
    response = get(f"{PAIR}.json")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    body = response.json()
    is_valid(body)
    assert body == json.loads(stored) | {"token": lead_token}


def test_every_provision_stands_in_it_once(site, get):
    body = get(f"{PAIR}.json").json()
    assert len(numbers(body, "left")) == len(set(numbers(body, "left"))) == 57
    assert len(numbers(body, "right")) == len(set(numbers(body, "right"))) == 45


def test_reversed_order_is_the_mirror(site, get, stored, lead_token):
    body = get(f"/compare/{EUROPE}...{US}.json").json()
    is_valid(body)
    assert body.pop("token") == lead_token
    assert body["left"]["plan"] == EUROPE
    assert mirror_comparison(body) == json.loads(stored)


def test_one_issue_holds_that_issue_alone_and_whole_links(site, get, stored):
    body, whole = get(f"{PAIR}/sanctions.json").json(), json.loads(stored)
    is_valid(body)
    (entry,) = [e for e in whole["issues"] if e["issue"] == "sanctions"]
    assert body["issues"] == [entry]
    assert body["points"] == [row for row in whole["points"] if row["id"] in entry["rows"]]
    assert sum(body["counts"].values()) == len(body["points"])


def test_permanent_json_is_the_stored_document(site, get, stored, lead_token):
    response = get(f"/c/{lead_token}.json")
    assert response.content.decode() == stored
    digest = hashlib.sha256(response.content).hexdigest()
    assert Document.objects.filter(digest=digest).exists()
    assert "immutable" in response.headers["Cache-Control"]


def test_permanent_twins(site, get, stored, lead_token):
    whole = json.loads(stored)
    turned = get(f"/c/{lead_token}/reversed.json").json()
    assert mirror_comparison(turned) == whole
    issue = get(f"/c/{lead_token}/donbas.json").json()
    assert [e["issue"] for e in issue["issues"]] == ["donbas"]
    turned_issue = get(f"/c/{lead_token}/reversed/donbas.json").json()
    assert [e["issue"] for e in turned_issue["issues"]] == ["donbas"]
    assert turned_issue["left"]["plan"] == EUROPE
    for body in (turned, issue, turned_issue):
        is_valid(body)


def test_anyone_may_fetch_it(site, get, lead_token):
    for path in (f"{PAIR}.json", f"{PAIR}/donbas.json", f"/c/{lead_token}.json"):
        assert get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_every_page_of_a_comparison_names_its_twin(site, get, lead_token):
    for path, twin in (
        (f"{PAIR}/", f"{PAIR}.json"),
        (f"{PAIR}/donbas/", f"{PAIR}/donbas.json"),
        (f"/c/{lead_token}/", f"/c/{lead_token}.json"),
        (f"/c/{lead_token}/donbas/", f"/c/{lead_token}/donbas.json"),
        (f"/c/{lead_token}/reversed/", f"/c/{lead_token}/reversed.json"),
        (f"/c/{lead_token}/reversed/donbas/", f"/c/{lead_token}/reversed/donbas.json"),
    ):
        assert read(get(path)).one("link", rel="alternate").attrs["href"] == twin
