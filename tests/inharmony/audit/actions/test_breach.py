"""Noting and amending: what was known before stays, word for word, and nobody overwrites anybody."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.utils import timezone

from inharmony.access.scope import scope_of, scoped
from inharmony.audit.actions import breach
from inharmony.audit.models import Breach, BreachVersion
from tests.inharmony.audit.breaches import known
from tests.trail import entries, entry


@pytest.fixture
def joanne(cast):
    with scoped(scope_of(cast.joanne)):
        yield cast.joanne


@pytest.fixture
def noted(cast, joanne):
    return breach.note(version=known(), programme_id=cast.liverpool.pk, by=joanne)


def test_note_keeps_the_first_version_and_who_noted_it(cast, joanne, noted):
    (first,) = BreachVersion.objects.all()
    assert (first.breach, first.programme_id, first.number, first.written_by) == (noted, cast.liverpool.pk, 1, joanne)
    assert (noted.programme_id, noted.noted_by) == (cast.liverpool.pk, joanne)
    event = entry(act="breach.noted")
    assert (event.actor_id, event.programme_id, event.subject_id, event.details) == (
        joanne.pk,
        cast.liverpool.pk,
        noted.pk,
        {},
    )


def test_amend_adds_a_version_and_leaves_the_first_as_it_was(joanne, noted):
    before = BreachVersion.objects.values().get()
    breach.amend(breach=noted, version=known(children_about=12, done="Asked for it back."), seen=1, by=joanne)
    first, second = BreachVersion.objects.values()
    assert first == before
    assert (second["number"], second["children_about"], second["done"]) == (2, 12, "Asked for it back.")
    assert entry(act="breach.amended").details == {"fields": ["children_about", "done"]}


def test_the_trail_of_a_breach_holds_names_of_fields_and_no_words_of_it(joanne, noted):
    breach.amend(breach=noted, version=known(what="Nobody has read it."), seen=1, by=joanne)
    assert "Nobody has read it" not in repr([each.details for each in entries()])


def test_amend_refuses_who_saw_an_older_version_and_writes_nothing(joanne, noted):
    breach.amend(breach=noted, version=known(children_about=12), seen=1, by=joanne)
    with pytest.raises(breach.BreachAmendedError, match="open it again"):
        breach.amend(breach=noted, version=known(children_about=40), seen=1, by=joanne)
    assert list(BreachVersion.objects.values_list("children_about", flat=True)) == [30, 12]
    assert len(entries(act="breach.amended")) == 1


def test_amend_refuses_to_add_what_stands_already(joanne, noted):
    same = BreachVersion.objects.get()
    with pytest.raises(breach.NothingAmendedError):
        breach.amend(breach=noted, version=same, seen=1, by=joanne)
    assert (BreachVersion.objects.count(), entries(act="breach.amended")) == (1, [])


NOW = timezone.now()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"happened_at": NOW + timedelta(days=1)}, "cannot have been noticed before it happened"),
        ({"ico_told_at": NOW}, "the ICO was told is given, and the decision is not to be told"),
        ({"families_told_at": NOW}, "families were told is given"),
        ({"ico": "no"}, "Say why the ICO is not to be told"),
        ({"families": "no"}, "Say why families are not to be told"),
        ({"closed_at": NOW}, "cannot be closed yet"),
        ({"closed_at": NOW, "done": "x", "ico": "tell", "families": "no", "families_why": "x"}, "cannot be closed yet"),
        ({"closed_at": NOW, "ico": "no", "ico_why": "x", "families": "no", "families_why": "x"}, "cannot be closed"),
    ],
)
def test_what_does_not_hold_together_is_refused_with_the_remedy_and_leaves_nothing(cast, joanne, fields, words):
    with pytest.raises(ValidationError, match=words):
        breach.note(version=known(**fields), programme_id=cast.liverpool.pk, by=joanne)
    assert (Breach.objects.count(), BreachVersion.objects.count(), entries(act="breach.noted")) == (0, 0, [])


def test_a_breach_is_closed_once_done_told_or_not_told_for_a_reason(joanne, noted):
    told = {"ico": "tell", "ico_told_at": NOW, "families": "no", "families_why": "The letter came back unopened."}
    breach.amend(breach=noted, version=known(done="Got it back.", closed_at=NOW, **told), seen=1, by=joanne)
    assert BreachVersion.objects.last().closed_at == NOW


def test_nobody_of_the_portal_can_change_or_delete_what_was_noted(joanne, noted):
    for change in (
        lambda: BreachVersion.objects.update(what="x"),
        lambda: BreachVersion.objects.all()._raw_delete("default"),
        lambda: Breach.objects.update(programme=None),
        lambda: Breach.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


def test_the_wall_keeps_a_hubs_breach_in_the_hub_and_shows_all_what_is_the_portals(cast, noted):
    with scoped(scope_of(cast.olu)):
        breach.note(version=known(what="A copy was lost."), programme_id=None, by=cast.olu)
    seen = {}
    for who in ("joanne", "omar", "olu"):
        with scoped(scope_of(getattr(cast, who))):
            seen[who] = sorted(BreachVersion.objects.values_list("what", flat=True))
    assert seen == {
        "joanne": ["A copy was lost.", "A register was sent to the wrong school."],
        "omar": ["A copy was lost."],
        "olu": ["A copy was lost."],
    }
    with (
        scoped(scope_of(cast.omar)),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        breach.note(version=known(), programme_id=cast.liverpool.pk, by=cast.omar)
