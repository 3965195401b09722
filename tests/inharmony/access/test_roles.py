"""What a role may do, as it is told to whoever gives it."""

import re

import pytest

from inharmony.access.roles import ROLES


@pytest.mark.parametrize("role", ROLES.values(), ids=list(ROLES))
def test_a_role_says_everything_once(role):
    said = [sentence.strip() for sentence in re.split(r"(?<=\.)\s", role.description)]
    assert len(said) == len(set(said))
    assert all(sentence.endswith(".") for sentence in said)
