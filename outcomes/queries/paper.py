"""What is printed of a group: slips, the list of who has which, and who of a class cannot be asked."""

from dataclasses import dataclass

from inharmony.accounts.models import User
from outcomes.models import AskedGroup, Slip
from outcomes.queries.consent import consenting
from outcomes.queries.wave import children_to_ask, place_of
from participants.models import Child, Consent


@dataclass(frozen=True)
class PaperSlip:
    """
    A slip as it is printed: its number and address, and the name of the child it is for.

    No paper names a child at risk: of theirs the name is empty, and who has it is said on the screen alone.
    """

    slip: Slip
    name: str
    is_off_paper: bool

    @property
    def printed_name(self) -> str:
        return "" if self.is_off_paper else self.name


def slips_of_group(group: AskedGroup, user: User) -> list[PaperSlip]:
    """
    Returns the slips of a group by the names of its children; of adults by number. One statement.

    Nothing here says who has answered: the list is for the teacher, who hands slips out, and has no business with it.
    """
    rows = Slip.objects.visible_to(user).filter(group=group).select_related("child")
    slips = [
        PaperSlip(slip, slip.child.name if slip.child else "", bool(slip.child and slip.child.is_at_risk))
        for slip in rows
    ]
    return sorted(slips, key=lambda each: (each.slip.child.sort_key if each.slip.child else "", each.slip.mark))


@dataclass(frozen=True)
class NotAsked:
    """A child of a class who cannot be asked, and what the family has said last; nothing where it was never asked."""

    child: Child
    answer: str


def not_asked(group: AskedGroup, user: User) -> list[NotAsked]:
    """Returns the children of a class that is asked of whom no yes about surveys stands, by name."""
    there = [one.child_id for one in children_to_ask(group.wave, user) if one.place == place_of(group)]
    without = set(there) - consenting(there)
    said = Consent.objects.visible_to(user).filter(child__in=without, purpose=Consent.Purpose.SURVEY).standing()
    last = {answer.child_id: answer.get_answer_display() for answer in said}
    return [NotAsked(child, last.get(child.pk, "")) for child in Child.objects.visible_to(user).filter(pk__in=without)]
