"""The hub's side of class lists that schools confirm: asking, deciding, and who may."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import at_risk
from participants.actions import child as children
from participants.models import Child, Enrolment, ListCheck
from programmes.actions import closing
from programmes.models import Partnership
from tests.factories import participants, schools
from tests.participants.list_checks import OFFICE, answered, asked, left, missing, moved, named, proposals
from tests.people import person
from tests.trail import entries, entry

A_DAY = timedelta(days=1)


@pytest.fixture
def ruth(client, cast):
    client.force_login(cast.ruth)
    return client


def overview(cast, programme=None):
    return reverse("participants:list-checks", args=[(programme or cast.liverpool).slug])


def page_of(cast, school=None):
    return reverse("participants:list-check", args=[cast.liverpool.slug, (school or cast.saltwharf).pk])


def ask(cast, school=None):
    return reverse("participants:list-check-ask", args=[cast.liverpool.slug, (school or cast.saltwharf).pk])


def act(cast, name, row, school=None):
    return reverse(f"participants:list-check-{name}", args=[cast.liverpool.slug, (school or cast.saltwharf).pk, row.pk])


def text(answer):
    return answer.content.decode()


def seen(answer):
    """What the page says was standing, of the first thing to decide."""
    return re.search(r'name="seen" value="(\w+)"', text(answer))[1]


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# how each school stands


def test_the_overview_says_how_each_school_stands(ruth, cast):
    html = words(text(ruth.get(overview(cast))))
    assert "0 of 2 schools have confirmed their class list." in html
    assert html.count("Not asked") == 2
    link = asked(cast)
    assert "Asked open until" in words(text(ruth.get(overview(cast))))
    answered(link.check, moved(cast.children[0]))
    html = words(text(ruth.get(overview(cast))))
    assert ("1 correction to decide" in html, "Jo Marsh" in html) == (True, True)
    answered(asked(cast, school=cast.marigold, email="office@marigold.sch.example").check)
    assert "1 of 2 schools have confirmed" in words(text(ruth.get(overview(cast))))
    with scoped(cast.both):
        ListCheck.objects.filter(school=cast.saltwharf).update(ends_on=timezone.localdate() - A_DAY)
    assert "1 correction to decide" in words(text(ruth.get(overview(cast))))


def test_a_link_that_ran_out_without_an_answer_says_so(ruth, cast):
    asked(cast)
    with scoped(cast.both):
        ListCheck.objects.update(ends_on=timezone.localdate() - A_DAY)
    assert "Not answered" in text(ruth.get(overview(cast)))
    assert "Was open until" in text(ruth.get(page_of(cast)))


def test_a_school_without_children_of_the_hub_has_no_list_to_confirm(ruth, cast):
    with scoped(cast.both):
        Enrolment.objects.filter(programme=cast.liverpool).update(ends_on=timezone.localdate() - A_DAY)
    assert "No school has a class list yet" in text(ruth.get(overview(cast)))


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 403), ("sam", 403), ("nia", 403), ("olu", 403), ("stranger", 403)]
)
def test_who_does_not_keep_class_lists_sees_none_of_it(client, cast, who, status):
    answered(asked(cast).check, named(cast.children[0]))
    client.force_login(getattr(cast, who))
    assert [client.get(path).status_code for path in (overview(cast), page_of(cast))] == [status, status]


def test_the_manager_next_door_finds_none_of_it(client, cast):
    link = asked(cast)
    answered(link.check, named(cast.children[0]))
    (proposal,) = proposals(cast)
    client.force_login(cast.omar)
    paths = [ask(cast), act(cast, "accept", proposal), act(cast, "decline", proposal), act(cast, "end", link.check)]
    assert [client.get(path).status_code for path in (overview(cast), page_of(cast))] == [404, 404]
    assert [client.post(path, {"email": "x@y.example"}).status_code for path in paths] == [404] * 4
    # nor by an address of their own hub
    own = [cast.leeds.slug, cast.kirkfold.pk]
    for name, row in (("accept", proposal), ("decline", proposal), ("end", link.check)):
        path = reverse(f"participants:list-check-{name}", args=[*own, row.pk])
        assert client.post(path, {"seen": "x"}).status_code == 404
    assert client.get(reverse("participants:list-check", args=[cast.leeds.slug, cast.saltwharf.pk])).status_code == 404


@pytest.mark.parametrize("name", ["accept", "decline", "end"])
def test_by_the_address_of_another_school_of_the_hub_nothing_is_done(ruth, cast, name):
    link = asked(cast)
    answered(link.check, moved(cast.children[0]))
    row = link.check if name == "end" else proposals(cast)[0]
    sent = {"seen": seen(ruth.get(page_of(cast)))}
    assert ruth.post(act(cast, name, row, school=cast.marigold), sent).status_code == 404
    assert [p.state for p in proposals(cast)] == ["open"]
    assert entries(act="list_check.ended") == []


@pytest.mark.parametrize("urn", [1, 999_999_999])
def test_a_school_that_is_none_or_works_with_somebody_else_is_not_there(ruth, cast, urn):
    elsewhere = schools.school("Elsewhere Primary")
    for key in (urn, elsewhere.pk, cast.kirkfold.pk):
        assert ruth.get(reverse("participants:list-check", args=[cast.liverpool.slug, key])).status_code == 404


# asking


def test_without_a_lead_an_address_of_the_school_is_asked(ruth, cast, django_capture_on_commit_callbacks):
    page = text(ruth.get(page_of(cast, cast.marigold)))
    assert ("E-mail address at the school" in page, 'name="leads"' in page) == (True, False)
    with django_capture_on_commit_callbacks(execute=True):
        answer = ruth.post(ask(cast, cast.marigold), {"email": "Office@Marigold.sch.example"}, follow=True)
    assert "Asked: office@marigold.sch.example." in text(answer)
    assert [letter.to for letter in mail.outbox] == [["office@marigold.sch.example"]]


def test_who_leads_the_school_is_offered_and_nobody_else_is_asked(ruth, cast, django_capture_on_commit_callbacks):
    kim = person("Kim Low", "school_lead", school=cast.saltwharf)
    page = text(ruth.get(page_of(cast)))
    assert ("Sam Okoro, sam@hub.example" in page, "Kim Low, kim@hub.example" in page) == (True, True)
    assert 'name="email"' not in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = ruth.post(ask(cast), {"leads": [cast.sam.pk, kim.pk], "email": "stray@x.example"}, follow=True)
    assert "Asked: kim@hub.example and sam@hub.example." in text(answer)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["kim@hub.example", "sam@hub.example"]
    assert len(set(re.findall(r"/class-list/([^/]+)/", "".join(letter.body for letter in mail.outbox)))) == 2


@pytest.mark.parametrize("leads", [[], ["joanne"], ["omar"], ["x"]])
def test_whom_the_page_does_not_offer_is_not_asked(ruth, cast, leads):
    sent = [getattr(cast, name).pk if hasattr(cast, name) else name for name in leads]
    answer = ruth.post(ask(cast), {"leads": sent})
    assert (answer.status_code, mail.outbox) == (422, [])
    assert "<title>Error: " in text(answer)


@pytest.mark.parametrize(
    "email", ["", "x", "a@b.example\nBcc: c@d.example", "head@gmail.com", f"{'a' * 300}@b.example"]
)
def test_an_address_that_is_none_is_not_asked(ruth, cast, email):
    answer = ruth.post(ask(cast, cast.marigold), {"email": email})
    assert (answer.status_code, mail.outbox) == (422, [])
    with scoped(cast.both):
        assert not ListCheck.objects.exists()


def test_asking_wants_a_fresh_proof(client, cast):
    client.force_login(cast.ruth, ago=301)
    assert client.post(ask(cast), {"leads": [cast.sam.pk]})["Location"].startswith(reverse("account_reauthenticate"))
    with scoped(cast.both):
        assert not ListCheck.objects.exists()


@pytest.mark.parametrize("why", ["closed", "no partner"])
def test_who_cannot_be_asked_now_is_not_and_the_page_says_why(ruth, cast, why):
    if why == "closed":
        closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    else:
        Partnership.objects.filter(school=cast.saltwharf).update(ends_on=timezone.localdate() - A_DAY)
    answer = ruth.post(ask(cast), {"leads": [cast.sam.pk]})
    assert (answer.status_code, mail.outbox) == (422, [])
    assert ("is closed since" in text(answer) or "no partner school" in text(answer)) is True


def everybody(cast):
    return reverse("participants:list-checks-ask", args=[cast.liverpool.slug])


def test_the_leads_of_all_schools_are_asked_in_one_press_and_nobody_twice(
    ruth, cast, django_capture_on_commit_callbacks
):
    kim = person("Kim Low", "school_lead", school=cast.marigold)
    person("Lee Low", "school_lead", school=cast.kirkfold)
    person("Max Low", "school_lead", school=cast.marigold, is_active=False)
    assert "Ask the leads of 2 schools" in text(ruth.get(overview(cast)))
    with django_capture_on_commit_callbacks(execute=True):
        answer = ruth.post(everybody(cast), follow=True)
    assert "Asked: the leads of 2 schools." in text(answer)
    assert "Ask the leads" not in text(answer)
    assert sorted(letter.to[0] for letter in mail.outbox) == [kim.email, cast.sam.email]
    assert "Nobody was left to ask." in text(ruth.post(everybody(cast), follow=True))
    assert len(entries(act="list_check.asked")) == 2


def test_who_has_answered_or_has_a_live_link_is_left_alone(ruth, cast, django_capture_on_commit_callbacks):
    person("Kim Low", "school_lead", school=cast.marigold)
    answered(asked(cast, school=cast.marigold, email="office@marigold.sch.example").check)
    asked(cast)
    sent = len(mail.outbox)
    with django_capture_on_commit_callbacks(execute=True):
        ruth.post(everybody(cast))
    assert len(mail.outbox) == sent


def test_the_leads_of_a_closed_hub_are_not_asked_nor_those_next_door(client, ruth, cast):
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    answer = ruth.post(everybody(cast))
    assert (answer.status_code, "Liverpool is closed since" in text(answer), mail.outbox) == (409, True, [])
    for who, status in (("omar", 404), ("sam", 403), ("priya", 403)):
        client.force_login(getattr(cast, who))
        assert client.post(everybody(cast)).status_code == status
    assert ruth.get(everybody(cast)).status_code in (403, 404, 405)


def test_a_link_is_ended_on_its_page(ruth, cast):
    link = asked(cast)
    assert OFFICE in text(ruth.get(page_of(cast)))
    assert ruth.get(act(cast, "end", link.check)).status_code == 405
    page = text(ruth.post(act(cast, "end", link.check), follow=True))
    assert ("The link is dead." in page, "Ended" in page) == (True, True)
    assert ruth.get(f"/class-list/{link.secret}/").status_code == 410


def test_the_secret_is_shown_to_nobody(ruth, cast):
    link = asked(cast)
    page = text(ruth.get(page_of(cast)))
    assert (link.secret in page, link.check.secret_hash in page) == (False, False)


# deciding


def test_what_a_school_says_is_shown_before_and_after_and_who_looked_is_in_the_trail(ruth, cast):
    amara, yusuf, _ = cast.children
    day = timezone.localdate() - A_DAY
    answered(asked(cast).check, named(amara), left(yusuf, day), missing("Nadia", "Begum"))
    page = text(ruth.get(page_of(cast)))
    html = words(page)
    assert "Name written otherwise: Amara Adeyemi becomes Amára Adeyemi" in html
    assert "Has left: At the school becomes Left, last day" in html
    # a child of that name is in the hub, at another school
    assert "Is it Nadia Begum , born 1 September 2017?" in html
    told = entry(act="list_check.viewed")
    assert set(told.children) == {amara.pk, yusuf.pk, cast.others[0].pk}


def test_one_press_accepts_and_one_declines(ruth, cast):
    amara, yusuf, _ = cast.children
    answered(asked(cast).check, named(amara), moved(yusuf))
    one, two = proposals(cast)
    page = ruth.post(act(cast, "accept", one), {"seen": seen(ruth.get(page_of(cast)))}, follow=True)
    assert "Accepted, and written down." in text(page)
    assert "Declined: everything stays as it is." in text(ruth.post(act(cast, "decline", two), follow=True))
    with scoped(cast.both):
        assert Child.objects.get(pk=amara.pk).forename == "Amára"
    assert [p.state for p in proposals(cast)] == ["accepted", "declined"]
    page = words(text(ruth.get(page_of(cast))))
    assert ("To decide" in page, "Confirmed" in page) == (False, True)


def test_what_changed_while_the_page_was_open_is_shown_again(ruth, cast):
    amara = cast.children[0]
    answered(asked(cast).check, named(amara))
    (proposal,) = proposals(cast)
    old = seen(ruth.get(page_of(cast)))
    with scoped(cast.liverpool_scope):
        children.rename(child=amara, forename="Mara", surname="Adeyemi", by=cast.joanne)
    again = ruth.post(act(cast, "accept", proposal), {"seen": old})
    html = words(text(again))
    assert (again.status_code, "it is now “Mara Adeyemi”" in html) == (409, True)
    assert "Changed since When the school looked, it was “Amara Adeyemi”." in html
    assert ruth.post(act(cast, "accept", proposal), {"seen": seen(again)}).status_code == 302


def test_a_last_day_that_cannot_be_says_why_and_another_is_taken(ruth, cast):
    from participants.actions import attendance
    from participants.models.attendance import Mark

    child, today = cast.children[0], timezone.localdate()
    with scoped(cast.liverpool_scope):
        marks = {each.pk: Mark.PRESENT for each in cast.children}
        attendance.take_register(session=cast.session, marks=marks, version=0, by=cast.ruth)
    answered(asked(cast).check, left(child, today - A_DAY))
    (proposal,) = proposals(cast)
    page = ruth.get(page_of(cast))
    for wrong, status in (("", 409), ((today - A_DAY).isoformat(), 409), ("yesterday", 422)):
        answer = ruth.post(act(cast, "accept", proposal), {"seen": seen(page), "last_day": wrong})
        assert (answer.status_code, "Nothing was decided" in text(answer)) == (status, True)
        assert ("Amara Adeyemi: The child stood in a register after that day" in text(answer)) is (status == 409)
    answer = ruth.post(act(cast, "accept", proposal), {"seen": seen(page), "last_day": today.isoformat()})
    assert answer.status_code == 302
    with scoped(cast.both):
        assert Enrolment.objects.get(child=child).ends_on == today


@pytest.mark.parametrize("seen_", ["", "x", "0" * 16])
def test_an_acceptance_of_nothing_that_was_seen_is_refused(ruth, cast, seen_):
    answered(asked(cast).check, moved(cast.children[0]))
    (proposal,) = proposals(cast)
    assert ruth.post(act(cast, "accept", proposal), {"seen": seen_}).status_code == 409
    assert [p.state for p in proposals(cast)] == ["open"]


def test_a_missing_child_is_noted_to_come_in_by_a_list(ruth, cast):
    answered(asked(cast).check, missing())
    page = ruth.post(act(cast, "accept", proposals(cast)[0]), follow=True)
    html = words(text(page))
    assert ("Noted, to come in by a class list." in html, "To bring in" in html) == (True, True)


def test_a_protected_child_is_told_as_one_and_not_printed(ruth, cast):
    answered(asked(cast).check, named(cast.children[0]))
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.children[0], by=cast.joanne)
    page = text(ruth.get(page_of(cast)))
    assert ('<li class="off-paper">' in page, "Protected" in page, "1 child is not printed" in page) == (True,) * 3


@pytest.mark.parametrize("name", ["accept", "decline", "end"])
def test_a_get_decides_nothing(ruth, cast, name):
    link = asked(cast)
    answered(link.check, moved(cast.children[0]))
    row = link.check if name == "end" else proposals(cast)[0]
    assert ruth.get(act(cast, name, row)).status_code == 405
    assert entries(act=f"list_check.{name}ed") == []


@pytest.mark.parametrize("size", [1, 5])
def test_the_pages_need_the_same_statements_whatever_is_on_them(ruth, cast, size, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        crowd = participants.children(
            cast.liverpool, cast.saltwharf, by=cast.ruth, names=[(f"Child{n}", "Crowd") for n in range(size)]
        )
    answered(asked(cast).check, *map(moved, crowd), *map(named, crowd), missing())
    with django_assert_num_queries(14):
        ruth.get(overview(cast))
    with django_assert_num_queries(23):
        ruth.get(page_of(cast))
