"""The page on which an ensemble ends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.models import Membership, MembershipAct
from programmes.models import Ensemble, Session
from tests.factories import programmes

TODAY = timezone.localdate()


def end_of(ensemble):
    return reverse("participants:ensemble-end", args=[ensemble.pk])


def press(client, ensemble, last_day=TODAY):
    return client.post(end_of(ensemble), {"last_day": last_day.isoformat()}, follow=True)


def last_days(cast, ensemble):
    with scoped(cast.both):
        return set(Membership.objects.filter(ensemble=ensemble).values_list("ends_on", flat=True))


def test_an_ensemble_ends_with_its_memberships_and_one_press_undoes_both(client, cast):
    client.force_login(cast.ruth)
    asked = client.get(end_of(cast.brass)).content.decode()
    assert "2 children leave it on that day." in asked
    yesterday = TODAY - timedelta(days=1)
    page = press(client, cast.brass, yesterday).content.decode()
    words = f"Year 5 Brass ends on {yesterday.day} {yesterday:%B %Y}, and 2 children leave with it."
    assert (words in page, last_days(cast, cast.brass)) == (True, {yesterday})
    assert ("Ended: 2 children" in page, "Take in a class" in page, "End it" in page) == (False, False, False)
    assert "Ensemble ended: 2 children, last day" in page
    with scoped(cast.liverpool_scope):
        act = MembershipAct.objects.get(kind="ended")
    back = client.post(reverse("participants:ensemble-undo", args=[cast.brass.pk, act.pk]), follow=True)
    assert "Undone: Year 5 Brass is as it was before." in back.content.decode()
    assert (Ensemble.objects.get(pk=cast.brass.pk).ends_on, last_days(cast, cast.brass)) == (None, {None})


def test_sessions_to_come_refuse_and_leave_everything(client, cast):
    programmes.session(cast.brass, day=TODAY + timedelta(days=7))
    client.force_login(cast.ruth)
    answer = press(client, cast.brass)
    assert (answer.status_code, "Cancel them first, or end it later." in answer.content.decode()) == (422, True)
    assert (Ensemble.objects.get(pk=cast.brass.pk).ends_on, last_days(cast, cast.brass)) == (None, {None})
    Session.objects.update(cancelled_at=timezone.now(), cancel_reason="other")
    assert press(client, cast.brass).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("sam", 403), ("omar", 404), ("nia", 403), ("olu", 403)])
def test_only_who_keeps_the_ensembles_ends_one(client, cast, who, status):
    client.force_login(getattr(cast, who))
    assert (client.get(end_of(cast.strings)).status_code, press(client, cast.strings).status_code) == (status, status)
    assert Ensemble.objects.get(pk=cast.strings.pk).ends_on is None


def test_a_day_that_is_none_is_said(client, cast):
    client.force_login(cast.ruth)
    answer = client.post(end_of(cast.brass), {"last_day": "soon"})
    assert (answer.status_code, "Enter a valid date." in answer.content.decode()) == (422, True)


def test_the_list_has_who_plays_now_or_soon_and_apart_who_has_ended(client, cast):
    programmes.ensemble(cast.liverpool, "Next Year Choir")
    Ensemble.objects.filter(name="Next Year Choir").update(starts_on=TODAY + timedelta(days=30))
    client.force_login(cast.ruth)
    press(client, cast.brass, TODAY - timedelta(days=1))
    listed = client.get(reverse("participants:ensembles")).content.decode()
    assert ("Next Year Choir" in listed, "Year 5 Brass" in listed, "2 playing now or soon." in listed) == (
        True,
        False,
        True,
    )
    ended = client.get(reverse("participants:ensembles"), {"show": "ended"}).content.decode()
    assert ("Year 5 Brass" in ended, "Year 4 Strings" in ended, "Kirkfold" in ended) == (True, False, False)


def test_a_hub_without_ensembles_says_what_to_do(client, cast):
    with scoped(cast.leeds_scope):
        Session.objects.filter(programme=cast.leeds).delete()
        Membership.objects.filter(ensemble=cast.leeds_strings).delete()
        MembershipAct.objects.all().delete()
        cast.leeds_strings.delete()
    client.force_login(cast.omar)
    page = client.get(reverse("participants:ensembles")).content.decode()
    assert ("Make the first one: its name" in page, reverse("programmes:ensemble-new", args=["leeds"]) in page) == (
        True,
        True,
    )


def test_more_children_than_places_is_said_on_the_page(client, cast):
    Ensemble.objects.filter(pk=cast.strings.pk).update(capacity=2)
    client.force_login(cast.ruth)
    page = client.get(reverse("participants:ensemble", args=[cast.strings.pk])).content.decode()
    assert ("3 children, 2 places." in page, "More than its places" in page) == (True, True)
