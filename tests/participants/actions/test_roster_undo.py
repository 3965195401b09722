"""Taking a class list back: everything as it was, nothing of anyone's later work lost."""

import random
import threading
import time
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from inharmony.access.scope import figures, scope_of, scoped
from participants.actions import membership, roster_undo
from participants.actions.roster import RosterChangedError, RosterRefusedError
from participants.actions.roster_deciding import let_join
from participants.imports.roster import page, preview
from participants.models import (
    Attendance,
    Child,
    Consent,
    Enrolment,
    Identity,
    Membership,
    Placement,
    RosterImport,
)
from participants.validators.identity import upn_hash
from schools.models import AcademicYear
from tests import databases
from tests.factories import participants, programmes
from tests.factories.schools import this_year
from tests.participants.lists import UPNS, accept, class_list, stage
from tests.trail import entry, history


@pytest.fixture
def inside(cast):
    with scoped(cast.liverpool_scope):
        yield cast


def everything():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in (Child, Enrolment, Placement)}


def messy_list(cast) -> bytes:
    """New children, changed ones, one who moves, one who comes back, one undecided."""
    amara, yusuf, ellie = cast.children
    moved = cast.others[0]
    Enrolment.objects.filter(child=ellie).update(ends_on=timezone.localdate() - timedelta(days=40))
    return class_list(
        f"Bo,Wren,14/03/2018,{UPNS[0]},4,4 Heron,Y",
        "Cy,Finch,15/03/2018",
        f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y},{UPNS[1]},5,5 Kestrel,N",
        f"{yusuf.forename},{yusuf.surname},{yusuf.date_of_birth:%d/%m/%Y}",
        f"{ellie.forename},{ellie.surname},{ellie.date_of_birth:%d/%m/%Y},,4",
        f"{moved.forename},{moved.surname},{moved.date_of_birth:%d/%m/%Y},,4,4 Heron",
        "Amarah,Adeyemi,01/09/2017",
    )


def test_undo_puts_everything_back_as_it_was(inside):
    data = messy_list(inside)
    before = everything()
    staged = stage(inside.ruth, data, school=inside.saltwharf)
    accept(inside.ruth, staged)
    assert everything() != before
    done = roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert everything() == before
    assert (len(done.removed), len(done.restored), done.kept) == (3, 3, [])
    staged.refresh_from_db()
    assert (staged.state, staged.undone_by) == ("undone", inside.ruth)


def test_undo_puts_the_link_across_programmes_back(committed_cast, fresh_database):
    def links():
        with databases.connected_as("worker", fresh_database), scoped(figures()):
            return list(Identity.objects.order_by("pk").values())

    cast, before = committed_cast, links()
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, messy_list(cast), school=cast.saltwharf)
        accept(cast.ruth, staged)
    after = {link["child_id"]: link for link in links()}
    amara = cast.children[0].pk
    assert (len(after), after[amara]["upn_hash"]) == (len(before) + 3, upn_hash(UPNS[1]))
    with scoped(cast.liverpool_scope):
        roster_undo.undo(roster_import=staged, by=cast.ruth)
    assert links() == before


def test_undo_leaves_one_audited_act(inside):
    staged = accept(inside.ruth, stage(inside.ruth, messy_list(inside), school=inside.saltwharf))
    made = list(Child.objects.filter(roster_import=staged, revision=1).values_list("pk", flat=True))
    roster_undo.undo(roster_import=staged, by=inside.joanne)
    event = entry(act="roster.undone")
    assert (event.actor_id, event.details) == (inside.joanne.pk, {"removed": 3, "restored": 3, "kept": []})
    assert event.children == sorted([*made, inside.children[0].pk, inside.children[2].pk, inside.others[0].pk])


def test_what_accepting_and_undoing_write_past_the_models_leaves_history(inside):
    amara = inside.children[0]
    row = f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y},{UPNS[1]},5,5 Kestrel,N"
    staged = stage(inside.ruth, class_list(f"Bo,Wren,14/03/2018,{UPNS[0]},4", row), school=inside.saltwharf)
    accept(inside.ruth, staged)
    changed = [
        ("Child", "update", amara.pk, ["upn_hash", "upn_sealed", "is_pupil_premium"]),
        ("Placement", "update", amara.pk, ["year_group", "school_class"]),
    ]
    assert history() == changed
    made = Child.objects.get(forename="Bo").pk
    roster_undo.undo(roster_import=staged, by=inside.ruth)
    gone = [(table, "delete", made, []) for table in ("Child", "Enrolment", "Placement")]
    assert history() == sorted([*changed, *changed, *gone])


def test_undo_keeps_a_new_child_on_whom_something_hangs(inside):
    staged = accept(inside.ruth, stage(inside.ruth, messy_list(inside), school=inside.saltwharf))
    bo, cy = Child.objects.get(forename="Bo"), Child.objects.get(forename="Cy")
    participants.join(inside.strings, [bo], by=inside.ruth)
    participants.answer(cy, Consent.Purpose.PHOTO_PUBLIC, by=inside.ruth)
    done = roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert [(kept.row, kept.why) for kept in done.kept] == [(2, "is in an ensemble"), (3, "has answers about consent")]
    assert Enrolment.objects.filter(child__in=[bo, cy]).count() == 2


@pytest.mark.parametrize(
    ("change", "row", "why"),
    [
        (lambda c: Child.objects.filter(forename="Bo").update(surname="Wrenn"), 2, "was changed since"),
        (lambda c: Child.objects.filter(forename="Amara").update(is_pupil_premium=True), 4, "was changed since"),
        (
            lambda c: Placement.objects.filter(child__forename="Amara").update(school_class="6 Owl"),
            4,
            "the year group or class was changed since",
        ),
        (
            lambda c: Enrolment.objects.filter(child=c.others[0], ends_on=None).update(ends_on=date(2099, 1, 1)),
            7,
            "the enrolment was changed since",
        ),
        (
            lambda c: Enrolment.objects.filter(child=c.others[0], school=c.marigold).update(school=None),
            None,
            "",
        ),
    ],
)
def test_undo_never_writes_over_what_was_changed_since(inside, change, row, why):
    staged = accept(inside.ruth, stage(inside.ruth, messy_list(inside), school=inside.saltwharf))
    change(inside)
    done = roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert [(kept.row, kept.why) for kept in done.kept] == ([(row, why)] if row else [])


def test_undo_keeps_a_new_child_whom_a_later_list_names(inside):
    staged = accept(inside.ruth, stage(inside.ruth, class_list("Bo,Wren,14/03/2018"), school=inside.saltwharf))
    accept(inside.ruth, stage(inside.ruth, class_list("Bo,WREN,14/03/2018"), school=inside.saltwharf))
    done = roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert [kept.why for kept in done.kept] == ["stands in a class list accepted since"]


def test_a_list_waiting_meanwhile_is_planned_anew_after_an_undo(inside):
    staged = accept(inside.ruth, stage(inside.ruth, class_list("Bo,Wren,14/03/2018"), school=inside.saltwharf))
    waiting = stage(inside.ruth, class_list("Bo,WREN,14/03/2018,,4"), school=inside.saltwharf)
    roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert preview.refresh(waiting, by=inside.ruth) == 1
    accept(inside.ruth, waiting)
    assert Child.objects.get(forename="Bo").surname == "WREN"


def test_the_same_file_can_come_in_again_after_an_undo(inside):
    data = class_list("Bo,Wren,14/03/2018")
    roster_undo.undo(
        roster_import=accept(inside.ruth, stage(inside.ruth, data, school=inside.saltwharf)), by=inside.ruth
    )
    accept(inside.ruth, stage(inside.ruth, data, school=inside.saltwharf))
    assert Child.objects.filter(forename="Bo").count() == 1


def test_undo_refuses_what_is_not_in_force_or_too_long_ago(inside):
    staged = stage(inside.ruth, class_list("Bo,Wren,14/03/2018"), school=inside.saltwharf)
    with pytest.raises(roster_undo.NotAcceptedError):
        roster_undo.undo(roster_import=staged, by=inside.ruth)
    accept(inside.ruth, staged)
    RosterImport.objects.filter(pk=staged.pk).update(accepted_at=timezone.localtime() - timedelta(days=32))
    with pytest.raises(roster_undo.UndoTooLateError, match="It could be undone for 30 days"):
        roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert Child.objects.filter(forename="Bo").exists()


def test_undo_is_possible_to_the_end_of_the_last_day_that_the_page_names(inside, time_machine):
    # over the night the clocks go back: the thirtieth day ends an hour later by the clock of the server
    time_machine.move_to("2026-10-02 08:00:00+00:00")
    staged = stage(inside.ruth, class_list("Bo,Wren,14/03/2018"), school=inside.saltwharf)
    accept(inside.ruth, staged)
    time_machine.move_to("2026-11-01 23:59:00+00:00")
    staged.refresh_from_db()
    assert page.may_be_undone_until(staged, roster_undo.DAYS) == date(2026, 11, 1)
    roster_undo.plan_undo(staged)
    time_machine.move_to("2026-11-02 00:01:00+00:00")
    assert page.may_be_undone_until(staged, roster_undo.DAYS) is None
    with pytest.raises(roster_undo.UndoTooLateError):
        roster_undo.plan_undo(staged)


def at_once(cast, first, second):
    """Does both, the second while the first has written and not yet ended; returns what the second ended with."""
    wrote, ended = threading.Event(), []

    def begin():
        with scoped(scope_of(cast.ruth)):
            first()
            wrote.set()
            time.sleep(0.7)  # the other is in the middle of its own by then
        connection.close()

    def follow():
        try:
            wrote.wait(10)
            with scoped(scope_of(cast.ruth)):
                second()
            ended.append("done")
        except RosterRefusedError as refusal:
            ended.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin), threading.Thread(target=follow)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def test_undo_loses_nothing_of_a_list_accepted_at_the_same_moment(committed_cast):
    cast = committed_cast
    amara = cast.children[0]
    row = f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y},"
    with scoped(cast.liverpool_scope):
        earlier = stage(cast.ruth, class_list(row + UPNS[1]), school=cast.saltwharf)
        accept(cast.ruth, earlier)
        later = stage(cast.ruth, class_list(row + UPNS[1] + ",,,Y"), school=cast.saltwharf)
    ended = at_once(
        cast, lambda: accept(cast.ruth, later), lambda: roster_undo.undo(roster_import=earlier, by=cast.ruth)
    )
    with scoped(cast.liverpool_scope):
        amara.refresh_from_db()
        assert (ended, amara.is_pupil_premium, amara.upn_hash) == (["done"], True, upn_hash(UPNS[1]))


def test_a_list_is_taken_back_once_whoever_presses_at_once(committed_cast):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list("Bo,Wren,14/03/2018"), school=cast.saltwharf)
        accept(cast.ruth, staged)

    def undo():
        roster_undo.undo(roster_import=staged, by=cast.ruth)

    assert at_once(cast, undo, undo) == ["NotAcceptedError"]


def test_undo_gives_way_when_a_child_is_taken_into_an_ensemble_at_the_same_moment(committed_cast):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list("Bo,Wren,14/03/2018"), school=cast.saltwharf)
        accept(cast.ruth, staged)
        bo = Child.objects.get(forename="Bo")

    def join():
        membership.join(ensemble=cast.brass, children=[bo], starts_on=timezone.localdate(), by=cast.ruth)

    ended = at_once(cast, join, lambda: roster_undo.undo(roster_import=staged, by=cast.ruth))
    with scoped(cast.liverpool_scope):
        assert (ended, Child.objects.filter(forename="Bo").count()) == ([RosterChangedError.__name__], 1)
        assert RosterImport.objects.get(pk=staged.pk).state == "accepted"


@pytest.mark.parametrize("seed", range(8))
def test_random_lists_undone_leave_no_trace(inside, seed):
    chance = random.Random(seed)
    known = [*inside.children, *inside.others]
    Child.objects.filter(pk__in=[c.pk for c in known[:2]]).update(known_as="Nic")
    rows = [
        f"{chance.choice([child.forename, child.forename + 'h'])},{child.surname},{child.date_of_birth:%d/%m/%Y},"
        f"{chance.choice(['', *UPNS[:1]]) if child is known[0] else ''},{chance.choice(['', '3', '5'])},"
        f"{chance.choice(['', '4B', '5 Owl'])},{chance.choice(['', 'Y', 'N'])}"
        for child in chance.sample(known, 4)
    ]
    rows += [f"New{chr(97 + n)},Wren,{1 + n:02d}/03/2018,,4,4B" for n in range(chance.randrange(4))]
    chance.shuffle(rows)
    before = everything()
    staged = stage(inside.ruth, class_list(*rows), school=inside.saltwharf)
    preview.decide(staged, {row: chance.choice(["same", "another", ""]) for row in range(2, 10)}, by=inside.ruth)
    accept(inside.ruth, staged)
    done = roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert (everything(), done.kept) == (before, [])


def test_undo_leaves_a_leaver_who_came_back_and_takes_the_rest_back(inside):
    amara, yusuf, _ = inside.children
    left = timezone.localdate() - timedelta(days=3)
    staged = stage(inside.ruth, class_list("Bo,Wren,14/03/2018"), school=inside.saltwharf)
    preview.let_leave(staged, [amara.pk, yusuf.pk], left, by=inside.ruth)
    accept(inside.ruth, staged)
    accept(inside.ruth, stage(inside.ruth, class_list("Amara,Adeyemi,01/09/2017"), school=inside.saltwharf))
    done = roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert [(kept.child_id, kept.why) for kept in done.kept] == [(amara.pk, "is enrolled anew since")]
    assert not Child.objects.filter(forename="Bo").exists()
    assert Enrolment.objects.get(child=yusuf).ends_on is None


def test_undo_leaves_a_leaver_who_is_in_an_ensemble_again(inside):
    amara = inside.children[0]
    member = Membership.objects.filter(child=amara, ends_on=None)
    (ensemble,) = {each.ensemble for each in member}
    left = timezone.localdate() - timedelta(days=3)
    staged = stage(inside.ruth, class_list("Bo,Wren,14/03/2018"), school=inside.saltwharf)
    Attendance.objects.filter(child=amara).delete()
    preview.let_leave(staged, [amara.pk], left, by=inside.ruth)
    accept(inside.ruth, staged)
    Membership.objects.create(
        programme=inside.liverpool, ensemble=ensemble, child=amara, starts_on=timezone.localdate()
    )
    done = roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert [kept.why for kept in done.kept] == ["an ensemble or instrument was changed since"]


def test_undo_leaves_a_child_whose_new_enrolment_another_list_was_built_on(inside):
    moved = inside.others[0]
    row = f"{moved.forename},{moved.surname},{moved.date_of_birth:%d/%m/%Y}"
    staged = stage(inside.ruth, class_list(f"{row},,4", "Bo,Wren,14/03/2018"), school=inside.saltwharf)
    accept(inside.ruth, staged)
    after = AcademicYear.objects.get_or_create(year=this_year().year + 1)[0]
    accept(inside.joanne, stage(inside.joanne, class_list(f"{row},,5"), school=inside.saltwharf, year=after))
    done = roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert [(kept.row, kept.why) for kept in done.kept] == [(2, "has another year group or class since")]
    assert not Child.objects.filter(forename="Bo").exists()


def test_undo_leaves_a_child_who_was_changed_since_in_the_ensemble_that_came_with_the_list(inside):
    heron = programmes.ensemble(inside.liverpool, "Heron Strings", school=inside.saltwharf)
    data = class_list("Bo,Wren,14/03/2018,,4,4 Heron", "Cy,Finch,15/03/2018,,4,4 Heron")
    staged = stage(inside.ruth, data, school=inside.saltwharf)
    let_join(roster_import=staged, joins=[("4 Heron", heron.pk)], by=inside.ruth)
    accept(inside.ruth, staged)
    Child.objects.filter(forename="Bo").update(surname="Wrenn")
    roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert [each.child.forename for each in Membership.objects.filter(ensemble=heron)] == ["Bo"]
