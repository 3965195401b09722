"""The pages on which an ensemble is made and changed."""

import pytest
from django.urls import reverse

from inharmony.accounts.models import RoleAssignment
from programmes.models import Ensemble
from tests.factories import programmes

NEW = reverse("programmes:ensemble-new", args=["liverpool"])
FLUTES = {"name": "Flutes", "kind": "woodwind", "level": "entry", "starts_on": "2026-09-07"}


def change_of(ensemble):
    return reverse("programmes:ensemble-change", args=[ensemble.pk])


def test_an_administrator_makes_an_ensemble_and_lands_on_its_page(client, cast):
    client.force_login(cast.ruth)
    tutor = cast.strings.tutors.get()
    sent = FLUTES | {
        "school": cast.saltwharf.pk,
        "capacity": "24",
        "tutors": [tutor.pk],
        "instruments": ["flute", "recorder"],
    }
    page = client.post(NEW, sent, follow=True).content.decode()
    made = Ensemble.objects.get(name="Flutes")
    assert (made.programme, made.school, made.capacity, made.instruments, list(made.tutors.all())) == (
        cast.liverpool,
        cast.saltwharf,
        24,
        ["flute", "recorder"],
        [tutor],
    )
    assert "Woodwind group, Saltwharf Primary. 0 children, 24 places." in page
    assert "Entry level: recorder and flute. Led by Priya Shah." in page
    assert "Flutes is there. Take in its children" in page


def test_the_choices_are_of_the_hub_alone(client, cast):
    programmes.tutor(cast.leeds, "Lena Hart")
    client.force_login(cast.ruth)
    page = client.get(NEW).content.decode()
    assert ("Priya Shah" in page, "Lena Hart" in page) == (True, False)
    assert ("Marigold Street Primary" in page, "Kirkfold Primary" in page) == (True, False)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Name is missing."),
        ({"name": "year 4 strings"}, "The hub has an ensemble named “year 4 strings” already."),
        ({"kind": "gamelan"}, "Select a valid choice."),
        ({"capacity": "0"}, "Write how many children it holds, at least 1, or leave it empty."),
        ({"starts_on": "soon"}, "Enter a valid date."),
        ({"instruments": ["kazoo"]}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(client, cast, wrong, words):
    client.force_login(cast.ruth)
    before = Ensemble.objects.count()
    answer = client.post(NEW, FLUTES | wrong)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert Ensemble.objects.count() == before


@pytest.mark.parametrize("field", ["school", "tutors"])
def test_a_school_or_leader_next_door_cannot_be_chosen(client, cast, field):
    foreign = {"school": cast.kirkfold.pk, "tutors": [programmes.tutor(cast.leeds, "Lena Hart").pk]}[field]
    client.force_login(cast.ruth)
    assert client.post(NEW, FLUTES | {field: foreign}).status_code == 422
    assert not Ensemble.objects.filter(name="Flutes").exists()


@pytest.mark.parametrize(
    ("who", "new", "change"),
    [("priya", 403, 403), ("sam", 403, 403), ("omar", 404, 404), ("nia", 403, 403), ("olu", 403, 403)],
)
def test_only_who_keeps_the_hubs_ensembles_makes_and_changes_them(client, cast, who, new, change):
    client.force_login(getattr(cast, who))
    for method in (client.get, client.post):
        assert method(NEW, FLUTES).status_code == new
        assert method(change_of(cast.strings), FLUTES).status_code == change
    assert not Ensemble.objects.filter(name="Flutes").exists()


def test_keeping_ensembles_in_one_hub_gives_no_right_to_them_in_another(client, cast):
    RoleAssignment.objects.create(user=cast.ruth, role="coordinator", programme=cast.leeds)
    client.force_login(cast.ruth)
    assert client.post(reverse("programmes:ensemble-new", args=["leeds"]), FLUTES).status_code == 403


def test_an_ensemble_is_changed_and_keeps_what_was_not(client, cast):
    client.force_login(cast.ruth)
    page = client.get(change_of(cast.strings)).content.decode()
    assert ('value="Year 4 Strings"' in page, 'value="2020-09-01"' in page) == (True, True)
    tutor = cast.strings.tutors.get()
    sent = {"name": "Year 4 Violins", "kind": "string", "level": "entry", "starts_on": "2020-09-01"}
    sent |= {"school": cast.saltwharf.pk, "tutors": [tutor.pk]}
    assert "Year 4 Violins is saved." in client.post(change_of(cast.strings), sent, follow=True).content.decode()
    found = Ensemble.objects.get(pk=cast.strings.pk)
    assert (found.name, found.school, found.programme, list(found.tutors.all())) == (
        "Year 4 Violins",
        cast.saltwharf,
        cast.liverpool,
        [tutor],
    )
    again = client.post(change_of(cast.strings), sent, follow=True).content.decode()
    assert "Nothing of Year 4 Violins was changed." in again


def test_a_first_day_after_a_session_is_refused_on_the_page(client, cast):
    client.force_login(cast.ruth)
    sent = {"name": "Year 4 Strings", "kind": "string", "level": "entry", "starts_on": "2099-09-01"}
    answer = client.post(change_of(cast.strings), sent)
    assert (answer.status_code, "Its first day cannot be after that." in answer.content.decode()) == (422, True)


def test_an_empty_hub_says_what_to_do(client, cast):
    Ensemble.tutors.through.objects.filter(ensemble__programme=cast.leeds).delete()
    cast.leeds.tutors.all().delete()
    client.force_login(cast.omar)
    page = client.get(reverse("programmes:ensemble-new", args=["leeds"])).content.decode()
    assert "Nobody leads ensembles in this hub yet." in page
