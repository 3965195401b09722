"""A session of several ensembles: one register, seen by whoever leads one of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scope_of, scoped
from participants.actions import at_risk, attendance, membership
from participants.models import Attendance, Child
from participants.models.attendance import Mark
from participants.validators.walk_in import token_for
from programmes.models import Session
from programmes.queries.session import registers_missing
from tests.factories import participants, programmes
from tests.participants.views.test_attendance import row_on
from tests.people import person
from tests.trail import entry

TITLE = "Year 4 Strings with Year 5 Brass"


@pytest.fixture
def joint(cast):
    """A session of the strings today that the brass join; Bea leads the brass."""
    cast.bea = person("Bea Moss", "coordinator", programme=cast.liverpool)
    cast.brass.tutors.add(programmes.tutor(cast.liverpool, "Bea Moss", cast.bea))
    return programmes.session(cast.strings, starts_at="13:00", ends_at="14:00", joined_by=[cast.brass])


def page_of(session):
    return reverse("participants:register", args=[session.pk])


def sent(children, mark="p", version=0):
    return {f"m{child.pk}": mark for child in children} | {"version": str(version)}


def standing(cast, session):
    with scoped(cast.both):
        return dict(Attendance.objects.filter(session=session).order_by("child_id").values_list("child_id", "mark"))


@pytest.mark.parametrize("who", ["priya", "bea", "ruth"])
def test_whoever_leads_one_of_them_sees_and_takes_the_register_of_all(client, cast, joint, who):
    client.force_login(getattr(cast, who))
    html = client.get(page_of(joint)).content.decode()
    everyone = [*cast.children, *cast.others]
    assert f"<h1>{TITLE}</h1>" in html
    assert [html.count(f">{child.name}<") for child in everyone] == [1] * 5
    # whose row says with whom they came
    assert ["Year 4 Strings" in row_on(html, child) for child in everyone] == [True] * 3 + [False] * 2
    assert ["Year 5 Brass" in row_on(html, child) for child in everyone] == [False] * 3 + [True] * 2
    assert client.post(page_of(joint), sent(everyone)).status_code == 302
    assert len(standing(cast, joint)) == 5
    assert len(entry(act="register.taken").children) == 5


def test_who_is_in_two_of_the_ensembles_stands_there_once(client, cast, joint):
    with scoped(cast.liverpool_scope):
        participants.join(cast.brass, cast.children[:1], by=cast.ruth)
    client.force_login(cast.priya)
    html = client.get(page_of(joint)).content.decode()
    assert html.count(f'id="child-{cast.children[0].pk}"') == 1
    assert "Year 5 Brass" not in row_on(html, cast.children[0])


def test_a_register_without_the_children_of_who_joins_is_not_whole(client, cast, joint):
    client.force_login(cast.priya)
    refused = client.post(page_of(joint), sent(cast.children))
    assert (refused.status_code, standing(cast, joint)) == (422, {})
    assert "2 of the children have no mark" in refused.content.decode()


def test_outside_the_register_nobody_sees_more_children_than_before(client, cast, joint):
    for who, seen in ((cast.priya, cast.children), (cast.bea, cast.others)):
        with scoped(scope_of(who)):
            assert {child.pk for child in Child.objects.visible_to(who)} == {child.pk for child in seen}
        client.force_login(who)
        hidden = next(child for child in (*cast.children, *cast.others) if child not in seen)
        assert client.get(reverse("participants:child", args=[hidden.pk])).status_code == 404


def test_who_leads_neither_does_not_see_the_session(client, cast, joint):
    other = person("Cleo Ray", "coordinator", programme=cast.liverpool)
    choir = programmes.ensemble(cast.liverpool, "Choir")
    choir.tutors.add(programmes.tutor(cast.liverpool, "Cleo Ray", other))
    for who in (other, cast.omar):
        client.force_login(who)
        assert client.get(page_of(joint)).status_code == 404


def test_a_child_at_risk_of_either_is_on_the_register_of_both(client, cast, joint):
    with scoped(cast.liverpool_scope):
        for child in (cast.children[0], cast.others[0]):
            at_risk.flag_at_risk(child=child, by=cast.ruth)
    for who in (cast.priya, cast.bea):
        client.force_login(who)
        html = client.get(page_of(joint)).content.decode()
        assert [child.name in html for child in (cast.children[0], cast.others[0])] == [True, True]


def test_the_register_leads_each_to_pages_they_see(client, cast, joint):
    for who, ensemble in ((cast.priya, cast.strings), (cast.bea, cast.brass)):
        client.force_login(who)
        html = client.get(page_of(joint)).content.decode()
        other = cast.brass if ensemble == cast.strings else cast.strings
        for page in ("absences", "grid"):
            assert reverse(f"participants:{page}", args=[ensemble.pk]) in html
            assert reverse(f"participants:{page}", args=[other.pk]) not in html


def test_it_stands_in_the_day_and_among_the_missing_of_both(client, cast, joint):
    past = programmes.session(cast.strings, day=timezone.localdate() - timedelta(days=1), joined_by=[cast.brass])
    for who in (cast.priya, cast.bea):
        client.force_login(who)
        assert client.get(reverse("programmes:today")).content.decode().count(f"<h3>{TITLE}") == 2
        assert [one.pk for one in registers_missing(timezone.localdate(), who)] == [past.pk]


def test_it_is_told_on_the_pages_of_each_ensemble(client, cast, joint):
    client.force_login(cast.ruth)
    for ensemble in (cast.strings, cast.brass):
        assert TITLE in client.get(reverse("participants:ensemble", args=[ensemble.pk])).content.decode()
    assert TITLE in client.get(reverse("programmes:timetable")).content.decode()


def test_the_grid_of_each_ensemble_shows_its_own_children_in_that_column(client, cast, joint):
    client.force_login(cast.ruth)
    client.post(page_of(joint), sent([*cast.children, *cast.others], "l"))
    for who, ensemble, own in ((cast.priya, cast.strings, cast.children), (cast.bea, cast.brass, cast.others)):
        client.force_login(who)
        html = client.get(reverse("participants:grid", args=[ensemble.pk])).content.decode()
        shown = [child.name in html for child in (*cast.children, *cast.others)]
        assert shown == [child in own for child in (*cast.children, *cast.others)]
        assert html.count('class="state state-l"') == len(own) + 1  # and the legend
        assert f'href="{page_of(joint)}"' in html


def test_its_column_is_changed_in_the_register_of_all(client, cast, joint):
    client.force_login(cast.priya)
    html = client.get(reverse("participants:grid", args=[cast.strings.pk]), {"edit": joint.pk}).content.decode()
    assert f"{TITLE} had one register" in html
    assert "Save column" not in html


def test_a_walk_in_to_a_joint_session_is_of_a_school_of_one_of_them(client, cast, joint):
    with scoped(cast.liverpool_scope):
        (zoe,) = participants.children(cast.liverpool, cast.marigold, by=cast.joanne, names=[("Zoë", "O’Connell")])
    client.force_login(cast.priya)
    search = reverse("participants:walk-in", args=[joint.pk])
    assert "Add<span" in client.post(search, {"version": "0", "find": zoe.name}).content.decode()
    token = {f"m{zoe.pk}": "p", f"w{zoe.pk}": token_for(joint.pk, zoe.pk, cast.priya.pk)}
    assert client.post(page_of(joint), sent([*cast.children, *cast.others]) | token).status_code == 302
    client.force_login(cast.bea)
    assert "In none of these ensembles" in row_on(client.get(page_of(joint)).content.decode(), zoe)


def test_who_has_a_mark_in_a_joint_session_is_not_taken_out_of_what_joins_it_before(cast, joint):
    with scoped(cast.liverpool_scope):
        marks = {child.pk: Mark.PRESENT for child in (*cast.children, *cast.others)}
        attendance.take_register(session=joint, marks=marks, version=0, by=cast.bea)
        yesterday = timezone.localdate() - timedelta(days=1)
        with pytest.raises(membership.MarkedAfterError, match="registers of Year 5 Brass"):
            membership.leave(ensemble=cast.brass, children=cast.others, last_day=yesterday, by=cast.ruth)


@pytest.mark.parametrize("joining", [0, 1, 3])
def test_the_page_needs_the_same_statements_however_many_join(client, cast, joining, django_assert_num_queries):
    others = [programmes.ensemble(cast.liverpool, f"Group {n}") for n in range(joining)]
    with scoped(cast.liverpool_scope):
        for n, other in enumerate(others):
            names = [(f"Child{n}", "Test"), (f"Other{n}", "Test")]
            new = participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
            participants.join(other, new, by=cast.ruth)
    session = programmes.session(cast.strings, starts_at="13:00", ends_at="14:00", joined_by=others)
    client.force_login(cast.priya)
    with django_assert_num_queries(12):
        client.get(page_of(session))


@pytest.mark.parametrize("joining", [0, 3])
def test_a_day_of_joint_sessions_takes_the_same_statements(client, cast, joining, django_assert_num_queries):
    others = [programmes.ensemble(cast.liverpool, f"Group {n}") for n in range(joining)]
    for hour in range(13, 16):
        programmes.session(cast.strings, starts_at=f"{hour}:00", ends_at=f"{hour}:30", joined_by=others)
    cast.strings.refresh_from_db()
    client.force_login(cast.priya)
    client.get(reverse("programmes:today"))
    with django_assert_num_queries(10):
        client.get(reverse("programmes:today"))
    assert Session.objects.count() == 5
