"""
Two hubs side by side, built by the acts that build hubs in life, in which every text is one that stands nowhere else.

Who may see which of them is written down as it is planted: that is what the crawler holds the portal to.
"""

import uuid
from datetime import time, timedelta
from io import StringIO
from random import Random

from allauth.account.models import EmailAddress
from django.test import override_settings
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment, User
from inharmony.audit.actions import breach as breaches
from outcomes.actions import wave as waves
from outcomes.actions.award import Taken, record_awards
from outcomes.awards.boards import BY_KEY
from outcomes.models import AskedGroup
from participants.actions import list_answer, list_check, merge_undo
from participants.actions.access_note import Note, keep_note
from participants.actions.at_risk import flag_at_risk
from participants.actions.destination import Going, leave_school
from participants.actions.enrolment import NewChild, enrol_many
from participants.actions.known_absence import note_absences
from participants.actions.merge import merge
from participants.actions.playing import set_instruments
from participants.actions.roll_forward import move_up
from participants.models import AccessNote, Child, Consent, Destination, Enrolment, KnownAbsence, Placement
from participants.queries.roll_forward import rolling, year_to_roll
from programmes.instruments import Instrument
from programmes.models import Ensemble
from schools.models import AcademicYear, School
from tests import second_factors
from tests.factories import participants, programmes, schools
from tests.factories.evaluation import register
from tests.factories.schools import LONG_AGO, this_year
from tests.outcomes import planting as planted_waves
from tests.outcomes.waves import plan
from tests.participants import lists, sheets
from tests.people import person
from tests.programmes.messages import received
from tests.prove import belongings
from tests.prove.hub import NAMES, OFFICE, Hub
from tests.prove.words import Words, spellings_of
from tests.stack import RunningStack


def plant(stack: RunningStack, rng: Random) -> dict[str, Hub]:
    """Builds both hubs in the database of a running stack; inside `reached` only."""
    words = Words(rng)
    # what is uploaded here lies where the running portal looks for it
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": stack.folders.files}}
    with override_settings(STORAGES={"default": files}):
        return {key: _hub(key, words) for key in NAMES}


def _hub(key: str, words: Words) -> Hub:
    name = NAMES[key]
    hub = Hub(
        key, programmes.programme(name), [schools.school(f"{name} {which} Primary") for which in ("Hill", "Vale")]
    )
    for school in hub.schools:
        programmes.partner(hub.programme, school)
    _people(hub, words)
    _ensembles(hub, words)
    with scoped(hub.scope):
        lead, other = hub.schools
        _children(hub, words, lead, 4, hub.named("coordinator", *OFFICE, "lead"), hub.ensembles[0])
        _children(hub, words, other, 3, hub.named(*OFFICE), hub.ensembles[1])
        _children(hub, words, lead, 2, hub.named(*OFFICE, "lead"))
        # who has left the school is its lead's concern no more
        gone = _children(hub, words, lead, 1, hub.named(*OFFICE))
        Enrolment.objects.filter(child__in=gone).update(ends_on=timezone.localdate() - timedelta(days=1))
        _turn_of_the_year(hub, words)
        _protected(hub, words)
        _families(hub, words)
        belongings.give(hub, words)
        belongings.take_photo(hub, words)
        belongings.tell_story(hub, words)
        today = timezone.localdate()
        away = KnownAbsence.Reason.TRIP
        by = hub.people["administrator"]
        set_instruments(chosen={hub.children[0][0]: Instrument.VIOLIN}, starts_on=today, by=by)
        taken = {hub.children[0][0]: Taken(mark=120, instrument=Instrument.VIOLIN)}
        record_awards(kind=BY_KEY["abrsm.practical.1"], taken_on=today, taken=taken, today=today, by=by)
        note_absences(children=[hub.children[0][0]], starts_on=today, ends_on=today, reason=away, by=by)
        # the two who are in no ensemble: on no register, whatever the time of day
        note = hub.hide("access note", "note", f"{words.word()} {words.word()}", seen_by=hub.named("administrator"))
        basis = AccessNote.ToldBy.FAMILY, AccessNote.Condition.CONSENT
        keep_note(child=hub.children[-3][0], note=Note(note, *basis), by=by)
        for session, marks in zip(hub.sessions, ("plrae", "ppp"), strict=False):
            register(session, marks, by=hub.people["manager"])
        # one child is in both ensembles: who sees whom stays as it is, for nobody leads the second
        participants.join(hub.ensembles[1], [hub.children[0][0]], by=by)
        _imports(hub, words)
        _past_registers(hub, words)
        _list_check(hub, words)
        _wave(hub, words)
        _slips(hub, words)
    return hub


def _people(hub: Hub, words: Words) -> None:
    seen = (*hub.named("coordinator", *OFFICE, "lead"), "operator")
    for role in ("coordinator", *OFFICE, "school_lead"):
        of = {"school": hub.schools[0]} if role == "school_lead" else {"programme": hub.programme}
        word = words.word()
        user = account(f"{word} {words.word()}", role, **of)
        what = "lead" if role == "school_lead" else role
        hub.people[what] = user
        hub.hide(f"{what}'s name", "staff", user.name, word, seen_by=seen, about_child=False)
        hub.hide(f"{what}'s address", "staff", user.email, seen_by=seen, about_child=False)


def _ensembles(hub: Hub, words: Words) -> None:
    # an operator keeps who leads what, and tells ensembles apart by their names
    seen = (*hub.named("coordinator", *OFFICE, "lead"), "operator")
    leaders = [programmes.tutor(hub.programme, hub.people["coordinator"].name, hub.people["coordinator"])], []
    for place, tutors in enumerate(leaders):
        name = hub.hide(
            f"name of ensemble {place}", "ensemble", f"{words.word()} Strings", seen_by=seen, about_child=False
        )
        hub.ensembles.append(programmes.ensemble(hub.programme, name, school=hub.schools[place], led_by=tutors))
        room = hub.hide(f"name of venue {place}", "ensemble", f"Room {words.word()}", seen_by=seen, about_child=False)
        venue = programmes.venue(hub.programme, hub.schools[place], room)
        hub.sessions.append(programmes.session(hub.ensembles[place], venue=venue))
    for hour in (12, 14):
        hub.sessions.append(programmes.session(hub.ensembles[0], starts_at=time(hour), ends_at=time(hour + 1)))


def _children(
    hub: Hub,
    words: Words,
    school: School,
    size: int,
    seen,
    ensemble: Ensemble | None = None,
    year: AcademicYear | None = None,
) -> list[Child]:
    school_class = f"4 {words.word()}"
    hub.hide(f"class {len(hub.canaries)}", "class", school_class, seen_by=seen)
    new = [_child(hub, words, len(hub.children) + number, seen, school, school_class) for number in range(size)]
    made = enrol_many(
        programme=hub.programme,
        children=new,
        academic_year=year or this_year(),
        starts_on=LONG_AGO,
        by=hub.people["administrator"],
    )
    if ensemble:
        participants.join(ensemble, made, by=hub.people["administrator"])
    hub.children += [(child, seen) for child in made]
    return made


def _turn_of_the_year(hub: Hub, words: Words) -> None:
    """Four children of last year: one has moved up and one has left, and two are yet to."""
    office, by, year = hub.named(*OFFICE), hub.people["administrator"], year_to_roll(timezone.localdate())
    last = AcademicYear.objects.get_or_create(year=year.pk - 1)[0]
    moved = hub.hide("class of who moved up", "class", f"5 {words.word()}", seen_by=office)
    _children(hub, words, hub.schools[1], 1, office, year=last)
    classes = {row.key: moved for row in rolling(hub.programme, by, year, timezone.localdate())}
    move_up(programme=hub.programme, academic_year=year, classes=classes, by=by)
    (gone,) = _children(hub, words, hub.schools[1], 1, office, year=last)
    to = schools.school(f"{hub.programme.short_name} High", phase=School.Phase.SECONDARY)
    leave_school(
        programme=hub.programme,
        academic_year=year,
        going={gone.enrolments.get().pk: Going(Destination.GoesTo.SCHOOL, Destination.Plays.HUB, to.pk)},
        last_day=max(timezone.localdate(), year.starts_on),
        by=by,
    )
    one, other = _children(hub, words, hub.schools[1], 2, office)
    # made one by mistake: every word of both is there again
    merge_undo.undo(act=merge(kept=one, gone=other, theirs=(), by=by), by=by)
    (twice,) = _children(hub, words, hub.schools[1], 1, office, year=last)
    participants.may_have_moved(twice)
    (old,) = _children(hub, words, hub.schools[1], 1, office, year=last)
    Placement.objects.filter(child=old).update(year_group="6")


def _protected(hub: Hub, words: Words) -> None:
    """A child at risk: the coordinator meets them in the register, and on no page of their own; their school never."""
    seen = hub.named("coordinator", *OFFICE)
    (child,) = _children(hub, words, hub.schools[0], 1, seen, hub.ensembles[0])
    flag_at_risk(child=child, by=hub.people["manager"])
    hub.children[-1] = (child, hub.named(*OFFICE))


def _child(hub: Hub, words: Words, number: int, seen, school: School, school_class: str) -> NewChild:
    what, born = f"child {number}", words.birthday()
    hub.hide(f"birthday of {what}", "birth", *spellings_of(born), seen_by=seen)
    return NewChild(
        forename=hub.hide(f"forename of {what}", "name", words.name(), seen_by=seen),
        surname=hub.hide(f"surname of {what}", "name", words.name(), seen_by=seen),
        known_as=hub.hide(f"short name of {what}", "name", words.name(), seen_by=seen) if number % 3 == 0 else "",
        date_of_birth=born,
        school_id=school.pk,
        year_group="4",
        school_class=school_class,
        # a UPN is shown on demand, to who works with class lists alone
        upn=hub.hide(f"UPN of {what}", "upn", words.upn(), seen_by=hub.named("administrator")),
        ethnicity="WBRI",
        sen=Child.Sen.SUPPORT,
        is_pupil_premium=True,
    )


def _families(hub: Hub, words: Words) -> None:
    for child, seen in hub.children[::3]:
        given_by = hub.hide(f"parent of child {child.pk}", "parent", f"{words.word()} {words.word()}", seen_by=seen)
        for purpose in (Consent.Purpose.PHOTO_PUBLIC, Consent.Purpose.SURVEY):
            participants.answer(child, purpose, by=hub.people["administrator"], given_by=given_by)


def _wave(hub: Hub, words: Words) -> None:
    """A wave that asks the children of the hub; its name and the codes of its classes are of the office alone."""
    office, by = hub.named(*OFFICE), hub.people["administrator"]
    name = hub.hide("name of a wave", "wave", f"Wave {words.word()}", seen_by=office, about_child=False)
    for child, _ in hub.children[::2]:
        participants.answer(child, Consent.Purpose.SURVEY, Consent.Answer.GIVEN, by=by)
    made = waves.make(programme=hub.programme, plan=plan(name=name), by=by)
    for number, group in enumerate(AskedGroup.objects.filter(wave=made).order_by("pk")):
        # one code is one of 2.5 thousand million: where it is seen, it was told
        hub.hide(f"code of group {number}", "wave", group.code, seen_by=office, about_child=False)


def _imports(hub: Hub, words: Words) -> None:
    """Class lists: one accepted, one waiting, one that asks, one refused, each with its own file name and rows."""
    by, seen = hub.people["administrator"], hub.named(*OFFICE)
    for number, state in enumerate(("accepted", "waiting", "asking", "refused")):
        name = hub.hide(f"file name of list {number}", "file", f"{words.word()}-4.csv", seen_by=seen)
        if state == "refused":
            try:
                lists.stage(by, b"nothing,here\n1,2\n", school=hub.schools[1], file_name=name)
            except lists.preview.FileRefusedError as refusal:
                hub.imports.append(refusal.roster_import)
            continue
        rows = class_list(hub, words, f"list {number}", seen)
        if state == "asking":  # nobody knows which column is the date of birth
            rows = "\n".join(",".join((*row.split(",")[:2], "a word")) for row in rows.splitlines())
        staged = lists.stage(by, rows.encode(), school=hub.schools[1], file_name=name)
        hub.imports.append(lists.accept(by, staged) if state == "accepted" else staged)


def _past_registers(hub: Hub, words: Words) -> None:
    """Sheets of last year's registers: one that is in and one that waits, each with a name that nobody here has."""
    by, seen, year = hub.people["administrator"], hub.named(*OFFICE), this_year().year - 1
    days = [this_year().starts_on - timedelta(days=back) for back in (80, 87, 94)]
    for number, is_in in enumerate((True, False)):
        name = hub.hide(f"file name of sheet {number}", "file", f"{words.word()}-registers.csv", seen_by=seen)
        stranger = hub.hide(f"name in sheet {number}", "name", f"{words.name()} {words.name()}", seen_by=seen)
        rows = [("Name", *days), (hub.children[0][0].name, *"/AL"), (stranger, *"///")]
        kept = sheets.keep(by, sheets.as_csv(rows), hub.ensembles[0], year=year, file_name=name)
        if is_in:
            sheets.say(by, kept, (time(9), time(10)))
            sheets.accept(by, kept)


def _list_check(hub: Hub, words: Words) -> None:
    """A school that was asked about its class list and says what is otherwise: of the office's people alone."""
    seen, lead, (child, _) = hub.named(*OFFICE), hub.people["lead"], hub.children[0]
    by = hub.people["administrator"]
    check = list_check.ask(programme=hub.programme, school=hub.schools[0], email=lead.email, lead=lead, by=by)
    name = hub.hide(
        "who answered for a school", "staff", f"{words.word()} {words.word()}", seen_by=seen, about_child=False
    )
    told = [
        hub.hide(f"{part} a school corrects", "name", words.name(), seen_by=seen) for part in ("forename", "surname")
    ]
    absent = hub.hide("forename of who is missing", "name", words.name(), seen_by=seen)
    said = (
        list_answer.Said("name", {"forename": told[0], "surname": told[1]}, child.pk),
        list_answer.Said("missing", {"forename": absent, "surname": "Plain", "year_group": "4", "school_class": ""}),
    )
    list_answer.answer(check=check, sent=list_answer.Sent(uuid.uuid4(), name, "", said))


def _slips(hub: Hub, words: Words) -> None:
    """A wave: one child who may be asked and one whose family was never; whoever holds their slips reads no name."""
    by, seen = hub.people["manager"], hub.named(*OFFICE)
    (asked, unasked) = (child for child, _ in hub.children[1:3])
    participants.answer(asked, Consent.Purpose.SURVEY, Consent.Answer.GIVEN, by=by)
    school_class = hub.hide("class that is asked", "class", f"4 {words.word()}", seen_by=seen)
    name = hub.hide("name of another wave", "wave", f"Autumn {words.word()}", seen_by=seen, about_child=False)
    wave = planted_waves.wave(hub.programme, by, name=name)
    planted_waves.slips(planted_waves.group(wave, hub.schools[0], school_class), [asked, unasked])


def class_list(hub: Hub, words: Words, what: str, seen: tuple[str, ...]) -> str:
    """Returns the text of a list of two new children, planted."""
    rows = StringIO()
    rows.write("Forename,Surname,DOB,UPN,Yr,Reg\n")
    for number in range(2):
        child, born = f"child {number} of {what}", words.birthday()
        cells = (
            hub.hide(f"forename of {child}", "name", words.name(), seen_by=seen),
            hub.hide(f"surname of {child}", "name", words.name(), seen_by=seen),
            f"{born:%d/%m/%Y}",
            hub.hide(f"UPN of {child}", "upn", words.upn(), seen_by=hub.named("administrator")),
            "5",
            hub.hide(f"class of {child}", "class", f"5 {words.word()}", seen_by=seen),
        )
        hub.hide(f"birthday of {child}", "birth", *spellings_of(born), seen_by=seen)
        rows.write(",".join(cells) + "\n")
    return rows.getvalue()


def account(name: str, role: str = "", **of) -> User:
    """Returns a new account whose address is proven, as accepting an invitation leaves it."""
    user = person(name, role, **of)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def others(hub: Hub) -> dict[str, User]:
    """Makes the people of no hub: national staff, the operator, and those who may see nothing, or nothing any more."""
    yesterday = timezone.localdate() - timedelta(days=1)
    former = account("Formwyn Bell")
    RoleAssignment.objects.create(
        user=former, role="manager", programme=hub.programme, starts_on=LONG_AGO, ends_on=yesterday
    )
    owing = account("Owenwyn Reed", "manager", programme=hub.programme)
    second_factors.enrol(owing)
    operator = account("Opwyn Grant", "operator")
    with scoped(hub.scope):
        received(None, text="The portal was away on Sunday")
        breaches.note(version=belongings.version("A page of the portal was slow"), programme_id=None, by=operator)
    return {
        "national": account("Natwyn Rees", "national"),
        "operator": operator,
        "stranger": account("Strangwyn"),
        "former": former,
        "deactivated": account("Deawyn Cole", "manager", programme=hub.programme),
        "without second factor": account("Halwyn Cole", "manager", programme=hub.programme),
        "second factor not shown": owing,
    }
