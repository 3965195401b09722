"""The reports there are."""

from evaluation.reports.declaration import Of, Report
from evaluation.reports.impact import COUNTRY_IMPACT, PROGRAMME_IMPACT
from evaluation.reports.participation import COUNTRY_PARTICIPATION, PROGRAMME_PARTICIPATION
from evaluation.reports.school import SCHOOL_IMPACT, SCHOOL_PARTICIPATION

REPORTS = (
    PROGRAMME_PARTICIPATION,
    COUNTRY_PARTICIPATION,
    PROGRAMME_IMPACT,
    COUNTRY_IMPACT,
    SCHOOL_PARTICIPATION,
    SCHOOL_IMPACT,
)


class UnknownReportError(LookupError):
    """A report nobody declared; the text lists those there are."""


def find(report_id: str, of: Of) -> Report:
    """Returns the declared report of that name about a programme, a school or the country; or UnknownReportError."""
    for report in REPORTS:
        if (report.id, report.of) == (report_id, of):
            return report
    there_are = ", ".join(f"{report.id} ({_about(report.of)})" for report in REPORTS)
    raise UnknownReportError(f"There is no report '{report_id}' {_about(of)}. There are: {there_are}.")


def _about(of: Of) -> str:
    return {Of.PROGRAMME: "about a programme", Of.SCHOOL: "about a school"}.get(of, "about the country")
