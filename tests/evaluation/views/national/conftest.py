import pytest

from evaluation.actions.release import cut_release
from tests.databases import connected_as
from tests.factories.schools import this_year


@pytest.fixture
def cut(fresh_database):
    """Cuts a release of this year, or of a term of it, as a worker does."""

    def cut(term="", notes=""):
        with connected_as("worker", fresh_database):
            return cut_release(academic_year=this_year(), term=term, by=None, notes=notes)

    return cut
