import pytest
import time_machine

# a Tuesday in term, before noon in London
NOW = "2026-11-17 10:42:00+00:00"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield
