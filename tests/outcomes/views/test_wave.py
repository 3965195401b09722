"""The office makes a wave, sees how many have answered and never who, and closes it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from outcomes.actions import wave as acts
from outcomes.forms.wave import WaveForm
from outcomes.measures.structure import Informant
from outcomes.models import AskedGroup, Slip, Wave
from outcomes.queries.wave import Rate, State, state_of
from participants.models import Child
from programmes.actions import closing
from programmes.models import Programme
from tests.factories import participants
from tests.outcomes.waves import agree, made, respond, sheet, slips_of


@pytest.fixture
def hub(cast):
    """Liverpool, where every family of 4B at Saltwharf agrees to surveys."""
    with scoped(cast.liverpool_scope):
        agree(cast.children, by=cast.ruth)
    return cast


def wave_of(hub, **values):
    with scoped(hub.liverpool_scope):
        return made(hub, **values)


def at(wave, name="wave"):
    return reverse(f"outcomes:{name}", args=[wave.pk])


def read(page):
    return " ".join(page.content.decode().split())


def sent(**values):
    today = timezone.localdate()
    given = {
        "asked": "music:child",
        "year_groups": ["4"],
        "moment": "before",
        "name": "Autumn",
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=7)).isoformat(),
    }
    return {**given, **values}


@pytest.fixture
def asked(db):
    """What the form calls each questionnaire, by who answers it."""
    form = WaveForm(hubs=Programme.objects.none(), year_groups=[])
    return {informant: key for key, (_, informant) in form.offered.items()}


def test_a_wave_is_made_with_one_form_and_its_page_says_whom_it_asks(hub, client, asked):
    client.force_login(hub.ruth)
    assert "Nobody was asked yet" in read(client.get("/waves/"))
    answer = client.post("/waves/new/", sent(asked=asked[Informant.CHILD]), follow=True)
    with scoped(hub.liverpool_scope):
        wave = Wave.objects.get()
        assert Slip.objects.filter(wave=wave).count() == 3
    assert answer.redirect_chain == [(at(wave), 302)]
    html = read(answer)
    assert "Children of Year 4: " in html
    assert "<b>0 of 3 slips answered</b>" in html
    assert wave.name in read(client.get("/waves/"))


def test_what_is_wrong_with_a_wave_stands_at_its_field_and_nothing_is_made(hub, client, asked):
    client.force_login(hub.ruth)
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    for wrong, words in (
        ({"year_groups": []}, "Choose the year groups that are asked."),
        ({"closes_on": yesterday}, "A wave cannot close before it opens."),
        ({"name": ""}, "Name is missing."),
        ({"asked": "sdq_staff:child"}, "Select a valid choice"),
    ):
        answer = client.post("/waves/new/", sent(asked=asked[Informant.CHILD]) | wrong)
        assert (answer.status_code, words in read(answer)) == (422, True), words
    assert not Wave.objects.exists()


def test_what_was_asked_at_the_start_is_offered_to_be_asked_later(hub, client):
    def chosen():
        return re.findall(r'name="moment" value="(\w+)"[^>]* checked', read(client.get("/waves/new/")))

    client.force_login(hub.ruth)
    assert chosen() == ["before"]
    wave_of(hub, measure="family", informant=Informant.FAMILY)
    assert chosen() == ["before"]
    wave_of(hub)
    assert chosen() == ["after"]


def test_the_page_counts_who_has_answered_and_names_nobody(hub, client):
    wave = wave_of(hub)
    with scoped(hub.liverpool_scope):
        first, second, _ = slips_of(wave)
        respond(first, **sheet())
        respond(second)
        agree(hub.others[:1], by=hub.ruth)
    client.force_login(hub.ruth)
    html = read(client.get(at(wave)))
    assert "<b>1 of 3 slips answered</b> (33 %). 2 still to come." in html
    assert "<b>1 child</b> may be asked by now and has no slip yet" in html
    assert [child.name for child in (*hub.children, *hub.others) if child.name in html] == []


def test_late_families_get_their_slips_with_one_press(hub, client):
    wave = wave_of(hub)
    with scoped(hub.liverpool_scope):
        agree(hub.others, by=hub.ruth)
    client.force_login(hub.ruth)
    assert "2 slips were made" in read(client.post(at(wave, "wave-slips"), follow=True))
    assert "Nobody was without a slip" in read(client.post(at(wave, "wave-slips"), follow=True))
    with scoped(hub.liverpool_scope):
        assert Slip.objects.filter(wave=wave).count() == 5


def test_staff_are_given_slips_by_school_and_tutors_without_one(hub, client):
    client.force_login(hub.ruth)
    staff = wave_of(hub, measure="staff", informant=Informant.STAFF, year_groups=())
    answer = client.post(at(staff, "wave-adults"), {"school": hub.saltwharf.pk, "slips": 6}, follow=True)
    assert "6 slips were made" in read(answer)
    assert client.post(at(staff, "wave-adults"), {"school": hub.kirkfold.pk, "slips": 6}).status_code == 422
    refused = client.post(at(staff, "wave-adults"), {"school": hub.saltwharf.pk, "slips": 61})
    assert (refused.status_code, "less than or equal to 60" in read(refused)) == (422, True)
    tutors = wave_of(hub, measure="tutor", informant=Informant.TUTOR, year_groups=())
    client.post(at(tutors, "wave-adults"), {"slips": 2})
    with scoped(hub.liverpool_scope):
        assert list(AskedGroup.objects.filter(wave=tutors).values_list("school", "slips__child")) == [(None, None)] * 2


def test_the_last_day_is_changed_and_a_wave_closed_after_one_question(hub, client):
    wave = wave_of(hub)
    client.force_login(hub.joanne)
    later = wave.closes_on + timedelta(days=7)
    client.post(at(wave, "wave-change"), {"closes_on": later.isoformat()})
    wave.refresh_from_db()
    assert wave.closes_on == later
    refused = client.post(at(wave, "wave-change"), {"closes_on": "2001-01-01"})
    assert (refused.status_code, "cannot close before it opens" in read(refused)) == (422, True)
    assert "A closed wave is never opened again" in read(client.get(at(wave, "wave-close")))
    assert "Names are being taken off" in read(client.post(at(wave, "wave-close"), follow=True))
    wave.refresh_from_db()
    assert wave.closed_by == hub.joanne
    # what is left of the presses says so
    assert client.get(at(wave, "wave-close")).status_code == 302
    assert "is closed" in read(client.post(at(wave, "wave-slips"), follow=True))
    assert client.post(at(wave, "wave-change"), {"closes_on": later.isoformat()}).status_code == 422


def test_once_names_are_off_the_page_keeps_the_counts_and_the_prints_are_gone(hub, client):
    wave = wave_of(hub)
    with scoped(hub.liverpool_scope):
        group = AskedGroup.objects.filter(wave=wave, school=hub.saltwharf).get()
        Slip.objects.filter(wave=wave).delete()
        AskedGroup.objects.filter(pk=group.pk).update(asked=30, answered=27)
        acts.close(wave=wave, by=hub.joanne)
        Wave.objects.filter(pk=wave.pk).update(names_off_at=timezone.now())
    client.force_login(hub.ruth)
    html = read(client.get(at(wave)))
    assert "<b>27 of 30 slips answered</b> (90 %)" in html
    assert "30</td>" in read(client.get("/waves/"))
    for name in ("group-slips", "group-list", "group-poster", "group-sheets", "group-consent", "keying"):
        assert client.get(reverse(f"outcomes:{name}", args=[wave.pk, group.pk])).status_code == 404


def test_a_closed_hub_refuses_in_words(hub, client, asked):
    wave = wave_of(hub)
    with scoped(hub.liverpool_scope):
        closing.close(programme=hub.liverpool, on=timezone.localdate(), by=hub.olu)
    client.force_login(hub.ruth)
    refused = client.post("/waves/new/", sent(asked=asked[Informant.CHILD]))
    assert (refused.status_code, "Nothing can be changed" in read(refused)) == (422, True)
    assert "Nothing can be changed" in read(client.post(at(wave, "wave-close"), follow=True))
    assert Wave.objects.get().closed_at is None


@pytest.mark.parametrize("who", ["omar", "priya", "sam", "nia", "olu", "stranger"])
def test_nobody_else_sees_a_wave_of_the_hub(hub, client, who):
    wave = wave_of(hub)
    with scoped(hub.liverpool_scope):
        group = AskedGroup.objects.filter(wave=wave).first()
    client.force_login(getattr(hub, who))
    expected = 404 if who == "omar" else 403
    for name in ("wave", "wave-change", "wave-close"):
        assert client.get(at(wave, name)).status_code == expected
    for name in ("wave-slips", "wave-adults", "wave-close"):
        assert client.post(at(wave, name)).status_code == expected
    for name in ("group-slips", "group-list", "group-poster", "group-sheets", "group-consent", "keying"):
        assert client.get(reverse(f"outcomes:{name}", args=[wave.pk, group.pk])).status_code == expected
    if who == "omar":
        assert wave.name not in read(client.get("/waves/"))


def test_more_waves_and_classes_take_no_more_statements(hub, client, django_assert_max_num_queries):
    wave = wave_of(hub)
    client.force_login(hub.ruth)
    with django_assert_max_num_queries(60) as few:
        client.get("/waves/")
        client.get(at(wave))
    with scoped(hub.liverpool_scope):
        for letter in "CDE":
            names = [("Wren", f"Lark{letter}{number}") for number in range(3)]
            agree(
                participants.children(
                    hub.liverpool, hub.saltwharf, by=hub.ruth, names=names, school_class=f"4{letter}"
                ),
                by=hub.ruth,
            )
        acts.give_slips(wave=wave, by=hub.ruth)
        for name in ("Two", "Three"):
            made(hub, name=name)
    with django_assert_max_num_queries(len(few)):
        client.get("/waves/")
        client.get(at(wave))


@pytest.mark.parametrize(
    ("asked", "answered", "percent"), [(0, 0, 0), (3, 1, 33), (3, 2, 67), (8, 1, 13), (200, 199, 100), (30, 30, 100)]
)
def test_a_rate_is_rounded_half_up(asked, answered, percent):
    assert (Rate(asked, answered).percent, Rate(asked, answered).left) == (percent, asked - answered)


def test_a_wave_says_how_far_it_is(hub):
    wave = wave_of(hub)
    day = timedelta(days=1)
    assert state_of(wave, wave.opens_on - day) is State.PLANNED
    assert state_of(wave, wave.opens_on) is state_of(wave, wave.closes_on) is State.OPEN
    assert state_of(wave, wave.closes_on + day) is State.OVER
    wave.closed_at = timezone.now()
    assert state_of(wave, wave.opens_on) is State.CLOSING
    wave.names_off_at = timezone.now()
    assert state_of(wave, wave.opens_on) is State.CLOSED


def test_a_child_says_nothing_of_whether_they_were_asked(hub, client):
    """Who answered, and who was asked, is nobody's business beyond the hub's count: no page of a child says it."""
    wave = wave_of(hub)
    with scoped(hub.liverpool_scope):
        (slip, *_) = slips_of(wave)
        child = Child.objects.get(pk=slip.child_id)
    client.force_login(hub.ruth)
    html = read(client.get(reverse("participants:child", args=[child.pk])))
    assert slip.number not in html
    assert wave.name not in html
