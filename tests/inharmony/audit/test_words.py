"""Every act that is written down can be read: it has words, and no words are left over."""

import ast
import re

import pytest

from inharmony.audit.words import ACTS, Kind, act_words, acts_of, field_words
from tests.architecture.test_one_door import APPS, ROOT

ACT = re.compile(r"[a-z_]+\.[a-z_]+")


def acts_in(source):
    """Returns the names of acts that a source writes into the trail, through `audit` or a function in front of it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [keyword.value for keyword in node.keywords if keyword.arg == "act"]
            if called.startswith(("_audit", "audit_")):
                given += node.args
            inner = [each for value in given for each in ast.walk(value) if isinstance(each, ast.Constant)]
            found |= {each.value for each in inner if isinstance(each.value, str) and ACT.fullmatch(each.value)}
    return found


@pytest.fixture(scope="module")
def written():
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    return set().union(*(acts_in(path.read_text()) for path in files))


def test_every_act_has_words_and_every_word_an_act(written):
    assert set(ACTS) == written


def test_every_call_that_writes_an_entry_names_its_act():
    """An act put together at run time would escape the search: only a function in front of `audit` passes one on."""
    for path in (path for app in APPS for path in (ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith(("_audit", "audit_")):
                calls = [n for n in ast.walk(node) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "audit"]
                assert all(acts_in(ast.unparse(call)) for call in calls), (path, node.name)


def test_the_search_finds_acts_in_each_way_they_are_written():
    assert acts_in('audit(act="a.b" if first else "c.d", by=x)') == {"a.b", "c.d"}
    assert acts_in('_audit(job, "e.f", by)') == {"e.f"}


def test_the_words_of_an_act_go_on_after_a_name_and_hold_no_jargon():
    for act in ACTS.values():
        assert act.words[0].islower()
        assert not re.search(r"[._:]|roster|user", act.words)


def test_every_kind_of_act_has_acts_and_each_act_one_kind():
    assert sorted(name for kind in Kind for name in acts_of(kind)) == sorted(ACTS)
    assert all(acts_of(kind) for kind in Kind)


def test_an_act_of_an_older_version_is_shown_by_its_name():
    assert act_words("harp.tuned") == "harp.tuned"


def test_fields_are_said_in_the_words_of_the_pages_each_once():
    changed = ["forename", "sort_key", "upn_hash", "upn_sealed", "date_of_birth", "is_eal"]
    assert field_words(changed) == ["forename", "UPN", "date of birth", "English as an additional language"]
