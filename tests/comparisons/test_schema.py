"""The published JSON Schema of a comparison holds for what the program makes, and is strict."""

import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from comparisons.compare import mirror_comparison, only_issue

PATH = Path(__file__).parents[2] / "docs/schema/comparison.schema.json"
SCHEMA = json.loads(PATH.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def validator():
    Draft202012Validator.check_schema(SCHEMA)
    return Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(validator, body) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(body)]


def test_all_bundled_comparisons_are_valid(validator, bundled_comparisons):
    assert len(bundled_comparisons) == 55
    for body in bundled_comparisons:
        assert faults(validator, body) == []


def test_mirrored_and_partial_comparisons_are_valid(validator, bundled_comparisons):
    for body in bundled_comparisons[:10]:
        assert faults(validator, mirror_comparison(body)) == []
        assert faults(validator, only_issue(body, "donbas")) == []
        assert faults(validator, {"token": "a2b3c4d5e6f7g2h3i4j5", **body}) == []


def walk(schema):
    yield schema
    for value in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(value, dict | list):
            yield from walk(value)


def test_every_object_names_its_fields():
    objects = [s for s in walk(SCHEMA) if isinstance(s, dict) and s.get("type") == "object"]
    assert len(objects) == 8
    for found in objects:
        # `changes` alone has keys of its own: issues.
        assert found["additionalProperties"] is False or "propertyNames" in found
        assert set(found.get("required", [])) >= set(found.get("properties", [])) - {"token"}


WRONG = {
    "unknown field": lambda c: c.update(colour="blue"),
    "missing field": lambda c: c.pop("engine"),
    "unknown field of a row": lambda c: c["points"][0].update(note=""),
    "number as a number": lambda c: c["points"][0].update(score=0.5),
    "decimal with trailing zeros": lambda c: c["points"][0].update(score="0.50"),
    "unknown relation": lambda c: c["points"][0].update(relation="moved"),
    "unknown flag": lambda c: c["points"][0].update(flags=["new"]),
    "empty span": lambda c: c["points"][0]["diff"].append(["equal", ""]),
    "removed with a right side": lambda c: c["points"][0].update(relation="removed"),
    "short digest": lambda c: c.update(catalogue="abc"),
    "upper-case token": lambda c: c.update(token="A" * 20),
    "three positions": lambda c: c["issues"][0]["positions"].append(c["issues"][0]["positions"][0]),
    "silent with a stance": lambda c: c["issues"][0]["positions"][0].update(
        kind="silent", stance="Says much"
    ),
    "stated without a stance": lambda c: c["issues"][0]["positions"][0].update(
        kind="stated", stance=None
    ),
    "complete with gaps": lambda c: c["left"].update(complete=True, gaps="Much"),
    "no such day": lambda c: c["left"].update(date="2025-02-30"),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=list(WRONG))
def test_what_breaks_the_contract_is_invalid(validator, bundled, change):
    key = "comparison/us-28-point-draft@2025-11-20...european-counterproposal@2025-11-23"
    body = copy.deepcopy(bundled[key])
    change(body)
    assert faults(validator, body) != []
