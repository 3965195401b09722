"""Lines of the trail: by whom, about what, with links where the reader has pages; children by number."""

import pytest
from django.utils import timezone

from inharmony.audit.lines import About, lines
from inharmony.audit.models import AuditEvent


@pytest.fixture
def entry(cast):
    def make(**given):
        return AuditEvent(
            **{"at": timezone.now(), "actor_id": cast.priya.pk, "programme_id": cast.liverpool.pk} | given
        )

    return make


def about(entry, reader):
    (line,) = lines([entry], reader)
    return line.about


def test_a_line_says_who_and_what(cast, entry):
    (line,) = lines([entry(act="register.taken", details={"fields": ["date_of_birth"]})], cast.joanne)
    assert (line.who, line.words, line.fields) == ("Priya Shah", "took a register", ["date of birth"])


def test_what_nobody_signed_in_did_and_an_account_that_is_gone_have_words_too(cast, entry):
    told = lines(
        [entry(act="schools.imported", actor_id=None), entry(act="person.signed_in", actor_id=987_654_321_000)],
        cast.olu,
    )
    assert [line.who for line in told] == ["Nobody signed in", "Account 987654321000"]


def test_a_session_is_linked_for_its_hub_and_told_by_number_to_others(cast, entry):
    seen = entry(act="register.viewed", subject="programmes.session", subject_id=cast.session.pk)
    assert about(seen, cast.joanne) == [About(f"session {cast.session.pk}", f"/sessions/{cast.session.pk}/register/")]
    assert about(seen, cast.omar) == [About(f"session {cast.session.pk}")]


def test_a_few_children_are_linked_one_by_one_and_many_are_counted(cast, entry):
    assert about(entry(act="children.listed", children=[7, 8]), cast.joanne) == [
        About("child 7", "/trail/child/7/"),
        About("child 8", "/trail/child/8/"),
    ]
    assert about(entry(act="children.listed", children=list(range(1200))), cast.joanne) == [About("1,200 children")]


def test_a_child_an_act_is_about_is_named_once(cast, entry):
    answered = entry(act="consent.answered", subject="participants.child", subject_id=7, children=[7])
    assert about(answered, cast.joanne) == [About("child 7", "/trail/child/7/")]


def test_a_person_somebody_else_dealt_with_is_named_and_oneself_is_not(cast, entry):
    tried = entry(act="person.sign_in_refused", actor_id=None, subject="accounts.user", subject_id=cast.sam.pk)
    own = entry(act="person.signed_in", subject="accounts.user", subject_id=cast.priya.pk)
    assert (about(tried, cast.joanne), about(own, cast.joanne)) == ([About("Sam Okoro")], [])


def test_a_role_and_a_refused_page_are_told(cast, entry):
    assert about(entry(act="person.invited", details={"role": "coordinator"}), cast.joanne) == [About("Coordinator")]
    assert about(entry(act="access.refused", details={"page": "evaluation:hub"}), cast.joanne) == [
        About("page “evaluation:hub”")
    ]


@pytest.mark.parametrize("size", [1, 30])
def test_names_are_read_once_whatever_the_number_of_lines(cast, entry, size, django_assert_num_queries):
    assert cast.joanne.reach.held
    with django_assert_num_queries(1):
        lines([entry(act="register.viewed", actor_id=cast.priya.pk)] * size, cast.joanne)
