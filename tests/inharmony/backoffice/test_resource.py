"""What django-import-export leaves open by default is shut in every list of the back office."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from import_export.resources import ModelResource

from inharmony.backoffice.resource import BackOfficeResource, Hardened
from inharmony.backoffice.widgets import AmongWidget
from programmes.imports.ensemble import EnsembleResource
from programmes.imports.session import SessionResource
from schools.imports.sheet import SchoolResource

RESOURCES = [EnsembleResource, SessionResource, SchoolResource]
ROOT = Path(settings.BASE_DIR)


def test_these_are_all_there_are():
    assert BackOfficeResource.__subclasses__() == RESOURCES
    assert [each for each in ModelResource.__subclasses__() if "site-packages" not in each.__module__] == [
        BackOfficeResource
    ]


@pytest.mark.parametrize("resource", RESOURCES)
def test_each_is_hardened(resource):
    meta = resource._meta
    for name in (name for name in vars(Hardened) if not name.startswith("_")):
        assert getattr(meta, name) == getattr(Hardened, name), name
    assert meta.import_id_fields
    # never by a key of the database: a sheet could name a row next door
    assert not {"id", "pk"} & {*meta.import_id_fields, *resource.fields, *meta.fields}
    assert set(resource.fields) == set(meta.fields)


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_a_row_may_point_at_is_what_the_person_may_use(resource, cast):
    made = resource(by=cast.ruth)
    for name, field in made.fields.items():
        relation = next((each for each in resource._meta.model._meta.concrete_fields if each.name == name), None)
        if relation is not None and relation.is_relation and not field.readonly:
            assert isinstance(field.widget, AmongWidget)


def test_the_library_is_an_engine_of_rows_and_nothing_else():
    assert "import_export" not in settings.INSTALLED_APPS
    named = set()
    for app in ("inharmony", "schools", "programmes", "participants", "outcomes", "evaluation"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {
                    "import_export",
                    "tablib",
                }:
                    named.add(node.module)
                if isinstance(node, ast.Import):
                    named |= {
                        each.name for each in node.names if each.name.split(".")[0] in {"import_export", "tablib"}
                    }
    # neither its pages, nor its temporary files, nor its formats
    assert named == {
        "import_export.fields",
        "import_export.resources",
        "import_export.results",
        "import_export.widgets",
        "tablib",
    }
