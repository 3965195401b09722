"""A closed hub can be read and not written, whatever writes; the database keeps it."""

import itertools
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from evaluation.models import ReportJob
from inharmony.access.closing import OF_ENSEMBLE, refusal_of
from inharmony.access.privacy import Rights
from inharmony.access.scope import scoped
from inharmony.access.walls import own_models, privacy_of
from outcomes.actions.award import Taken, record_awards
from outcomes.actions.comparison import choose
from outcomes.awards.boards import BY_KEY
from participants.actions import attendance, membership, roster, roster_accepting
from participants.actions.access_note import Note, keep_note
from participants.actions.destination import Going, leave_school
from participants.actions.known_absence import note_absences
from participants.actions.playing import set_instruments
from participants.actions.roll_forward import move_up
from participants.models import (
    AccessNote,
    Attendance,
    Child,
    Consent,
    Destination,
    KnownAbsence,
    Merge,
    Placement,
    RosterImport,
)
from participants.models.attendance import Mark
from participants.queries.roll_forward import rolling, year_to_roll
from programmes.actions import closing, tutor
from programmes.instruments import Instrument
from programmes.models import Ensemble, Income, Joining, Session
from schools.models import AcademicYear
from tests import databases
from tests.factories import participants, programmes
from tests.factories.schools import LONG_AGO, this_year
from tests.factories.schools import school as new_school
from tests.participants.lists import class_list, stage
from tests.participants.sheets import as_csv, keep
from tests.trail import entry

CLOSING = [model for model in own_models() if privacy_of(model).is_closed_with_hub]
TABLES = [*(model._meta.db_table for model in CLOSING), OF_ENSEMBLE]

ADDED_TO = {model._meta.db_table for model in CLOSING if privacy_of(model).rights is Rights.APPEND}
ENDED = {model._meta.db_table for model in CLOSING if privacy_of(model).rights in (Rights.END, Rights.CARRY)}
NOTE = Note("Sits near the door", AccessNote.ToldBy.FAMILY, AccessNote.Condition.CONSENT)


@pytest.fixture
def written(cast):
    """Every kind of row that closes with a hub stands in both hubs; then Liverpool closes today."""
    with scoped(cast.both):
        for session, children, school, by in (
            (cast.session, cast.children, cast.saltwharf, cast.joanne),
            (cast.leeds_session, cast.leeds_children, cast.kirkfold, cast.omar),
        ):
            take(session, children, by)
            answer(children[0], by)
            keep_note(child=children[0], note=NOTE, by=by)
            note_absences(
                children=children[:1],
                starts_on=session.day,
                ends_on=session.day,
                reason=KnownAbsence.Reason.TRIP,
                by=by,
            )
            participants.may_have_moved(children[0])
            Merge.objects.create(programme=session.programme, child=children[0], gone=0, by=by)
            programmes.venue(session.programme, school)
            guests = programmes.ensemble(session.programme, "Guests")
            Joining.objects.create(programme=session.programme, session=session, ensemble=guests)
            set_instruments(chosen={children[0]: Instrument.VIOLIN}, starts_on=session.day, by=by)
            today = timezone.localdate()
            taken = {children[0]: Taken(mark=120)}
            record_awards(kind=BY_KEY["abrsm.practical.1"], taken_on=today, taken=taken, today=today, by=by)
            beside = new_school(f"Beside {session.programme.short_name}")
            choose(programme=session.programme, school=beside, year=this_year(), reason="As it was before", by=by)
            turn_of_the_year(session.programme, by)
            stage(by, class_list("Bo,Wren,14/03/2018"), school=school)
            ensemble = Ensemble.objects.filter(sessions=session).get()
            sheet = [("Name", "14/9", "21/9", "28/9"), (children[0].name, "/", "/", "/")]
            keep(by, as_csv(sheet), ensemble, year=this_year().year - 1)
            Income.objects.create(programme=session.programme, academic_year=this_year(), source="schools", amount=9)
        cast.leeds_strings.tutors.add(programmes.tutor(cast.leeds, "L. Leader"))
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    return cast


def take(session, children, by, mark=Mark.PRESENT):
    marks = {child.pk: mark for child in children}
    session.refresh_from_db()
    return attendance.take_register(session=session, marks=marks, version=session.register_version, by=by)


def turn_of_the_year(programme, by):
    """One child who has left the school, and one who moved up this year, from the last."""
    today = timezone.localdate()
    year = year_to_roll(today)
    two = Placement.objects.filter(programme=programme).order_by("-pk").values_list("pk", flat=True)[:2]
    last = AcademicYear.objects.get_or_create(year=year.pk - 1)[0]
    Placement.objects.filter(pk__in=list(two)).update(academic_year=last)
    first, *_ = rows = rolling(programme, by, year, today)
    gone = {first.enrolment_id: Going(Destination.GoesTo.AWAY, Destination.Plays.STOPS)}
    leave_school(programme=programme, academic_year=year, going=gone, last_day=today, by=by)
    return move_up(programme=programme, academic_year=year, classes={row.key: "" for row in rows}, by=by)


def answer(child, by, purpose=Consent.Purpose.SURVEY):
    return participants.answer(child, purpose, by=by)


def refused(act):
    """What the database says to an act, which leaves nothing behind."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        act()
    return refusal_of(error.value)


def words():
    today = timezone.localdate()
    return f"Liverpool is closed since {today.day} {today:%B %Y}: everything can be read, and nothing can be changed."


def rows(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def of(programme, table):
    """The condition on the rows of a hub."""
    if table == OF_ENSEMBLE:
        return f"ensemble_id IN (SELECT id FROM programmes_ensemble WHERE programme_id = {programme.pk})"
    if table == "participants_identity":  # nobody reads whose it is but the figures
        return f"child_id IN (SELECT id FROM participants_child WHERE programme_id = {programme.pk})"
    return f"programme_id = {programme.pk}"


# a column that can be set without a reader's rights, and to what
SET = {
    "participants_identity": "upn_hash = ''",
    "participants_consent": "child_id = child_id",
    OF_ENSEMBLE: "tutor_id = tutor_id",
}


def test_these_tables_close_with_their_hub():
    assert {model.__name__ for model in CLOSING} >= {
        *("Child", "Enrolment", "Placement", "Identity", "Membership", "Attendance", "Consent"),
        *("RosterImport", "Session", "Ensemble", "Tutor", "Venue"),
    }
    assert {
        "IssuedReport",
        "ReportJob",
        "Release",
        "RosterRow",
        "RosterSheet",
        "AuditEvent",
        "RoleAssignment",
        "SharingAgreement",
        "Closing",
    }.isdisjoint(model.__name__ for model in CLOSING)


@pytest.mark.parametrize("table", TABLES)
def test_each_has_its_three_triggers_and_they_are_on(db, table):
    found = rows(
        "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'closed_hub_%%'", table
    )
    assert sorted(found) == [(f"closed_hub_{verb}", "O") for verb in ("delete", "insert", "update")]


@pytest.mark.parametrize(
    ("table", "verb"),
    # no login may delete an identity (it goes with its child) or what is ended, nor change or delete what is added to
    [
        (table, verb)
        for table, verb in itertools.product(TABLES, ("UPDATE", "DELETE"))
        if (verb == "UPDATE" or table not in {"participants_identity", *ENDED}) and table not in ADDED_TO
    ],
)
def test_no_row_of_a_closed_hub_is_changed_or_deleted_and_the_hub_next_door_is_free(written, table, verb):
    change = SET.get(table, "programme_id = programme_id")
    statement = f"UPDATE {table} SET {change}" if verb == "UPDATE" else f"DELETE FROM {table}"

    def write(programme):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(f"{statement} WHERE {of(programme, table)}")
            return cursor.rowcount

    with scoped(written.both):
        said = refused(lambda: write(written.liverpool))
        # a row on which others hang is refused for that first
        assert said == words() or (verb == "DELETE" and said == "")
        # what stands in the way next door is what hangs on the row, not a closing
        try:
            with transaction.atomic():
                assert write(written.leeds)
                transaction.set_rollback(True)
        except IntegrityError as error:
            assert (verb, "still referenced" in str(error)) == ("DELETE", True)


def test_reading_goes_on(written):
    with scoped(written.liverpool_scope):
        assert (Child.objects.count(), Attendance.objects.count(), RosterImport.objects.count()) == (5, 3, 1)
        assert (Session.objects.count(), Ensemble.objects.count()) == (2, 5)


def test_every_act_on_a_closed_hub_is_refused(written):
    cast = written
    with scoped(cast.liverpool_scope):
        staged = RosterImport.objects.get()
        acts = {
            "enrol": lambda: participants.children(
                cast.liverpool, cast.marigold, by=cast.joanne, names=[("Di", "Swift")], upn="F999999925001"
            ),
            "join": lambda: membership.join(
                ensemble=cast.brass, children=cast.children, starts_on=timezone.localdate(), by=cast.ruth
            ),
            "take a register": lambda: take(
                Session.objects.create(
                    programme=cast.liverpool,
                    ensemble=cast.brass,
                    day=timezone.localdate(),
                    starts_at="13:00",
                    ends_at="14:00",
                ),
                cast.others,
                cast.joanne,
            ),
            "correct a register": lambda: take(cast.session, cast.children, cast.joanne, Mark.LATE),
            "answer about consent": lambda: answer(cast.children[0], cast.ruth, Consent.Purpose.RESEARCH),
            "stage a list": lambda: stage(cast.ruth, class_list("Cy,Finch,14/03/2018"), school=cast.saltwharf),
            "accept a list": lambda: roster_accepting.accept(
                roster_import=staged, token=roster_accepting.token_for(staged, cast.joanne), by=cast.joanne
            ),
            "discard a list": lambda: roster.discard(roster_import=staged, by=cast.joanne),
            "timetable a session": lambda: programmes.session(cast.strings, day=LONG_AGO),
            "begin an ensemble": lambda: programmes.ensemble(cast.liverpool, "New"),
            "lead an ensemble": lambda: tutor.lead(
                person=cast.ruth, programme=cast.liverpool, ensembles=[cast.strings], by=cast.joanne
            ),
            "lead another ensemble": lambda: tutor.lead(
                person=cast.priya, programme=cast.liverpool, ensembles=[cast.strings, cast.brass], by=cast.joanne
            ),
            "lead no ensemble": lambda: tutor.lead(
                person=cast.priya, programme=cast.liverpool, ensembles=[], by=cast.joanne
            ),
        }
        assert {name: refused(act) for name, act in acts.items()} == dict.fromkeys(acts, words())


def test_the_same_acts_are_done_next_door_and_before_the_day(cast):
    closing.close(programme=cast.liverpool, on=timezone.localdate() + timedelta(days=1), by=cast.olu)
    with scoped(cast.liverpool_scope):
        assert take(cast.session, cast.children, cast.joanne).register_version == 1
    closing.close(programme=cast.leeds, on=timezone.localdate(), by=cast.olu)
    with scoped(cast.liverpool_scope):
        assert take(cast.session, cast.children, cast.joanne, Mark.LATE).register_version == 2


def test_a_hub_that_is_open_again_is_written_again(written):
    closing.reopen(programme=written.liverpool, by=written.olu)
    with scoped(written.liverpool_scope):
        assert take(written.session, written.children, written.joanne, Mark.LATE).register_version == 2


def test_a_row_cannot_be_moved_into_a_closed_hub(written):
    """A venue, since what is about a child is held in its programme by its keys as well."""
    with scoped(written.both):
        assert (
            refused(
                lambda: rows(
                    "UPDATE programmes_venue SET programme_id = %s WHERE programme_id = %s RETURNING id",
                    written.liverpool.pk,
                    written.leeds.pk,
                )
            )
            == words()
        )


def test_one_statement_over_two_hubs_writes_neither(written):
    with scoped(written.both):
        assert refused(lambda: rows("UPDATE participants_child SET revision = revision + 1 RETURNING id")) == words()
        assert set(Child.objects.values_list("revision", flat=True)) == {1}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-08-31T22:59:59Z", date(2026, 8, 31)),
        ("2026-08-31T23:00:00Z", date(2026, 9, 1)),  # midnight in London, summer time
        ("2026-12-31T23:59:59Z", date(2026, 12, 31)),
        ("2027-01-01T00:00:00Z", date(2027, 1, 1)),  # and in winter
        ("2028-02-29T23:59:59Z", date(2028, 2, 29)),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
def test_the_day_is_londons_whatever_the_connections_zone(db, moment, day, zone):
    with transaction.atomic():
        rows("SELECT set_config('timezone', %s, true)", zone)
        assert rows("SELECT london_day(%s::timestamptz)", moment) == [(day,)]


def test_the_owner_passes_so_that_migrations_do(committed_cast, fresh_database):
    cast = committed_cast
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    assert refused(lambda: Ensemble.objects.update(capacity=30)) == words()
    with databases.connected_as("owner", fresh_database):
        assert Ensemble.objects.update(capacity=30) == 3


# the page in front of it


def save(client, cast):
    marks = {f"m{child.pk}": "l" for child in cast.children}
    return client.post(reverse("participants:register", args=[cast.session.pk]), {"version": "1", **marks})


def test_a_save_into_a_closed_hub_is_answered_in_words_and_is_in_the_trail(client, written):
    client.force_login(written.priya)
    response = save(client, written)
    html = response.content.decode()
    assert (response.status_code, words() in html) == (403, True)
    assert "Nothing of what you sent was kept" in html
    with scoped(written.liverpool_scope):
        assert set(Attendance.objects.values_list("mark", flat=True)) == {"p"}
    refusal = entry(act="access.refused")
    assert (refusal.actor_id, refusal.details["page"]) == (written.priya.pk, "participants:register")


def test_pages_of_a_closed_hub_are_read_and_its_reports_are_made(client, written):
    client.force_login(written.joanne)
    paths = ["/hub/", "/children/", "/imports/", "/people/", "/reports/", f"/sessions/{written.session.pk}/register/"]
    pages = {path: client.get(path) for path in paths}
    assert {
        path: (page.status_code, words() in page.content.decode()) for path, page in pages.items()
    } == dict.fromkeys(paths, (200, True))
    wanted = {"report": f"participation-{written.liverpool.slug}", "year": str(this_year())}
    assert client.post(reverse("evaluation:report-request"), wanted).status_code == 302
    assert ReportJob.objects.get().programme == written.liverpool


def test_a_hub_that_is_open_or_next_door_tells_of_no_closing(client, written):
    client.force_login(written.omar)
    assert "is closed" not in client.get("/hub/").content.decode()
    closing.reopen(programme=written.liverpool, by=written.olu)
    client.force_login(written.joanne)
    assert "is closed" not in client.get("/hub/").content.decode()


def test_any_other_error_of_the_database_stays_one(client, written):
    error = DatabaseError("something else")
    assert refusal_of(error) == ""
    assert refusal_of(ValueError("no error of a database")) == ""
