"""The access note of a child: one that stands, changed and ended, and what the trail and the history say of it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import access_note, roster_undo
from participants.actions.access_note import Note
from participants.models import AccessNote
from participants.validators.access_note import NoteRefusedError
from tests.participants.lists import accept, class_list, stage
from tests.trail import entries, entry, history

WORDS = "Sits near the door; needs large print"
NOTE = Note(WORDS, AccessNote.ToldBy.FAMILY, AccessNote.Condition.CONSENT)
OTHER = Note("Reads lips: face the child", AccessNote.ToldBy.CHILD, AccessNote.Condition.CONSENT)


@pytest.fixture(autouse=True)
def inside(cast):
    with scoped(cast.liverpool_scope):
        yield


@pytest.fixture
def child(cast):
    return cast.children[0]


def standing(child):
    return list(AccessNote.objects.standing().filter(child=child).values_list("words", "told_by", "condition"))


def test_keep_note_writes_it_down_and_the_trail_says_only_whose_it_is(cast, child):
    made = access_note.keep_note(child=child, note=NOTE, by=cast.ruth)
    assert (made.noted_by, made.programme_id, standing(child)) == (
        cast.ruth,
        cast.liverpool.pk,
        [(WORDS, "family", "consent")],
    )
    told = entry(act="access_note.written")
    assert (told.actor_id, told.children, told.details) == (cast.ruth.pk, [child.pk], {})


def test_kept_again_as_it_stands_it_has_one_effect(cast, child):
    first, again = (access_note.keep_note(child=child, note=NOTE, by=cast.ruth) for _ in range(2))
    assert (first, first.noted_at) == (again, again.noted_at)
    assert len(entries(act__startswith="access_note.")) == 1


def test_keep_note_changes_the_one_that_stands_and_names_the_fields(cast, child):
    first = access_note.keep_note(child=child, note=NOTE, by=cast.ruth)
    again = access_note.keep_note(child=child, note=OTHER, by=cast.joanne)
    assert (again.pk, again.noted_by, standing(child)) == (first.pk, cast.joanne, [(OTHER.words, "child", "consent")])
    assert entry(act="access_note.changed").details == {"fields": ["words", "told_by"]}
    assert history() == [("AccessNote", "update", child.pk, ["noted_by", "words", "told_by"])]
    # what was there before is kept nowhere
    with connection.cursor() as cursor:
        for table in ("audit_auditevent", "participants_accessnote", "participants_accessnotechange"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{WORDS[:12]}%"])
            assert (table, cursor.fetchone()) == (table, (0,))


def test_end_note_ends_it_once_and_another_can_follow(cast, child):
    access_note.keep_note(child=child, note=NOTE, by=cast.ruth)
    ended = access_note.end_note(child=child, by=cast.ruth)
    assert (ended.ended_by, standing(child)) == (cast.ruth, [])
    assert access_note.end_note(child=child, by=cast.ruth) is None
    assert len(entries(act="access_note.ended")) == 1
    access_note.keep_note(child=child, note=OTHER, by=cast.ruth)
    assert (len(standing(child)), AccessNote.objects.filter(child=child).count()) == (1, 2)


def test_a_note_too_long_is_refused_and_leaves_nothing(cast, child):
    with pytest.raises(NoteRefusedError):
        access_note.keep_note(child=child, note=Note("x" * 201, NOTE.told_by, NOTE.condition), by=cast.ruth)
    assert (AccessNote.objects.count(), entries(act__startswith="access_note.")) == (0, [])


def test_the_database_keeps_one_a_child_with_its_basis_and_deletes_none(cast, child):
    access_note.keep_note(child=child, note=NOTE, by=cast.ruth)
    facts = {"programme": cast.liverpool, "noted_at": timezone.now(), "noted_by": cast.ruth, "words": "x"}
    basis = {"told_by": "school", "condition": "equality"}
    for wrong in (
        facts | basis | {"child": child},
        facts | basis | {"child": cast.children[1], "words": ""},
        facts | basis | {"child": cast.children[1], "condition": ""},
        facts | basis | {"child": cast.children[1], "told_by": "doctor"},
        facts | basis | {"child": cast.children[1], "ended_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessNote.objects.create(**wrong)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AccessNote.objects.filter(child=child).delete()
    # a child of the hub next door: the wall refuses before the key does
    with pytest.raises(DatabaseError), transaction.atomic():
        AccessNote.objects.create(**facts | basis | {"child": cast.leeds_children[0], "programme": cast.leeds})


def test_the_hub_next_door_and_a_school_read_none(cast, child):
    access_note.keep_note(child=child, note=NOTE, by=cast.ruth)
    seen = {who: AccessNote.objects.visible_to(getattr(cast, who)).count() for who in ("ruth", "priya", "omar")}
    assert seen == {"ruth": 1, "priya": 1, "omar": 0}
    with scoped(cast.leeds_scope):
        assert AccessNote.objects.count() == 0


HEADINGS = "Forename,Surname,DOB,Access note,Access arrangements"
WITH_NOTE = class_list("Bo,Wren,14/03/2018,Sits near the door,Large print", headings=HEADINGS)


def test_a_class_list_brings_none_in_and_is_not_undone_over_one(cast):
    made = accept(cast.ruth, stage(cast.ruth, WITH_NOTE, school=cast.saltwharf))
    (child,) = made.children.all()
    assert AccessNote.objects.count() == 0
    access_note.keep_note(child=child, note=NOTE, by=cast.ruth)
    done = roster_undo.undo(roster_import=made, by=cast.ruth)
    assert ([kept.why for kept in done.kept], standing(child)) == (
        ["has an access note"],
        [(WORDS, "family", "consent")],
    )
