from inharmony.accounts.models import Certification, User
from inharmony.accounts.queries.certification import roles_due
from tests.evaluation.demonstration.conftest import TODAY


def due(email):
    return [role.user.email for role in roles_due(User.objects.get(email=email), TODAY)]


def test_the_lists_of_roles_to_confirm_are_short_and_not_empty(filled):
    assert sorted(due("manager@liverpool.example")) == ["admin@liverpool.example", "school@faith.example"]
    assert due("manager@leeds.example") == []


def test_nobody_confirmed_their_own(filled):
    assert [one for one in Certification.objects.all() if one.certified_by_id == one.role.user_id] == []
