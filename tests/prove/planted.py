"""The crawler's plan of two planted hubs: plain data, and nothing that the crawler could not have been told by mail."""

import re
from dataclasses import dataclass
from random import Random

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.test import override_settings

from evaluation.actions.report import request_printing
from evaluation.models import IssuedReport, ReportJob
from inharmony.access.scope import scoped
from inharmony.accounts.actions import invitation as invitations
from inharmony.accounts.models import Invitation, OutboxMessage, User
from inharmony.servers.waiting import wait_for
from participants.actions import list_check
from participants.models import Consent
from programmes.actions import feed
from schools.models import AcademicYear
from tests.crawler.plan import Canary, Plan, Principal, Value
from tests.factories import participants, programmes, schools
from tests.prove import addresses
from tests.prove.hub import NAMES, Hub
from tests.prove.planting import others, plant
from tests.stack import RunningStack

# who asks, one hub's whole staff and of the other whoever reaches most; and a page that opens to nobody but such
OPENS = {
    "coordinator A": "/today/",
    "administrator A": "/imports/",
    "manager A": "/people/",
    "lead A": "/children/",
    "administrator B": "/imports/",
    "manager B": "/people/",
    "national": "/national/",
    "operator": "/hubs/",
    "stranger": "/account/",
    "former": "/account/",
}
# who has no second factor yet reads what everybody reads
HALFWAY = {"without second factor": "/account/second-factor/", "second factor not shown": ""}
EVERYBODY = (*OPENS, *HALFWAY, "anonymous", "deactivated")
QUERIES = (
    "page",
    "find",
    "school",
    "year",
    "term",
    "kind",
    "q",
    "sort",
    "order",
    "next",
    "programme",
    "hub",
    "child",
    "place",
    "at",
    "measure",
    "of",
    "award",
    "by",
    "indicator",
)
# what stands in addresses of national figures
NATIONAL = {
    "figure": ("children_reached", "income_per_child"),
    "released table": ("children_by_programme", "dots_attendance"),
    "kind of table": ("csv", "ods"),
    "kind of chart": ("svg", "png"),
}
# Of slips, and of groups that are asked: both stand in the same place of an address. Of the wave whose codes are looked
# for nowhere: who asks at an address with a code is shown that code again, which tells them nothing.
MARKS = (
    "SELECT s.mark FROM outcomes_slip s JOIN outcomes_wave w ON w.id = s.wave_id"
    " WHERE s.programme_id = %s AND w.name LIKE 'Autumn %%'"
    " UNION ALL SELECT g.code FROM outcomes_askedgroup g JOIN outcomes_wave w ON w.id = g.wave_id"
    " WHERE g.programme_id = %s AND w.name LIKE 'Autumn %%' ORDER BY 1"
)
UNFINISHED = "SELECT count(*) FROM evaluation_reportjob WHERE state NOT IN ('done', 'failed', 'stopped')"


@dataclass
class Planted:
    """The hubs, everybody by the name the plan has for them, and what stands in addresses by noun."""

    hubs: dict[str, Hub]
    people: dict[str, User]
    values: dict[str, list[Value]]
    canaries: list[Canary]


def plant_all(stack: RunningStack, rng: Random, *, with_reports: bool = True) -> Planted:
    """
    Plants both hubs in the database of a running stack; inside `reached` only.

    With reports, a release is cut and every report made; without, they are asked for and wait.
    """
    hubs = plant(stack, rng)
    people = {f"{role} {key}": user for key, hub in hubs.items() for role, user in hub.people.items()}
    people |= others(hubs["A"])
    _deactivate(stack, people["deactivated"])
    if with_reports:
        stack.manage("cut_release", str(AcademicYear.current()))
    _reports(stack, people, of_country=with_reports)
    if with_reports:
        _wait_for_reports(stack)
        for number, hub in enumerate(hubs.values(), start=1):
            _issue(hub, number)
        _wait_for_reports(stack)
    values = values_of(stack, hubs, people)
    canaries = [canary for hub in hubs.values() for canary in hub.canaries]
    return Planted(hubs, people, values, canaries + _secrets(stack))


def _wait_for_reports(stack: RunningStack) -> None:
    assert wait_for(lambda: not stack.one(UNFINISHED), seconds=90), "the reports of the planted hubs were not made"
    assert not stack.rows("SELECT id FROM evaluation_reportjob WHERE state = 'failed'"), "a report failed"


@transaction.atomic
def _issue(hub: Hub, number: int) -> None:
    """Issues the report of a hub beside its draft, although its year is not over: only after it can a person."""
    by, draft = hub.people["manager"], ReportJob.objects.get(programme=hub.programme)
    IssuedReport.objects.create(
        job=request_printing(draft=draft, key=f"issued {number}", by=by),
        academic_year=draft.academic_year,
        number=number,
        key=draft.unique_key,
        figures_key=draft.unique_key,
        issued_by=by,
    )


def sign_in(stack: RunningStack, planted: Planted, name: str) -> dict[str, str]:
    """Returns the cookies of a new session of somebody; {} for nobody. Any thread may ask."""
    if name not in planted.people:
        return {}
    with stack.reached():
        # as the account is by now: the password may have been changed. Who is deactivated has kept a session.
        user = User.objects.get(pk=planted.people[name].pk)
        return dict(stack.visitor_as(user, second_factor=name not in HALFWAY).cookies)


def plan_of(stack: RunningStack, planted: Planted) -> Plan:
    """Returns the plan; inside `reached` only."""
    entries = addresses.entries()
    is_open = tuple(entry.name for entry in entries if entry.is_open)
    enrolling = tuple(entry.name for entry in entries if entry.is_enrolling)
    confined = {"anonymous": is_open, "deactivated": is_open, **dict.fromkeys(HALFWAY, (*is_open, *enrolling))}
    principals = [
        Principal(
            name,
            name[-1] if name[-1] in planted.hubs else "",
            sign_in(stack, planted, name),
            confined.get(name),
            {**OPENS, **HALFWAY}.get(name, ""),
        )
        for name in (*OPENS, *confined)
    ]
    plan = Plan(
        port=stack.port,
        principals=tuple(principals),
        addresses=addresses.addresses(planted.values | {"own session": _sessions(stack, planted)}),
        canaries=tuple(planted.canaries),
        ids={key: _ids(stack, hub) for key, hub in planted.hubs.items()},
        lists={key: _forged_list(stack, hub) for key, hub in planted.hubs.items()},
        queries=QUERIES,
    )
    return Plan.from_json(plan.to_json())


def _sessions(stack: RunningStack, planted: Planted) -> list[Value]:
    """Returns somebody's own sessions: of each their last."""
    found = dict(stack.rows("SELECT user_id, max(id) FROM usersessions_usersession GROUP BY user_id"))
    return [Value(str(found[user.pk]), (name,)) for name, user in planted.people.items() if user.pk in found]


# rows of a hub by the noun that stands for them in addresses: their table, and whose own they are
OFFICE, STAFF = ("administrator", "manager"), ("coordinator", "administrator", "manager")
MANAGER, KEEPERS, OPERATOR = ("manager",), ("manager", "operator"), ("operator",)
OF_NO_HUB = ("operator", "national")
ROWS = {
    "membership act": ("participants_membershipact", OFFICE),
    "merge": ("participants_merge", OFFICE),
    "roll forward": ("participants_rollforward", OFFICE),
    "list check": ("participants_listcheck", OFFICE),
    "list proposal": ("participants_listproposal", OFFICE),
    "known absence": ("participants_knownabsence", STAFF),
    "award": ("outcomes_award", OFFICE),
    "past register": ("participants_pastregister", OFFICE),
    "photo": ("participants_photo", OFFICE),
    "story": ("outcomes_story", OFFICE),
    "wave": ("outcomes_wave", OFFICE),
    "asked group": ("outcomes_askedgroup", OFFICE),
    "entry": ("programmes_fundingagreement", KEEPERS),
    "message": ("programmes_message", MANAGER),
    "venue": ("programmes_venue", OFFICE),
    "comparison school": ("outcomes_comparisonschool", OFFICE),
    "compared school": ("outcomes_comparisonschool", (*OFFICE, "operator", "national")),
    "role": ("accounts_roleassignment", KEEPERS),
    "invitation": ("accounts_invitation", KEEPERS),
    "job": ("evaluation_reportjob", OFFICE),
    "contact": ("programmes_safeguardingcontact", MANAGER),
    "breach": ("audit_breach", MANAGER),
    "agreement": ("programmes_sharingagreement", OPERATOR),
    "partnership": ("programmes_partnership", OPERATOR),
}


def _named(hub: Hub, seen_by: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the people of a hub by the names of their roles, and those who are of none."""
    of_none = tuple(role for role in seen_by if role in OF_NO_HUB)
    return (*hub.named(*(role for role in seen_by if role not in OF_NO_HUB)), *of_none)


# words of ours that stand in addresses, and to whom they open something
FIXED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "row of a list": (("2", "3"), tuple(OPENS)),
    "place of a question": (("1", "2"), EVERYBODY),
    "width": (("480", "960"), tuple(OPENS)),
    # whoever signs in reads what is asked
    "measure": (("stirling", "sdq_staff"), tuple(OPENS)),
    "version of a measure": (("1",), tuple(OPENS)),
    "kind of file": (("csv", "json"), EVERYBODY),
    "kind of file of a hub": (("csv", "ods"), tuple(OPENS)),
    "paper of a hub": (("return", "year-end"), tuple(OPENS)),
    "kind of paper of a hub": (("xlsx", "ods"), tuple(OPENS)),
    "question to a hub": (("local-need", "achievement-1"), ("manager A", "manager B")),
    "figure of a hub": (("attendance", "children_reached"), tuple(OPENS)),
    "table of a hub": (("children_by_sen", "attendance_by_ensemble"), tuple(OPENS)),
    "released period": (("year", "autumn"), EVERYBODY),
    "released number": (("1", "latest"), EVERYBODY),
}


def values_of(stack: RunningStack, hubs: dict[str, Hub], people: dict[str, User]) -> dict[str, list[Value]]:
    """Returns, by noun, everything that can stand in an address, with whose own it is."""
    values: dict[str, list[Value]] = {noun: [] for noun in (*addresses.NOUNS.values(), *addresses.NAMED.values())}
    for hub in hubs.values():
        office, staff = hub.named("administrator", "manager"), hub.named("coordinator", "administrator", "manager")
        keeps = (*hub.named("manager"), "operator")
        for noun, rows in (("session", hub.sessions), ("ensemble", hub.ensembles)):
            # the second ensemble is not the coordinator's
            values[noun] += [Value(str(row.pk), office if at == 1 else staff) for at, row in enumerate(rows)]
        values["child"] += [Value(str(child.pk), seen) for child, seen in hub.children]
        values["import"] += [Value(str(row.pk), office) for row in hub.imports]
        values["user"] += [Value(str(user.pk), keeps) for user in hub.people.values()]
        values["slug"].append(Value(hub.programme.slug, (*office, "operator")))
        # about whole schools: read by all who read the schools' context
        values["hub compared"].append(Value(hub.programme.slug, (*office, "operator", "national")))
        values["hub with stories"].append(Value(hub.programme.slug, staff))
        values["hub with targets"].append(Value(hub.programme.slug, (*staff, "national")))
        for noun, (table, seen_by) in ROWS.items():
            values[noun] += [Value(pk, _named(hub, seen_by)) for pk in _of(stack, table, hub)]
        values["checked school"] += [Value(str(school.pk), office) for school in hub.schools]
        values["public hub"].append(Value(hub.programme.slug, EVERYBODY))
        for noun in ("term", "closure"):
            of_school = stack.rows(f"SELECT id FROM schools_{noun} WHERE school_id = %s", hub.schools[0].pk)
            values[noun] += [Value(str(pk), office) for (pk,) in of_school]
        of_manager = "SELECT id FROM mfa_authenticator WHERE type = 'webauthn' AND user_id = %s"
        values["passkey"] += [
            Value(str(pk), hub.named("manager")) for (pk,) in stack.rows(of_manager, hub.people["manager"].pk)
        ]
        values["list secret"].append(Value(_asked(hub)))
        values["slip mark"] += [Value(mark) for (mark,) in stack.rows(MARKS, hub.programme.pk, hub.programme.pk)]
        # none of them is public: its address opens to nobody
        keys = stack.rows("SELECT key FROM participants_photo WHERE programme_id = %s", hub.programme.pk)
        values["photo key"] += [Value(key) for (key,) in keys]
        values["message number"].append(
            Value(stack.one("SELECT number FROM programmes_message WHERE programme_id = %s", hub.programme.pk))
        )
        values["school in context"] += [
            Value(str(school.pk), (*office, "operator", "national")) for school in hub.schools
        ]
        compared = stack.rows(
            "SELECT school_id FROM outcomes_comparisonschool WHERE programme_id = %s", hub.programme.pk
        )
        values["school to compare with"] += [Value(str(urn), ("manager A", "manager B")) for (urn,) in compared]
        values["secret"].append(Value(_invited(hub)))
        values["calendar secret"].append(Value(feed.make(by=hub.people["coordinator"])))
    national = stack.rows("SELECT id FROM evaluation_reportjob WHERE programme_id IS NULL")
    values["job"] += [Value(str(pk), ("national",)) for (pk,) in national]
    portals = stack.rows("SELECT id FROM audit_breach WHERE programme_id IS NULL")
    values["breach"] += [Value(str(pk), ("operator", "manager A", "manager B")) for (pk,) in portals]
    values["purpose"] += [Value(purpose, tuple(OPENS)) for purpose in Consent.Purpose.values]
    values["kind of entry"].append(Value("funding", ("manager A", "manager B", "operator")))
    values["academic year"] += [Value(str(AcademicYear.current().pk), tuple(OPENS))]
    portals_own = stack.rows("SELECT id FROM programmes_message WHERE programme_id IS NULL")
    values["message"] += [Value(str(pk), ("operator",)) for (pk,) in portals_own]
    values["released year"].append(Value(str(AcademicYear.current()), EVERYBODY))
    for noun, (words, seen_by) in FIXED.items():
        values[noun] += [Value(word, seen_by) for word in words]
    for noun, words in NATIONAL.items():
        values[noun] += [Value(word, ("national",)) for word in words]
    values["provider"].append(Value("school-365"))
    # an account that is there, with the key of another: no link that leads anywhere
    values["reset user"].append(Value(user_pk_to_url_str(people["manager B"])))
    values["reset key"].append(Value(default_token_generator.make_token(people["manager A"])))
    values["confirmation"] += [Value("MQ:1abcde:nobody-signed-this")]
    return values


def _invited(hub: Hub) -> str:
    """Invites somebody to a hub and returns the secret of the link."""
    word = hub.people["coordinator"].email.partition("@")[0]
    seen_by = (*hub.named("coordinator", "administrator", "manager"), "operator")
    text = f"{word}.invited@hub.example"
    address = hub.hide("address of who is invited", "staff", text, seen_by=seen_by, about_child=False)
    wanted = Invitation(email=address, name="Somebody Invited", role="coordinator", programme=hub.programme)
    with override_settings(EMAIL_BACKEND="inharmony.accounts.outbox.OutboxBackend"):
        invitations.invite(invitation=wanted, by=hub.people["manager"])
    return re.search(r"/invitation/([^/\s]+)/", OutboxMessage.objects.get(to=address).body)[1]


def _asked(hub: Hub) -> str:
    """
    Asks a school about its class list and returns the secret of the link.

    Its one child is of the hub and no canary: the list is shown to whoever holds the link, that is what it is for.
    """
    school = schools.school(f"{hub.programme.short_name} Mere Primary")
    programmes.partner(hub.programme, school)
    by, to = hub.people["administrator"], f"office@{hub.key.lower()}.sch.example"
    with override_settings(EMAIL_BACKEND="inharmony.accounts.outbox.OutboxBackend"), scoped(hub.scope):
        participants.children(hub.programme, school, by=by, names=[("Pat", "Plain")])
        list_check.ask(programme=hub.programme, school=school, email=to, by=by)
    return re.search(r"/class-list/([^/\s]+)/", OutboxMessage.objects.get(to=to).body)[1]


def _deactivate(stack: RunningStack, user: User) -> None:
    stack.rows("UPDATE accounts_user SET is_active = false WHERE id = %s", user.pk)


def _reports(stack: RunningStack, people: dict[str, User], *, of_country: bool) -> None:
    """Asks for a report of each hub and, with a release, of the country."""
    year = str(AcademicYear.current())
    asking = {f"manager {key}": name.lower() for key, name in NAMES.items()} | (
        {"national": "country"} if of_country else {}
    )
    for name, of in asking.items():
        visitor = stack.visitor_as(people[name])
        answer = visitor.post("/reports/ask/", {"report": f"participation-{of}", "year": year}, form="/reports/")
        assert answer.status == 302, f"no report for {name}: {answer.status}"
        visitor.close()


def _secrets(stack: RunningStack) -> list[Canary]:
    """What nobody is ever shown: hashes that match children, sealed UPNs, hashes of links and of passwords."""
    found = stack.rows(
        "SELECT 'UPN hash of child ' || id, upn_hash, true FROM participants_child WHERE upn_hash <> '' UNION ALL"
        " SELECT 'sealed UPN of child ' || id, upn_sealed, true FROM participants_child WHERE upn_sealed <> '' UNION ALL"
        " SELECT 'identity of child ' || child_id, person_hash, true FROM participants_identity UNION ALL"
        " SELECT 'hash of invitation ' || id, secret_hash, false FROM accounts_invitation UNION ALL"
        " SELECT 'hash of class list link ' || id, secret_hash, false FROM participants_listcheck"
        " WHERE secret_hash IS NOT NULL UNION ALL"
        " SELECT 'hash of calendar ' || id, secret_hash, false FROM programmes_calendarfeed UNION ALL"
        " SELECT 'password of person ' || id, password, false FROM accounts_user WHERE length(password) > 20"
    )
    return [Canary(what, "secret", (text,), about_child=about) for what, text, about in found]


def _of(stack: RunningStack, table: str, hub: Hub) -> list[str]:
    rows = stack.rows(f"SELECT id FROM {table} WHERE programme_id = %s ORDER BY id", hub.programme.pk)
    return [str(pk) for (pk,) in rows]


def _ids(stack: RunningStack, hub: Hub) -> dict[str, tuple[str, ...]]:
    """Returns the primary keys of everything of a hub, by the noun of its table."""
    tables = stack.rows(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name IN"
        " ('programme_id', 'id') GROUP BY table_name HAVING count(*) = 2 ORDER BY table_name"
    )
    found = {table.partition("_")[2]: tuple(_of(stack, table, hub)) for (table,) in tables if "audit" not in table}
    slug = hub.programme.slug
    return found | {
        "programme": (str(hub.programme.pk), slug, f"participation-{slug}"),
        "school": tuple(str(school.pk) for school in hub.schools),
        "user": tuple(str(user.pk) for user in hub.people.values()),
    }


def _forged_list(stack: RunningStack, hub: Hub) -> str:
    """Returns a class list that names this hub's rows and UPNs, for people of another to send."""
    children = stack.rows(
        "SELECT id FROM participants_child WHERE programme_id = %s ORDER BY id LIMIT 5", hub.programme.pk
    )
    upns = [canary.spellings[0] for canary in hub.canaries if canary.kind == "upn"]
    rows = [
        f"{pk},{pk},{hub.programme.pk},{hub.schools[0].pk},Forged,Name {number},0{number}/03/2013,{upn},4,4F"
        for number, ((pk,), upn) in enumerate(zip(children, upns, strict=False), start=1)
    ]
    return "\n".join(["id,child_id,programme_id,URN,Forename,Surname,DOB,UPN,Yr,Reg", *rows, ""])
