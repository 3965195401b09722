"""How far hubs are with their word on a year: on the days of London."""

from datetime import UTC, date, datetime

import time_machine

from evaluation.figures.period import whole_year
from evaluation.models import SignOff
from evaluation.queries.readiness import readiness
from inharmony.access.scope import scoped
from tests.factories.schools import this_year

LATE = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)


def test_a_term_signed_after_midnight_is_signed_on_that_day(cast):
    with scoped(cast.both), time_machine.travel(LATE, tick=False):
        SignOff.objects.create(
            programme=cast.leeds,
            academic_year=this_year(),
            term="summer",
            number=1,
            signed_by=cast.joanne,
            registers_taken=0,
            registers_due=0,
        )
    hubs = {one.programme.slug: one for one in readiness(whole_year(2026), LATE.date()).hubs}
    assert hubs["leeds"].signed[2].on == date(2027, 7, 1)
