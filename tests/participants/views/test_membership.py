"""Ensembles: who is in them, and a school class joining in one act."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment
from participants.actions import at_risk
from participants.models import Consent, Membership, MembershipAct
from tests.factories import participants, programmes
from tests.trail import entry


def members_of(cast, ensemble):
    with scoped(cast.both):
        return sorted(Membership.objects.filter(ensemble=ensemble).values_list("child_id", flat=True))


def join(client, cast, ensemble, key):
    return client.post(reverse("participants:ensemble-join", args=[ensemble.pk]), {"group": key}, follow=True)


def test_a_school_class_joins_in_one_act(client, cast):
    client.force_login(cast.ruth)
    response = join(client, cast, cast.brass, f"{cast.saltwharf.pk}|class|4B")
    assert "3 children joined Year 5 Brass." in response.content.decode()
    assert members_of(cast, cast.brass) == sorted(c.pk for c in [*cast.children, *cast.others])


def test_who_is_in_it_already_stays_once(client, cast):
    client.force_login(cast.ruth)
    response = join(client, cast, cast.strings, f"{cast.saltwharf.pk}|class|4B")
    assert "0 children joined Year 4 Strings. 3 were in it already." in response.content.decode()
    assert len(members_of(cast, cast.strings)) == 3


def test_a_class_of_the_hub_next_door_joins_nothing(client, cast):
    client.force_login(cast.ruth)
    for key in (f"{cast.kirkfold.pk}|class|4B", "", "x|y", "1|", "1|class|"):
        assert "No class and no year group was chosen" in join(client, cast, cast.brass, key).content.decode()
    assert members_of(cast, cast.brass) == sorted(c.pk for c in cast.others)


def test_an_ensemble_next_door_is_not_found(client, cast):
    client.force_login(cast.ruth)
    assert client.get(reverse("participants:ensemble", args=[cast.leeds_strings.pk])).status_code == 404
    assert join(client, cast, cast.leeds_strings, f"{cast.saltwharf.pk}|class|4B").status_code == 404


def test_a_coordinator_sees_an_ensemble_but_cannot_change_it(client, cast):
    client.force_login(cast.priya)
    page = client.get(reverse("participants:ensemble", args=[cast.strings.pk])).content.decode()
    assert "Take in a class" not in page
    assert join(client, cast, cast.strings, f"{cast.saltwharf.pk}|class|4B").status_code == 403


def test_keeping_ensembles_in_one_hub_gives_no_right_to_them_in_another(client, cast):
    """Ruth keeps Liverpool's ensembles; in Leeds she only takes registers."""
    RoleAssignment.objects.create(user=cast.ruth, role="coordinator", programme=cast.leeds)
    ruth = programmes.tutor(cast.leeds, "Ruth Bell", cast.ruth)
    cast.leeds_strings.tutors.add(ruth)
    choir = programmes.ensemble(cast.leeds, "Kirkfold Choir", school=cast.kirkfold, led_by=[ruth])
    client.force_login(cast.ruth)
    assert join(client, cast, choir, f"{cast.kirkfold.pk}|class|4B").status_code == 403
    assert members_of(cast, choir) == []


@pytest.mark.parametrize(
    "key",
    [
        "{urn}|class|4B\0",
        "{urn}|class|\0",
        "\0",
        "{urn}9999999999999999999999|class|4B",
        "٣|class|4B",
        "{urn}|school|4B",
    ],
)
def test_what_no_list_offers_joins_nothing(client, cast, key):
    client.force_login(cast.ruth)
    page = join(client, cast, cast.brass, key.format(urn=cast.saltwharf.pk))
    assert (page.status_code, "No class and no year group was chosen" in page.content.decode()) == (200, True)


def test_nobody_joins_an_ensemble_that_has_ended(client, cast):
    cast.brass.ends_on = timezone.localdate() - timedelta(days=1)
    cast.brass.save()
    client.force_login(cast.ruth)
    page = join(client, cast, cast.brass, f"{cast.saltwharf.pk}|class|4B").content.decode()
    assert "nobody can join it any more. Choose another ensemble." in page
    assert members_of(cast, cast.brass) == sorted(c.pk for c in cast.others)


def test_who_looked_at_the_names_is_in_the_trail(client, cast):
    client.force_login(cast.priya)
    client.get(reverse("participants:ensemble", args=[cast.strings.pk]))
    event = entry(act="ensemble.viewed")
    assert (event.actor_id, event.programme_id, event.subject_id) == (
        cast.priya.pk,
        cast.liverpool.pk,
        cast.strings.pk,
    )
    assert len(event.children) == 3


def row_on(html, child):
    (row,) = [row for row in html.split("<tr") if child.name in row]
    return row


@pytest.fixture
def hidden(cast):
    """The first child of Year 4 Strings, at risk."""
    with scoped(cast.liverpool_scope):
        return at_risk.flag_at_risk(child=cast.children[0], by=cast.ruth)


def test_a_refusal_of_photos_stands_beside_the_name(client, cast):
    with scoped(cast.liverpool_scope):
        participants.answer(cast.children[1], Consent.Purpose.PHOTO_INSIDE, by=cast.ruth)
    client.force_login(cast.priya)
    html = client.get(reverse("participants:ensemble", args=[cast.strings.pk])).content.decode()
    assert ["No photos" in row_on(html, child) for child in cast.children] == [False, True, False]
    assert html.count("No photo consent yet") == 2


@pytest.mark.parametrize(("who", "linked"), [("priya", False), ("ruth", True)])
def test_a_child_at_risk_is_on_the_ensembles_page_and_on_no_paper(client, cast, hidden, who, linked):
    client.force_login(getattr(cast, who))
    html = client.get(reverse("participants:ensemble", args=[cast.strings.pk])).content.decode()
    row = row_on(html, hidden)
    assert ("off-paper" in row, "No photos" in row, html.count("off-paper")) == (True, True, 1)
    assert "<b>1 child is not printed</b>; look at the list on screen." in html
    assert "3 children." in html
    # a link that leads nowhere for whoever may not open it would only tell
    assert ("<a " in row) is linked


def test_an_ensembles_size_counts_a_child_at_risk_for_whoever_leads_it(client, cast, hidden):
    client.force_login(cast.priya)
    assert '<td class="num" data-label="Children">3' in client.get(reverse("participants:ensembles")).content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_needs_the_same_statements_whatever_its_size(client, cast, size, django_assert_num_queries):
    choir = programmes.ensemble(cast.liverpool, "Choir", led_by=cast.strings.tutors.all())
    with scoped(cast.liverpool_scope):
        participants.join(choir, cast.children[:size], by=cast.ruth)
    client.force_login(cast.priya)
    # session, user, roles; savepoint, scope; own ensembles, ensemble, members, care, instruments, trail, who leads;
    # scope back
    with django_assert_num_queries(15):
        client.get(reverse("participants:ensemble", args=[choir.pk]))


def leave(client, ensemble, children, last_day=None):
    sent = {"child": [child.pk for child in children], "last_day": str(last_day or timezone.localdate())}
    return client.post(reverse("participants:ensemble-leave", args=[ensemble.pk]), sent, follow=True)


def page_of(client, ensemble):
    return client.get(reverse("participants:ensemble", args=[ensemble.pk])).content.decode()


def test_a_whole_year_group_joins_in_one_act(client, cast):
    client.force_login(cast.ruth)
    offered = page_of(client, cast.brass)
    key = f"{cast.saltwharf.pk}|year|4"
    assert (f'value="{key}"' in offered, "Year 4, Saltwharf Primary (3)" in offered) == (True, True)
    assert "3 children joined Year 5 Brass." in join(client, cast, cast.brass, key).content.decode()


def test_one_child_joins_from_its_own_page(client, cast):
    client.force_login(cast.ruth)
    address = reverse("participants:child-join", args=[cast.children[0].pk])
    page = client.post(address, {"ensemble": cast.brass.pk}, follow=True).content.decode()
    assert "1 child joined Year 5 Brass." in page
    assert cast.children[0].pk in members_of(cast, cast.brass)
    # the ensembles offered are those the child is not in
    assert f'<option value="{cast.brass.pk}">' not in page


@pytest.mark.parametrize("chosen", ["", "x", "٣", "99999999999999999999999"])
def test_one_child_joins_nothing_that_is_not_offered(client, cast, chosen):
    client.force_login(cast.ruth)
    address = reverse("participants:child-join", args=[cast.children[0].pk])
    for value in (chosen, str(cast.leeds_strings.pk), str(cast.strings.pk)):
        page = client.post(address, {"ensemble": value}, follow=True).content.decode()
        assert "No ensemble was chosen." in page


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("sam", 403), ("omar", 404), ("nia", 403)])
def test_only_who_keeps_the_ensembles_moves_children(client, cast, who, status):
    with scoped(cast.liverpool_scope):
        participants.join(cast.brass, cast.children, by=cast.ruth)
        act = MembershipAct.objects.filter(ensemble=cast.strings).last()
    client.force_login(getattr(cast, who))
    posts = [
        (reverse("participants:child-join", args=[cast.children[0].pk]), {"ensemble": cast.brass.pk}),
        (reverse("participants:ensemble-leave", args=[cast.strings.pk]), {"child": cast.children[0].pk}),
        (reverse("participants:ensemble-undo", args=[cast.strings.pk, act.pk]), {}),
    ]
    assert [client.post(path, sent).status_code for path, sent in posts] == [status] * 3
    assert members_of(cast, cast.strings) == sorted(child.pk for child in cast.children)


def test_who_is_ticked_leaves_and_one_press_undoes_it(client, cast):
    client.force_login(cast.ruth)
    yesterday = timezone.localdate() - timedelta(days=1)
    page = leave(client, cast.strings, cast.children[:2], yesterday).content.decode()
    assert f"2 children left Year 4 Strings, the last day is {yesterday.day} {yesterday:%B %Y}." in page
    assert "1 child." in page
    with scoped(cast.liverpool_scope):
        act = MembershipAct.objects.get(kind="left")
    undo = reverse("participants:ensemble-undo", args=[cast.strings.pk, act.pk])
    assert f'action="{undo}"' in page
    back = client.post(undo, follow=True).content.decode()
    assert ("Undone: Year 4 Strings is as it was before." in back, "3 children." in back) == (True, True)
    assert f'action="{undo}"' not in back


def test_an_undo_of_another_ensemble_or_hub_is_not_found(client, cast):
    with scoped(cast.both):
        theirs = MembershipAct.objects.filter(ensemble=cast.leeds_strings).last()
        elsewhere = MembershipAct.objects.filter(ensemble=cast.brass).last()
    client.force_login(cast.ruth)
    for ensemble, act in ((cast.leeds_strings, theirs), (cast.strings, theirs), (cast.strings, elsewhere)):
        assert client.post(reverse("participants:ensemble-undo", args=[ensemble.pk, act.pk])).status_code == 404
    assert len(members_of(cast, cast.leeds_strings)) > 0


@pytest.mark.parametrize("sent", [{}, {"child": "x"}, {"child": "{child}", "last_day": "soon"}, {"child": "{child}"}])
def test_nobody_leaves_by_a_form_that_is_not_complete(client, cast, sent):
    client.force_login(cast.ruth)
    sent = {name: value.format(child=cast.children[0].pk) for name, value in sent.items()}
    page = client.post(reverse("participants:ensemble-leave", args=[cast.strings.pk]), sent, follow=True)
    assert "Nobody was taken out." in page.content.decode()
    assert len(members_of(cast, cast.strings)) == 3


def test_a_full_ensemble_warns_and_takes_in(client, cast):
    cast.brass.capacity = 4
    cast.brass.save()
    client.force_login(cast.ruth)
    page = join(client, cast, cast.brass, f"{cast.saltwharf.pk}|class|4B").content.decode()
    assert "3 children joined Year 5 Brass. It holds 4; there are 5 now." in page


def test_who_leaves_soon_stands_there_until_then_and_cannot_be_taken_out_twice(client, cast):
    client.force_login(cast.ruth)
    last = timezone.localdate() + timedelta(days=3)
    leave(client, cast.strings, cast.children[:1], last)
    html = page_of(client, cast.strings)
    row = row_on(html, cast.children[0])
    assert (f"until {last.day} {last:%B %Y}" in row, "checkbox" in row, html.count("checkbox")) == (True, False, 2)
    again = leave(client, cast.strings, cast.children[:1]).content.decode()
    assert "Nobody was taken out: they have a last day already" in again
