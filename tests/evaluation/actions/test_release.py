"""Cutting a release: what it holds, who may write it, and that nothing changes it."""

import pytest
from django.db import ProgrammingError, transaction

from evaluation.actions.release import ReleaseRefusedError, cut_release
from evaluation.models import Release, ReleaseCell
from inharmony.access.scope import Scope, figures, scope_of, scoped
from inharmony.pages import public
from schools.models import AcademicYear
from tests.databases import connected_as
from tests.factories import evaluation
from tests.factories.schools import this_year
from tests.trail import entries, entry


@pytest.fixture
def nation(committed_cast, fresh_database):
    """Three hubs of known sizes; the connection is the worker's."""
    evaluation.country(committed_cast)
    with connected_as("worker", fresh_database):
        yield committed_cast


def shown(release, table):
    cells = ReleaseCell.objects.filter(release=release, table=table).values_list("row", "column", "value", "symbol")
    return {(f"{row} {column}".strip()): symbol or value for row, column, value, symbol in cells}


def test_a_release_counts_each_child_once_and_protects_every_table(nation):
    release = cut_release(academic_year=this_year(), by=nation.olu)
    assert str(release) == "Release 2026-27.1"
    # 12 children came to two hubs, and each of the two would know who is in the other
    assert shown(release, "children") == {"all": 120, "twice": "c"}
    assert shown(release, "children_by_programme") == {"lambeth": 55, "leeds": 40, "liverpool": 40}
    # Year 6 is small; from the rounded others nobody has it back to less than five values
    assert shown(release, "children_by_year_group") == {"4": 55, "5": 65, "6": "c"}
    assert shown(release, "registers") == {
        "all taken": 7,
        "all due": 7,
        "lambeth taken": 3,
        "lambeth due": 3,
        "leeds taken": 2,
        "leeds due": 2,
        "liverpool taken": 2,
        "liverpool due": 2,
    }
    assert (release.rule, release.is_demonstration, release.cut_by) == ("IH-SDC 1", True, nation.olu)


def test_a_release_stores_what_the_gate_tried(nation):
    evidence = cut_release(academic_year=this_year(), by=nation.olu).evidence
    assert (evidence["rule"], evidence["readers"], evidence["earlier"]) == ("IH-SDC 1", 3, 0)
    assert evidence["solver"].startswith("HiGHS")
    assert evidence["solves"] > 0
    assert evidence["fewest_values"] >= 5
    # counts only: no hub is named
    assert not any(slug in str(evidence) for slug in ("lambeth", "leeds", "liverpool"))


def test_the_next_release_is_tried_with_the_one_before_it(nation):
    cut_release(academic_year=this_year(), by=None)
    assert cut_release(academic_year=this_year(), by=None).evidence["earlier"] == 1


def test_a_release_is_written_to_the_trail(nation):
    release = cut_release(academic_year=this_year(), by=nation.olu)
    event = entry(act="release.cut")
    counts = {"cells": release.cells.count(), "hidden": release.cells.exclude(symbol="").count()}
    assert (event.actor_id, event.subject_id, event.details) == (nation.olu.pk, release.pk, counts)
    assert counts["cells"] > counts["hidden"] > 0


def test_the_next_release_of_a_period_is_the_next_number(nation):
    year = this_year()
    names = [str(cut_release(academic_year=year, term=term, by=None)) for term in ("", "", "autumn", "")]
    assert names == ["Release 2026-27.1", "Release 2026-27.2", "Release 2026-27 autumn.1", "Release 2026-27.3"]


def test_a_period_that_has_not_begun_is_refused_and_leaves_nothing(nation):
    with pytest.raises(ReleaseRefusedError, match="spring term 2026-27 begins on 1 January 2027"):
        cut_release(academic_year=this_year(), term="spring", by=None)
    assert (Release.objects.count(), len(entries(act="release.cut"))) == (0, 0)


def test_a_year_in_which_nobody_came_publishes_zeros(nation):
    release = cut_release(academic_year=AcademicYear.objects.get_or_create(year=2024)[0], by=None)
    assert shown(release, "children") == {"all": 0, "twice": 0}
    assert set(shown(release, "children_by_programme").values()) == {0}


def test_two_hubs_are_too_few_for_a_national_number(committed_cast, fresh_database):
    evaluation.country(committed_cast)
    with scoped(Scope(frozenset({committed_cast.leeds.pk}))):
        committed_cast.leeds.sessions.update(day="2025-11-18")
    with connected_as("worker", fresh_database):
        release = cut_release(academic_year=this_year(), by=None)
        assert shown(release, "children") == {"all": "c", "twice": 0}
        # children who came to Leeds a year ago are new in Liverpool and returning in the country: no hub is left out
        assert release.evidence["untried"] == 0


def attempts(login_is_web):
    release = Release(academic_year_id=2026, number=99)
    yield "insert", lambda: release.save(force_insert=True)
    yield "update", lambda: Release.objects.update(number=7)
    yield "update cells", lambda: ReleaseCell.objects.update(value=1, symbol="")
    yield "delete cells", lambda: ReleaseCell.objects.all().delete()
    if login_is_web:
        yield "figures role", lambda: scoped(figures()).__enter__()


@pytest.mark.parametrize("login", ["web", "worker", "loader"])
def test_no_login_writes_or_changes_a_release(released, fresh_database, login):
    people = {"nobody": Scope(), "manager": scope_of(released.joanne)}
    if login != "loader":
        people["national"] = scope_of(released.nia)
    before = list(ReleaseCell.objects.values_list())
    with connected_as(login, fresh_database):
        for who, scope in people.items():
            for name, attempt in attempts(login == "web"):
                with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), scoped(scope):
                    attempt()
                assert list(ReleaseCell.objects.values_list()) == before, (who, name)


def test_the_figures_role_adds_and_changes_nothing(released, fresh_database):
    for attempt in (
        lambda: Release.objects.update(number=7),
        lambda: ReleaseCell.objects.update(value=1),
        lambda: ReleaseCell.objects.all().delete(),
    ):
        with (
            connected_as("worker", fresh_database),
            pytest.raises(ProgrammingError, match="permission denied"),
            scoped(figures()),
        ):
            attempt()


def test_the_web_login_cannot_cut_a_release(committed_cast):
    with pytest.raises(ProgrammingError, match="permission denied to set role"):
        cut_release(academic_year=this_year(), by=committed_cast.olu)


def test_public_pages_are_made_anew_when_a_release_is_cut(nation):
    before = public._edition()
    cut_release(academic_year=this_year(), by=nation.olu)
    assert public._edition() != before
