"""Who is on roll and not on the list: offered, chosen, ended with all they are in, and given back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import membership, playing, roster, roster_deciding, roster_undo
from participants.imports.roster import preview
from participants.models import Attendance, Enrolment, Membership, Playing, RosterRow
from programmes.instruments import Instrument
from tests.factories import programmes
from tests.participants.lists import accept, class_list, stage

DAY = timedelta(days=1)


@pytest.fixture
def inside(cast):
    with scoped(cast.liverpool_scope):
        yield cast


@pytest.fixture
def listed(inside):
    """A list with the first child of three at the school; the others are on no row."""
    amara = inside.children[0]
    return stage(
        inside.ruth,
        class_list(f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y}"),
        school=inside.saltwharf,
    )


def offered(listed):
    return set(RosterRow.objects.filter(roster_import=listed, outcome="leaver").values_list("child_id", flat=True))


def ends(child):
    return list(Enrolment.objects.filter(child=child).values_list("ends_on", flat=True))


def test_who_is_on_roll_and_on_no_row_is_offered_and_never_assumed(inside, listed):
    _, yusuf, ellie = inside.children
    assert offered(listed) == {yusuf.pk, ellie.pk}
    accept(inside.ruth, listed)
    assert (ends(yusuf), ends(ellie)) == ([None], [None])
    # who stays has nothing to do with the list
    assert offered(listed) == set()


def test_children_of_year_groups_that_are_not_on_the_list_are_not_offered(inside):
    amara = inside.children[0]
    row = f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y},,6"
    staged = stage(inside.ruth, class_list(row), school=inside.saltwharf)
    assert offered(staged) == set()


def test_a_child_whose_row_cannot_be_read_is_not_offered(inside):
    _, yusuf, ellie = inside.children
    rows = ("Bo,Wren,14/03/2018", f"{yusuf.forename},{yusuf.surname},31/02/2018")
    staged = stage(inside.ruth, class_list(*rows), school=inside.saltwharf)
    assert yusuf.pk not in offered(staged)
    assert ellie.pk in offered(staged)


def test_who_leaves_leaves_all_ensembles_and_puts_the_instrument_down_and_undo_gives_all_back(inside, listed):
    today = timezone.localdate()
    _, yusuf, ellie = inside.children
    ensemble = programmes.ensemble(inside.liverpool, "Leavers", school=inside.saltwharf)
    membership.join(ensemble=ensemble, children=[yusuf, ellie], starts_on=today - 30 * DAY, by=inside.ruth)
    playing.set_instruments(chosen={yusuf: Instrument.VIOLIN}, starts_on=today - 30 * DAY, by=inside.ruth)
    tables = (Enrolment, Membership, Playing)
    before = [list(model.objects.order_by("pk").values()) for model in tables]
    preview.let_leave(listed, [yusuf.pk], today - DAY, by=inside.ruth)
    accept(inside.ruth, listed)
    assert (ends(yusuf), ends(ellie)) == ([today - DAY], [None])
    assert Membership.objects.get(child=yusuf, ensemble=ensemble).ends_on == today - DAY
    assert Membership.objects.get(child=ellie, ensemble=ensemble).ends_on is None
    assert Playing.objects.get(child=yusuf).ends_on == today - DAY
    done = roster_undo.undo(roster_import=listed, by=inside.ruth)
    assert not done.kept
    assert [list(model.objects.order_by("pk").values()) for model in tables] == before


def test_who_has_a_mark_after_the_last_day_does_not_leave_before_it(inside, listed):
    today = timezone.localdate()
    _, yusuf, _ = inside.children
    ensemble = programmes.ensemble(inside.liverpool, "Marked", school=inside.saltwharf)
    membership.join(ensemble=ensemble, children=[yusuf], starts_on=today - 30 * DAY, by=inside.ruth)
    session = programmes.session(ensemble, day=today - 2 * DAY)
    Attendance.objects.create(session=session, child=yusuf, programme=inside.liverpool, mark="p")
    preview.let_leave(listed, [yusuf.pk], today - 5 * DAY, by=inside.ruth)
    with pytest.raises(roster.RosterRefusedError, match="One of the children who leave has marks"):
        accept(inside.ruth, listed)
    assert ends(yusuf) == [None]
    preview.let_leave(listed, [yusuf.pk], today - 2 * DAY, by=inside.ruth)
    accept(inside.ruth, listed)
    assert ends(yusuf) == [today - 2 * DAY]


def test_undo_leaves_out_who_was_taken_into_an_ensemble_again_since(inside, listed):
    today = timezone.localdate()
    _, yusuf, _ = inside.children
    ensemble = programmes.ensemble(inside.liverpool, "Again", school=inside.saltwharf)
    membership.join(ensemble=ensemble, children=[yusuf], starts_on=today - 30 * DAY, by=inside.ruth)
    preview.let_leave(listed, [yusuf.pk], today - DAY, by=inside.ruth)
    accept(inside.ruth, listed)
    Membership.objects.filter(child=yusuf).update(ends_on=today)
    done = roster_undo.undo(roster_import=listed, by=inside.ruth)
    assert [kept.why for kept in done.kept] == ["an ensemble or instrument was changed since"]
    assert ends(yusuf) == [today - DAY]


def test_school_classes_join_ensembles_in_the_same_act_and_leave_them_with_its_undo(inside):
    ensemble = programmes.ensemble(inside.liverpool, "Heron Strings", school=inside.saltwharf)
    rows = ("Bo,Wren,14/03/2018,,4,4 Heron", "Cy,Finch,15/03/2018,,4,4 Heron", "Di,Teal,16/03/2018,,4,4 Swan")
    staged = stage(inside.ruth, class_list(*rows), school=inside.saltwharf)
    roster_deciding.let_join(roster_import=staged, joins=[("4 Heron", ensemble.pk)], by=inside.ruth)
    accept(inside.ruth, staged)
    joined = Membership.objects.filter(ensemble=ensemble)
    assert sorted(joined.values_list("child__forename", flat=True)) == ["Bo", "Cy"]
    staged.refresh_from_db()
    assert staged.joins[0]["children"] == 2
    done = roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert (len(done.removed), done.kept, joined.exists()) == (3, [], False)


def test_undo_keeps_a_child_whom_a_register_of_the_joined_ensemble_has_met(inside):
    ensemble = programmes.ensemble(inside.liverpool, "Met Strings", school=inside.saltwharf)
    rows = ("Bo,Wren,14/03/2018,,4,4 Heron", "Cy,Finch,15/03/2018,,4,4 Heron")
    staged = stage(inside.ruth, class_list(*rows), school=inside.saltwharf)
    roster_deciding.let_join(roster_import=staged, joins=[("4 Heron", ensemble.pk)], by=inside.ruth)
    accept(inside.ruth, staged)
    bo = Membership.objects.get(ensemble=ensemble, child__forename="Bo")
    Attendance.objects.create(
        session=programmes.session(ensemble), child=bo.child, programme=inside.liverpool, mark="p"
    )
    done = roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert ([kept.why for kept in done.kept], len(done.removed)) == (["has marks in registers"], 1)
    assert list(Membership.objects.filter(ensemble=ensemble).values_list("child__forename", flat=True)) == ["Bo"]


def test_of_a_list_of_a_past_year_nobody_is_offered(inside):
    from schools.models import AcademicYear
    from tests.factories.schools import this_year

    last = AcademicYear(year=this_year().year - 1)
    staged = stage(inside.ruth, class_list("Bo,Wren,14/03/2016"), school=inside.saltwharf, year=last)
    assert offered(staged) == set()


def test_the_last_day_offered_is_the_one_before_the_year_for_its_first_list(inside, listed):
    assert listed.leaves_on in {timezone.localdate(), date(listed.academic_year_id, 8, 31)}


DATED = "Forename,Surname,DOB,Leaving date"


def dated(inside, last_day):
    yusuf = inside.children[1]
    row = f"{yusuf.forename},{yusuf.surname},{yusuf.date_of_birth:%d/%m/%Y},{last_day:%d/%m/%Y}"
    return stage(inside.ruth, class_list(row, headings=DATED), school=inside.saltwharf)


def test_who_leaves_by_a_date_in_the_list_leaves_all_ensembles_too_and_undo_gives_them_back(inside):
    today = timezone.localdate()
    yusuf = inside.children[1]
    ensemble = programmes.ensemble(inside.liverpool, "Dated", school=inside.saltwharf)
    membership.join(ensemble=ensemble, children=[yusuf], starts_on=today - 30 * DAY, by=inside.ruth)
    before = [list(model.objects.order_by("pk").values()) for model in (Enrolment, Membership)]
    staged = dated(inside, today - 2 * DAY)
    accept(inside.ruth, staged)
    assert ends(yusuf) == [today - 2 * DAY]
    assert {each.ends_on for each in Membership.objects.filter(child=yusuf)} == {today - 2 * DAY}
    roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert [list(model.objects.order_by("pk").values()) for model in (Enrolment, Membership)] == before


def test_a_date_in_the_list_before_a_mark_is_refused_naming_the_row(inside):
    today = timezone.localdate()
    yusuf = inside.children[1]
    ensemble = programmes.ensemble(inside.liverpool, "Dated", school=inside.saltwharf)
    membership.join(ensemble=ensemble, children=[yusuf], starts_on=today - 30 * DAY, by=inside.ruth)
    session = programmes.session(ensemble, day=today - DAY)
    Attendance.objects.create(session=session, child=yusuf, programme=inside.liverpool, mark="p")
    with pytest.raises(roster.RosterRefusedError, match=r"marks in registers after their last day.* row 2\."):
        accept(inside.ruth, dated(inside, today - 2 * DAY))


def test_a_date_in_a_list_of_a_past_year_ends_nothing_of_today(inside):
    from schools.models import AcademicYear
    from tests.factories.schools import this_year

    yusuf, last = inside.children[1], AcademicYear(year=this_year().year - 1)
    row = f"{yusuf.forename},{yusuf.surname},{yusuf.date_of_birth:%d/%m/%Y},{last.ends_on:%d/%m/%Y}"
    accept(inside.ruth, stage(inside.ruth, class_list(row, headings=DATED), school=inside.saltwharf, year=last))
    assert ends(yusuf) == [None]
