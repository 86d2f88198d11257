"""Small plans for tests. Each factory fills in what a test does not care about.

Those that end in `_file` give the plain values of a plan file; `write` puts them into a folder.
"""

from pathlib import Path
from typing import Any

from comparisons.alignmentfiles import FILE_KINDS, alignment_faults
from comparisons.loading import Report, load
from plans import planfiles, yamlfiles
from plans.documents import Catalogue, EditionDocument, Provision, adapter
from plans.planfiles import Known, Refused

Json = dict[str, Any]

TEXTS = {
    "1": "Ukraine's neutrality is written into its constitution.",
    "2": "The armed forces of Ukraine are capped at 600,000 personnel.",
    "3": "An international monitoring mission watches the line of contact.",
}


def provision(number: str, text: str | None = None, **fields: Any) -> Json:
    return {
        "number": number,
        "text": text or TEXTS.get(number, f"Provision {number} stands."),
        "issues": ["armed-forces"],
        "force": "commits",
        "sources": ["first", "second"],
        "confidence": "corroborated",
        **fields,
    }


def figure(value: str | None = "600000", **fields: Any) -> Json:
    return {
        "measure": "armed-forces-size",
        "name": "personnel of the armed forces",
        "value": value,
        "unit": "personnel",
        "bound": "at-most" if value is not None else "none",
        **fields,
    }


def edition(slug: str = "2025-11-20", provisions: list[Json] | None = None, **fields: Any) -> Json:
    """A complete edition with the sources `first` and `second`; by default of three provisions."""
    return {
        "slug": slug,
        "label": "Draft",
        "date": slug[:10],
        "status": "leaked-draft",
        "complete": True,
        "provenance": "Published by two newspapers.",
        "sources": [
            {"id": "first", "publisher": "First Paper", "kind": "carries-text"},
            {"id": "second", "publisher": "Second Paper", "kind": "report"},
        ],
        "provisions": [provision(n) for n in TEXTS] if provisions is None else provisions,
        **fields,
    }


def plan_file(slug: str = "plan-a", *editions: Json, **plan: Any) -> Json:
    """A plan with the given editions, or with one by default."""
    return {
        "plan": {
            "slug": slug,
            "title": f"The {slug} draft",
            "short_title": slug,
            "sponsors": ["russia"],
            "summary": "A plan.",
            **plan,
        },
        "editions": list(editions) or [edition()],
    }


def issue(slug: str, **fields: Any) -> Json:
    title = slug.replace("-", " ").capitalize()
    question = f"What about {title}?"
    return {"slug": slug, "title": title, "question": question, "description": title, **fields}


def party(slug: str, **fields: Any) -> Json:
    name = slug.capitalize()
    return {"slug": slug, "name": name, "short_name": name, "kind": "state", **fields}


def catalogue_file(**fields: Any) -> Json:
    """All that the other factories refer to."""
    return {
        "groups": [
            {
                "slug": "security",
                "title": "Security",
                "issues": [issue("armed-forces"), issue("nato-membership")],
            },
            {"slug": "territory", "title": "Territory", "issues": [issue("donbas")]},
        ],
        "parties": [party("ukraine"), party("russia")],
        "regions": [
            {"slug": "crimea", "name": "Crimea"},
            {"slug": "donetsk", "name": "Donetsk"},
        ],
        **fields,
    }


def reaction(**fields: Any) -> Json:
    return {
        "party": "ukraine",
        "speaker": "The foreign minister",
        "date": "2025-11-21",
        "plan": "plan-a",
        "edition": "2025-11-20",
        "attitude": "reserved",
        "text": "Called for time to read it.",
        "sources": [{"publisher": "First Paper"}],
        **fields,
    }


def reactions_file(*reactions: Json) -> Json:
    return {"reactions": list(reactions)}


def link(left: list[str], right: list[str], relation: str, **fields: Any) -> Json:
    return {"left": left, "right": right, "relation": relation, **fields}


def alignment_file(
    *links: Json,
    left: str = "plan-a@2025-11-20",
    right: str = "plan-b@2025-11-24",
    reviewed: bool = True,
) -> Json:
    return {"left": left, "right": right, "reviewed": reviewed, "links": list(links)}


# --- records ------------------------------------------------------------------------------------


def provision_record(number: str, text: str | None = None, **fields: Any) -> Provision:
    return adapter(Provision).validate_python(provision(number, text, **fields))


def edition_record(
    plan: str = "plan-a", slug: str = "2025-11-20", **fields: Any
) -> EditionDocument:
    """`edition_record(provisions=[provision("1", …)])`"""
    content = plan_file(plan, edition(slug, **fields))
    body = {"plan": content["plan"], "edition": content["editions"][0]}
    return adapter(EditionDocument).validate_python(body)


def catalogue_record(**fields: Any) -> Catalogue:
    return adapter(Catalogue).validate_python(catalogue_file(**fields))


def known(*editions: EditionDocument) -> Known:
    """What `catalogue_file` brings, and these editions."""
    return Known(
        parties={"ukraine", "russia"},
        issues={"armed-forces", "nato-membership", "donbas"},
        regions={"crimea", "donetsk"},
        plans={e.plan.slug for e in editions},
        editions={e.key: e for e in editions},
    )


# --- files --------------------------------------------------------------------------------------


def write(folder: Path, **files: Json) -> None:
    """`write(tmp_path, plan=plan_file())` writes plan.yaml; a file that stands is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(yamlfiles.write(content), encoding="utf-8")


def line_of(path: Path, needle: str) -> int:
    """The one line (from 1) of a file that holds a text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    (found,) = [i for i, line in enumerate(lines, 1) if needle in line]
    return found


def faults_of(folder: Path, known: Known) -> list[str]:
    """What is wrong with the files of a folder, as `load_plans` would say it."""
    try:
        loaded = planfiles.read_all([folder], FILE_KINDS)
    except Refused as refused:
        return refused.faults
    return [*planfiles.check_set(loaded, known), *alignment_faults(loaded, known)]


def load_files(folder: Path, **files: Json) -> Report:
    """Write these files, and load and publish the folder."""
    write(folder, **files)
    return load([folder])
