"""What a school sees and sends through its link, with nobody signed in; and what a stranger does not."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment
from participants.actions import at_risk
from participants.actions import child as children
from participants.actions import list_check as acts
from participants.forms.list_check import MOST_AT_ONCE, MOST_MISSING
from participants.models import Child, ListAnswer, ListCheck
from programmes.actions import closing
from tests.factories import participants, programmes
from tests.participants.list_checks import answered, asked, named, proposals
from tests.trail import entries, entry

A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nobody_counted():
    cache.clear()


@pytest.fixture
def link(cast):
    return asked(cast)


def address(link):
    return reverse("participants:list-link", args=[link.secret])


def post(link, do, client=None, **fields):
    return (client or Client()).post(address(link), {"do": do, **fields})


def hidden(answer, name):
    """What stands in a hidden field of a page."""
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


def text(answer):
    return answer.content.decode()


def names_in(answer, cast):
    everybody = [*cast.children, *cast.others, *cast.leeds_children]
    return [child.name for child in everybody if child.name in text(answer)]


def shown(link, **fields):
    """The list, opened, with what its form sends along."""
    page = post(link, "show", **fields)
    return page, {"send": hidden(page, "send"), "mark": hidden(page, "mark"), "name": "Jo Marsh"}


def fields_of(answer, *children_):
    """What the page on which a school says what is wrong sends, as it is opened."""
    found = {"send": hidden(answer, "send"), "name": "Jo Marsh", "child": [child.pk for child in children_]}
    for child in children_:
        key = f"c{child.pk}"
        found |= {
            f"{key}-was": hidden(answer, f"{key}-was"),
            f"{key}-left_on": "",
            f"{key}-year_group": "4",
            f"{key}-school_class": "4B",
            f"{key}-forename": child.forename,
            f"{key}-surname": child.surname,
        }
    return found | dict.fromkeys(("m0-forename", "m0-surname", "m0-year_group", "m0-school_class"), "")


def mended(link, *children_, **changes):
    """Ticks children, changes what is told, sends it."""
    page = post(link, "mend", child=[child.pk for child in children_])
    return post(link, "send", **(fields_of(page, *children_) | changes))


# opening


def test_a_get_shows_whose_list_it_is_and_no_name_and_leaves_nothing(cast, link):
    before = len(entries())
    for ask in (Client().get, Client().head, Client().get):
        answer = ask(address(link))
        assert answer.status_code == 200
        assert names_in(answer, cast) == []
    assert ("Saltwharf Primary" in text(answer), "Ruth Bell" in text(answer)) == (True, True)
    assert len(entries()) == before
    with scoped(cast.both):
        assert not ListAnswer.objects.exists()


def test_one_press_shows_names_year_groups_and_classes_and_who_saw_them_is_in_the_trail(cast, link):
    page, _ = shown(link)
    assert names_in(page, cast) == [child.name for child in cast.children]
    assert "Year 4, 4B" in text(page)
    told = entry(act="list_check.opened")
    assert (told.actor_id, told.subject_id, told.programme_id) == (None, link.check.pk, cast.liverpool.pk)
    assert set(told.children) == {child.pk for child in cast.children}


def test_nothing_else_of_a_child_is_on_it(cast, link):
    with scoped(cast.both):
        Child.objects.filter(programme=cast.liverpool).update(
            ethnicity="WIRT", sen="K", known_as="Minnie", is_pupil_premium=True, upn_sealed="sealed-upn"
        )
        participants.answer(cast.children[0], "photo_public", by=cast.ruth)
    pages = text(shown(link)[0]) + text(post(link, "mend", child=[child.pk for child in cast.children]))
    for child in cast.children:
        assert f"{child.date_of_birth:%Y}" not in pages.replace(str(link.check.academic_year), "")
    for word in ("WIRT", "Minnie", "sealed-upn", "Premium", "photo", "Protected"):
        assert word not in pages


def test_a_protected_child_is_not_on_it_and_the_page_says_the_same_with_and_without_one(cast, link):
    says = "Children under special protection stand on no list, whether there are any or not."
    assert says in text(shown(link)[0])
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.children[0], by=cast.joanne)
    page, _ = shown(link)
    assert (says in text(page), names_in(page, cast)) == (True, [child.name for child in cast.children[1:]])
    assert names_in(post(link, "mend", child=[cast.children[0].pk]), cast) == []


def test_children_of_another_hub_at_the_same_school_are_not_on_it(cast, link):
    programmes.partner(cast.leeds, cast.saltwharf)
    with scoped(cast.leeds_scope):
        (other,) = participants.children(cast.leeds, cast.saltwharf, by=cast.omar, names=[("Una", "Crane")])
    page, _ = shown(link)
    assert (other.name in text(page), len(names_in(page, cast))) == (False, 3)


def test_it_is_kept_by_nobody_found_by_nobody_and_told_to_nobody(cast, link):
    for answer in (Client().get(address(link)), shown(link)[0], post(link, "mend"), post(link, "right")):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        # never the path, and so never the secret; a form sent under no-referrer would be refused as forged
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert set(Client().get(address(link)).cookies) <= {"csrftoken"}


def test_a_form_that_was_not_made_here_is_refused(cast, link):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(link), {"do": "show"}).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text(strict.get(address(link))))[1]
    assert strict.post(address(link), {"do": "show", "csrfmiddlewaretoken": token}).status_code == 200


@pytest.mark.parametrize("who", ["omar", "nia", "olu", "stranger", "joanne"])
def test_it_is_the_schools_list_whoever_is_signed_in_beside_it(client, cast, link, who):
    client.force_login(getattr(cast, who))
    page = post(link, "show", client)
    assert names_in(page, cast) == [child.name for child in cast.children]
    assert entry(act="list_check.opened").actor_id is None
    sends = {"send": hidden(page, "send"), "mark": hidden(page, "mark"), "name": "Jo Marsh"}
    assert post(link, "right", client, **sends).status_code == 302


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_nothing_else_is_answered(cast, link, method):
    assert getattr(Client(), method)(address(link)).status_code == 405


# dead, guessed


@pytest.mark.parametrize("secret", ["x", "0" * 43, "%27%20OR%201=1", "a" * 4000])
@pytest.mark.parametrize("do", ["", "show", "right", "mend", "more", "send"])
def test_a_guessed_secret_opens_nothing(cast, link, secret, do):
    path = f"/class-list/{secret}/"
    answer = Client().post(path, {"do": do, "child": cast.children[0].pk}) if do else Client().get(path)
    assert (answer.status_code, names_in(answer, cast)) == (404, [])
    assert ("Saltwharf" in text(answer), answer["Referrer-Policy"]) == (False, "no-referrer")


def test_what_is_kept_of_the_secret_opens_nothing(cast, link):
    assert Client().get(f"/class-list/{link.check.secret_hash}/").status_code == 404


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("ended", "The hub has ended this link."),
        ("over", "This link was open until"),
        ("closed", "Liverpool is closed since"),
        ("no lead", "does not lead the school in this portal any more"),
    ],
)
@pytest.mark.parametrize("do", ["", "show", "right", "mend", "more", "send"])
def test_a_dead_link_says_why_and_whom_to_ask(cast, why, words, do):
    link = asked(cast, email=cast.sam.email, lead=cast.sam)
    answered(link.check, named(cast.children[0]))
    with scoped(cast.both):
        if why == "ended":
            acts.end(check=link.check, by=cast.ruth)
        elif why == "over":
            ListCheck.objects.update(ends_on=timezone.localdate() - A_DAY)
        elif why == "closed":
            closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
        else:
            RoleAssignment.objects.filter(user=cast.sam).update(ends_on=timezone.localdate() - A_DAY)
    answer = post(link, do, child=cast.children[0].pk, name="Jo") if do else Client().get(address(link))
    assert (answer.status_code, names_in(answer, cast), "Amára" in text(answer)) == (410, [], False)
    assert (words in text(answer), "ruth@hub.example" in text(answer)) == (True, True)
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    with scoped(cast.both):
        assert ListAnswer.objects.count() == 1


def test_it_opens_to_the_end_of_its_last_day_in_london(cast, link, time_machine):
    from inharmony.audit.period import midnight

    last = link.check.ends_on
    time_machine.move_to(midnight(last + A_DAY) - timedelta(seconds=1))
    assert Client().get(address(link)).status_code == 200
    time_machine.move_to(midnight(last + A_DAY))
    assert Client().get(address(link)).status_code == 410


def test_who_opens_it_too_often_is_sent_away(cast, link, settings):
    settings.LIST_CHECK_RATE_LIMITS = {"open": "6/m/ip,3/5m/key"}
    other = asked(cast, school=cast.marigold, email="office@marigold.sch.example")
    codes = [Client().get(address(link)).status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    assert [Client().get(address(other)).status_code for _ in range(3)] == [200, 200, 429]


# the list is right


def test_a_school_confirms_in_two_presses(cast, link):
    _, sends = shown(link)
    answer = post(link, "right", **sends)
    assert (answer.status_code, answer["Location"]) == (302, address(link))
    page = text(Client().get(address(link)))
    assert ("Confirmed: the list is right." in page, "Jo Marsh" in page) == (True, True)


def test_a_form_sent_twice_is_one_answer(cast, link):
    _, sends = shown(link)
    assert [post(link, "right", **sends).status_code for _ in range(2)] == [302, 302]
    with scoped(cast.both):
        assert ListAnswer.objects.count() == 1


def test_a_confirmation_without_a_name_or_with_ticks_is_not_sent_and_keeps_what_was_typed(cast, link):
    _, sends = shown(link)
    nameless = post(link, "right", **sends | {"name": "  "})
    assert (nameless.status_code, "Your name is missing." in text(nameless)) == (422, True)
    ticked = post(link, "right", **sends, child=[cast.children[1].pk])
    assert (ticked.status_code, "It is not right while a child is ticked." in text(ticked)) == (422, True)
    assert f'value="{cast.children[1].pk}" checked' in text(ticked)
    assert 'value="Jo Marsh"' in text(ticked)
    assert text(ticked).startswith("<!doctype html>")
    assert "<title>Error: " in text(ticked)
    with scoped(cast.both):
        assert not ListAnswer.objects.exists()


def test_a_list_that_changed_meanwhile_is_shown_again(cast, link):
    _, sends = shown(link)
    with scoped(cast.liverpool_scope):
        children.rename(child=cast.children[0], forename="Mara", surname="Adeyemi", by=cast.ruth)
    again = post(link, "right", **sends)
    assert (again.status_code, "The list has changed" in text(again), "Mara Adeyemi" in text(again)) == (
        409,
        True,
        True,
    )
    sends["mark"] = hidden(again, "mark")
    assert post(link, "right", **sends | {"send": hidden(again, "send")}).status_code == 302


# something is wrong


def test_ticks_lead_to_a_page_about_these_children(cast, link):
    page = post(link, "mend", child=[cast.children[1].pk], name="Jo Marsh")
    assert names_in(page, cast) == [cast.children[1].name]
    assert ('value="Yusuf"' in text(page), 'value="Jo Marsh"' in text(page)) == (True, True)
    alone = post(link, "mend")
    assert (names_in(alone, cast), "Which child is missing?" in text(alone)) == ([], True)


def test_what_is_wrong_is_sent_in_one_go(cast, link):
    amara, yusuf, _ = cast.children
    day = timezone.localdate() - A_DAY
    changes = {
        f"c{amara.pk}-forename": " Amára ",
        f"c{amara.pk}-school_class": "4  A",
        f"c{yusuf.pk}-left_on": day.isoformat(),
        "m0-forename": "Bo",
        "m0-surname": "Wren",
        "m0-year_group": "4",
    }
    answer = mended(link, amara, yusuf, **changes)
    assert (answer.status_code, answer["Location"]) == (302, address(link))
    assert {p.kind: p.proposed for p in proposals(cast)} == {
        "class": {"year_group": "4", "school_class": "4 A"},
        "left": {"ends_on": day.isoformat()},
        "missing": {"forename": "Bo", "surname": "Wren", "year_group": "4", "school_class": ""},
        "name": {"forename": "Amára", "surname": "Adeyemi"},
    }
    assert "Sent: 4 corrections." in text(Client().get(address(link)))
    page, _ = shown(link)
    assert ("You said: " in text(page), "Bo Wren, Year 4" in text(page)) == (True, True)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("left_on", "31/02/2026", "Enter a valid date."),
        ("left_on", "1999-01-01", "The last day lies between"),
        ("forename", " ", "Amara Adeyemi: Forename is missing."),
        ("forename", "A" * 61, "at most 60"),
        ("school_class", "4" * 41, "at most 40"),
        ("year_group", "99", "valid choice"),
    ],
)
def test_a_wrong_field_loses_nothing_that_was_typed(cast, link, field, value, words):
    amara, yusuf, _ = cast.children
    changes = {f"c{amara.pk}-{field}": value, f"c{yusuf.pk}-surname": "Alli", "m0-forename": "Bo", "name": "Jo M"}
    page = mended(link, amara, yusuf, **changes)
    assert (page.status_code, words in text(page)) == (422, True)
    for typed in ("Alli", "Bo", "Jo M"):
        assert f'value="{typed}"' in text(page)
    assert f'href="#id_c{amara.pk}-{field}"' in text(page)
    assert proposals(cast) == []


def test_a_missing_child_needs_a_forename_and_a_correction_something_wrong(cast, link):
    page = mended(link, **{"m0-surname": "Wren"})
    assert (page.status_code, "Missing child: Forename is missing." in text(page)) == (422, True)
    nothing = mended(link, cast.children[0])
    assert (nothing.status_code, "Nothing is said to be wrong yet." in text(nothing)) == (422, True)


def test_one_press_makes_room_for_another_missing_child_and_keeps_the_rest(cast, link):
    page = post(link, "mend", child=[cast.children[0].pk])
    fields = fields_of(page, cast.children[0]) | {f"c{cast.children[0].pk}-surname": "Ade", "m0-forename": "Bo"}
    more = post(link, "more", **fields)
    assert more.status_code == 200
    assert "Error" not in re.search("<title>(.*?)</title>", text(more))[1]
    for kept in ('value="Ade"', 'value="Bo"', 'name="m1-forename"'):
        assert kept in text(more)
    full = post(link, "more", **fields | {f"m{number}-forename": "" for number in range(MOST_MISSING + 5)})
    assert f"m{MOST_MISSING}-forename" not in text(full)
    assert 'value="more"' not in text(full)


@pytest.mark.parametrize("whose", ["others", "leeds_children"])
def test_a_child_of_another_school_or_hub_sent_along_is_no_child_of_this_list(cast, link, whose):
    stranger = getattr(cast, whose)[0]
    page = post(link, "mend", child=[stranger.pk, cast.children[0].pk])
    assert stranger.name not in text(page)
    fields = fields_of(page, cast.children[0])
    key = f"c{stranger.pk}"
    forged = {f"{key}-forename": "Forged", f"{key}-surname": "Name", f"{key}-left_on": "2026-11-01"}
    answer = post(link, "send", **fields | forged | {"child": [stranger.pk, cast.children[0].pk]})
    assert (answer.status_code, stranger.name in text(answer), proposals(cast)) == (422, False, [])


@pytest.mark.parametrize("child", ["x", "-1", "9" * 400, "1 OR 1=1", ""])
def test_what_is_no_child_is_none(cast, link, child):
    assert names_in(post(link, "mend", child=child), cast) == []


def test_a_child_changed_meanwhile_is_set_back_and_asked_again(cast, link):
    amara = cast.children[0]
    page = post(link, "mend", child=[amara.pk])
    fields = fields_of(page, amara) | {f"c{amara.pk}-school_class": "4A", "m0-forename": "Bo"}
    with scoped(cast.liverpool_scope):
        children.rename(child=amara, forename="Mara", surname="Adeyemi", by=cast.ruth)
    again = post(link, "send", **fields)
    assert (again.status_code, "Mara Adeyemi was changed since you opened the page." in text(again)) == (422, True)
    assert ('value="Mara"' in text(again), 'value="Bo"' in text(again), proposals(cast)) == (True, True, [])


def test_more_children_than_fit_a_page_are_done_in_parts(cast, link):
    names = [(f"Child{number}", "Crowd") for number in range(MOST_AT_ONCE + 1)]
    with scoped(cast.liverpool_scope):
        crowd = participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names[:28])
        crowd += [
            child
            for start in range(28, len(names), 28)
            for child in participants.children(
                cast.liverpool, cast.saltwharf, by=cast.ruth, names=names[start : start + 28], school_class="4C"
            )
        ]
    page = post(link, "mend", child=[child.pk for child in crowd])
    assert (page.status_code, f"{MOST_AT_ONCE + 1} children are ticked" in text(page)) == (422, True)
    assert text(page).count(" checked") == MOST_AT_ONCE + 1


def test_markup_that_is_typed_stays_text(cast, link):
    evil = "<script>alert(1)</script>"
    page = mended(link, cast.children[0], **{f"c{cast.children[0].pk}-surname": evil, "name": evil})
    assert page.status_code == 302
    for shown_ in (Client().get(address(link)), shown(link)[0], post(link, "show", name=evil)):
        assert evil not in text(shown_)


def test_a_page_of_an_unknown_act_or_huge_answer_is_the_list(cast, link):
    assert post(link, "delete-everything").status_code == 200
    assert post(link, "show", name="x" * 100_000).status_code == 200
    assert post(link, "send", name="x" * 100_000).status_code == 422


@pytest.mark.parametrize("size", [1, 20])
def test_it_needs_the_same_statements_whatever_its_size(cast, link, size, django_assert_num_queries):
    names = [(f"Child{number}", "Crowd") for number in range(size)]
    with scoped(cast.liverpool_scope):
        participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
    with django_assert_num_queries(19):
        post(link, "show")
