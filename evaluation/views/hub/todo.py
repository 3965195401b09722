"""What a hub has to do first: one line a kind of work, each asked for only while the season can have it."""

from collections.abc import Collection, Sequence
from datetime import date

from django.urls import reverse

from evaluation.figures.period import Period
from evaluation.queries.sign_off import term_to_sign
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages import dates
from participants.queries.hub_move import moves_waiting
from participants.queries.list_check import confirmation_due
from participants.queries.roll_forward import roll_forward_due, year_to_roll
from participants.queries.runs import children_away, standing_runs
from programmes.models import Programme
from schools.models import AcademicYear

# July to October: asked for while the answer can be another one than "nobody"
TURN_OF_THE_YEAR = range(7, 11)
# September to December: while a list that is wrong is wrong for most of the year
CONFIRMED_IN = range(9, 13)

Line = dict[str, object]


def todo_of(
    programme: Programme, user: User, today: date, *, terms: Sequence[tuple[Period, date]], signed: Collection[str]
) -> list[Line]:
    """Returns the lines of a hub for what the person may do there; `terms` and `signed` as `term_to_sign` has them."""
    return [
        *_to_sign(programme, user, today, terms, signed),
        *_to_move_up(programme, user, today),
        *_to_confirm(programme, user, today),
        *_moved_away(programme, user),
        *_away(programme, user, today),
    ]


def _to_sign(
    programme: Programme, user: User, today: date, terms: Sequence[tuple[Period, date]], signed: Collection[str]
) -> list[Line]:
    """Returns one line while a term that is over is not signed."""
    if not user.reach.may(Permission.SIGN_OFF_TERM, programme_id=programme.pk):
        return []
    term = term_to_sign(programme, terms, signed, today, user)
    if term is None:
        return []
    href = reverse("evaluation:hub-sign-off", args=[programme.slug])
    return [
        {
            "title": f"The {term.title} is over and not signed off",
            "words": "Its figures are frozen once you sign; what is corrected later is shown as revised.",
            "href": f"{href}?year={term.written_year}&term={term.term}",
            "action": "Look and sign",
        }
    ]


def _to_move_up(programme: Programme, user: User, today: date) -> list[Line]:
    """Returns one line while children wait for the year group of the year that begins or has begun."""
    if today.month not in TURN_OF_THE_YEAR or not user.reach.may(Permission.IMPORT_ROSTER, programme_id=programme.pk):
        return []
    due = roll_forward_due(programme, user, today)
    if not due:
        return []
    children = sum(each.waiting for each in due)
    where = "one school" if len(due) == 1 else f"{len(due)} schools"
    return [
        {
            "title": f"{children:,} {'child has' if children == 1 else 'children have'} no year group yet for "
            f"{year_to_roll(today)}",
            "words": f"Of {where}. Their school's class list moves them up, or one press does.",
            "href": reverse("participants:roll-forward", args=[programme.slug]),
            "action": "Move them up",
        }
    ]


def _to_confirm(programme: Programme, user: User, today: date) -> list[Line]:
    """Returns a line while corrections of schools are to be decided, and in autumn one while lists are unconfirmed."""
    if not user.reach.may(Permission.IMPORT_ROSTER, programme_id=programme.pk):
        return []
    year = AcademicYear(year=AcademicYear.year_of(today))
    due = confirmation_due(programme, year, user, today)
    href = reverse("participants:list-checks", args=[programme.slug])
    rows: list[Line] = []
    if due.corrections:
        many = "1 school has" if due.deciding == 1 else f"{due.deciding} schools have"
        corrections = f"{due.corrections} correction{'s' * (due.corrections != 1)}"
        rows.append(
            {
                "title": f"{many} answered about the class list",
                "words": f"{corrections} to decide. Nothing is written down before.",
                "href": href,
                "action": "Decide",
            }
        )
    if due.unconfirmed and today.month in CONFIRMED_IN:
        schools = f"{due.unconfirmed} of {due.schools} school{'s' * (due.schools != 1)}"
        have = "has" if due.unconfirmed == 1 else "have"
        were = f"{due.asked} of them {'was' if due.asked == 1 else 'were'} asked." if due.asked else "Not asked yet."
        rows.append(
            {
                "title": f"{schools} {have} not confirmed the class list of {year}",
                "words": were,
                "href": href,
                "action": "See which",
            }
        )
    return rows


def _moved_away(programme: Programme, user: User) -> list[Line]:
    """Returns one line while it is to be said whether children are with this hub still."""
    if not user.reach.may(Permission.IMPORT_ROSTER, programme_id=programme.pk):
        return []
    children = moves_waiting(programme, user)
    if not children:
        return []
    return [
        {
            "title": f"{children:,} {'child' if children == 1 else 'children'} may have moved to another hub",
            "words": "Say whether they are with you still. Until then nothing of them changes.",
            "href": reverse("participants:hub-moves", args=[programme.slug]),
            "action": "Look at them",
        }
    ]


def _away(programme: Programme, user: User, today: date) -> list[Line]:
    """Returns one line to look into where children stopped coming; their names stand on its page, not here."""
    found = standing_runs(user, today, programme=programme.pk)
    if not found:
        return []
    children = children_away(found)
    return [
        {
            "title": f"{children:,} {'child' if children == 1 else 'children'} missed three sessions or more in a row",
            "words": f"The longest: {found[0].times} sessions, since {dates.weekday(found[0].since)}.",
            "href": reverse("participants:in-a-row"),
            "action": "See who",
        }
    ]
