"""Recording awards for many children at once, and withdrawing one."""

import pytest
import time_machine
from django.urls import reverse

from inharmony.access.scope import scoped
from outcomes.actions.award import Taken
from outcomes.models import Award
from participants.actions.playing import set_instruments
from programmes.instruments import Instrument
from tests.factories import participants
from tests.outcomes.actions.test_award import TODAY, record
from tests.trail import entries

HUB = reverse("outcomes:awards", args=["liverpool"])


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-17 10:42+00:00", tick=False):
        yield


@pytest.fixture
def ruth(client, cast):
    client.force_login(cast.ruth)
    return client


def page_for(cast, *, of="", award="abrsm.practical.3", day="2026-11-17"):
    return f"{HUB}?of={of or f'ensemble-{cast.strings.pk}'}&award={award}&taken_on={day}"


def kept(cast):
    with scoped(cast.both):
        return sorted(Award.objects.values_list("child_id", "mark", "result", "instrument"))


def test_marks_of_an_ensemble_are_typed_and_saved_once(ruth, cast):
    amara, yusuf, ellie = cast.children
    with scoped(cast.liverpool_scope):
        set_instruments(chosen={amara: Instrument.VIOLIN}, starts_on=TODAY, by=cast.ruth)
    page = ruth.get(page_for(cast)).content.decode()
    assert "ABRSM practical, Grade 3, 17 November 2026" in page
    assert "Marked out of 150: pass from 100, merit from 120, distinction from 130" in page
    assert "It stands for Foundation level." in page
    # what a child plays is chosen already
    assert '<option value="violin" selected>' in page
    assert sorted(entries(act="awards.viewed")[-1].children) == sorted(child.pk for child in cast.children)
    sent = {f"m-{amara.pk}": " 128 ", f"i-{amara.pk}": "violin", f"m-{yusuf.pk}": "99", f"m-{ellie.pk}": ""}
    answer = ruth.post(page_for(cast), sent, follow=True)
    assert "Recorded for 2 children: ABRSM practical, Grade 3." in answer.content.decode()
    assert "Grade 3: Merit, 128" in answer.content.decode()
    assert kept(cast) == sorted([(amara.pk, 128, "merit", "violin"), (yusuf.pk, 99, "below", "")])
    again = ruth.post(page_for(cast), sent, follow=True).content.decode()
    assert "That is recorded already." in again
    assert len(kept(cast)) == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("151", "Marks are whole numbers from 0 to 150"),
        ("12,5", "“12,5” is no mark. Write a whole number, out of 150"),
        ("merit", "“merit” is no mark"),
        ("-5", "“-5” is no mark"),
        ("９９", "is no mark"),
        ("99999999999", "is no mark"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_nothing_is_recorded(ruth, cast, typed, words):
    amara, yusuf, _ = cast.children
    answer = ruth.post(page_for(cast), {f"m-{amara.pk}": "120", f"m-{yusuf.pk}": typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#m-{yusuf.pk}"' in page
    assert page.count("field-wrong") == 1
    assert words in page
    # what was typed stands as it was typed
    assert f'value="{typed}"' in page
    assert 'value="120"' in page
    assert kept(cast) == []


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_names(ruth, cast):
    amara, yusuf, ellie = cast.children
    page = ruth.post(page_for(cast), {f"m-{amara.pk}": "12,5", f"m-{yusuf.pk}": "151", f"m-{ellie.pk}": "120"})
    html = page.content.decode()
    assert "Nothing is recorded: 2 things to mend" in html
    assert html.index("“12,5” is no mark") < html.index("Marks are whole numbers from 0 to 150")
    assert kept(cast) == []


def test_results_of_a_medal_are_chosen_for_a_school_class(ruth, cast):
    address = page_for(cast, of=f"class-{cast.saltwharf.pk}-4B", award="abrsm.medal.silver")
    page = ruth.get(address).content.decode()
    assert "gives no marks: choose what came of it" in page
    assert "It stands for no level." in page
    amara = cast.children[0]
    ruth.post(address, {f"m-{amara.pk}": "excellent", f"i-{amara.pk}": "cello"})
    assert kept(cast) == [(amara.pk, None, "excellent", "cello")]
    forged = ruth.post(address, {f"m-{cast.children[1].pk}": "distinction"})
    assert forged.status_code == 422
    assert "Choose one of: Excellent, Pass, Working towards." in forged.content.decode()
    strange = ruth.post(address, {f"m-{cast.children[1].pk}": "pass", f"i-{cast.children[1].pk}": "kazoo"})
    assert "“kazoo” is no instrument of the list" in strange.content.decode()


def test_an_award_of_no_instrument_asks_for_none(ruth, cast):
    page = ruth.get(page_for(cast, award="abrsm.theory.1")).content.decode()
    assert "Instrument of" not in page
    amara = cast.children[0]
    ruth.post(page_for(cast, award="abrsm.theory.1"), {f"m-{amara.pk}": "60", f"i-{amara.pk}": "cello"})
    assert kept(cast) == [(amara.pk, 60, "merit", "")]


def test_a_child_whom_the_page_does_not_show_gets_nothing(ruth, cast):
    other = cast.others[0]
    ruth.post(page_for(cast), {f"m-{other.pk}": "120", f"m-{cast.leeds_children[0].pk}": "120"})
    assert kept(cast) == []


def test_the_page_without_a_choice_shows_the_boards_and_no_child(ruth, cast):
    page = ruth.get(HUB).content.decode()
    assert "London College of Music graded exam" in page
    assert "Out of 100: pass from 65, merit from 75, distinction from 85" in page
    assert not [child.name for child in cast.children if child.name in page]
    assert entries(act="awards.viewed") == []
    assert ruth.post(HUB, {"m-1": "120"}).status_code == 404


@pytest.mark.parametrize(
    "changed",
    [{"award": "abrsm.practical.9"}, {"day": "2026-11-18"}, {"day": "soon"}, {"of": "ensemble-0"}, {"of": "x"}],
)
def test_a_choice_that_cannot_be_is_said_and_shows_no_child(ruth, cast, changed):
    answer = ruth.get(page_for(cast, **changed))
    assert answer.status_code == 422
    assert "Nothing is shown yet" in answer.content.decode()
    assert not [child.name for child in cast.children if child.name in answer.content.decode()]


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 403), ("sam", 403), ("nia", 403), ("omar", 404), ("olu", 403), ("stranger", 403)]
)
def test_who_keeps_no_awards_of_the_hub_records_none(client, cast, who, status):
    with scoped(cast.liverpool_scope):
        (award,) = record(cast, {cast.children[0]: Taken(mark=120)})
    client.force_login(getattr(cast, who))
    assert client.get(page_for(cast)).status_code == status
    assert client.post(page_for(cast), {f"m-{cast.children[1].pk}": "120"}).status_code == status
    assert client.post(reverse("outcomes:award-withdraw", args=[award.pk])).status_code == status
    assert len(kept(cast)) == 1
    with scoped(cast.liverpool_scope):
        assert Award.objects.standing().count() == 1


def test_the_page_costs_the_same_for_one_child_as_for_three(ruth, cast, django_assert_max_num_queries):
    ruth.get(page_for(cast))
    with django_assert_max_num_queries(19) as three:
        assert ruth.get(page_for(cast)).content.decode().count("Mark of ") == 4
    with scoped(cast.liverpool_scope):
        more = participants.children(
            cast.liverpool, cast.marigold, by=cast.ruth, names=[("One", "Alone")], school_class="6A"
        )
    with django_assert_max_num_queries(19) as one:
        assert more[0].name in ruth.get(page_for(cast, of=f"class-{cast.marigold.pk}-6A")).content.decode()
    assert abs(len(one) - len(three)) <= 1


def test_a_childs_page_shows_its_awards_and_the_office_withdraws_one(client, cast):
    amara = cast.children[0]
    with scoped(cast.liverpool_scope):
        (award,) = record(cast, {amara: Taken(mark=128, instrument="violin")})
    page = reverse("participants:child", args=[amara.pk])
    for who, may in (("priya", False), ("sam", False), ("ruth", True), ("joanne", True)):
        client.force_login(getattr(cast, who))
        html = client.get(page).content.decode()
        assert "ABRSM practical, Grade 3" in html
        assert "Violin, Foundation level" in html
        assert "Merit, 128 of 150" in html
        assert (reverse("outcomes:award-withdraw", args=[award.pk]) in html) is may
    answer = client.post(reverse("outcomes:award-withdraw", args=[award.pk]), follow=True)
    html = answer.content.decode()
    assert "Withdrawn: ABRSM practical, Grade 3." in html
    assert "Grades and awards" not in html
    again = client.post(reverse("outcomes:award-withdraw", args=[award.pk]), follow=True)
    assert "That was withdrawn already." in again.content.decode()


def test_an_ensembles_page_leads_to_its_awards_for_the_office_alone(client, cast):
    address = f"{HUB}?of=ensemble-{cast.strings.pk}"
    for who, may in (("ruth", True), ("priya", False)):
        client.force_login(getattr(cast, who))
        html = client.get(reverse("participants:ensemble", args=[cast.strings.pk])).content.decode()
        assert (address in html) is may
    client.force_login(cast.ruth)
    # the ensemble is chosen already, and nothing is wrong yet
    html = client.get(address).content.decode()
    assert f'<option value="ensemble-{cast.strings.pk}" selected>' in html
    assert "Error:" not in html


@pytest.mark.parametrize("address", ["", "?of=ensemble-{}"])
def test_nothing_is_wrong_before_somebody_asks(ruth, cast, address):
    answer = ruth.get(HUB + address.format(cast.strings.pk))
    assert answer.status_code == 200
    assert "is missing" not in answer.content.decode()


def test_who_presses_the_button_without_a_choice_is_told(ruth):
    answer = ruth.get(f"{HUB}?of=&award=&taken_on=2026-11-17")
    assert answer.status_code == 422
    assert "Award is missing" in answer.content.decode()
