from datetime import date

import pytest
from cryptography.fernet import InvalidToken

from participants.validators.identity import person_hash, seal, unseal, upn_hash

BORN = date(2018, 2, 28)


def test_the_same_child_has_the_same_hash_however_it_is_spelt():
    assert upn_hash(" f999999925001") == upn_hash("F999999925001")
    assert person_hash("Zoë", "O’Connell", BORN) == person_hash("ZOE", "OConnell", BORN)


def test_different_children_have_different_hashes():
    hashes = {
        person_hash("Ann", "Lee", BORN),
        person_hash("Lee", "Ann", BORN),
        person_hash("Ann", "Lee", date(2018, 3, 1)),
        upn_hash("F999999925001"),
        upn_hash("V999999925002"),
    }
    assert len(hashes) == 5


def test_hashes_depend_on_the_key(settings):
    before = upn_hash("F999999925001")
    settings.IDENTITY_KEY = "another key"
    assert upn_hash("F999999925001") != before


def test_what_is_sealed_opens_with_the_same_key_alone(settings):
    sealed = seal("f999999925001")
    assert unseal(sealed) == "F999999925001"
    settings.IDENTITY_KEY = "another key"
    with pytest.raises(InvalidToken):
        unseal(sealed)


def test_no_upn_is_no_hash_and_no_seal():
    assert (upn_hash(" "), seal(""), unseal("")) == ("", "", "")
