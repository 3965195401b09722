"""Terms that the managers of the invented hubs have signed, of the year that is over."""

from collections.abc import Iterable

from evaluation.actions.sign_off import sign_off_term
from evaluation.demonstration.people import Staff
from programmes.models import Programme
from schools.models import Term

# whose whole year is signed: its reports can be issued. Elsewhere autumn and spring wait, to be seen and signed
WHOLE_YEAR = "liverpool"


def sign_last_year(programmes: Iterable[Programme], staff: Staff, year: int) -> int:
    """Signs the summer term of a year for each hub that has a manager, of one all three; returns how many terms."""
    signed = 0
    for programme in programmes:
        manager = staff.users.get(f"manager@{programme.slug}.example")
        if manager is None:
            continue
        for term in Term.Season.values if programme.slug == WHOLE_YEAR else [Term.Season.SUMMER]:
            sign_off_term(programme=programme, year=year, term=term, by=manager)
            signed += 1
    return signed
