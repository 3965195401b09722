"""
Reckoning how a hub's schools changed beside the schools it compares with; in workers, for it loads what reckons.

What is to be reckoned is found in the rows: schools, years and numbers that are others than what stands was made of.
"""

import logging
from dataclasses import asdict
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from inharmony.access.scope import figures, scoped
from outcomes.analysis.difference import SchoolRow, difference_in_differences
from outcomes.analysis.evidence import AnalysisRefusedError
from outcomes.models import ComparisonSchool, SchoolDifference
from outcomes.queries.comparison import ATTAINMENT
from outcomes.queries.difference import CALLED, Asked, asked_of
from programmes.models import Programme

log = logging.getLogger(__name__)


def reckon_due() -> int:
    """
    Reckons every hub whose schools or numbers are others than what stands was made of; returns how many were.

    One that fails is logged, keeps no other back, and is tried again the next time. Harmless twice.
    """
    with scoped(figures()):
        compared = Q(pk__in=ComparisonSchool.objects.going_on().values("programme"))
        made = Q(pk__in=SchoolDifference.objects.values("programme"))
        hubs = list(Programme.objects.filter(compared | made).order_by("pk"))
    done = 0
    for hub in hubs:
        try:
            done += reckon(programme=hub)
        except Exception:
            log.exception("The schools of programme %s could not be compared.", hub.pk)
    return done


@transaction.atomic
def reckon(*, programme: Programme) -> bool:
    """Writes anew how a hub's schools changed beside the others; returns whether there was anything to do."""
    with scoped(figures()):
        with connection.cursor() as cursor:
            # of two at once the second reads what the first has written
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('outcomes_schooldifference'), %s)", [programme.pk])
        asked = [one for one in asked_of(programme) if not one.refusal]
        standing = SchoolDifference.objects.filter(programme=programme)
        if dict(standing.values_list("measure", "basis")) == {one.field: one.basis for one in asked}:
            return False
        now = timezone.now()
        made = [_reckoned(one, programme, now) for one in asked]
        standing.delete()
        SchoolDifference.objects.bulk_create(made)
    return True


def _reckoned(asked: Asked, programme: Programme, now: datetime) -> SchoolDifference:
    rows = [SchoolRow(str(one.urn), one.takes_part, one.before, one.after) for one in asked.schools]
    try:
        found = asdict(
            difference_in_differences(rows, what=CALLED[asked.field], is_attainment=asked.field in ATTAINMENT)
        )
    except AnalysisRefusedError as refusal:
        found = {"words": str(refusal)}
    return SchoolDifference(
        programme=programme,
        measure=asked.field,
        first_year=asked.before,
        last_year=asked.after,
        basis=asked.basis,
        words=found.pop("words"),
        result=found,
        made_at=now,
    )
