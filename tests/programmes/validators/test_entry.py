import pytest

from programmes.validators.entry import is_safe_address, names_two_sources


@pytest.mark.parametrize(
    ("source", "names_two"),
    [
        ("", False),
        ("One", False),
        ("One; ", False),
        ("One; One", False),
        ("One; Another", True),
        ("One;Another;Third", True),
    ],
)
def test_two_sources_are_two_with_a_semicolon_between(source, names_two):
    assert names_two_sources(source) is names_two


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org/", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://user:secret@example.org/", False),
        ("//example.org/", False),
        ("https://[broken/", False),
    ],
)
def test_only_https_of_a_host_is_a_safe_address(address, is_safe):
    assert is_safe_address(address) is is_safe
