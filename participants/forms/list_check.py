"""Whom the hub asks, and what a school says of its class list: nothing typed is lost where something is wrong."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict

from inharmony.accounts.models import User
from inharmony.pages import dates
from inharmony.pages.fields import Problem, problems
from participants.actions.list_answer import Said
from participants.models import ListProposal
from participants.models.enrolment import YearGroup
from participants.queries.list_by_link import Listed
from schools.models import AcademicYear

# a page of more would be too long to read, and more fields than a form may have
MOST_AT_ONCE = 40
MOST_MISSING = 10
Kind = ListProposal.Kind
OFF = {"autocomplete": "off"}


class Day(forms.DateInput):
    """A day as the browser's own calendar gives it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(OFF, format="%Y-%m-%d")


class AskForm(forms.Form):
    """Whom to ask: those who lead the school in the portal, else an address at the school."""

    leads = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Whom to ask",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose whom to ask."},
    )
    email = forms.EmailField(
        label="E-mail address at the school",
        max_length=254,
        help_text="Of the school itself, such as its office: whoever reads its mail can see the names for 7 days.",
        widget=forms.EmailInput(OFF),
    )

    def __init__(self, *args: Any, leads: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        del fields["email" if leads else "leads"]
        if leads:
            chosen = fields["leads"]
            chosen.queryset = User.objects.filter(pk__in=[lead.pk for lead in leads]).order_by("name", "pk")
            chosen.label_from_instance = lambda lead: f"{lead.name}, {lead.email}"
            self.initial.setdefault("leads", [lead.pk for lead in leads] if len(leads) == 1 else [])

    def asked(self) -> list[tuple[str, User | None]]:
        """Returns the addresses of a valid form, each with the account it is of."""
        if "leads" in self.cleaned_data:
            return [(lead.email, lead) for lead in self.cleaned_data["leads"]]
        return [(self.cleaned_data["email"], None)]


class LastDayForm(forms.Form):
    """The last day with which the hub accepts that a child has left, where it is not the one the school gave."""

    last_day = forms.DateField(label="Last day", required=False, widget=Day)


class _Name(forms.CharField):
    """A name as people type one; spaces are put right."""

    def __init__(self, label: str, longest: int, *, required: bool) -> None:
        super().__init__(label=label, max_length=longest, required=required, widget=forms.TextInput(OFF))

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value).split())


class SenderForm(forms.Form):
    """Who answers, and the page's own id of what it sends."""

    name = _Name("Your name", 80, required=True)
    send = forms.UUIDField(widget=forms.HiddenInput)
    # of the list that was looked at
    mark = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)


def _year_groups() -> list[tuple[str, str]]:
    return [("", "No year group"), *YearGroup.choices]


class ChildForm(forms.Form):
    """What is otherwise with one child of the list; what is left as it stands is right."""

    left_on = forms.DateField(label="Has left: last day at the school", required=False, widget=Day)
    year_group = forms.ChoiceField(label="Year group", choices=_year_groups, required=False)
    school_class = _Name("Class", 40, required=False)
    forename = _Name("Forename", 60, required=True)
    surname = _Name("Surname", 60, required=False)
    # of what stood on the list when it was shown
    was = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, row: Listed, year: AcademicYear) -> None:
        self.row, self.year = row, year
        stands = {name: getattr(row, name) for name in ("year_group", "school_class", "forename", "surname")}
        super().__init__(data, prefix=f"c{row.child_id}", initial={**stands, "was": row.mark})

    def clean_left_on(self) -> date | None:
        """Returns the last day; refuses one of neither this year nor the last."""
        day: date | None = self.cleaned_data["left_on"]
        first, last = AcademicYear(year=self.year.pk - 1).starts_on, self.year.ends_on
        if day is not None and not first <= day <= last:
            raise forms.ValidationError(f"The last day lies between {dates.day(first)} and {dates.day(last)}.")
        return day

    def said(self) -> list[Said]:
        """Returns what a valid form says that is not on the list; nothing of one that was not filled in."""
        if not self.is_bound:
            return []
        cleaned: dict[str, Any] = self.cleaned_data
        told = [
            Said(kind, {name: cleaned[name] for name in self.row.facts(kind)}, self.row.child_id)
            for kind in (Kind.CLASS, Kind.NAME)
        ]
        if cleaned["left_on"]:
            told.append(Said(Kind.LEFT, {"ends_on": cleaned["left_on"].isoformat()}, self.row.child_id))
        return [each for each in told if each.proposed != self.row.facts(each.kind)]


class MissingForm(forms.Form):
    """A child who is at the school and not on the list."""

    forename = _Name("Forename", 60, required=False)
    surname = _Name("Surname", 60, required=False)
    year_group = forms.ChoiceField(label="Year group", choices=_year_groups, required=False)
    school_class = _Name("Class", 40, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuses a child without a forename; a form left empty is of no child."""
        cleaned = super().clean() or self.cleaned_data
        if any(cleaned.values()) and not cleaned.get("forename") and "forename" not in self.errors:
            self.add_error("forename", "Forename is missing.")
        return cleaned

    def said(self) -> list[Said]:
        """Returns the child of a valid form, if there is one."""
        is_filled = self.is_bound and any(self.cleaned_data.values())
        return [Said(Kind.MISSING, dict(self.cleaned_data))] if is_filled else []


@dataclass(frozen=True)
class Correcting:
    """The page on which a school says what is wrong: who, the children it ticked, and who is missing."""

    sender: SenderForm
    rows: Sequence[ChildForm]
    missing: Sequence[MissingForm]
    # children whose row on the list was changed since the page was opened: what was typed of them is set back
    changed: Sequence[Listed] = ()

    def problems(self) -> list[Problem]:
        """Returns what is wrong, in the order of the page."""
        found = [
            Problem(f"{row.name} was changed since you opened the page. Look again.", f"#id_c{row.child_id}-forename")
            for row in self.changed
        ]
        for form in self.rows:
            found += [Problem(f"{form.row.name}: {each.words}", each.href) for each in problems(form)]
        for absent in self.missing:
            found += [Problem(f"Missing child: {each.words}", each.href) for each in problems(absent)]
        found += problems(self.sender)
        if not found and not self.said():
            first = self.rows[0].prefix if self.rows else "m0"
            found.append(Problem("Nothing is said to be wrong yet. Change what is wrong.", f"#id_{first}-forename"))
        return found

    def said(self) -> list[Said]:
        """Returns everything valid forms say."""
        of_rows = [one for form in self.rows for one in form.said()]
        return of_rows + [one for form in self.missing for one in form.said()]


def sender(data: QueryDict | None = None, *, mark: str = "", name: str = "") -> SenderForm:
    """Returns the form of who answers: a new one with an id of its own, or as it was sent."""
    return SenderForm(data, initial={"send": uuid.uuid4(), "mark": mark, "name": name})


def ticked(data: QueryDict, rows: Iterable[Listed]) -> list[Listed]:
    """Returns the children of the list that were ticked; what else is sent is no child of it."""
    wanted = set(data.getlist("child"))
    return [row for row in rows if str(row.child_id) in wanted]


def blank(chosen: Iterable[Listed], year: AcademicYear, name: str) -> Correcting:
    """Returns the page as it is opened."""
    return Correcting(sender(name=name), [ChildForm(None, row, year) for row in chosen], [MissingForm(prefix="m0")])


def with_one_more(data: QueryDict, chosen: Iterable[Listed], year: AcademicYear) -> Correcting:
    """Returns the page as it was filled in so far, found right or not, with room for one child more who is missing."""
    rows = [_draft(ChildForm(None, row, year), data) for row in chosen]
    numbers = range(min(_missing(data) + 1, MOST_MISSING))
    missing = [_draft(MissingForm(prefix=f"m{number}"), data) for number in numbers]
    return Correcting(_draft(sender(), data), rows, missing)


def filled(data: QueryDict, chosen: Iterable[Listed], year: AcademicYear) -> Correcting:
    """Returns the page as it was sent."""
    rows, changed = [], []
    for row in chosen:
        form = ChildForm(data, row, year)
        if data.get(f"{form.prefix}-was", row.mark) != row.mark:
            changed.append(row)
            form = ChildForm(None, row, year)
        rows.append(form)
    missing = [MissingForm(data, prefix=f"m{number}") for number in range(_missing(data))]
    return Correcting(sender(data), rows, missing or [MissingForm(prefix="m0")], changed)


def _missing(data: QueryDict) -> int:
    """How many children who are missing the page had room for."""
    return sum(f"m{number}-forename" in data for number in range(MOST_MISSING))


Form = TypeVar("Form", bound=forms.Form)


def _draft(form: Form, data: QueryDict) -> Form:
    for name in form.fields:
        if (key := form.add_prefix(name)) in data:
            form.initial[name] = data[key]
    return form
