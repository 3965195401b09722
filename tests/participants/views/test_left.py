"""Children who have left: looked at, amended once more is known, and by whom."""

from datetime import timedelta

import pytest
from django.urls import reverse

from inharmony.access.scope import scoped
from inharmony.spreadsheets import read
from participants.actions import destination
from participants.actions.destination import Going
from participants.models import Destination, Enrolment, Placement
from tests.factories import participants, schools
from tests.participants.turn import london, next_year
from tests.trail import entries, entry

GoesTo, Plays = Destination.GoesTo, Destination.Plays


@pytest.fixture
def year():
    return next_year()


@pytest.fixture(autouse=True)
def september(cast, year, time_machine):
    """Amara left, nobody knows where to; Yusuf left the area and stops; Ellie goes on in In Harmony."""
    cast.high = schools.school("Kingcup High", phase="secondary")
    time_machine.move_to(london(year.starts_on), tick=False)
    ways = (Going(GoesTo.UNKNOWN, Plays.UNKNOWN), Going(GoesTo.AWAY, Plays.STOPS), Going(GoesTo.UNKNOWN, Plays.HERE))
    with scoped(cast.liverpool_scope):
        Placement.objects.filter(child__in=cast.children).update(year_group="6")
        stays = {child.pk: child.enrolments.get().pk for child in cast.children}
        destination.leave_school(
            programme=cast.liverpool,
            academic_year=year,
            going={stays[child.pk]: way for child, way in zip(cast.children, ways, strict=True)},
            last_day=year.starts_on - timedelta(days=1),
            by=cast.ruth,
        )
        cast.gone = dict(Destination.objects.values_list("child_id", "pk"))


def address(cast, **query):
    return reverse("participants:left", args=[cast.liverpool.slug], query=query or None)


def page(client, cast, **query):
    return client.get(address(cast, **query)).content.decode()


def said(cast):
    with scoped(cast.liverpool_scope):
        rows = Destination.objects.values_list("child_id", "goes_to", "school_id", "plays")
        found = {child: tuple(rest) for child, *rest in rows}
        return [found[child.pk] for child in cast.children]


BEFORE = [("unknown", None, "unknown"), ("away", None, "stops"), ("unknown", None, "here")]


def write(client, cast, child, to, plays, **more):
    pk = cast.gone[child.pk]
    return client.post(address(cast), {f"to-{pk}": to, f"plays-{pk}": plays, **more}, follow=True)


def test_who_left_is_named_and_the_trail_names_who_looked(client, cast):
    client.force_login(cast.ruth)
    html = page(client, cast)
    assert [child.name in html for child in cast.children] == [True, True, False]
    told = entry(act="leavers.viewed")
    assert (told.actor_id, told.children) == (cast.ruth.pk, sorted(child.pk for child in cast.children[:2]))


def test_only_of_whom_something_is_not_known(client, cast, year):
    client.force_login(cast.ruth)
    html = page(client, cast, show="unknown")
    assert [child.name in html for child in cast.children] == [True, False, False]
    with scoped(cast.liverpool_scope):
        Destination.objects.filter(child=cast.children[0]).update(goes_to="away", plays="hub")
    assert "Nothing is unknown" in page(client, cast, show="unknown")


def test_what_is_known_by_now_is_written_down_and_dates_stay(client, cast):
    client.force_login(cast.ruth)
    html = write(client, cast, cast.children[0], cast.high.pk, "hub", known=cast.high.pk).content.decode()
    assert ("Written down for 1 child." in html, said(cast)[0]) == (True, ("school", cast.high.pk, "hub"))
    assert said(cast)[1:] == BEFORE[1:]
    told = entry(act="children.destination_amended")
    assert (told.actor_id, told.children) == (cast.ruth.pk, [cast.children[0].pk])
    with scoped(cast.liverpool_scope):
        assert Enrolment.objects.get(child=cast.children[0]).revision == 2
    again = write(client, cast, cast.children[0], cast.high.pk, "hub").content.decode()
    assert ("Nothing was changed." in again, len(entries(act="children.destination_amended"))) == (True, 1)


def test_who_left_a_row_alone_undoes_nobody_elses(client, cast):
    client.force_login(cast.ruth)
    pk = cast.gone[cast.children[0].pk]
    write(client, cast, cast.children[0], "away", "hub")
    write(client, cast, cast.children[0], "unknown", "unknown", **{f"was-{pk}": "unknown|unknown"})
    assert said(cast)[0] == ("away", None, "hub")


@pytest.mark.parametrize(
    ("to", "plays"), [("moon", "hub"), ("away", "moon"), ("away", "here"), ("school", "hub"), ("1", "hub"), ("", "")]
)
def test_what_no_page_offers_changes_nothing(client, cast, to, plays):
    client.force_login(cast.ruth)
    write(client, cast, cast.children[0], to, plays)
    assert said(cast) == BEFORE


def test_who_goes_on_in_the_programme_is_left_alone(client, cast):
    client.force_login(cast.ruth)
    write(client, cast, cast.children[2], "away", "stops")
    assert said(cast) == BEFORE


def test_a_school_is_looked_for_and_one_that_has_closed_since_stays_chosen(client, cast):
    client.force_login(cast.ruth)
    pk = cast.gone[cast.children[0].pk]
    html = client.post(address(cast), {"find": "kingcup", "look": "1", f"to-{pk}": "other", f"plays-{pk}": "wider"})
    assert "1 school found, now in the lists." in html.content.decode()
    assert ('<option value="other" selected>' in html.content.decode(), said(cast)) == (True, BEFORE)
    write(client, cast, cast.children[0], cast.high.pk, "hub", known=cast.high.pk)
    cast.high.status = "closed"
    cast.high.save()
    assert f'<option value="{cast.high.pk}" selected>' in page(client, cast)


def test_another_year_is_asked_for_in_the_address(client, cast, year):
    client.force_login(cast.ruth)
    assert cast.children[0].name in page(client, cast, year=str(year))
    assert f"at the turn into {year}" in page(client, cast, year="1999-00")


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("sam", 403), ("omar", 404), ("nia", 403)])
def test_only_who_keeps_class_lists_comes_here(client, cast, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(address(cast)).status_code == status
    assert write(client, cast, cast.children[0], "away", "hub").status_code == status
    assert said(cast) == BEFORE


def test_where_nobody_has_left_the_way_leads_back(client, cast):
    client.force_login(cast.omar)
    answer = client.get(reverse("participants:left", args=[cast.leeds.slug]))
    assert answer["Location"] == reverse("participants:roll-forward", args=[cast.leeds.slug])


def test_a_child_at_risk_stands_on_no_paper(client, cast):
    with scoped(cast.liverpool_scope):
        type(cast.children[0]).objects.filter(pk=cast.children[0].pk).update(is_at_risk=True)
    client.force_login(cast.ruth)
    (row,) = [row for row in page(client, cast).split("<tr") if cast.children[0].name in row]
    assert ("off-paper" in row, "No photos" in row) == (True, True)


@pytest.mark.parametrize("size", [1, 7])
def test_the_page_needs_the_same_statements_whatever_its_size(client, cast, year, size, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        before = type(year)(year=year.pk - 1)
        made = participants.children(
            cast.liverpool, cast.marigold, by=cast.ruth, names=participants.NAMES[:size], year_group="6"
        )
        Placement.objects.filter(child__in=made).update(academic_year_id=before.pk)
        destination.leave_school(
            programme=cast.liverpool,
            academic_year=year,
            going={child.enrolments.get().pk: Going(GoesTo.SCHOOL, Plays.HUB, cast.high.pk) for child in made},
            last_day=year.starts_on,
            by=cast.ruth,
        )
    client.force_login(cast.ruth)
    # session, user, roles; savepoint, scope; hub, years, how many, who; schools known; trail, care; scope back
    with django_assert_num_queries(14):
        page(client, cast)


@pytest.mark.parametrize("query", ["", "?show=unknown"])
def test_who_left_goes_out_as_a_spreadsheet(client, cast, query):
    export = reverse("participants:left-export", args=[cast.liverpool.slug]) + query
    client.force_login(cast.ruth)
    (sheet,) = read(client.post(export, {"kind": "xlsx"}).content, "left.xlsx").sheets
    amara, yusuf, _ = cast.children
    gone = [amara] if query else [amara, yusuf]
    named = {tuple(row.cells[:2]): row.cells[5:7] for row in sheet.rows[1:]}
    assert set(named) == {(child.forename, child.surname) for child in gone}
    assert named[amara.forename, amara.surname] == ("Not known", "Not known")
    assert entry(act="leavers.exported").children == sorted(child.pk for child in gone)
    client.force_login(cast.omar)
    assert client.post(export).status_code == 404
    client.force_login(cast.priya)
    assert client.post(export).status_code == 403
