"""Schools that begin to work with a hub, and that stop."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.pages import public
from programmes.actions import partnership as acts
from programmes.models import Partnership
from tests.factories import schools
from tests.trail import entries, entry

TODAY = timezone.localdate()


def refused(refusal, words, act, **named):
    before = (list(Partnership.objects.order_by("pk").values()), len(entries()))
    with pytest.raises(refusal, match=words):
        act(**named)
    assert (list(Partnership.objects.order_by("pk").values()), len(entries())) == before


def of(cast, school, day=TODAY):
    return Partnership(programme=cast.liverpool, school=school, starts_on=day)


def test_begin_makes_a_partner_school_and_is_in_the_trail(cast):
    larkfold = schools.school("Larkfold Primary")
    made = acts.begin(partnership=of(cast, larkfold), by=cast.olu)
    assert list(Partnership.objects.on(TODAY).filter(school=larkfold)) == [made]
    event = entry(act="partnership.begun")
    assert (event.programme_id, event.subject_id) == (cast.liverpool.pk, made.pk)
    assert event.details == {"school": larkfold.pk, "starts_on": TODAY.isoformat(), "ends_on": None}


def test_begin_refuses_a_school_that_works_with_the_hub_already(cast):
    refused(acts.PartnerAlreadyError, "already", acts.begin, partnership=of(cast, cast.saltwharf), by=cast.olu)


def test_end_gives_a_last_day_and_is_in_the_trail(cast):
    standing = Partnership.objects.get(school=cast.saltwharf)
    acts.end(partnership=standing, on=TODAY, by=cast.olu)
    days = (TODAY, TODAY + timedelta(days=1))
    assert [Partnership.objects.on(day).filter(school=cast.saltwharf).exists() for day in days] == [True, False]
    assert entry(act="partnership.ended").details["ends_on"] == TODAY.isoformat()
    assert acts.begin(partnership=of(cast, cast.saltwharf, days[1]), by=cast.olu).pk


def test_end_refuses_other_days(cast):
    standing, yesterday = Partnership.objects.get(school=cast.saltwharf), TODAY - timedelta(days=1)
    refused(acts.LastDayError, "today or later", acts.end, partnership=standing, on=yesterday, by=cast.olu)
    acts.end(partnership=standing, on=TODAY, by=cast.olu)
    later = TODAY + timedelta(days=1)
    refused(acts.LastDayError, "begin it again", acts.end, partnership=standing, on=later, by=cast.olu)
    coming = acts.begin(partnership=of(cast, cast.kirkfold, TODAY + timedelta(days=9)), by=cast.olu)
    refused(acts.LastDayError, "before its first day", acts.end, partnership=coming, on=later, by=cast.olu)


def test_public_pages_are_made_anew_when_a_partnership_begins_and_ends(cast, django_capture_on_commit_callbacks):
    before = public._edition()
    with django_capture_on_commit_callbacks(execute=True):
        made = acts.begin(partnership=of(cast, schools.school("Larkfold Primary")), by=cast.olu)
    begun = public._edition()
    with django_capture_on_commit_callbacks(execute=True):
        acts.end(partnership=made, on=TODAY, by=cast.olu)
    assert len({before, begun, public._edition()}) == 3
