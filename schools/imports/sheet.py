"""
Schools from a sheet of the back office, a few at a time: found by URN, written by the act of the register's import.

The whole register comes by `import_schools`, in its own layout.
"""

from dataclasses import fields
from typing import Any, ClassVar

from import_export.fields import Field

from inharmony.accounts.models import User
from inharmony.backoffice.resource import BackOfficeResource, Hardened, RowRefusedError
from inharmony.backoffice.widgets import AmongWidget, ChoiceWidget, DayWidget, NumberWidget
from schools.actions.school import SchoolFacts, keep_schools
from schools.models import LocalAuthority, School
from schools.models.school import DEMONSTRATION_URNS

URN = "URN"
# attribute of a school -> its heading
HEADINGS = {
    "urn": URN,
    "name": "Name",
    "local_authority": "Authority code",
    "establishment_number": "Establishment number",
    "town": "Town",
    "postcode": "Postcode",
    "phase": "Phase",
    "status": "Status",
    "opened_on": "Opened",
    "closed_on": "Closed",
    "low_age": "Lowest age",
    "high_age": "Highest age",
}


class SchoolResource(BackOfficeResource):
    """The schools of the register, found by URN."""

    needed: ClassVar = (URN,)

    urn = Field("urn", URN, widget=NumberWidget())
    name = Field("name", HEADINGS["name"])
    local_authority = Field("local_authority", HEADINGS["local_authority"])
    establishment_number = Field("establishment_number", HEADINGS["establishment_number"], widget=NumberWidget())
    town = Field("town", HEADINGS["town"])
    postcode = Field("postcode", HEADINGS["postcode"])
    phase = Field("phase", HEADINGS["phase"], widget=ChoiceWidget(School.Phase.choices))
    status = Field("status", HEADINGS["status"], widget=ChoiceWidget(School.Status.choices))
    opened_on = Field("opened_on", HEADINGS["opened_on"], widget=DayWidget())
    closed_on = Field("closed_on", HEADINGS["closed_on"], widget=DayWidget())
    low_age = Field("low_age", HEADINGS["low_age"], widget=NumberWidget())
    high_age = Field("high_age", HEADINGS["high_age"], widget=NumberWidget())

    class Meta(Hardened):
        model = School
        fields = tuple(HEADINGS)
        import_id_fields = ("urn",)

    def __init__(self, *, by: User) -> None:
        super().__init__(by=by)
        self.wanted: list[School] = []
        authorities = {one.code: [one] for one in LocalAuthority.objects.all()}
        self.fields["local_authority"].widget = AmongWidget(
            lambda _row: authorities, "is no code of a local authority.", by_key=True
        )

    def key_of(self, row: Any) -> int:
        try:
            return int(NumberWidget().clean(row.get(URN, "")) or 0)
        except ValueError as wrong:
            raise RowRefusedError(f"The URN {wrong}") from wrong

    def standing(self, row: Any) -> School | None:
        return School.objects.select_related("local_authority").filter(pk=self.key_of(row)).first()

    def begun(self, row: Any) -> School:
        if self.key_of(row) in DEMONSTRATION_URNS:
            raise RowRefusedError("URNs from 990001 on are kept for invented schools.")
        return School()

    def write(self, instance: School, *, is_new: bool) -> None:  # noqa: ARG002
        self.wanted.append(instance)

    def finish(self) -> None:
        if not self.wanted:
            return
        facts = []
        for one in self.wanted:
            told = {each.name: getattr(one, each.name) for each in fields(SchoolFacts)}
            facts.append(SchoolFacts(**told | {"local_authority": one.local_authority_id}))
        _, taken = keep_schools(facts=facts, given=frozenset(HEADINGS), small_areas={}, by=self.by)
        if taken:
            first = taken[0]
            raise RowRefusedError(
                f"School {first.urn}: its authority and establishment number ({first.laestab}) belong to the open"
                f" school {first.holder}. Close that one in the same sheet, or correct the number."
            )

    def called(self, instance: School) -> str:
        return f"{instance.name} ({instance.urn})"
