import pytest
from django.db import Error

from schools.actions.staging import Kept, next_ids, upsert_many, write_many
from schools.models import AcademicYear, LocalAuthority, SmallArea


def test_write_many_inserts_what_it_is_given(db):
    assert write_many(LocalAuthority, ["code", "name", "region"], [("341", "Liverpool", ""), ("383", "Leeds", "")]) == 2
    assert list(LocalAuthority.objects.values_list("code", "name")) == [("383", "Leeds"), ("341", "Liverpool")]


def test_write_many_of_nothing_writes_nothing(db):
    assert write_many(LocalAuthority, ["code", "name", "region"], []) == 0


def test_upsert_many_tells_new_from_changed_from_unchanged(db):
    fields = ["code", "name", "region"]
    write_many(LocalAuthority, fields, [("341", "Liverpool", "a"), ("383", "Leeds", "b")])
    rows = [("341", "Liverpool City", "x"), ("383", "Leeds", "y"), ("208", "Lambeth", "z")]
    assert upsert_many(LocalAuthority, fields, rows, update=["name"]) == Kept(new=1, changed=1, unchanged=1)
    assert LocalAuthority.objects.get(code="383").region == "b"
    assert LocalAuthority.objects.get(code="208").region == "z"


def test_upsert_many_keeps_what_a_null_would_empty(db):
    fields = ["code", "imd_decile", "idaci_decile"]
    SmallArea.objects.create(code="E01006558", imd_decile=1, idaci_decile=2)
    kept = upsert_many(
        SmallArea, fields, [("E01006558", None, None)], update=["imd_decile"], keep_if_empty=["idaci_decile"]
    )
    assert kept == Kept(changed=1)
    assert SmallArea.objects.values_list().get() == ("E01006558", None, 2)


def test_next_ids_are_taken_from_the_models_sequence(db):
    from inharmony.audit.models import AuditEvent

    first, second = next_ids(AuditEvent, 2)
    assert second == first + 1
    assert AuditEvent.objects.create(act="x").pk == second + 1


def test_a_value_of_the_wrong_kind_is_an_error_before_anything_is_written(db):
    with pytest.raises(Error):
        write_many(AcademicYear, ["year"], [("soon",)])
