"""Asking for a report: what about, and of which year."""

from django import forms
from django.utils import timezone

from evaluation.access import hubs_of
from evaluation.queries.calendar import years_on_record
from evaluation.queries.report import ever_partners
from evaluation.reports.declaration import Report, Subject
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
        self.fields["report"].choices = self._grouped()  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]

    @staticmethod
    def _offered(user: User) -> dict[str, tuple[Report, Subject]]:
        subjects = {"country": Subject()}
        hubs = hubs_of(user)
        schools = ever_partners(hubs)
        for hub in hubs:
            subjects[hub.slug] = Subject(hub)
            subjects |= {f"{hub.slug}-{school.urn}": Subject(hub, school) for school in schools.get(hub.pk, ())}
        return {
            f"{report.id}-{key}": (report, about)
            for key, about in subjects.items()
            for report in REPORTS
            if report.of is about.of and _may_make(user, report, about)
        }

    @property
    def hubs(self) -> list[Programme]:
        """The hubs of which the person may have reports made."""
        found = {about.programme.pk: about.programme for _, about in self._offers.values() if about.programme}
        return list(found.values())

    def _grouped(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What is offered, as a list of choices has it: the country, each hub, each hub's schools."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, (report, about) in self._offers.items():
            hub = about.programme.short_name if about.programme else "The country"
            name = about.school.name if about.school else about.name
            groups.setdefault(f"Schools of {hub}" if about.school else hub, []).append((key, f"{report.title}: {name}"))
        return list(groups.items())

    @property
    def offers_anything(self) -> bool:
        """Whether the person may ask for any report."""
        return bool(self._offers)

    def chosen(self) -> tuple[Report, Subject, AcademicYear]:
        """Returns what was asked for; call it once the form is valid."""
        report, about = self._offers[self.cleaned_data["report"]]
        return report, about, AcademicYear.parse(self.cleaned_data["year"])


def _may_make(user: User, report: Report, about: Subject) -> bool:
    return user.reach.may(report.permission, programme_id=about.programme.pk if about.programme else None)
