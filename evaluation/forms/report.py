"""Asking for a report: what about, and of which year."""

from django import forms
from django.utils import timezone

from evaluation.access import hubs_of
from evaluation.queries.calendar import years_on_record
from evaluation.reports.declaration import Of, Report
from evaluation.reports.registry import REPORTS
from inharmony.accounts.models import User
from programmes.models import Programme
from schools.models import AcademicYear


class ReportForm(forms.Form):
    """One choice of report and one of year; only what the person may ask for is offered."""

    report = forms.ChoiceField(label="Report")
    year = forms.ChoiceField(label="Year", help_text="The academic year, 1 September to 31 August.")

    def __init__(self, user: User, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or nothing
        self._offers = self._offered(user)
        years = [str(year) for year in years_on_record(timezone.localdate())]
        self.fields["report"].choices = [(key, words) for key, (words, _, _) in self._offers.items()]  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]

    @staticmethod
    def _offered(user: User) -> dict[str, tuple[str, Report, Programme | None]]:
        offers: dict[str, tuple[str, Report, Programme | None]] = {}
        hubs = hubs_of(user)
        for report in REPORTS:
            if report.of is Of.COUNTRY and user.reach.may(report.permission):
                offers[f"{report.id}-country"] = (f"{report.title}: the country", report, None)
            if report.of is Of.PROGRAMME:
                may = user.reach.programmes_for(report.permission)
                for hub in (hub for hub in hubs if hub.pk in may):
                    offers[f"{report.id}-{hub.slug}"] = (f"{report.title}: {hub.short_name}", report, hub)
        return offers

    @property
    def offers_anything(self) -> bool:
        """Whether the person may ask for any report."""
        return bool(self._offers)

    def chosen(self) -> tuple[Report, Programme | None, AcademicYear]:
        """Returns what was asked for; call it once the form is valid."""
        _, report, programme = self._offers[self.cleaned_data["report"]]
        return report, programme, AcademicYear.parse(self.cleaned_data["year"])
