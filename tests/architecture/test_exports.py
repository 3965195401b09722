"""Every long list goes out as a spreadsheet, in one way: no list is forgotten, and no export has rules of its own."""

import ast
import csv
import io
import os
import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from inharmony.access.gates import gate_of
from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment, User
from inharmony.spreadsheets import read
from inharmony.spreadsheets.writing import CONTENT_TYPES, KINDS
from participants.actions import at_risk, attendance
from participants.models import Child, Placement, RosterImport
from participants.models.attendance import Mark
from programmes.actions.income import Line, keep_income, version_of
from programmes.models import Ensemble, Income, Programme, Session
from schools.models import School
from tests.architecture.test_urls import ADDRESSES
from tests.factories import programmes
from tests.factories.schools import LONG_AGO, this_year
from tests.participants.lists import accept, class_list, stage
from tests.trail import entries

ROOT = Path(settings.BASE_DIR)
# the export -> the page of the list, what stands in the address, and somebody who may
EXPORTS = {
    "accounts:people-export": ("accounts:people", lambda cast: [], "joanne"),
    "audit:trail-export": ("audit:trail", lambda cast: [], "joanne"),
    "outcomes:comparison-export": ("outcomes:comparison", lambda cast: [cast.liverpool.slug], "joanne"),
    "participants:children-export": ("participants:children", lambda cast: [], "ruth"),
    "participants:ensemble-export": ("participants:ensemble", lambda cast: [cast.strings.pk], "ruth"),
    "participants:ensembles-export": ("participants:ensembles", lambda cast: [], "ruth"),
    "participants:grid-export": ("participants:grid", lambda cast: [cast.strings.pk], "ruth"),
    "participants:in-a-row-export": ("participants:in-a-row", lambda cast: [], "ruth"),
    "participants:left-export": ("participants:left", lambda cast: [cast.liverpool.slug], "ruth"),
    "participants:roster-export": ("participants:roster-list", lambda cast: [], "ruth"),
    "programmes:entries-export": ("programmes:entries", lambda cast: ["status"], "joanne"),
    "programmes:income-export": ("programmes:income", lambda cast: [cast.liverpool.slug], "joanne"),
    "schools:contexts-export": ("schools:contexts", lambda cast: [], "joanne"),
    "programmes:timetable-export": ("programmes:timetable", lambda cast: [], "ruth"),
    "programmes:timetable-month-export": ("programmes:timetable-month", lambda cast: [], "ruth"),
    "programmes:year-export": ("programmes:timetable-bring", lambda cast: [], "ruth"),
    "programmes:schools-export": ("programmes:schools-bring", lambda cast: [], "olu"),
    "programmes:venues-export": ("programmes:venues", lambda cast: [], "ruth"),
}
# views that cut a list into pages and hand it out by the export named, or not, and why
PAGED = {
    "inharmony/accounts/views/people.py:people": "accounts:people-export",
    "inharmony/audit/views/trail.py:trail": "audit:trail-export",
    "participants/views/child.py:children": "participants:children-export",
    "participants/views/left.py:left": "participants:left-export",
    "participants/views/roster.py:rosters": "participants:roster-export",
    "programmes/views/record.py:entries": "programmes:entries-export",
}
STAY = {
    "participants/views/past_registers.py:past_registers": "sheets that came in, each opened by itself; their marks are in the registers, which go out",
    "programmes/views/message.py:inbox": "what people wrote in confidence, answered one by one, never taken away",
    "participants/views/merge.py:doubles": "pairs to be looked at one by one, until none is left",
    "outcomes/views/story.py:stories": "words of people, each looked at by itself; what may be shown is read as it is shown",
    "participants/views/photo.py:photos": "pictures, each looked at by itself; no list of photos leaves",
    "evaluation/views/report.py:_page": "reports, which are files already",
    "inharmony/accounts/views/certification.py:access": "worked through on the page; the people are a list of their own",
    "participants/views/trail.py:child_trail": "who saw one child: read and answered from on the page",
    "participants/imports/roster/page.py:kinds": "a class list on its way in; its file is there",
}


def paged():
    for app in ("inharmony", "schools", "programmes", "participants", "outcomes", "evaluation"):
        for path in sorted((ROOT / app).rglob("*.py")):
            for function in ast.walk(ast.parse(path.read_text())):
                if isinstance(function, ast.FunctionDef) and any(
                    isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Paginator"
                    for node in ast.walk(function)
                ):
                    yield f"{path.relative_to(ROOT).as_posix()}:{function.name}"


def test_every_list_of_many_pages_goes_out_or_says_why_not():
    assert set(paged()) == {*PAGED, *STAY}
    assert set(PAGED.values()) <= set(EXPORTS)


def test_every_export_is_of_a_list_and_asks_who_is_there_again():
    named = {name: view for name, view, _ in ADDRESSES if name.endswith("-export")}
    assert set(named) == set(EXPORTS)
    lists = {name: view for name, view, _ in ADDRESSES}
    for name, (page, _, _) in EXPORTS.items():
        assert gate_of(named[name]).fresh
        assert gate_of(named[name]).permission is gate_of(lists[page]).permission


@pytest.fixture
def hub(cast):
    """A hub whose lists all hold something, with a child whom no paper may show."""
    with scoped(cast.liverpool_scope):
        marks = {child.pk: Mark.PRESENT for child in cast.children}
        attendance.take_register(session=cast.session, marks=marks, version=0, by=cast.priya)
        accept(cast.ruth, stage(cast.ruth, class_list("Bo,Wren,14/03/2018"), school=cast.saltwharf))
        at_risk.flag_at_risk(child=cast.children[2], by=cast.ruth)
        sums = {Income.Source.ARTS_COUNCIL: Line(Decimal(95_000))}
        keep_income(programme=cast.liverpool, year=this_year(), lines=sums, seen=version_of({}), by=cast.joanne)
    return cast


def taken(client, cast, name, *, who="", kind="xlsx", query=""):
    _, args, usual = EXPORTS[name]
    client.force_login(getattr(cast, who or usual))
    return client.post(reverse(name, args=args(cast)) + query, {"kind": kind})


FULL = sorted(set(EXPORTS) - {"participants:in-a-row-export", "participants:left-export", "programmes:venues-export"})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FULL)
def test_an_export_is_a_whole_file_that_is_read_again(hub, client, name, kind):
    answer = taken(client, hub, name, kind=kind)
    assert answer.status_code == 200
    assert not answer.streaming
    assert answer["Content-Type"] == CONTENT_TYPES[kind]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert re.fullmatch(rf'attachment; filename="[a-z0-9-]+\.{kind}"', answer["Content-Disposition"])
    (sheet,) = read(answer.content, f"x.{kind}").sheets
    assert len(sheet.rows) > 1
    assert all(sheet.rows[0].cells)
    told = entries()[-1]
    assert told.act.endswith(".exported")
    assert told.details == {"rows": len(sheet.rows) - 1, "format": kind}


@pytest.mark.parametrize("name", FULL)
def test_the_page_offers_it_to_who_may_with_the_filters_of_the_address(hub, client, name):
    page, args, who = EXPORTS[name]
    client.force_login(getattr(hub, who))
    html = client.get(reverse(page, args=args(hub)) + "?term=2026-11-17&page=1").content.decode()
    assert f'action="{reverse(name, args=args(hub))}?term=2026-11-17"' in html
    assert "data-again" in html


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_who_takes_registers_takes_no_list_away(hub, client, name):
    page, args, _ = EXPORTS[name]
    for who in ("priya", "nia", "stranger"):
        answer = taken(client, hub, name, who=who)
        assert answer.status_code in {403, 404}
    client.force_login(hub.priya)
    assert "data-again" not in client.get(reverse(page, args=args(hub))).content.decode()


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_next_door_finds_nothing(hub, client, name):
    answer = taken(client, hub, name, who="omar")
    # the register of schools is public record, kept by the operator alone
    assert answer.status_code in ({403} if name == "programmes:schools-export" else {200, 404})
    theirs = [child.name for child in [*hub.children, *hub.others]]
    if answer.status_code == 200:
        words = "".join(archive_of(answer.content))
        assert not [one for one in theirs if one in words]
        assert not [entry for entry in entries(actor_id=hub.omar.pk) if entry.programme_id == hub.liverpool.pk]


def archive_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(part).decode() for part in archive.namelist()]


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_it_is_asked_for_by_a_press_and_in_a_kind_that_is_made(hub, client, name):
    _, args, who = EXPORTS[name]
    client.force_login(getattr(hub, who))
    assert client.get(reverse(name, args=args(hub))).status_code == 405
    if name in FULL:
        assert taken(client, hub, name, kind="html").status_code == 400
    client.force_login(getattr(hub, who), ago=301)
    assert client.post(reverse(name, args=args(hub)))["Location"].startswith(reverse("account_reauthenticate"))


OF_CHILDREN = {
    "participants:children-export": lambda cast: [*cast.children, *cast.others],
    "participants:ensemble-export": lambda cast: cast.children,
    "participants:grid-export": lambda cast: cast.children,
}


@pytest.mark.parametrize("name", sorted(OF_CHILDREN))
def test_the_trail_names_who_is_in_the_file_and_a_protected_child_is_not(hub, client, name):
    hidden = hub.children[2]
    words = "".join(archive_of(taken(client, hub, name).content))
    told = entries()[-1]
    meant = {child.pk for child in OF_CHILDREN[name](hub)} - {hidden.pk}
    assert meant <= set(told.children)
    assert hidden.pk not in told.children
    assert hub.children[0].forename in words
    assert hidden.forename not in words
    assert hub.leeds_children[0].forename not in words
    page, args, _ = EXPORTS[name]
    assert "Protected children are left out" in client.get(reverse(page, args=args(hub))).content.decode()


PAYLOADS = ["=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0", "\t=1", "＝1+1", "'=1", " =HYPERLINK(1)"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_anybody_starts_a_formula_in_any_list(hub, client, payload):
    with scoped(hub.liverpool_scope):
        Child.objects.update(forename=payload, surname=payload, known_as=payload)
        Placement.objects.update(school_class=payload)
        School.objects.update(name=payload, town=payload)
        Ensemble.objects.filter(programme=hub.liverpool).update(name=payload)
        RosterImport.objects.update(file_name=payload)
        Session.objects.filter(programme=hub.liverpool).update(
            venue=programmes.venue(hub.liverpool, hub.saltwharf, payload),
            tutor=programmes.tutor(hub.liverpool, payload),
        )
        User.objects.filter(pk=hub.priya.pk).update(name=payload)
        Programme.objects.filter(pk=hub.liverpool.pk).update(short_name=payload)
    seen = 0
    for name in [*FULL, "programmes:venues-export"]:
        text = taken(client, hub, name, kind="csv").content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not [cell for cell in cells if cell.lstrip()[:1] in {*"=+-@＝\t\r"} or cell[:1] in {"\t", "\r"}]
        seen += sum(payload.strip() in cell for cell in cells)
        for kind in ("xlsx", "ods"):
            parts = archive_of(taken(client, hub, name, kind=kind).content)
            assert not re.search(r"<f[ >/]|table:formula|<hyperlink|xlink:href|sheet name=\"[=+@-]", "".join(parts))
    assert seen > 20


def test_a_demonstrations_file_says_so_outside_its_rows(hub, client, settings):
    settings.DEMO = True
    answer = taken(client, hub, "participants:children-export")
    assert 'filename="demonstration-children-' in answer["Content-Disposition"]
    assert "everybody in this file is invented" in "".join(archive_of(answer.content))
    (sheet,) = read(answer.content, "x.xlsx").sheets
    assert not [row for row in sheet.rows if "emonstration" in str(row.cells)]


def test_the_web_process_loads_no_heavy_reader_or_writer():
    """In a process of its own: what other tests loaded says nothing."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import django, sys; django.setup(); import inharmony.urls;"
                "print(sorted({'openpyxl', 'xlsxwriter', 'odf', 'pandas', 'python_calamine', 'import_export.admin',"
                " 'import_export.formats.base_formats'} & set(sys.modules)))"
            ),
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "inharmony.settings.checks"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"


def test_who_keeps_one_hub_and_takes_registers_in_another_takes_out_the_one_alone(hub, client):
    leads = programmes.tutor(hub.leeds, "Ruth Bell", hub.ruth)
    hub.leeds_strings.tutors.add(leads)
    RoleAssignment.objects.create(user=hub.ruth, role="coordinator", programme=hub.leeds, starts_on=LONG_AGO)
    there, here = hub.leeds_children[0], hub.children[0]
    client.force_login(hub.ruth)
    assert there.surname in client.get(reverse("participants:children")).content.decode()
    words = "".join(archive_of(taken(client, hub, "participants:children-export").content))
    assert here.surname in words
    assert there.surname not in words
    assert there.pk not in entries()[-1].children
    for name in ("ensemble", "grid"):
        assert client.post(reverse(f"participants:{name}-export", args=[hub.leeds_strings.pk])).status_code == 403
        page = client.get(reverse(f"participants:{name}", args=[hub.leeds_strings.pk]))
        assert page.status_code == 200
        assert "data-again" not in page.content.decode()
