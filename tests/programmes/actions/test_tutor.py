"""Who leads which ensembles."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scope_of, scoped
from inharmony.accounts.models import User
from participants.models import Child
from programmes.actions import tutor as acts
from programmes.models import Ensemble, Session, Tutor
from tests.factories import programmes
from tests.people import person
from tests.trail import entries, entry


@pytest.fixture
def noor(cast):
    """A coordinator who leads nothing yet."""
    return person("Noor New", "coordinator", programme=cast.liverpool)


def seen_by(user):
    """The ensembles, sessions and children somebody sees, read afresh."""
    user = User.objects.get(pk=user.pk)
    with scoped(scope_of(user)):
        return (
            sorted(Ensemble.objects.visible_to(user).values_list("name", flat=True)),
            Session.objects.visible_to(user).count(),
            sorted(child.name for child in Child.objects.visible_to(user)),
        )


def lead(who, cast, *ensembles, by=None, **more):
    return acts.lead(person=who, programme=cast.liverpool, ensembles=ensembles, by=by or cast.joanne, **more)


def refused(refusal, words, who, cast, *ensembles, **more):
    before = (list(Tutor.objects.values()), len(entries()))
    with pytest.raises(refusal, match=words):
        lead(who, cast, *ensembles, **more)
    assert (list(Tutor.objects.values()), len(entries())) == before


def test_lead_shows_a_coordinator_the_sessions_and_children_of_those_ensembles_and_no_others(cast, noor):
    assert seen_by(noor) == ([], 0, [])
    made = lead(noor, cast, cast.strings)
    assert (made.user, made.name, made.programme) == (noor, "Noor New", cast.liverpool)
    assert seen_by(noor) == (["Year 4 Strings"], 1, sorted(child.name for child in cast.children))
    event = entry(act="tutor.leads")
    assert (event.actor_id, event.programme_id, event.subject_id) == (cast.joanne.pk, cast.liverpool.pk, made.pk)
    assert event.details == {"user": noor.pk, "added": [cast.strings.pk], "removed": []}


def test_what_is_left_out_is_led_no_more(cast, noor):
    first = lead(noor, cast, cast.strings, cast.brass)
    again = lead(noor, cast, cast.brass)
    assert (first, seen_by(noor)[0]) == (again, ["Year 5 Brass"])
    assert entries(act="tutor.leads")[-1].details == {"user": noor.pk, "added": [], "removed": [cast.strings.pk]}


def test_an_ensemble_that_ended_stays_as_it_was(cast, noor):
    lead(noor, cast, cast.strings)
    Ensemble.objects.filter(pk=cast.strings.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    lead(noor, cast)
    assert seen_by(noor)[0] == ["Year 4 Strings"]


def test_a_tutor_the_hub_knows_gets_the_account_and_keeps_their_ensembles(cast, noor):
    known = programmes.tutor(cast.liverpool, "N. New")
    cast.brass.tutors.add(known)
    assert lead(noor, cast, cast.strings, tutor=known) == known
    assert seen_by(noor)[0] == ["Year 4 Strings", "Year 5 Brass"]
    assert Tutor.objects.filter(user=noor).count() == 1


def test_a_tutor_of_somebody_else_or_of_another_hub_is_refused(cast, noor):
    taken = Tutor.objects.get(user=cast.priya)
    refused(acts.TutorTakenError, "account of their own", noor, cast, tutor=taken)
    refused(acts.TutorTakenError, "Choose again", noor, cast, tutor=programmes.tutor(cast.leeds, "L. Else"))


def test_an_ensemble_of_another_hub_is_refused(cast, noor):
    refused(acts.ForeignEnsembleError, "not of Liverpool", noor, cast, cast.strings, cast.leeds_strings)
