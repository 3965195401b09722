"""Worried about a child: the page that names whom to call, and the form behind it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.accounts.models import RoleAssignment
from programmes.actions import safeguarding
from programmes.actions.safeguarding import Caller
from programmes.models import SafeguardingContact
from programmes.queries.safeguarding import ContactPlace
from tests.factories import programmes, schools
from tests.trail import entries

Kind = SafeguardingContact.Kind
PAGE, CONTACTS, KEEP = "/safeguarding/", "/safeguarding/contacts/", "/safeguarding/contacts/new/"


def put(programme, kind, name, by, **of):
    place = ContactPlace(programme, kind, **of)
    caller = Caller(name, "0151 496 0111")
    return safeguarding.keep_contact(place=place, caller=caller, starts_on=date(2026, 9, 1), by=by)


@pytest.fixture
def kept(cast):
    """Contacts of both hubs; Marigold Street has none, nor has Leeds' authority."""
    authority = cast.saltwharf.local_authority
    return {
        "school": put(cast.liverpool, Kind.SCHOOL, "Lena School", cast.joanne, school=cast.saltwharf),
        "hub": put(cast.liverpool, Kind.HUB, "Harry Hub", cast.joanne),
        "children": put(cast.liverpool, Kind.CHILDREN, "Cara Council", cast.joanne, local_authority=authority),
        "lado": put(cast.liverpool, Kind.LADO, "Otto Officer", cast.joanne, local_authority=authority),
        "leeds": put(cast.leeds, Kind.SCHOOL, "Foreign Fay", cast.omar, school=cast.kirkfold),
        "leeds hub": put(cast.leeds, Kind.HUB, "Foreign Fred", cast.omar),
    }


def text_of(html):
    return " ".join(re.sub("<[^>]*>", " ", html.split("<main")[1]).split())


def sent(cast, **changed):
    return {
        "place": f"{cast.liverpool.pk}-school-{cast.saltwharf.pk}",
        "name": "May Lowe",
        "role": "Deputy head",
        "phone": "0151 496 0123",
        "email": "may@saltwharf.example",
        "starts_on": "1/10/2026",
    } | changed


def names():
    return sorted(SafeguardingContact.objects.filter(ends_on=None).values_list("name", flat=True))


@pytest.mark.parametrize("who", ["priya", "ruth", "joanne", "sam"])
def test_the_page_names_whom_to_call_in_order(client, cast, kept, who):
    client.force_login(getattr(cast, who))
    words = text_of(client.get(PAGE).content.decode())
    order = ["999", "Lena School", "Harry Hub", "Cara Council", "Otto Officer", "0808 800 5000", "0800 1111"]
    assert [words.find(part) for part in order] == sorted(words.find(part) for part in order)
    assert -1 not in [words.find(part) for part in order]
    assert "Foreign" not in words


def test_numbers_can_be_pressed(client, cast, kept):
    client.force_login(cast.sam)
    html = client.get(PAGE).content.decode()
    dialled = re.findall(r'href="tel:([^"]*)"', html)
    assert dialled == ["999", *["01514960111"] * 4, "08088005000", "08001111"]


def test_a_school_lead_sees_their_own_school_and_no_other_of_the_hub(client, cast, kept):
    put(cast.liverpool, Kind.SCHOOL, "Nobodys Nora", cast.joanne, school=cast.marigold)
    client.force_login(cast.sam)
    words = text_of(client.get(PAGE).content.decode())
    assert ("Marigold" in words, "Nobodys Nora" in words) == (False, False)


@pytest.mark.parametrize("school", ["saltwharf", "marigold"])
def test_coming_from_a_child_the_page_shows_its_school_alone(client, cast, kept, school):
    client.force_login(cast.priya)
    words = text_of(client.get(f"{PAGE}?school={getattr(cast, school).pk}").content.decode())
    assert {name: name in words for name in ("Saltwharf Primary", "Marigold Street Primary")} == {
        "Saltwharf Primary": school == "saltwharf",
        "Marigold Street Primary": school == "marigold",
    }


@pytest.mark.parametrize("query", ["?school=x", "?school=²", "?school=", "?school=99999999999", "?school={foreign}"])
def test_an_address_that_names_no_school_of_ones_own_shows_all_of_them(client, cast, kept, query):
    client.force_login(cast.priya)
    words = text_of(client.get(PAGE + query.format(foreign=cast.kirkfold.pk)).content.decode())
    assert ("Saltwharf Primary" in words, "Marigold Street Primary" in words, "Foreign" in words) == (True, True, False)


def test_a_missing_contact_is_said_plainly_with_whom_to_ask(client, cast):
    client.force_login(cast.sam)
    words = text_of(client.get(PAGE).content.decode())
    for part in (
        "No contact is kept for Designated safeguarding lead, Saltwharf Primary. Ask the school’s office",
        "No contact is kept for Safeguarding lead of the hub, Liverpool. Ask the manager of your hub",
        "No contact is kept for Children’s services, Authority 341. Its switchboard puts you through.",
    ):
        assert part in words, part


def test_a_contact_that_has_ended_is_called_no_more(client, cast, kept):
    safeguarding.end_contact(contact=kept["school"], by=cast.joanne)
    client.force_login(cast.sam)
    words = text_of(client.get(PAGE).content.decode())
    assert ("Lena School" in words, "No contact is kept for Designated safeguarding lead" in words) == (False, True)


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_opening_the_page_is_written_down_nowhere(client, cast, kept, who):
    client.force_login(getattr(cast, who))
    before = len(entries())
    client.get(f"{PAGE}?school={cast.saltwharf.pk}")
    assert len(entries()) == before


def test_the_page_takes_no_words(client, cast, kept):
    client.force_login(cast.sam)
    html = client.get(PAGE).content.decode().split("<main")[1].split("</main>")[0]
    assert re.findall(r"<(?:form|input|textarea|select|button)\b", html) == []


@pytest.mark.parametrize("who", ["priya", "ruth", "joanne", "sam"])
def test_every_page_of_whoever_meets_children_leads_there(client, cast, who):
    client.force_login(getattr(cast, who))
    for address in ("/account/", "/children/"):
        assert f'<a href="{PAGE}">Worried about a child?</a>' in client.get(address).content.decode()


@pytest.mark.parametrize("who", ["nia", "olu", "stranger"])
def test_whoever_meets_no_child_is_not_sent_there(client, cast, who):
    client.force_login(getattr(cast, who))
    assert PAGE not in client.get("/account/").content.decode()
    assert client.get(PAGE).status_code == 403


def test_register_and_childs_page_lead_there_with_the_school_and_nothing_of_the_child(client, cast):
    client.force_login(cast.priya)
    address = f'href="{PAGE}?school={cast.saltwharf.pk}"'
    for page in (
        reverse("participants:register", args=[cast.session.pk]),
        reverse("participants:child", args=[cast.children[0].pk]),
    ):
        assert client.get(page).content.decode().count(address) == 1


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_needs_the_same_statements_however_many_schools(client, cast, kept, size, django_assert_num_queries):
    for number in range(size):
        programmes.partner(cast.liverpool, schools.school(f"Larkmoor {number}"))
    client.force_login(cast.priya)
    # session, user, roles; savepoint, scope; partnerships, programmes, places, contacts; scope back, and out
    with django_assert_num_queries(11):
        client.get(PAGE)


def test_the_manager_keeps_a_contact(client, cast):
    client.force_login(cast.joanne)
    page = client.get(CONTACTS).content.decode()
    assert "5 of 5 are missing." in text_of(page)
    key = f"{cast.liverpool.pk}-school-{cast.saltwharf.pk}"
    assert f'href="{KEEP}?for={key}"' in page
    assert f'<option value="{key}" selected>' in client.get(f"{KEEP}?for={key}").content.decode()
    response = client.post(KEEP, sent(cast), follow=True)
    words = text_of(response.content.decode())
    assert "Kept: Designated safeguarding lead, Saltwharf Primary." in words
    assert "4 of 5 are missing." in words
    assert "May Lowe, Deputy head 0151 496 0123 may@saltwharf.example 1 October 2026" in words


def test_what_was_before_stands_below(client, cast, kept):
    client.force_login(cast.joanne)
    client.post(KEEP, sent(cast, starts_on="2/11/2026"))
    words = text_of(client.get(CONTACTS).content.decode())
    assert "Lena School 0151 496 0111 1 September 2026 1 November 2026" in words


def test_a_form_sent_twice_keeps_one(client, cast):
    client.force_login(cast.joanne)
    for _ in range(2):
        assert client.post(KEEP, sent(cast)).status_code == 302
    assert names() == ["May Lowe"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"phone": "ring the office"}, "This cannot be dialled."),
        ({"phone": ""}, "Phone number is missing."),
        ({"name": ""}, "Name is missing."),
        ({"email": "may"}, "valid email address"),
        ({"starts_on": "32/1/2026"}, "The day cannot be read."),
        ({"starts_on": "tomorrow"}, "is still to come"),
        ({"place": "x"}, "is not one of the available choices"),
    ],
)
def test_what_cannot_be_a_contact_is_refused_and_leaves_nothing(client, cast, changed, words):
    client.force_login(cast.joanne)
    if changed.get("starts_on") == "tomorrow":
        changed = {"starts_on": f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"}
    response = client.post(KEEP, sent(cast, **changed))
    assert (response.status_code, words in response.content.decode()) == (422, True)
    assert (names(), entries(act="safeguarding.contact_kept")) == ([], [])


def test_a_place_of_the_hub_next_door_is_not_offered_and_not_taken(client, cast):
    client.force_login(cast.joanne)
    html = client.get(KEEP).content.decode()
    assert ("Saltwharf Primary" in html, "Kirkfold" in html) == (True, False)
    foreign = f"{cast.leeds.pk}-school-{cast.kirkfold.pk}"
    assert client.post(KEEP, sent(cast, place=foreign)).status_code == 422
    assert names() == []


def test_keeping_the_contacts_of_one_hub_gives_no_right_to_those_of_another(client, cast, kept):
    """Joanne manages Liverpool; in Leeds she only takes registers, and sees whom to call."""
    RoleAssignment.objects.create(user=cast.joanne, role="coordinator", programme=cast.leeds)
    client.force_login(cast.joanne)
    assert "Foreign Fay" in client.get(PAGE).content.decode()
    assert "Foreign" not in client.get(CONTACTS).content.decode()
    foreign = f"{cast.leeds.pk}-school-{cast.kirkfold.pk}"
    assert client.post(KEEP, sent(cast, place=foreign)).status_code == 422
    assert client.post(reverse("programmes:safeguarding-end", args=[kept["leeds"].pk])).status_code == 403
    assert "Foreign Fay" in names()


def test_ending_asks_once_and_the_place_is_missing_again(client, cast, kept):
    client.force_login(cast.joanne)
    address = reverse("programmes:safeguarding-end", args=[kept["school"].pk])
    assert "End this contact?" in client.get(address).content.decode()
    assert "Lena School" in names()
    words = text_of(client.post(address, follow=True).content.decode())
    assert ("The contact has ended." in words, "2 of 5 are missing." in words) == (True, True)
    assert "Lena School" not in names()


def test_a_contact_of_the_hub_next_door_is_not_found_whether_there_or_not(client, cast, kept):
    client.force_login(cast.omar)
    for pk in (kept["school"].pk, 999_999_999):
        address = reverse("programmes:safeguarding-end", args=[pk])
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert "Lena School" in names()


@pytest.mark.parametrize("who", ["priya", "ruth", "sam", "nia", "olu", "stranger"])
def test_nobody_but_the_manager_keeps_contacts(client, cast, kept, who):
    client.force_login(getattr(cast, who))
    before = names()
    assert client.post(KEEP, sent(cast)).status_code == 403
    assert client.get(CONTACTS).status_code == 403
    assert client.post(reverse("programmes:safeguarding-end", args=[kept["school"].pk])).status_code == 403
    assert names() == before
