import base64
import hashlib
from datetime import date

import pytest
from cryptography.fernet import Fernet

from participants.validators.identity import SealError, person_hash, seal, seal_bytes, unseal, unseal_bytes, upn_hash

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
    with pytest.raises(SealError):
        unseal(sealed)


def test_seals_made_with_fernet_stay_readable(settings):
    key = base64.urlsafe_b64encode(hashlib.sha256(f"seal:{settings.IDENTITY_KEY}".encode()).digest())
    sealed = Fernet(key).encrypt(b"F999999925001").decode()
    assert unseal(sealed) == "F999999925001"
    settings.IDENTITY_KEY = "another key"
    with pytest.raises(SealError):
        unseal(sealed)


def test_a_seal_shows_that_it_was_changed():
    sealed = bytearray(seal_bytes(b"a class list"))
    assert unseal_bytes(bytes(sealed)) == b"a class list"
    sealed[-1] ^= 1
    with pytest.raises(SealError):
        unseal_bytes(bytes(sealed))
    with pytest.raises(SealError):
        unseal_bytes(b"short")


def test_no_upn_is_no_hash_and_no_seal():
    assert (upn_hash(" "), seal(""), unseal("")) == ("", "", "")
