"""The page of instruments of an ensemble, and the instrument on a child's own page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import at_risk, playing
from participants.models import Playing
from programmes.instruments import Instrument
from tests.factories import participants, programmes
from tests.trail import entry


@pytest.fixture
def today():
    return timezone.localdate()


def address(ensemble):
    return reverse("participants:instruments", args=[ensemble.pk])


def page(client, ensemble):
    return client.get(address(ensemble)).content.decode()


def save(client, ensemble, day, **chosen):
    return client.post(address(ensemble), {"starts_on": str(day), **chosen}, follow=True)


def played(cast):
    with scoped(cast.both):
        return dict(Playing.objects.filter(ends_on=None).values_list("child_id", "instrument"))


def plays(cast, child, instrument, day):
    with scoped(cast.liverpool_scope):
        playing.set_instruments(chosen={child: Instrument(instrument)}, starts_on=day, by=cast.ruth)


def test_a_coordinator_says_what_the_children_of_their_ensemble_play(client, cast, today):
    client.force_login(cast.priya)
    first, second, third = cast.children
    html = page(client, cast.strings)
    assert [child.name in html for child in cast.children] == [True] * 3
    answer = save(
        client, cast.strings, today, **{f"i-{first.pk}": "violin", f"i-{second.pk}": "cello", f"i-{third.pk}": ""}
    )
    assert played(cast) == {first.pk: "violin", second.pk: "cello"}
    html = answer.content.decode()
    assert f"Written down for 2 children, from {today.day} {today:%B %Y}." in html
    assert "Violin 1, Cello 1, Not said 1." in html
    said = [f'<span class="quiet small">{name}</span>' in html for name in ("Violin", "Cello", "Not said")]
    assert said == [True, True, False]


def test_who_looked_is_in_the_trail(client, cast):
    client.force_login(cast.priya)
    page(client, cast.strings)
    told = entry(act="instruments.viewed")
    assert (told.actor_id, sorted(told.children)) == (cast.priya.pk, sorted(child.pk for child in cast.children))


@pytest.mark.parametrize(("taught", "is_filled"), [(["violin"], True), (["violin", "viola"], False), ([], False)])
def test_what_an_ensemble_teaches_alone_is_filled_in_for_who_plays_nothing(client, cast, today, taught, is_filled):
    plays(cast, cast.children[0], "viola", today - timedelta(days=30))
    cast.strings.instruments = taught
    cast.strings.save()
    client.force_login(cast.priya)
    html = page(client, cast.strings)
    chosen = html.count('<option value="violin" selected>'), html.count('<option value="viola" selected>')
    assert chosen == ((2, 1) if is_filled else (0, 1))
    assert ("For 2 children of whom nothing is said" in html) is is_filled
    assert played(cast) == {cast.children[0].pk: "viola"}


def test_only_what_differs_from_the_page_is_written(client, cast, today):
    """Two have the page open: what one of them left as it was does not undo what the other saved."""
    first, second, _ = cast.children
    plays(cast, first, "viola", today - timedelta(days=30))
    client.force_login(cast.priya)
    plays(cast, first, "cello", today)
    sent = {f"was-{first.pk}": "viola", f"i-{first.pk}": "viola", f"was-{second.pk}": "", f"i-{second.pk}": "horn"}
    save(client, cast.strings, today, **sent)
    assert played(cast) == {first.pk: "cello", second.pk: "horn"}


def test_nothing_changed_is_said(client, cast, today):
    client.force_login(cast.priya)
    assert "Nothing was changed" in save(client, cast.strings, today).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"instrument": "kazoo"}, "“kazoo” is no instrument of the list."),
        ({"starts_on": ""}, "From is missing."),
        ({"starts_on": "soon"}, "Enter a valid date"),
        ({"starts_on": "1900-01-01"}, "1 January 1900 is too far from today."),
        ({"starts_on": "2099-01-01"}, "1 January 2099 is too far from today."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(client, cast, today, sent, words):
    client.force_login(cast.priya)
    form = {"starts_on": str(today), f"i-{cast.children[0].pk}": sent.get("instrument", "horn")} | {
        name: value for name, value in sent.items() if name == "starts_on"
    }
    answer = client.post(address(cast.strings), form)
    assert (answer.status_code, words in answer.content.decode(), played(cast)) == (422, True, {})
    if "instrument" not in sent:  # what was chosen stays
        assert '<option value="horn" selected>' in answer.content.decode()


def test_a_later_change_in_the_way_is_marked_in_its_row(client, cast, today):
    plays(cast, cast.children[1], "horn", today)
    client.force_login(cast.priya)
    sent = {f"i-{child.pk}": "violin" for child in cast.children}
    html = save(client, cast.strings, today - timedelta(days=7), **sent).content.decode()
    rows = [row for row in html.split("<tr") if "Begins another later" in row]
    assert ([cast.children[1].name in row for row in rows], played(cast)) == ([True], {cast.children[1].pk: "horn"})


def test_children_who_are_not_in_it_are_not_written_by_a_forged_field(client, cast, today):
    client.force_login(cast.priya)
    forged = {f"i-{child.pk}": "horn" for child in [*cast.others, *cast.leeds_children]}
    save(client, cast.strings, today, **forged)
    assert played(cast) == {}


def test_an_ensemble_without_children_says_what_to_do(client, cast):
    empty = programmes.ensemble(cast.liverpool, "Choir")
    client.force_login(cast.ruth)
    assert "Nobody is in it yet" in page(client, empty)


@pytest.mark.parametrize(("who", "status"), [("sam", 403), ("omar", 404), ("nia", 403), ("ruth", 200)])
def test_only_who_takes_its_registers_comes_here(client, cast, today, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(address(cast.strings)).status_code == status
    if status != 200:
        assert save(client, cast.strings, today, **{f"i-{cast.children[0].pk}": "horn"}).status_code == status
        assert played(cast) == {}


def test_a_child_at_risk_is_on_the_page_of_who_leads_it_and_on_no_paper(client, cast, today):
    with scoped(cast.liverpool_scope):
        hidden = at_risk.flag_at_risk(child=cast.children[0], by=cast.ruth)
    client.force_login(cast.priya)
    (row,) = [row for row in page(client, cast.strings).split("<tr") if hidden.name in row]
    assert ("off-paper" in row, "No photos" in row) == (True, True)
    save(client, cast.strings, today, **{f"i-{hidden.pk}": "violin"})
    assert played(cast) == {hidden.pk: "violin"}
    html = client.get(reverse("participants:ensemble", args=[cast.strings.pk])).content.decode()
    assert "Violin 1, Not said 2." in html


# on the child's own page


def on_page(client, child):
    return client.get(reverse("participants:child", args=[child.pk])).content.decode()


def write(client, child, **sent):
    return client.post(reverse("participants:child-instrument", args=[child.pk]), sent, follow=True)


def test_a_childs_page_shows_what_it_plays_and_played(client, cast, today):
    child = cast.children[0]
    client.force_login(cast.sam)
    assert "No instrument is written down yet." in on_page(client, child)
    plays(cast, child, "violin", today - timedelta(days=90))
    plays(cast, child, "viola", today - timedelta(days=30))
    html = on_page(client, child)
    until = today - timedelta(days=31)
    assert html.index("Viola") < html.index("Violin")
    assert f'<td data-label="Until">{until.day} {until:%B %Y}</td>' in html
    # a school's lead sees it and says nothing
    assert "Write down" not in html


def test_an_instrument_is_changed_and_ended_on_the_childs_page(client, cast, today):
    child = cast.children[0]
    client.force_login(cast.ruth)
    mark = {f"was-{child.pk}": "?"}
    html = write(client, child, starts_on=str(today - timedelta(days=9)), **mark, **{f"i-{child.pk}": "horn"})
    assert ("Written down, from" in html.content.decode(), played(cast)) == (True, {child.pk: "horn"})
    assert '<option value="horn" selected>' in on_page(client, child)
    again = write(client, child, starts_on=str(today), **mark, **{f"i-{child.pk}": "horn"}).content.decode()
    assert "Nothing was changed: that is what this child plays." in again
    write(client, child, starts_on=str(today), **mark, **{f"i-{child.pk}": ""})
    assert played(cast) == {}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"i": "kazoo", "starts_on": "2026-09-01"}, "is no instrument of the list"),
        ({"i": "horn", "starts_on": ""}, "Nothing was changed."),
        ({"i": "horn", "starts_on": "1850-01-01"}, "too far from today"),
    ],
)
def test_what_cannot_be_of_one_child_is_said(client, cast, sent, words):
    child = cast.children[0]
    client.force_login(cast.ruth)
    html = write(client, child, starts_on=sent["starts_on"], **{f"i-{child.pk}": sent["i"]}).content.decode()
    assert (words in html, played(cast)) == (True, {})


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("sam", 403), ("omar", 404)])
def test_only_who_keeps_ensembles_writes_on_the_childs_page(client, cast, today, who, status):
    child = cast.children[0]
    client.force_login(getattr(cast, who))
    assert write(client, child, starts_on=str(today), **{f"i-{child.pk}": "horn"}).status_code == status
    assert played(cast) == {}


@pytest.mark.parametrize("size", [1, 7])
def test_the_page_needs_the_same_statements_whatever_its_size(client, cast, today, size, django_assert_num_queries):
    choir = programmes.ensemble(cast.liverpool, "Choir", led_by=cast.strings.tutors.all())
    with scoped(cast.liverpool_scope):
        made = participants.children(cast.liverpool, cast.marigold, by=cast.ruth, names=participants.NAMES[:size])
        participants.join(choir, made, by=cast.ruth)
        playing.set_instruments(chosen=dict.fromkeys(made, Instrument.VOICE), starts_on=today, by=cast.ruth)
    client.force_login(cast.priya)
    # session, user, roles; savepoint, scope; own ensembles, ensemble, members, trail, instruments, care;
    # scope back
    with django_assert_num_queries(13):
        page(client, choir)
