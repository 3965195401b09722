"""Until when a register may be corrected, by whom, and when a correction needs a reason."""

from datetime import date, timedelta

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.models import Session

# days after a session in which whoever leads the ensemble may still correct its register
OPEN = timedelta(days=14)


def last_open_day(session: Session) -> date:
    """Returns the last day on which coordinators correct the register of a session."""
    return session.day + OPEN


def is_locked_for(session: Session, user: User, today: date) -> bool:
    """
    Returns whether the person may not correct a register any more.

    One that was never taken is not locked: late is better than never. Whoever keeps the hub's registers corrects any.
    """
    if not session.is_held or today <= last_open_day(session):
        return False
    return not user.reach.may(Permission.CORRECT_REGISTER, programme_id=session.programme_id)


def needs_reason(session: Session, today: date) -> bool:
    """Returns whether another save must say why: not on the day itself, when a register is still being taken."""
    return session.is_held and session.day < today
