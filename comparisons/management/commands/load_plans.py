"""manage.py load_plans [PATH …] [--correct TYPE --reason "…"]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import plans
from comparisons.loading import load
from plans.models import Publication
from plans.planfiles import Refused
from plans.publishing import CORRECTION_TYPES, WITHDRAWAL, Blocked

BUNDLED = Path(plans.__file__).parent / "data"


class Command(BaseCommand):
    help = (
        "Load and publish plan files, catalogues, reactions and alignments (YAML or JSON; the "
        "bundled ones by default). All of them, or nothing. Loading the same again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", default=[BUNDLED])
        parser.add_argument("--correct", choices=CORRECTION_TYPES, metavar="TYPE")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if anything is published already"
        )
        parser.add_argument("--reason", default="", help="shown to readers beside the correction")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["correct"]) != bool(options["reason"].strip()):
            raise CommandError("--correct TYPE and --reason '…' go together: give both or neither")
        if options["correct"] == WITHDRAWAL and options["paths"] == [BUNDLED]:
            raise CommandError("a withdrawal names its plan files: give their PATH")
        if options["if_empty"] and Publication.objects.exists():
            self.stdout.write("The database holds plans already; nothing was loaded.")
            return
        try:
            report = load(
                options["paths"] or [BUNDLED],
                correct=options["correct"],
                reason=options["reason"].strip(),
            )
        except (Refused, Blocked) as error:
            count = len(error.faults)
            self.stderr.write("\n".join(error.faults))
            raise CommandError(
                f"{count} fault{'s' if count > 1 else ''}; nothing was loaded"
            ) from error
        self.stdout.write(
            f"Read {report.files} files; published {len(report.published)} documents."
        )
        if options["verbosity"] > 1:
            self.stdout.write("\n".join(report.published))
