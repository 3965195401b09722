"""Known absences, from the browser's side, and what becomes of them in a register."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.pages import dates
from participants.actions import at_risk, known_absence
from participants.models import Attendance, KnownAbsence
from tests.factories import participants, programmes
from tests.trail import entry


@pytest.fixture
def page(cast):
    return reverse("participants:absences", args=[cast.strings.pk])


@pytest.fixture
def today():
    return timezone.localdate()


def sent(who, today, days=0, reason="away", since=0):
    first = today + timedelta(days=since)
    return {
        "who": who,
        "starts_on": f"{first}",
        "ends_on": f"{first + timedelta(days=days)}",
        "reason": reason,
    }


def known(cast):
    with scoped(cast.both):
        return list(KnownAbsence.objects.standing().order_by("child_id").values_list("child_id", "reason"))


@pytest.mark.parametrize("who", ["priya", "ruth", "joanne"])
def test_one_child_is_noted_and_stands_in_the_list(client, cast, page, today, who):
    client.force_login(getattr(cast, who))
    child = cast.children[1]
    html = client.post(page, sent(f"child|{child.pk}", today, days=3), follow=True).content.decode()
    assert known(cast) == [(child.pk, "away")]
    assert f"Noted for 1 child: {dates.day(today)} to {dates.day(today + timedelta(days=3))}." in html
    assert f'<th scope="row">{child.name}</th>' in html


def test_the_row_of_a_register_leads_here_with_the_child_chosen(client, cast, page):
    client.force_login(cast.priya)
    child = cast.children[2]
    assert f'href="{page}?child={child.pk}"' in client.get(_register(cast.session)).content.decode()
    assert f'<option value="child|{child.pk}" selected>' in client.get(f"{page}?child={child.pk}").content.decode()


def test_the_whole_ensemble_or_a_school_class_is_noted_at_once(client, cast, page, today):
    client.force_login(cast.priya)
    client.post(page, sent("all", today, reason="trip"))
    assert known(cast) == [(child.pk, "trip") for child in cast.children]
    client.post(page, sent(f"class|{cast.saltwharf.pk}|4B", today, reason="event", since=1))
    assert len(known(cast)) == 6


def test_a_class_is_all_of_it_for_the_hub_and_of_a_coordinator_their_own_children(client, cast, page, today):
    with scoped(cast.liverpool_scope):
        names = [("Freya", "Holt")]
        (freya,) = participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
    for who, many in (("priya", 3), ("ruth", 4)):
        client.force_login(getattr(cast, who))
        key = f"class|{cast.saltwharf.pk}|4B"
        assert f">4B ({many})<" in client.get(page).content.decode()
        client.post(page, sent(key, today, reason="trip", since=many))
    assert [child for child, _ in known(cast)].count(freya.pk) == 1


@pytest.mark.parametrize("who", ["child|{other}", "child|x", "class|1|4B", "everybody", "", "child|{leeds}"])
def test_whoever_is_not_on_offer_is_refused_and_nothing_is_written(client, cast, page, today, who):
    client.force_login(cast.priya)
    key = who.format(other=cast.others[0].pk, leeds=cast.leeds_children[0].pk)
    assert client.post(page, sent(key, today)).status_code == 422
    assert known(cast) == []


def test_an_absence_that_ends_before_it_starts_says_so_at_the_field(client, cast, page, today):
    client.force_login(cast.priya)
    refusal = client.post(page, sent("all", today, days=-1))
    assert (refusal.status_code, "Write the last day of the absence." in refusal.content.decode()) == (422, True)


def _register(session):
    return reverse("participants:register", args=[session.pk])


def _row(html, child):
    (row,) = [row for row in html.split("<li ") if f'id="child-{child.pk}"' in row]
    return row


@pytest.mark.parametrize(
    ("reason", "days", "letter", "words"), [("trip", 0, "e", "Known: today only"), ("away", 5, "r", "Known: until {}")]
)
def test_a_register_starts_with_what_is_known_and_is_not_saved_by_it(client, cast, page, reason, days, letter, words):
    today = timezone.localdate()
    client.force_login(cast.priya)
    child = cast.children[1]
    client.post(page, sent(f"child|{child.pk}", today, days=days, reason=reason))
    html = client.get(_register(cast.session)).content.decode()
    assert f'value="{letter}" checked' in _row(html, child)
    assert words.format(dates.short_day(today + timedelta(days=days))) in _row(html, child)
    assert (html.count('value="p" checked'), html.count("Known: ")) == (2, 1)
    with scoped(cast.both):
        assert not Attendance.objects.exists()


def test_a_mark_that_was_saved_goes_before_what_was_known(client, cast, page, today):
    client.force_login(cast.priya)
    child = cast.children[1]
    client.post(_register(cast.session), {f"m{each.pk}": "p" for each in cast.children} | {"version": "0"})
    client.post(page, sent(f"child|{child.pk}", today))
    row = _row(client.get(_register(cast.session)).content.decode(), child)
    assert ('value="p" checked' in row, "Known: today only" in row) == (True, True)


def test_of_another_day_nothing_is_preset(client, cast, page, today):
    client.force_login(cast.priya)
    client.post(page, sent("all", today, since=1))
    html = client.get(_register(cast.session)).content.decode()
    assert (html.count('value="p" checked'), "Known: " in html) == (3, False)


def test_taken_back_alone_or_with_all_noted_in_the_same_press(client, cast, page, today):
    client.force_login(cast.priya)
    client.post(page, sent("all", today, reason="trip"))
    with scoped(cast.both):
        first = KnownAbsence.objects.order_by("child_id").first()
    take_back = reverse("participants:absence-take-back", args=[cast.strings.pk, first.pk])
    assert client.get(page).content.decode().count("Take back all 3") == 1
    client.post(take_back)
    assert known(cast) == [(child.pk, "trip") for child in cast.children[1:]]
    with scoped(cast.both):
        second = KnownAbsence.objects.standing().first()
    client.post(reverse("participants:absence-take-back", args=[cast.strings.pk, second.pk]), {"all": "1"})
    assert known(cast) == []


def test_an_absence_of_a_child_elsewhere_is_not_found_from_here(client, cast, today):
    with scoped(cast.liverpool_scope):
        (other,) = known_absence.note_absences(
            children=cast.others[:1], starts_on=today, ends_on=today, reason=KnownAbsence.Reason.AWAY, by=cast.ruth
        )
    client.force_login(cast.priya)
    for ensemble, absence in ((cast.strings, other.pk), (cast.brass, other.pk), (cast.strings, 999_999_999)):
        path = reverse("participants:absence-take-back", args=[ensemble.pk, absence])
        assert client.post(path).status_code == 404
    assert known(cast) == [(cast.others[0].pk, "away")]


@pytest.mark.parametrize(("who", "status"), [("omar", 404), ("sam", 403), ("nia", 403), ("stranger", 403)])
def test_the_page_is_for_whoever_takes_the_registers(client, cast, page, who, status):
    client.force_login(getattr(cast, who))
    assert (client.get(page).status_code, client.post(page, {}).status_code) == (status, status)


def test_a_child_at_risk_is_in_the_list_on_screen_and_on_no_paper(client, cast, page, today):
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.children[0], by=cast.ruth)
    client.force_login(cast.priya)
    client.post(page, sent("all", today))
    html = client.get(page).content.decode()
    assert f'<tr class="off-paper"><th scope="row">{cast.children[0].name}' in html
    assert html.count('class="off-paper"') == 1


def test_looking_is_in_the_trail(client, cast, page):
    client.force_login(cast.priya)
    client.get(page)
    told = entry(act="absences.viewed")
    assert (told.actor_id, sorted(told.children)) == (cast.priya.pk, sorted(child.pk for child in cast.children))


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_needs_the_same_statements_whatever_its_size(client, cast, today, size, django_assert_num_queries):
    ensemble = programmes.ensemble(cast.liverpool, "Orchestra", led_by=cast.strings.tutors.all())
    with scoped(cast.liverpool_scope):
        names = [(f"Child{n}", "Test") for n in range(size)]
        children = participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
        participants.join(ensemble, children, by=cast.ruth)
        known_absence.note_absences(
            children=children, starts_on=today, ends_on=today, reason=KnownAbsence.Reason.AWAY, by=cast.ruth
        )
    client.force_login(cast.priya)
    with django_assert_num_queries(15):
        client.get(reverse("participants:absences", args=[ensemble.pk]))
