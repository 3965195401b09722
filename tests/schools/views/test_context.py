"""School context on its pages: seen by hubs and national staff, entered by managers for their own schools."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from schools.models import SchoolContext
from schools.models.context import NUMBERS

FULL = {"source": "The school’s return", "is_published": "no"}


def address(school, year=2023):
    return f"/context/{school.pk}/{year}/"


def test_a_manager_enters_the_numbers_of_a_year_and_sees_them(cast, client):
    client.force_login(cast.joanne)
    answer = client.post(address(cast.saltwharf), FULL | {"roll": "231", "eal_percent": "12.5"}, follow=True)
    page = answer.content.decode()
    assert "The numbers of 2023-24 are kept." in page
    assert "231" in page
    assert "(own)" in page
    assert "Joanne Carter: Pupils on roll, English as an additional language" in page
    assert "2023-24" in client.get("/context/").content.decode()
    form = client.get(address(cast.saltwharf)).content.decode()
    assert 'value="231"' in form
    assert 'value="The school’s return"' in form


@pytest.mark.parametrize(
    ("who", "see", "keep"),
    [
        ("joanne", 200, 200),
        ("olu", 200, 200),
        ("ruth", 200, 403),
        ("nia", 200, 403),
        ("omar", 404, 404),
        ("priya", 403, 403),
        ("sam", 403, 403),
        ("stranger", 403, 403),
    ],
)
def test_each_sees_and_keeps_what_is_theirs(cast, client, who, see, keep):
    client.force_login(getattr(cast, who))
    assert client.get(f"/context/{cast.saltwharf.pk}/").status_code == see
    assert client.get(address(cast.saltwharf)).status_code == keep
    sent = FULL | {"roll": "1"}
    assert client.post(address(cast.saltwharf), sent).status_code == (302 if keep == 200 else keep)
    assert SchoolContext.objects.exists() == (keep == 200)


@pytest.mark.parametrize("year", [2007, 2099, 0, 999999])
def test_a_year_before_the_first_or_to_come_is_not_there(cast, client, year):
    client.force_login(cast.joanne)
    assert client.get(address(cast.saltwharf, year)).status_code == 404


def test_what_is_missing_or_wrong_is_said_at_its_field(cast, client):
    client.force_login(cast.joanne)
    answer = client.post(address(cast.saltwharf), {"roll": "many", "eal_percent": "101", "imd_decile": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "Write a whole number from 0 to 20,000.",
        "Write a share between 0 and 100",
        "Write a whole number from 1 to 10.",
        "Where the numbers are from is missing.",
        "Say whether they are published.",
    ):
        assert words in page
    assert not SchoolContext.objects.exists()


def test_a_published_number_asks_before_it_gives_way(cast, client):
    from schools.actions.context import ContextFacts, keep_contexts
    from schools.models import AcademicYear

    facts = ContextFacts(cast.saltwharf.pk, {"roll": 231}, {})
    keep_contexts(facts=[facts], year=AcademicYear(year=2023), source="DfE, census", by=None)
    client.force_login(cast.joanne)
    seen = SchoolContext.objects.get().kept_at.isoformat()
    sent = FULL | {"roll": "240", "seen": seen}
    answer = client.post(address(cast.saltwharf), sent)
    assert answer.status_code == 422
    assert "A published table gives another number" in answer.content.decode()
    assert client.post(address(cast.saltwharf), sent | {"replaces_published": "on"}).status_code == 302
    assert SchoolContext.objects.get().roll == 240


def test_the_list_and_a_school_ask_the_database_alike_however_many(cast, client, django_assert_max_num_queries):
    client.force_login(cast.olu)
    client.get("/context/")
    with django_assert_max_num_queries(12):
        client.get("/context/")
    with django_assert_max_num_queries(15):
        client.get(f"/context/{cast.saltwharf.pk}/")


def test_national_staff_are_offered_no_form_and_no_file(cast, client):
    client.force_login(cast.nia)
    page = client.get(f"/context/{cast.saltwharf.pk}/").content.decode()
    assert "Enter another year" not in page
    assert "data-again" not in client.get("/context/").content.decode()
    assert client.post("/context/export/", {"kind": "csv"}).status_code == 403


@limits(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    sent=st.dictionaries(
        st.sampled_from([*NUMBERS, "source", "is_published", "replaces_published", "seen"]),
        st.one_of(
            st.text(max_size=30), st.sampled_from(["231", "46.2", "1e9", "-1", "NaN", "Infinity", "no", "9" * 40])
        ),
    )
)
def test_whatever_is_sent_is_kept_or_refused_in_words(cast, client, sent):
    client.force_login(cast.joanne)
    sent = {key: value.encode("utf-8", "replace").decode() for key, value in sent.items()}
    assert client.post(address(cast.saltwharf), sent).status_code in (302, 422)
