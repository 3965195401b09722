"""Lines about one child: entries of the trail and changed rows in one order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scope_of, scoped
from inharmony.audit.lines import About
from inharmony.audit.record import audit
from participants.actions import attendance, merge, merge_undo
from participants.models.attendance import Mark
from participants.queries import trail
from tests.participants.merging import twice


@pytest.fixture
def lines_about(cast):
    def read(child, **period):
        today = timezone.localdate()
        with scoped(scope_of(cast.joanne)):
            return trail.trail_of(child, cast.joanne, **({"since": today, "until": today} | period))

    return read


def test_a_corrected_mark_stands_below_the_act_that_changed_it_and_names_its_session(cast, lines_about):
    late = cast.children[0]
    with scoped(scope_of(cast.priya)):
        marks = {child.pk: Mark.PRESENT for child in cast.children}
        attendance.take_register(session=cast.session, marks=marks, version=0, by=cast.priya)
        attendance.take_register(session=cast.session, marks=marks | {late.pk: Mark.LATE}, version=1, by=cast.priya)
    act, change, first = lines_about(late)[:3]
    session = About(f"session {cast.session.pk}", f"/sessions/{cast.session.pk}/register/")
    assert [(line.who, line.words, line.fields) for line in (act, change, first)] == [
        ("Priya Shah", "corrected a register", []),
        ("Priya Shah", "changed the mark", []),
        ("Priya Shah", "took a register", []),
    ]
    # the child's own number is left out, on its own page
    assert (act.about, change.about, first.about[0]) == ([session], [session], session)


def test_no_more_than_a_thousand_and_one_are_read(cast, lines_about, monkeypatch):
    monkeypatch.setattr(trail, "MOST", 5)
    with scoped(scope_of(cast.joanne)):
        for _ in range(9):
            audit(act="children.listed", by=cast.joanne, programme_id=cast.liverpool.pk, children=[cast.children[0].pk])
    assert len(lines_about(cast.children[0])) == 6


def test_nothing_of_yesterday_is_in_today(cast, lines_about):
    day = timezone.localdate() - timedelta(days=1)
    assert lines_about(cast.children[0], since=day, until=day) == []
    assert len(lines_about(cast.children[0])) == 2


def test_what_was_seen_of_a_record_that_became_another_is_told_of_that_one(cast, lines_about):
    with scoped(scope_of(cast.joanne)):
        one, other = twice(cast)
        audit(act="child.viewed", by=cast.priya, programme_id=cast.liverpool.pk, children=[other.pk])
        before = lines_about(one)
        act = merge.merge(kept=one, gone=other, theirs=("forename",), by=cast.joanne)
    told = lines_about(one)
    assert [(line.who, line.words) for line in told].count(("Joanne Carter", "made one record of two of a child")) == 1
    assert ("Priya Shah", "saw the page of a child") in [(line.who, line.words) for line in told]
    with scoped(scope_of(cast.joanne)):
        merge_undo.undo(act=act, by=cast.joanne)
    assert not any(line.who == "Priya Shah" for line in lines_about(one))
    assert len(lines_about(one)) > len(before)
