"""The commands others rely on: their names, shapes, exit codes and messages."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pypdf import PdfReader

from evaluation.actions import report_due
from evaluation.figures.period import whole_year
from evaluation.management.commands import build_report
from evaluation.models import KeptFigures, Release
from evaluation.queries.live import live
from evaluation.reports.printing import printed
from inharmony.access.scope import scoped
from outcomes.actions.story import withdraw
from programmes.models import OperationalCount, Partnership
from tests import machinery
from tests.databases import connected_as
from tests.factories import evaluation, programmes, stories


@pytest.fixture
def worker(committed_cast, fresh_database):
    """The cast, with the worker's login, which commands have."""
    with scoped(committed_cast.both):
        evaluation.register(committed_cast.session, "pla", by=committed_cast.priya)
    with connected_as("worker", fresh_database):
        yield committed_cast


def run(*arguments):
    """Returns what a command prints, line by line."""
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().splitlines()


def refused(*arguments):
    """Returns the message and the exit code of a command that must fail."""
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    return str(refusal.value), refusal.value.returncode


def test_cut_release_says_what_it_cut(worker):
    words, said = run("cut_release", "2026-27", "--json")
    cells = Release.objects.get().cells
    count, hidden = cells.count(), cells.exclude(symbol="").count()
    assert count > hidden > 0
    assert words == f"Release 2026-27.1 is cut: {count} cells, {hidden} of them hidden, rule IH-SDC 1."
    assert json.loads(said) == {"release": "Release 2026-27.1", "number": 1, "cells": count, "hidden": hidden}
    assert run("cut_release", "2026-27", "--term", "autumn")[0].startswith("Release 2026-27 autumn.1 is cut")


def test_draft_reports_says_what_is_asked_for_and_of_what_there_is_nothing_to_say(worker, queue):
    said = json.loads(run("draft_reports", "2026-27", "--json")[-1])
    assert (said["asked"], said["states"], said["failed"]) == (4, {"waiting": 4}, [])
    of_country = [why for why in said["nothing"] if " of the country: No release of 2026-27" in why]
    of_schools = [why for why in said["nothing"] if "Fewer than 10 children have come" in why]
    assert sorted(of_country + of_schools) == sorted(said["nothing"])
    assert (len(of_country), len(of_schools)) == (2, 2 * Partnership.objects.count())
    assert run("draft_reports", "2026-27")[0].startswith("4 reports of 2026-27 asked for: 4 waiting.")


def test_draft_reports_names_what_failed_and_why_there_is_nothing(worker, queue, monkeypatch):
    message, code = refused("draft_reports", "2005-06")
    assert ("No programme ran in 2005-06" in message, code) == (True, 1)
    monkeypatch.setattr(report_due, "request_report", lambda **_: 1 // 0)
    message, code = refused("draft_reports", "2026-27")
    assert ("could not be asked for" in message, code) == (True, 1)


def test_cut_release_cuts_what_says_nothing_new_only_with_notes(worker):
    run("cut_release", "2026-27")
    message, code = refused("cut_release", "2026-27")
    assert ("exactly what Release 2026-27.1 says" in message, code) == (True, 1)
    run("cut_release", "2026-27", "--notes", " The rule is explained anew. ")
    assert list(Release.objects.order_by("number").values_list("number", "notes")) == [
        (1, ""),
        (2, "The rule is explained anew."),
    ]


@pytest.mark.parametrize(
    ("year", "message", "code"),
    [
        ("2026", "'2026' is not an academic year: write it like 2026-27.", 2),
        ("2031-32", "Nothing is recorded for 2031-32, so there is nothing to release.", 1),
    ],
)
def test_cut_release_refuses_a_year_it_cannot_release(worker, year, message, code):
    assert refused("cut_release", year) == (message, code)


def test_check_figures_counts_everything_again_and_finds_no_drift(worker):
    # a day of two hubs; a register and three months
    words, told = run("check_figures")
    assert (words, json.loads(told)) == ("6 counts made again; 0 differ.", {"cells": 6, "drift": 0})
    assert [json.loads(line) for line in run("check_figures", "--json")] == [{"cells": 6, "drift": 0}]


def test_check_figures_finds_a_count_that_drifted(worker, fresh_database):
    with connected_as("owner", fresh_database):
        OperationalCount.objects.filter(programme=worker.liverpool).update(held=9)
    message, code = refused("check_figures")
    assert "1 of 6 counts (a programme on a day) differ" in message
    assert code == 1


@pytest.mark.parametrize(
    ("table", "kind"), [("registertally", "a register"), ("childmonth", "a child's month")], ids=["register", "month"]
)
def test_check_figures_finds_a_tally_without_its_marks(worker, fresh_database, table, kind):
    with connected_as("owner", fresh_database), connection.cursor() as cursor:
        # past the wall, which holds for the owner too
        cursor.execute(f"ALTER TABLE participants_{table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute(f"UPDATE participants_{table} SET excused = excused + 1")
    message, _ = refused("check_figures")
    assert f"({kind}) differ from a recount" in message


@pytest.fixture
def looked_at(worker):
    """Somebody has looked at the figures of Liverpool."""
    with scoped(worker.liverpool_scope):
        live(worker.liverpool, whole_year(2026), worker.joanne)
        evaluation.hub_figures(worker.liverpool, user=worker.joanne)
    return worker


def test_check_figures_counts_again_what_was_kept_of_a_hub(looked_at):
    told = json.loads(run("check_figures", "--json")[0])
    assert told["drift"] == 0
    # six of the hubs' registers and sessions, and what was kept
    assert told["cells"] == 6 + 73


@pytest.mark.parametrize("kind", ["cells", "sums"])
def test_check_figures_finds_kept_figures_that_are_not_the_hubs(looked_at, kind):
    with scoped(looked_at.liverpool_scope):
        row = KeptFigures.objects.get(kind=kind)
        row.figures = json.loads(json.dumps(row.figures).replace("2", "3"))
        row.save()
    assert "(figures of Liverpool) differ from a recount" in refused("check_figures")[0]


def test_check_figures_leaves_what_nobody_would_be_shown(looked_at):
    with scoped(looked_at.liverpool_scope):
        KeptFigures.objects.update(figures=[])
        # from now on it is counted anew
        evaluation.cancel(programmes.session(looked_at.strings, day=date(2026, 11, 20)))
    assert json.loads(run("check_figures", "--json")[0])["drift"] == 0


def test_rebuild_tallies_counts_everything_again(looked_at, fresh_database):
    with connected_as("owner", fresh_database), connection.cursor() as cursor:
        OperationalCount.objects.filter(programme=looked_at.liverpool).update(held=9)
        for table in ("registertally", "childmonth"):
            cursor.execute(f"ALTER TABLE participants_{table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"UPDATE participants_{table} SET excused = excused + 1")
            cursor.execute(f"ALTER TABLE participants_{table} FORCE ROW LEVEL SECURITY")
    refused("check_figures")
    with connected_as("owner", fresh_database):
        words, said = run("rebuild_tallies", "--json")
    assert words == "Counted again 1 registers, 3 months of children and 2 days of programmes."
    assert json.loads(said) == {"registers": 1, "months": 3, "days": 2}
    assert json.loads(run("check_figures", "--json")[0]) == {"cells": 6, "drift": 0}


def test_build_report_makes_what_the_worker_makes(worker, tmp_path):
    out = tmp_path / "liverpool.pdf"
    words, said = run(
        "build_report", "participation", "--year", "2026-27", "--programme", "liverpool", "--out", str(out), "--json"
    )
    told = json.loads(said)
    assert told["figures"]["children_reached"] == "2"
    assert told["figures"]["attendance"] == "67"
    assert (told["pages"], told["bytes"]) == (len(PdfReader(out).pages), out.stat().st_size)
    assert str(out) in words
    assert [path.name for path in tmp_path.iterdir()] == ["liverpool.pdf"]


def test_build_report_of_the_country_wants_a_release_first(worker, tmp_path):
    out = tmp_path / "country.pdf"
    arguments = ("build_report", "participation", "--year", "2026-27", "--national", "--out", str(out))
    message, code = refused(*arguments)
    assert ("once the year is over, whether or not every register was taken" in message, code, out.exists()) == (
        True,
        1,
        False,
    )
    run("cut_release", "2026-27")
    run(*arguments)
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("report", "about", "message", "code"),
    [
        (
            "attainment",
            ("--national",),
            "There is no report 'attainment' about the country. There are: participation (about a programme)",
            2,
        ),
        ("attainment", ("--programme", "liverpool"), "There is no report 'attainment' about a programme.", 2),
        (
            "participation",
            ("--school", "990101"),
            "Fewer than 10 children have come at Saltwharf Primary in 2026-27.",
            1,
        ),
        (
            "participation",
            ("--school", "100000"),
            "No school with the number (URN) 100000 was a partner school in 2026-27.",
            1,
        ),
        (
            "participation",
            ("--programme", "atlantis"),
            "There is no programme 'atlantis'. There are: leeds, liverpool.",
            1,
        ),
    ],
)
def test_build_report_names_what_there_is_instead(worker, tmp_path, report, about, message, code):
    out = tmp_path / "none.pdf"
    told, returncode = refused("build_report", report, "--year", "2026-27", *about, "--out", str(out))
    assert told.startswith(message)
    assert (returncode, out.exists()) == (code, False)


def test_build_report_without_pango_or_without_a_place_says_what_to_do(worker, tmp_path):
    arguments = ("build_report", "participation", "--year", "2026-27", "--programme", "liverpool", "--out")
    with machinery.without_pango():
        message, code = refused(*arguments, str(tmp_path / "a.pdf"))
    assert ("libpango-1.0-0" in message, code) == (True, 1)
    message, code = refused(*arguments, str(tmp_path / "nowhere" / "a.pdf"))
    assert ("cannot be written" in message, "--out" in message, code) == (True, True, 1)


def test_build_report_reads_no_other_hub(worker, tmp_path):
    out = tmp_path / "leeds.pdf"
    said = run(
        "build_report", "participation", "--year", "2026-27", "--programme", "leeds", "--out", str(out), "--json"
    )
    assert json.loads(said[-1])["figures"]["children_reached"] == "0"
    assert "Saltwharf" not in "".join(page.extract_text() for page in PdfReader(out).pages)


def test_a_report_in_which_something_was_taken_back_while_it_was_made_is_not_written(worker, monkeypatch, tmp_path):
    hub = worker
    with connected_as("web", connection.settings_dict["NAME"]), scoped(hub.liverpool_scope):
        written = stories.of_adult()
        told = stories.story(hub.liverpool, by=hub.joanne, is_nobody=True, is_shared=True, written=written)

    def set_while_somebody_withdraws(*what):
        with connected_as("web", connection.settings_dict["NAME"]), scoped(hub.liverpool_scope):
            withdraw(story=told, by=hub.joanne)
        return printed(*what)

    monkeypatch.setattr(build_report, "printed", set_while_somebody_withdraws)
    out = tmp_path / "report.pdf"
    words, _ = refused("build_report", "impact", "--programme", "liverpool", "--year", "2026-27", "--out", str(out))
    assert words == "Something in it was taken back while it was made. Make it again: it is made without."
    assert not out.exists()
