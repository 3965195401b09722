"""The register of a session that is counted by heads, from the browser's side, and where it stands among the others."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import attendance
from participants.validators.headcount import Headcount
from programmes.models import Session
from tests.factories import programmes
from tests.people import person
from tests.trail import entries


@pytest.fixture
def family(cast):
    return programmes.session(
        cast.strings, kind=Session.Kind.FAMILY, is_headcount=True, starts_at="15:00", ends_at="16:30"
    )


@pytest.fixture
def page(family):
    return reverse("participants:register", args=[family.pk])


@pytest.fixture
def taken(cast, family):
    """Returns a function that counts the heads of that session, some days ago."""

    def take(days=0, children=24, adults=11):
        Session.objects.filter(pk=family.pk).update(day=timezone.localdate() - timedelta(days=days))
        with scoped(cast.liverpool_scope):
            heads = Headcount(children, adults)
            version = Session.objects.get(pk=family.pk).register_version
            attendance.count_heads(session=family, heads=heads, version=version, by=cast.ruth, reason="other")

    return take


def sent(children="24", adults="11", version="0", **more):
    return {"children": children, "adults": adults, "version": version} | more


def standing(family):
    family.refresh_from_db()
    return family.children_counted, family.adults_counted, family.register_version


def test_the_page_asks_for_two_numbers_and_shows_no_child(client, cast, page):
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    assert [html.count(f'name="{name}"') for name in ("children", "adults", "version", "save")] == [1, 1, 1, 1]
    assert ("Not saved yet" in html, "Family session, counted by heads." in html) == (True, True)
    assert [child.name for child in cast.children if child.name in html] == []
    assert entries(act__endswith=".viewed") == []


def test_save_writes_the_counts_and_says_so(client, cast, page, family):
    client.force_login(cast.priya)
    html = client.post(page, sent(), follow=True).content.decode()
    assert "Year 4 Strings, 24 children and 11 adults." in html
    assert standing(family) == (24, 11, 1)
    assert 'value="24"' in html
    assert re.search(r"Saved \d\d:\d\d, Priya Shah", html)
    assert ("<b>35</b> here" in html, "Next: Year 4 Strings" in html) == (True, True)


def test_one_of_each_reads_as_people_say_it(client, cast, page):
    client.force_login(cast.priya)
    assert "1 child and 1 adult." in client.post(page, sent("1", "1"), follow=True).content.decode()


def test_the_same_form_sent_twice_has_one_effect(client, cast, page, family):
    client.force_login(cast.priya)
    save = re.search(r'name="save" value="([0-9a-f-]{36})"', client.get(page).content.decode())[1]
    for _ in range(2):
        assert client.post(page, sent(save=save)).status_code == 302
    assert standing(family) == (24, 11, 1)


@pytest.mark.parametrize("wrong", ["", "x", "-1", "1000", "2.5", "9" * 400])
def test_what_is_no_count_is_said_at_its_field_and_nothing_is_saved(client, cast, page, family, wrong):
    client.force_login(cast.priya)
    answer = client.post(page, sent(children=wrong))
    html = answer.content.decode()
    assert (answer.status_code, standing(family)) == (422, (None, None, 0))
    assert html.count("Write how many children came, in figures from 0 to 999.") == 2


def test_an_incomplete_page_is_refused_with_words(client, cast, page, family):
    client.force_login(cast.priya)
    for change in ({"version": ""}, {"version": "x"}, {"save": "x"}, {"reason": "x"}):
        assert client.post(page, sent() | change).status_code == 422
    assert standing(family) == (None, None, 0)


def test_where_somebody_else_saved_meanwhile_both_counts_are_shown_and_one_is_chosen(client, cast, page, family, taken):
    taken(children=20, adults=9)
    client.force_login(cast.priya)
    answer = client.post(page, sent())
    html = answer.content.decode()
    assert (answer.status_code, standing(family)) == (409, (20, 9, 1))
    assert ("20 children and 9 adults" in html, 'value="24"' in html, "Ruth Bell" in html) == (True, True, True)
    version = re.search(r'name="version" value="(\d+)"', html)[1]
    assert client.post(page, sent(version=version)).status_code == 302
    assert standing(family) == (24, 11, 2)


def test_a_correction_asks_why_and_a_locked_one_says_who_can(client, cast, page, family, taken):
    taken(days=3)
    client.force_login(cast.priya)
    assert "If you change a count: why?" in client.get(page).content.decode()
    refusal = client.post(page, sent("25", version="1"))
    assert (refusal.status_code, "choose above Save why" in refusal.content.decode()) == (422, True)
    html = client.post(page, sent("25", version="1", reason="paper"), follow=True).content.decode()
    assert ("Corrected 1 time" in html, "keyed in from paper" in html) == (True, True)
    Session.objects.filter(pk=family.pk).update(day=timezone.localdate() - timedelta(days=21))
    html = client.get(page).content.decode()
    assert ("Locked." in html, 'name="children"' in html, "<b>25 children and 11 adults</b> came." in html) == (
        True,
        False,
        True,
    )
    client.force_login(cast.ruth)
    assert 'name="children"' in client.get(page).content.decode()


def test_a_session_to_come_and_a_cancelled_one_have_no_fields(client, cast, page, family):
    client.force_login(cast.priya)
    Session.objects.filter(pk=family.pk).update(day=timezone.localdate() + timedelta(days=1))
    html = client.get(page).content.decode()
    assert ("still to come" in html, 'name="children"' in html) == (True, False)
    assert client.post(page, sent()).status_code == 422
    Session.objects.filter(pk=family.pk).update(cancelled_at=timezone.now(), cancel_reason="no_room")
    assert "Cancelled." in client.get(page).content.decode()


@pytest.mark.parametrize(("who", "status"), [("omar", 404), ("sam", 403), ("nia", 403)])
def test_others_count_nothing(client, cast, page, who, status):
    client.force_login(getattr(cast, who))
    assert (client.get(page).status_code, client.post(page, sent()).status_code) == (status, status)


def test_marks_sent_by_a_script_are_refused(client, cast, page, family):
    client.force_login(cast.priya)
    marks = {f"m{child.pk}": "p" for child in cast.children}
    answer = client.post(f"{page}send/", marks | {"version": "0", "person": str(cast.priya.pk)})
    assert (answer.status_code, standing(family)) == (422, (None, None, 0))
    assert "counted by heads" in answer.json()["said"]


def test_today_the_missing_ones_and_the_week_treat_it_as_a_register(client, cast, family, taken):
    client.force_login(cast.ruth)
    today = reverse("programmes:today")
    assert "Family session, counted by heads" in client.get(today).content.decode()
    Session.objects.filter(pk=family.pk).update(day=timezone.localdate() - timedelta(days=1))
    assert "Registers missing: 1" in client.get(today).content.decode()
    week = f"{reverse('programmes:timetable')}?week={timezone.localdate() - timedelta(days=1)}"
    html = client.get(week).content.decode()
    assert ("Family session, counted by heads" in html, "No register" in html) == (True, True)
    taken(days=1)
    assert "Registers missing: 0" in client.get(today).content.decode()
    assert "Register taken" in client.get(week).content.decode()


def test_the_grid_has_a_column_without_marks_and_its_counts_below(client, cast, page, family, taken):
    taken()
    grid = reverse("participants:grid", args=[cast.strings.pk])
    client.force_login(cast.priya)
    html = client.get(grid).content.decode()
    assert f'<a href="{page}"><span class="vh">Heads counted on </span>' in html
    assert "24 <small>and 11 adults</small>" in html
    row = next(row for row in html.split("<tr") if f">{cast.children[0].name}" in row)
    assert '<td class="grid-off"></td>' in row
    assert "of 0" in row
    assert f"edit={family.pk}" not in html
    assert "counted by heads, on a page of its own" in client.get(grid, {"edit": family.pk}).content.decode()


def test_no_paper_has_boxes_by_name_for_it(client, cast, family):
    client.force_login(cast.priya)
    html = client.get(reverse("participants:sheet", args=[cast.strings.pk])).content.decode()
    assert html.count('scope="colgroup"') == 1


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_needs_the_same_statements_whatever_is_missing(client, cast, page, many, django_assert_num_queries):
    for days in range(1, many + 1):
        programmes.session(cast.strings, day=timezone.localdate() - timedelta(days=days))
    client.force_login(cast.priya)
    # session, user, roles; savepoint, scope; own ensembles, session; scope back
    with django_assert_num_queries(9):
        client.get(page)


def test_the_heads_of_a_joint_session_are_counted_once_by_whoever_leads_one_of_the_ensembles(client, cast):
    bea = person("Bea Moss", "coordinator", programme=cast.liverpool)
    cast.brass.tutors.add(programmes.tutor(cast.liverpool, "Bea Moss", bea))
    family = programmes.session(
        cast.strings, kind="family", is_headcount=True, starts_at="15:00", ends_at="16:30", joined_by=[cast.brass]
    )
    client.force_login(bea)
    page = reverse("participants:register", args=[family.pk])
    html = client.post(page, sent(), follow=True).content.decode()
    assert "<h1>Year 4 Strings with Year 5 Brass</h1>" in html
    assert "Year 4 Strings with Year 5 Brass, 24 children and 11 adults." in html
    assert standing(family) == (24, 11, 1)
    # the registers of an ensemble of theirs
    assert f'href="{reverse("participants:grid", args=[cast.brass.pk])}?term=' in html
    grid = client.get(reverse("participants:grid", args=[cast.brass.pk])).content.decode()
    assert ("by heads" in grid, "24 <small>and 11 adults</small>" in grid) == (True, True)


def test_nobody_is_looked_for_where_heads_are_counted(client, cast, family, page):
    client.force_login(cast.priya)
    search = reverse("participants:walk-in", args=[family.pk])
    answer = client.post(search, {"version": "0", "find": cast.children[0].name})
    assert (answer.status_code, answer.url, entries(act="register.searched")) == (302, page, [])
