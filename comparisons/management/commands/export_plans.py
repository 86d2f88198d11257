"""manage.py export_plans DIR"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from comparisons.alignmentfiles import file_of_links
from comparisons.rows import alignments_whole, links_of
from plans import planfiles, rows, yamlfiles
from plans.models import Plan
from plans.planfiles import CatalogueFile, PlanFile, ReactionsFile


class Command(BaseCommand):
    help = "Write all rows as plan files. Loading them into an empty database gives the same rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        files = dict(_files())
        for name, text in files.items():
            path = options["directory"] / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.stdout.write(f"Wrote {len(files)} files to {options['directory']}.")


def _files():
    """(name, text) of every file."""
    catalogue = rows.catalogue_record()
    yield "issues.yaml", planfiles.dump(CatalogueFile(groups=catalogue.groups))
    yield "parties.yaml", planfiles.dump(CatalogueFile(parties=catalogue.parties))
    yield (
        "catalogue.yaml",
        planfiles.dump(CatalogueFile(regions=catalogue.regions, lead=catalogue.lead)),
    )
    reactions = rows.reactions_record().reactions
    yield "reactions.yaml", planfiles.dump(ReactionsFile(reactions=reactions))
    editions: dict[str, list[Any]] = {}
    for row in rows.editions_whole():
        document = rows.edition_document(row)
        editions.setdefault(document.plan.slug, []).append(document)
    for plan in Plan.objects.all():
        documents = sorted(editions.get(plan.slug, []), key=lambda d: (d.edition.date, d.key))
        content = PlanFile(
            plan=rows.plan_record(plan), editions=tuple(d.edition for d in documents)
        )
        yield f"plans/{plan.slug}.yaml", planfiles.dump(content)
    for alignment in alignments_whole():
        left, right = alignment.left.key, alignment.right.key
        content = file_of_links(left, right, links_of(alignment))
        yield f"alignments/{left}...{right}.yaml", yamlfiles.write(content)
