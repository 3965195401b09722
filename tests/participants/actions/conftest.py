import pytest

from inharmony.access.scope import scoped
from tests.participants.lists import NEW, class_list, stage


@pytest.fixture
def waiting(cast):
    """A class list of two new children that waits to be decided on."""
    with scoped(cast.liverpool_scope):
        yield stage(cast.ruth, class_list(NEW, "Cy,Finch,15/03/2018"), school=cast.saltwharf)
