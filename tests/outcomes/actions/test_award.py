import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from inharmony.access.scope import scope_of, scoped
from outcomes.actions.award import (
    AwardsRefusedError,
    ChildrenRefusedError,
    DayRefusedError,
    Taken,
    record_awards,
    told,
    withdraw_award,
)
from outcomes.awards.boards import BY_KEY
from outcomes.awards.structure import Result
from outcomes.models import Award
from participants.actions import merge, merge_undo
from participants.models import Child
from tests.participants import merging
from tests.trail import entries, entry, history

TODAY = date(2026, 11, 17)
GRADE_3, MEDAL, ARTS = BY_KEY["abrsm.practical.3"], BY_KEY["abrsm.medal.copper"], BY_KEY["arts_award.level.explore"]


def record(cast, taken, *, kind=GRADE_3, on=TODAY, by=None):
    """Records by child, as the page does; inside a scope."""
    return record_awards(kind=kind, taken_on=on, taken=taken, today=TODAY, by=by or cast.ruth)


@pytest.fixture
def inside(cast):
    with scoped(cast.both):
        yield cast


def test_record_awards_keeps_the_mark_and_what_it_makes_for_many_at_once(inside, django_assert_num_queries):
    amara, yusuf, ellie = inside.children
    # the children, what stands, the awards and the entry, between two savepoints
    with django_assert_num_queries(6):
        record(inside, {amara: Taken(mark=128, instrument="violin"), yusuf: Taken(mark=99), ellie: Taken(mark=130)})
    kept = {award.child_id: (award.mark, award.result, award.instrument) for award in Award.objects.all()}
    assert kept == {
        amara.pk: (128, "merit", "violin"),
        yusuf.pk: (99, "below", ""),
        ellie.pk: (130, "distinction", ""),
    }
    written = entry(act="awards.recorded")
    assert sorted(written.children) == sorted(child.pk for child in inside.children)
    # neither which award nor what came of it stands in the trail
    assert written.details == {"taken_on": "2026-11-17"}
    assert written.programme_id == inside.liverpool.pk


def test_an_award_without_marks_keeps_what_was_told(inside):
    amara = inside.children[0]
    (medal,) = record(inside, {amara: Taken(result=Result.EXCELLENT, instrument="cello")}, kind=MEDAL)
    (arts,) = record(inside, {amara: Taken(result=Result.ACHIEVED, instrument="cello")}, kind=ARTS)
    assert (medal.mark, medal.result, medal.instrument) == (None, "excellent", "cello")
    # an Arts Award is of no instrument
    assert (arts.result, arts.instrument) == ("achieved", "")
    assert (medal.title, medal.level_words) == ("ABRSM Music Medal, Copper", "Entry")
    assert str(arts) == "Arts Award, Explore, 17 November 2026"


@pytest.mark.parametrize(
    ("kind", "taken", "words"),
    [
        (GRADE_3, Taken(mark=151), "from 0 to 150"),
        (GRADE_3, Taken(), "Write the mark, out of 150: pass from 100"),
        (GRADE_3, Taken(result=Result.MERIT), "Write the mark"),
        (MEDAL, Taken(mark=100), "gives no marks. Choose one of: Excellent, Pass, Working towards."),
        (MEDAL, Taken(result=Result.DISTINCTION), "Choose one of"),
        (ARTS, Taken(result=Result.BELOW), "Choose one of: Achieved."),
    ],
)
def test_what_is_wrong_of_one_child_leaves_nothing_of_anybody(inside, kind, taken, words):
    amara, yusuf, _ = inside.children
    good = Taken(mark=120) if kind.syllabus.marks else Taken(result=kind.results[0])
    with pytest.raises(ChildrenRefusedError) as refused:
        record(inside, {amara: good, yusuf: taken}, kind=kind)
    assert set(refused.value.problems) == {yusuf.pk}
    assert words in refused.value.problems[yusuf.pk]
    assert not Award.objects.exists()
    assert entries(act="awards.recorded") == []


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(1999, 1, 1)])
def test_a_day_that_cannot_be_is_refused(inside, day):
    with pytest.raises(DayRefusedError, match="cannot be the day"):
        record(inside, {inside.children[0]: Taken(mark=120)}, on=day)
    assert not Award.objects.exists()


def test_what_is_sent_twice_counts_once(inside):
    amara, yusuf, _ = inside.children
    taken = {amara: Taken(mark=120, instrument="violin"), yusuf: Taken(mark=101)}
    assert len(record(inside, taken)) == 2
    assert record(inside, taken) == []
    assert Award.objects.count() == 2
    assert len(entries(act="awards.recorded")) == 1


def test_another_mark_for_what_is_recorded_is_refused_until_that_is_withdrawn(inside):
    amara = inside.children[0]
    (first,) = record(inside, {amara: Taken(mark=120)})
    with pytest.raises(AwardsRefusedError) as refused:
        record(inside, {amara: Taken(mark=121)})
    assert "recorded of that day already, with mark 120, merit" in refused.value.problems[amara.pk]
    # another day, grade or instrument is another award
    record(inside, {amara: Taken(mark=121)}, on=TODAY - timedelta(days=200))
    record(inside, {amara: Taken(mark=121)}, kind=BY_KEY["abrsm.practical.4"])
    record(inside, {amara: Taken(mark=121, instrument="viola")})
    assert withdraw_award(award=first, by=inside.ruth)
    assert len(record(inside, {amara: Taken(mark=121)})) == 1
    assert Award.objects.standing().count() == 4


def test_withdraw_award_leaves_it_as_withdrawn_and_tells_who(inside):
    (award,) = record(inside, {inside.children[0]: Taken(mark=120)})
    assert withdraw_award(award=award, by=inside.joanne) is True
    assert withdraw_award(award=award, by=inside.ruth) is False
    award.refresh_from_db()
    assert award.withdrawn_by_id == inside.joanne.pk
    assert entry(act="award.withdrawn").children == [inside.children[0].pk]
    assert ("Award", "update", award.child_id, ["withdrawn_by", "withdrawn_at"]) in history()


def test_no_login_deletes_an_award(inside):
    record(inside, {inside.children[0]: Taken(mark=120)})
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Award.objects.all().delete()
    assert Award.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"result": "splendid"}, "outcomes_award_known_result"),
        ({"instrument": "kazoo"}, "outcomes_award_known_instrument"),
        ({"withdrawn_by_id": None, "withdrawn_at": "2026-11-17 10:00+00:00"}, "outcomes_award_withdrawn_at_with_by"),
    ],
)
def test_the_database_refuses_what_is_no_award(inside, changed, constraint):
    (award,) = record(inside, {inside.children[0]: Taken(mark=120)})
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(**changed)


def test_an_award_cannot_point_at_a_child_of_another_hub(inside):
    (award,) = record(inside, {inside.children[0]: Taken(mark=120)})
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(child=inside.leeds_children[0])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_who_sees_a_child_sees_its_awards_and_nobody_else_does(inside):
    amara = inside.children[0]
    record(inside, {amara: Taken(mark=120)})
    record(inside, {inside.leeds_children[0]: Taken(mark=100)}, by=inside.omar)
    seen = {}
    for who in ("priya", "ruth", "joanne", "sam", "omar", "stranger"):
        user = getattr(inside, who)
        with scoped(scope_of(user)):
            seen[who] = {award.child_id for award in Award.objects.visible_to(user)}
    assert seen["omar"] == {inside.leeds_children[0].pk}
    assert seen["stranger"] == set()
    assert all(seen[who] == {amara.pk} for who in ("priya", "ruth", "joanne", "sam"))


def test_awards_go_over_with_a_merge_and_back_when_it_is_undone(inside):
    made, other = merging.twice(inside)
    record(inside, {made: Taken(mark=120), other: Taken(mark=101, instrument="viola")})
    act = merge.merge(kept=made, gone=other, theirs=(), by=inside.ruth)
    assert set(Award.objects.values_list("child_id", flat=True)) == {made.pk}
    merge_undo.undo(act=act, by=inside.ruth)
    assert set(Award.objects.values_list("child_id", flat=True)) == {made.pk, other.pk}
    assert Award.objects.get(child=other.pk).mark == 101


def test_told_reads_in_a_sentence(inside):
    (award,) = record(inside, {inside.children[0]: Taken(mark=120)})
    assert told(award) == "mark 120, merit"
    assert told(Award(result="achieved")) == "achieved"


def test_of_many_who_record_the_same_at_once_one_does(committed_cast):
    cast, done = committed_cast, []
    with scoped(cast.liverpool_scope):
        child = Child.objects.get(pk=cast.children[0].pk)
    together = threading.Barrier(4)

    def press():
        together.wait()
        try:
            with scoped(scope_of(cast.ruth)):
                done.append(len(record(cast, {child: Taken(mark=120)})))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 0, 0, 1]
    with scoped(cast.liverpool_scope):
        assert Award.objects.count() == 1
