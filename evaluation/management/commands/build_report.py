import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evaluation.figures.period import Period, whole_year
from evaluation.queries.shown import not_shown
from evaluation.reports.declaration import NothingToReportError, Of, Subject
from evaluation.reports.printing import printed
from evaluation.reports.registry import REPORTS, UnknownReportError, find
from inharmony.access.scope import Scope, scoped
from inharmony.audit.record import audit
from inharmony.pdf import PdfLibrariesMissingError, PdfRefusedError
from programmes.models import Partnership, Programme
from schools.models import AcademicYear

REFUSALS = (NothingToReportError, PdfLibrariesMissingError, PdfRefusedError)


class Command(BaseCommand):
    help = "Makes a report as the worker does, into a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("report", metavar="REPORT", help=_there_are())
        parser.add_argument("--year", required=True, help="academic year, like 2026-27")
        about = parser.add_mutually_exclusive_group(required=True)
        about.add_argument("--national", action="store_true", help="about the country")
        about.add_argument("--programme", metavar="SLUG", help="about one programme")
        about.add_argument("--school", metavar="URN", type=int, help="about one school")
        parser.add_argument("--out", metavar="FILE", required=True, type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        of = _about(options)
        try:
            report = find(options["report"], of)
            year = AcademicYear.parse(options["year"])
        except (UnknownReportError, ValueError) as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        about = _subject(of, options, whole_year(year.year))
        programme = about.programme
        scope = Scope(frozenset({programme.pk})) if programme else Scope(role="national")
        try:
            with scoped(scope):
                contents = report.contents(about, year.year, None)
                details = {"report": report.id, "academic_year": str(year)}
                audit(act="report.built", by=None, programme_id=programme.pk if programme else None, details=details)
            pdf = printed(report, contents)
        except REFUSALS as why:
            raise CommandError(str(why)) from why
        # asked again when it is set: a family may have said no meanwhile
        if not_shown(contents.shown):
            raise CommandError("Something in it was taken back while it was made. Make it again: it is made without.")
        _write(options["out"], pdf.data)
        self.stdout.write(f"{options['out']}: {pdf.pages} pages, {len(pdf.data):,} bytes.")
        if options["json"]:
            figures = {figure.key: figure.written for figure in contents.figures}
            said = {"file": str(options["out"]), "pages": pdf.pages, "bytes": len(pdf.data), "figures": figures}
            self.stdout.write(json.dumps(said))


def _there_are() -> str:
    return "one of: " + ", ".join(sorted(f"{report.id} (--{OPTIONS[report.of]})" for report in REPORTS))


OPTIONS = {Of.PROGRAMME: "programme", Of.SCHOOL: "school", Of.COUNTRY: "national"}


def _about(options: dict[str, Any]) -> Of:
    if options["school"]:
        return Of.SCHOOL
    return Of.COUNTRY if options["national"] else Of.PROGRAMME


def _subject(of: Of, options: dict[str, Any], period: Period) -> Subject:
    if of is Of.COUNTRY:
        return Subject()
    return Subject(_programme(options["programme"])) if of is Of.PROGRAMME else _partner(options["school"], period)


def _partner(urn: int, period: Period) -> Subject:
    """The school with the programme whose partner it was last in the period; raises CommandError where it was none."""
    found = (
        Partnership.objects.select_related("programme", "school")
        .filter(school__urn=urn, starts_on__lte=period.ends_on)
        .exclude(ends_on__lt=period.starts_on)
        .order_by("-starts_on", "-pk")
        .first()
    )
    if found is None:
        raise CommandError(f"No school with the number (URN) {urn} was a partner school in {period.title}.")
    return Subject(found.programme, found.school)


def _programme(slug: str) -> Programme:
    found = Programme.objects.filter(slug=slug).first()
    if found is None:
        there_are = ", ".join(Programme.objects.order_by("slug").values_list("slug", flat=True)) or "none"
        raise CommandError(f"There is no programme '{slug}'. There are: {there_are}.")
    return found


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as why:
        beside.unlink(missing_ok=True)
        raise CommandError(f"{path} cannot be written: {why.strerror}. Choose another place with --out.") from why
