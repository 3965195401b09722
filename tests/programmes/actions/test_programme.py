"""Bringing in a hub, and the places it serves."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from inharmony.accounts.queries.role import is_running
from inharmony.pages import public
from programmes.actions import programme as acts
from programmes.models import Place, Programme, ProgrammeStatus
from programmes.queries.agreement import agreement_gap
from schools.models import LocalAuthority
from tests.trail import entries, entry

TODAY = timezone.localdate()


@pytest.fixture
def authority(cast):
    return LocalAuthority.objects.create(code="926", name="Norfolk")


def named(**changes):
    fields = {"slug": "norwich", "short_name": "Norwich", "name": "In Harmony Norwich", "colour": "#1f4e8c"} | changes
    return Programme(**fields)


def written():
    return [list(model.objects.order_by("pk").values()) for model in (Programme, ProgrammeStatus, Place)]


def test_begin_makes_a_hub_that_runs_from_its_day_on_and_is_in_the_trail(cast, authority):
    made = acts.begin(programme=named(), authority=authority, starts_on=TODAY, by=cast.olu)
    assert is_running(made.pk)
    place = Place.objects.get(programme=made)
    assert (place.name, place.local_authority, place.starts_on) == ("Norfolk", authority, TODAY)
    event = entry(act="hub.begun")
    assert (event.actor_id, event.programme_id, event.subject_id) == (cast.olu.pk, made.pk, made.pk)
    assert event.details == {"starts_on": TODAY.isoformat(), "authority": "926"}


def test_a_new_hub_has_no_agreement(cast, authority):
    made = acts.begin(programme=named(), authority=authority, starts_on=TODAY, by=cast.olu)
    assert agreement_gap(made, TODAY) == "no sharing agreement has been recorded"


def test_a_hub_that_is_to_begin_does_not_run_yet(cast, authority):
    made = acts.begin(programme=named(), authority=authority, starts_on=TODAY + timedelta(days=9), by=cast.olu)
    assert not is_running(made.pk)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"slug": "liverpool"}, "Slug already exists"),
        ({"slug": "new"}, "address of another page"),
        ({"slug": "no slug"}, "valid “slug”"),
        ({"colour": "#ffe9a8"}, "Choose a darker one"),
        ({"colour": "blue"}, "like #181c36"),
        ({"short_name": ""}, "cannot be blank"),
    ],
)
def test_begin_refuses_what_a_hub_cannot_be_called_and_leaves_nothing(cast, authority, changes, words):
    before, trail = written(), len(entries())
    with pytest.raises(ValidationError, match=words):
        acts.begin(programme=named(**changes), authority=authority, starts_on=TODAY, by=cast.olu)
    assert (written(), len(entries())) == (before, trail)


def test_serve_adds_a_place_once_at_a_time(cast, authority):
    made = acts.serve(programme=cast.leeds, authority=authority, starts_on=date(2024, 9, 1), by=cast.olu)
    assert entry(act="hub.place_added").subject_id == made.pk
    before, trail = written(), len(entries())
    with pytest.raises(acts.ServedAlreadyError, match="Leeds serves Norfolk already"):
        acts.serve(programme=cast.leeds, authority=authority, starts_on=TODAY, by=cast.olu)
    assert (written(), len(entries())) == (before, trail)
    Place.objects.filter(pk=made.pk).update(ends_on=date(2025, 8, 31))
    assert acts.serve(programme=cast.leeds, authority=authority, starts_on=TODAY, by=cast.olu).pk


def test_public_pages_are_made_anew_when_a_hub_begins_and_serves_a_place(
    cast, authority, django_capture_on_commit_callbacks
):
    for act, programme in ((acts.begin, named()), (acts.serve, cast.liverpool)):
        before = public._edition()
        with django_capture_on_commit_callbacks(execute=True):
            act(programme=programme, authority=authority, starts_on=TODAY, by=cast.olu)
        assert public._edition() != before
