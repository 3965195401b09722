import pytest

from tests import machinery


@pytest.fixture
def no_pango():
    """The system libraries that set text are not on this machine."""
    with machinery.without_pango():
        yield
