"""Terms that the managers of the invented hubs have signed: those of the year that is over."""

from collections.abc import Iterable

from evaluation.actions.sign_off import sign_off_term
from evaluation.demonstration.people import Staff
from programmes.models import Programme
from schools.models import Term


def sign_last_year(programmes: Iterable[Programme], staff: Staff, year: int) -> int:
    """Signs the terms of a year for each hub that has a manager; returns how many. This year's wait for them."""
    signed = 0
    for programme in programmes:
        manager = staff.users.get(f"manager@{programme.slug}.example")
        if manager is not None:
            for term in Term.Season.values:
                sign_off_term(programme=programme, year=year, term=term, by=manager)
                signed += 1
    return signed
