"""The way back for a lost second factor: vouched for, told to the person, and of no use to who has the password only."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.utils import timezone

from inharmony.accounts.actions import second_factor
from inharmony.accounts.models import RoleAssignment, SecondFactorReset
from inharmony.accounts.validators.account import OwnAccountError, ShutError, WorksElsewhereError
from inharmony.accounts.validators.role import BeyondReachError
from tests.clients import SignedInClient
from tests.second_factors import enrol
from tests.trail import entries, entry

IN_PERSON = SecondFactorReset.Check.IN_PERSON


@pytest.fixture
def priya(cast):
    cache.clear()
    enrol(cast.priya)
    return cast.priya


def reset(cast, user):
    _, code = second_factor.reset(user=user, how_known=IN_PERSON, by=cast.joanne)
    return code


def another(code):
    return f"{(int(code) + 1) % 10**8:08d}"


def test_reset_takes_every_second_factor_off_and_ends_the_sessions(cast, priya):
    browser = SignedInClient()
    browser.force_login(priya)
    reset(cast, priya)
    assert not Authenticator.objects.filter(user=priya).exists()
    assert browser.get("/today/").status_code == 302
    event = entry(act="second_factor.reset")
    assert (event.actor_id, event.subject_id, event.details) == (cast.joanne.pk, priya.pk, {"how_known": "in_person"})


def test_the_code_goes_into_no_mail_and_not_into_the_database(
    cast, priya, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        code = reset(cast, priya)
    (mail,) = mailoutbox
    assert (mail.to, code in mail.body, "Joanne Carter" in mail.body) == ([priya.email], False, True)
    assert code not in repr(list(SecondFactorReset.objects.values()))


def test_the_right_code_opens_the_way_once(cast, priya):
    code = reset(cast, priya)
    second_factor.use_code(user=priya, code=f"{code[:4]} {code[4:]}")
    assert second_factor.open_reset(priya) is None
    assert entry(act="second_factor.code_used").actor_id == priya.pk


def test_a_wrong_code_is_counted_and_the_fifth_ends_the_way(cast, priya):
    code = reset(cast, priya)
    for _ in range(5):
        with pytest.raises(second_factor.SecondFactorRefusedError, match="not the code"):
            second_factor.use_code(user=priya, code=another(code))
    with pytest.raises(second_factor.SecondFactorRefusedError, match="no longer good"):
        second_factor.use_code(user=priya, code=code)
    assert second_factor.open_reset(priya) is not None
    assert len(entries(act="second_factor.code_refused")) == 5


def test_a_code_is_good_for_a_day(cast, priya):
    code = reset(cast, priya)
    with (
        time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)),
        pytest.raises(second_factor.SecondFactorRefusedError, match="no longer good"),
    ):
        second_factor.use_code(user=priya, code=code)


def test_a_second_reset_makes_the_first_code_worthless(cast, priya):
    first = reset(cast, priya)
    second = reset(cast, priya)
    with pytest.raises(second_factor.SecondFactorRefusedError):
        second_factor.use_code(user=priya, code=first)
    second_factor.use_code(user=priya, code=second)


def test_nobody_resets_their_own(cast, priya):
    with pytest.raises(OwnAccountError, match="their own second factor"):
        second_factor.reset(user=cast.joanne, how_known=IN_PERSON, by=cast.joanne)
    assert entries(act="second_factor.reset") == []


def test_a_closed_account_is_opened_first(cast, priya):
    priya.is_active = False
    priya.save()
    with pytest.raises(ShutError, match="opened again first"):
        reset(cast, priya)
    assert Authenticator.objects.filter(user=priya).count() == 2


def test_a_manager_vouches_for_people_of_their_own_hub_only(cast, priya):
    with pytest.raises(BeyondReachError):
        second_factor.reset(user=priya, how_known=IN_PERSON, by=cast.omar)
    RoleAssignment.objects.create(user=priya, role="coordinator", programme=cast.leeds)
    for manager in (cast.joanne, cast.omar):
        with pytest.raises(WorksElsewhereError, match="Olu Grant"):
            second_factor.reset(user=priya, how_known=IN_PERSON, by=manager)
    assert Authenticator.objects.filter(user=priya).count() == 2
    second_factor.reset(user=priya, how_known=IN_PERSON, by=cast.olu)
    assert Authenticator.objects.filter(user=priya).count() == 0
    assert sorted(each.programme_id for each in entries(act="second_factor.reset")) == sorted(
        [cast.liverpool.pk, cast.leeds.pk]
    )


def test_who_has_the_password_only_sets_nothing_up_without_the_code(client, cast, priya):
    code = reset(cast, priya)
    client.force_login(priya, second_factor=False)
    client.prove(priya, "password")
    for page in ("/account/second-factor/app/", "/account/second-factor/passkeys/add/"):
        assert client.get(page)["Location"] == "/account/second-factor/code/"
        assert client.post(page, {"code": "000000"})["Location"] == "/account/second-factor/code/"
    wrong = client.post("/account/second-factor/code/", {"code": another(code)})
    assert (wrong.status_code, "This is not the code" in wrong.content.decode()) == (422, True)
    assert client.post("/account/second-factor/code/", {"code": code})["Location"] == "/account/second-factor/"
    assert client.get("/account/second-factor/app/").status_code == 200
