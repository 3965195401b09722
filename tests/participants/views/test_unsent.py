"""Registers that a page's script sends, and who is signed in to send them."""

import pytest
from django.urls import reverse

from inharmony.access.scope import scoped
from participants.models import Attendance
from tests.trail import entries


@pytest.fixture
def to(cast):
    return reverse("participants:register-send", args=[cast.session.pk])


def sent(cast, who, *letters, version=0, save="1", **changes):
    marks = {f"m{child.pk}": letter for child, letter in zip(cast.children, letters, strict=True)}
    return marks | {"version": str(version), "person": str(who.pk), "after": ""} | {"save": save.zfill(32)} | changes


def standing(cast):
    with scoped(cast.both):
        return "".join(Attendance.objects.filter(session=cast.session).values_list("mark", flat=True))


def test_send_saves_and_answers_with_the_version_and_when(client, cast, to):
    client.force_login(cast.priya)
    answer = client.post(to, sent(cast, cast.priya, "p", "a", "l"))
    said = answer.json()
    assert (answer.status_code, said["version"], said["is_changed"]) == (200, 1, False)
    assert said["saved"].endswith(f", {cast.priya.name}")
    assert standing(cast) == "pal"


def test_sent_again_it_answers_alike_and_leaves_one_entry(client, cast, to):
    client.force_login(cast.priya)
    first, again = (client.post(to, sent(cast, cast.priya, "p", "a", "l")).json() for _ in range(2))
    assert first == again
    assert len(entries(act__startswith="register.")) == 1


def test_sent_again_after_somebody_elses_correction_it_says_so_and_changes_nothing(client, cast, to):
    client.force_login(cast.priya)
    client.post(to, sent(cast, cast.priya, "p", "a", "l"))
    client.force_login(cast.ruth)
    client.post(to, sent(cast, cast.ruth, "p", "p", "l", version=1, save="2"))
    client.force_login(cast.priya)
    said = client.post(to, sent(cast, cast.priya, "p", "a", "l")).json()
    assert (said, standing(cast)) == ({"version": 1, "saved": "Saved", "is_changed": True}, "ppl")


def test_another_version_than_stands_is_a_conflict_and_overwrites_nothing(client, cast, to):
    client.force_login(cast.ruth)
    client.post(to, sent(cast, cast.ruth, "p", "p", "p"))
    client.force_login(cast.priya)
    answer = client.post(to, sent(cast, cast.priya, "a", "a", "a", save="2"))
    assert (answer.status_code, standing(cast)) == (409, "ppp")


def test_what_was_marked_by_somebody_else_is_not_saved_for_who_is_signed_in(client, cast, to):
    client.force_login(cast.ruth)
    answer = client.post(to, sent(cast, cast.priya, "p", "p", "p"))
    assert (answer.status_code, standing(cast)) == (403, "")


@pytest.mark.parametrize("wrong", [{"save": "x" * 32}, {"after": "1 2"}, {"version": ""}, {"m1": "?"}])
def test_what_no_page_sends_is_refused_in_words(client, cast, to, wrong):
    client.force_login(cast.priya)
    answer = client.post(to, sent(cast, cast.priya, "p", "p", "p", **wrong))
    assert (answer.status_code, standing(cast)) == (422, "")
    assert "Open the register again" in answer.json()["said"]


def test_here_says_whose_session_it_is_and_gives_its_token(client, cast):
    client.force_login(cast.priya)
    said = client.get("/account/here/").json()
    assert (said["person"], len(said["token"])) == (cast.priya.pk, 64)
    client.logout()
    assert client.get("/account/here/")["Location"].startswith("/sign-in/")
