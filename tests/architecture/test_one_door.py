"""Each guarded model is written in its own actions and nowhere else."""

import ast
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from inharmony.audit.history import histories

ROOT = Path(settings.BASE_DIR)
APPS = ("inharmony", "schools", "programmes", "participants", "outcomes", "evaluation")
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "save", "delete"}
TABLES = {
    "participants_child",
    "participants_enrolment",
    "participants_placement",
    "participants_identity",
    "participants_membership",
    "participants_consent",
    "participants_attendance",
    "participants_photo",
    "participants_photochild",
    "programmes_publicphoto",
    "outcomes_response",
    "outcomes_story",
    "outcomes_storychild",
    "programmes_sharedstory",
}
IN_AND_OUT = frozenset(
    {
        "participants/actions/enrolment.py",
        "participants/actions/roster_accepting.py",
        "participants/actions/roster_undo.py",
    }
)
# two records of one child become one, and two again
MERGING = frozenset({"participants/actions/merge.py", "participants/actions/merge_undo.py"})
# registers of earlier years come in from a sheet, and go again with it
PAST = frozenset({"participants/actions/past_registers.py", "participants/actions/past_registers_undo.py"})
# the loader of the public record, and the act that keeps its entries
RECORD = frozenset(f"programmes/actions/{name}.py" for name in ("entry", "keeping", "record", "record_entries"))
LEAVING = frozenset({"participants/actions/destination.py", "participants/actions/child.py"})
ONE_CHILD = frozenset({"participants/actions/child.py"})
# model -> the files that may write it
DOORS = {
    "Child": MERGING | IN_AND_OUT | ONE_CHILD | {"participants/actions/at_risk.py"},
    "Enrolment": MERGING | IN_AND_OUT | LEAVING,
    "Placement": MERGING | IN_AND_OUT | LEAVING | {"participants/actions/roll_forward.py"},
    "RollForward": {"participants/actions/roll_forward.py"},
    "Destination": MERGING | (LEAVING - ONE_CHILD),
    "HubMove": {"participants/actions/hub_move.py"},
    "Identity": MERGING | IN_AND_OUT | ONE_CHILD,
    "Membership": MERGING | LEAVING | {"participants/actions/membership.py"},
    "Playing": MERGING | LEAVING | {"participants/actions/playing.py"},
    "MembershipAct": {"participants/actions/membership.py"},
    "Consent": {"participants/actions/consent.py"},
    "Attendance": MERGING | PAST | {"participants/actions/attendance.py"},
    "Award": {"outcomes/actions/award.py"},
    "AccessNote": MERGING | {"participants/actions/access_note.py"},
    "KnownAbsence": {"participants/actions/known_absence.py"},
    "ListAnswer": {"participants/actions/list_answer.py"},
    "ListCheck": {"participants/actions/list_check.py"},
    "ListProposal": {f"participants/actions/list_{name}.py" for name in ("answer", "check", "proposal")},
    "Correction": {"participants/actions/attendance.py"},
    "Merge": MERGING,
    "PastRegister": PAST,
    "PastRegisterSheet": PAST,
    "RosterImport": {f"participants/actions/roster{part}.py" for part in ("", "_accepting", "_deciding")},
    "Photo": {"participants/actions/photo.py"},
    "PhotoChild": MERGING | {"participants/actions/photo.py"},
    # kept by the database
    "PublicPhoto": set(),
    "SharedStory": set(),
    "AskedGroup": {"outcomes/actions/wave.py", "outcomes/actions/names.py"},
    "Response": {f"outcomes/actions/{name}.py" for name in ("answer", "keying", "names")},
    "Result": {"outcomes/actions/analyse.py"},
    "Sheet": {"outcomes/actions/names.py"},
    "Slip": {"outcomes/actions/wave.py", "outcomes/actions/names.py"},
    "Wave": {"outcomes/actions/wave.py", "outcomes/actions/names.py"},
    "RosterRow": {
        *(f"participants/actions/roster{part}.py" for part in ("", "_accepting", "_deciding", "_keeping", "_undo")),
    },
    "RosterSheet": {"participants/actions/roster.py", "participants/actions/roster_keeping.py"},
    "CalendarFeed": {"programmes/actions/feed.py"},
    "Closing": {"programmes/actions/closing.py"},
    "Closure": {"programmes/actions/calendar.py"},
    "Story": {"outcomes/actions/story.py"},
    "StoryChild": MERGING | {"outcomes/actions/story.py"},
    "Target": {"outcomes/actions/target.py"},
    "Term": {"programmes/actions/calendar.py"},
    "ComparisonSchool": {"outcomes/actions/comparison.py"},
    "SchoolDifference": {"outcomes/actions/difference.py"},
    "Income": {"programmes/actions/income.py", "evaluation/demonstration/income.py"},
    "LoadedWording": {"outcomes/actions/wording.py"},
    "Message": {"programmes/actions/message.py"},
    "Partnership": {"programmes/actions/partnership.py"},
    "Place": RECORD | {"programmes/actions/programme.py"},
    "Programme": RECORD | {"programmes/actions/programme.py"},
    "ProgrammeStatus": RECORD | {"programmes/actions/programme.py"},
    **dict.fromkeys(("Organisation", "OrganisationName", "OrganisationRole"), RECORD),
    **dict.fromkeys(("Account", "Milestone", "Office", "FundingAgreement", "FundingMilestone"), RECORD),
    **dict.fromkeys(("Collaboration", "Study", "Finding", "PublishedFigure", "Mention", "Film"), RECORD),
    "EntryVersion": {"programmes/actions/entry.py"},
    "SharingAgreement": {"programmes/actions/agreement.py"},
    "Ensemble": {"programmes/actions/ensemble.py"},
    "Joining": {"programmes/actions/session.py", "programmes/actions/timetable.py"},
    "Session": {
        "programmes/actions/session.py",
        "programmes/actions/timetable.py",
        "programmes/actions/venue.py",
        # the register's own facts, of many at once
        *PAST,
        # the session of a browser has the same name
        "inharmony/accounts/sessions.py",
    },
    "Venue": {"programmes/actions/venue.py"},
    "Town": {"schools/actions/town.py"},
    "Tutor": {"programmes/actions/tutor.py"},
    "SafeguardingContact": {"programmes/actions/safeguarding.py"},
    "RegisterReminder": {"programmes/actions/reminder.py"},
    "HubWords": {"evaluation/actions/words.py"},
    "Release": {"evaluation/actions/release.py"},
    "ReleaseCell": {"evaluation/actions/release.py"},
    "IssuedReport": {"evaluation/actions/issue.py"},
    "ReportJob": {"evaluation/actions/report.py"},
    "SignOff": {"evaluation/actions/sign_off.py"},
    "SignedFigures": {"evaluation/actions/sign_off.py"},
    "RoleAssignment": {"inharmony/accounts/actions/role.py"},
    "Certification": {"inharmony/accounts/actions/certification.py"},
    "Deactivation": {"inharmony/accounts/actions/account.py"},
    "Invitation": {"inharmony/accounts/actions/invitation.py"},
    "SecondFactorReset": {"inharmony/accounts/actions/second_factor.py"},
    "AuditEvent": {"inharmony/audit/record.py"},
    "Breach": {"inharmony/audit/actions/breach.py"},
    "BreachVersion": {"inharmony/audit/actions/breach.py"},
    # the triggers of the database write history, and nobody else
    **{model.__name__: set() for model in histories()},
}
# makes the invented hubs of the demonstration in bulk, and refuses wherever a real child is
LOADER = "evaluation/demonstration/"


def code_files():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if "/migrations/" not in name and not name.startswith(LOADER):
                yield name, path


def writes_in(source):
    """Returns (model, line) for each write through a manager or a queryset that starts at a guarded model's name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            start = node.func.value
            while isinstance(start, ast.Attribute | ast.Call):
                start = start.value if isinstance(start, ast.Attribute) else start.func
            if isinstance(start, ast.Name) and start.id in DOORS:
                found.append((start.id, node.lineno))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.replace('"', " ").split()
            for verb, table in pairwise(words):
                if (
                    verb in {"INTO", "UPDATE", "FROM"}
                    and table in TABLES
                    and any(f"{act} " in node.value for act in ("INSERT INTO", "DELETE FROM", "UPDATE "))
                ):
                    found.append((table, node.lineno))
    return found


def doors_of(model):
    if model in DOORS:
        return DOORS[model]
    noun = model.removeprefix("participants_").removeprefix("outcomes_").capitalize()
    return DOORS[noun]


@pytest.mark.parametrize(("name", "path"), list(code_files()), ids=lambda v: v if isinstance(v, str) else "")
def test_guarded_models_are_written_behind_their_door_only(name, path):
    strays = [(model, line) for model, line in writes_in(path.read_text()) if name not in doors_of(model)]
    assert strays == []


def test_the_search_finds_a_second_door():
    assert writes_in("Child.objects.filter(pk=1).update(forename='')") == [("Child", 1)]
    assert writes_in("cursor.execute('INSERT INTO participants_attendance VALUES (1)')") == [
        ("participants_attendance", 1)
    ]


def test_views_write_nothing():
    for name, path in code_files():
        if "/views" in name or name.endswith("views.py"):
            calls = [
                node.func.attr
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            ]
            assert not {"create", "bulk_create", "update_or_create", "get_or_create", "bulk_update"} & set(calls), name
