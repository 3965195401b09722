"""What happened in the database, seen past every wall as the server's administrator: for the crawler to ask."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from inharmony.servers.waiting import wait_for
from tests.crawler.ledger import Ledger
from tests.prove import planted as plants
from tests.prove.planted import UNFINISHED, Planted
from tests.stack import RunningStack

# what changes with every request, what follows from an entry, and the trail itself, which is asked for apart
OF_NO_ACT = {
    *("django_session", "usersessions_usersession", "accounts_outboxmessage"),
    *("audit_auditevent", "pghistory_context"),
    # what was counted, kept by whoever looks, and how often rows changed
    *("evaluation_keptfigures", "evaluation_hubchange"),
}
TABLES = """
SELECT c.relname, c.relrowsecurity,
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'programme_id' AND a.attnum > 0)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1
"""
TRAIL = "audit_auditevent"
# what decides who can sign in and do something at all: put back before anybody signs in
MENDED = (
    *("accounts_user", "accounts_roleassignment", "accounts_deactivation", "accounts_secondfactorreset"),
    *("mfa_authenticator", "account_emailaddress", "programmes_ensemble_tutors", "programmes_tutor"),
    *("programmes_closing", "programmes_sharingagreement", "programmes_partnership"),
)


@contextmanager
def nobody_else_at_work(stack: RunningStack) -> Iterator[None]:
    """The worker and beat hold still: what changes is a request's doing, and messages stay where they can be read."""
    wait_for(lambda: not stack.one(UNFINISHED), seconds=60)
    for name in ("beat", "worker"):
        stack[name].pause()
    try:
        yield
    finally:
        for name in ("worker", "beat"):
            stack[name].resume()


class Books:
    """Keeps one connection as the administrator of the stack's server; close it."""

    def __init__(self, stack: RunningStack, planted: Planted) -> None:
        self._stack = stack
        self._planted = planted
        self._admin = psycopg.connect(stack.servers.admin_url(stack.database), autocommit=True)
        tables = self._admin.execute(TABLES).fetchall()
        self.walled = [name for name, is_walled, _ in tables if is_walled]
        self._of_hubs = [name for name, _, of_hub in tables if of_hub]
        states = [
            f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM {name}"  # a written row has a younger xmin
            for name, _, _ in tables
            if name not in OF_NO_ACT and not name.endswith("event")
        ]
        self._states = " UNION ALL ".join(states)
        self._last: dict[str, tuple] = {}
        self._admin.execute("CREATE SCHEMA IF NOT EXISTS kept")
        for name in MENDED:
            self._admin.execute(f"DROP TABLE IF EXISTS kept.{name}")
            self._admin.execute(f"CREATE TABLE kept.{name} AS TABLE public.{name}")
        self._trail_so_far = self.audited()
        self.changed()

    @property
    def ledger(self) -> Ledger:
        """What the crawler is given."""
        return Ledger(
            sign_in=self._sign_in,
            changed=self.changed,
            audited=self.audited,
            foreign=self.foreign,
        )

    def close(self) -> None:
        self._admin.close()

    def _sign_in(self, name: str) -> dict[str, str]:
        self._mend()
        return plants.sign_in(self._stack, self._planted, name)

    def _mend(self) -> None:
        """Puts accounts, roles and hubs back: as somebody deactivated or closed, most requests would be refused."""
        with self._admin.transaction():
            # without the checks of keys and without triggers: the same rows are back before anybody looks
            self._admin.execute("SET LOCAL session_replication_role = replica")
            for name in MENDED:
                self._admin.execute(f"DELETE FROM {name}")
                self._admin.execute(f"INSERT INTO {name} SELECT * FROM kept.{name}")

    def changed(self) -> set[str]:
        """Returns the tables in which a row was added, changed or removed since the last call."""
        now = {name: tuple(state) for name, *state in self._admin.execute(self._states, prepare=True)}
        changed = {name for name, state in now.items() if self._last and self._last.get(name) != state}
        self._last = now
        return changed

    def audited(self) -> int:
        """Returns the number of the last entry in the trail."""
        ((last,),) = self._admin.execute(f"SELECT coalesce(max(id), 0) FROM {TRAIL}")
        return last

    def foreign(self, who: str) -> dict[str, str]:
        """
        Returns a checksum, by table and hub, of every row that this person must not change.

        For people of a hub that is all of the other hub; for the operator, who keeps every hub's accounts, what is
        behind a wall; for everybody else, all of both. Nobody changes a school, a release, or the trail so far.
        """
        sums = {}
        for key, hub in self._planted.hubs.items():
            acts = who[-1] == key and not who.startswith("lead")
            tables = [] if acts else self.walled if who == "operator" else self._of_hubs
            # whoever reads, too, adds to the trail of their own hub, and an operator to that of every hub
            tables = [name for name in tables if name != TRAIL or (who[-1] in self._planted.hubs and who[-1] != key)]
            sums |= {f"{name} of hub {key}": self._sum(name, "programme_id = %s", hub.programme.pk) for name in tables}
            if not acts and who != "operator":
                sums |= self._rest_of(key, who)
        if who != "operator":
            sums["breaches of the portal"] = self._sum("audit_breachversion", "programme_id IS NULL")
        for name in ("schools_school", "evaluation_release", "evaluation_releasecell"):
            sums[name] = self._sum(name, "true")
        sums["the trail so far"] = self._sum(TRAIL, "id <= %s", self._trail_so_far)
        return sums

    def _rest_of(self, key: str, who: str) -> dict[str, str]:
        """Rows of a hub in tables that do not name it: itself, its other people, who leads what, its schools' roles."""
        hub = self._planted.hubs[key]
        people = [user.pk for role, user in hub.people.items() if f"{role} {key}" != who]
        schools = [school.pk for school in hub.schools]
        wanted = {
            "programmes_programme": ("id = ANY(%s)", [hub.programme.pk]),
            "accounts_user": ("id = ANY(%s)", people),
            "accounts_roleassignment": ("user_id = ANY(%s)", people),
            "accounts_invitation": ("school_id = ANY(%s)", schools),
            "programmes_ensemble_tutors": ("ensemble_id = ANY(%s)", [ensemble.pk for ensemble in hub.ensembles]),
        }
        return {f"{name} beside hub {key}": self._sum(name, *where) for name, where in wanted.items()}

    def _sum(self, table: str, where: str, *values: object) -> str:
        statement = f"SELECT count(*), sum(hashtextextended(t::text, 0)) FROM {table} t WHERE {where}"
        ((count, total),) = self._admin.execute(statement, values or None, prepare=True)
        return f"{count} rows, {total}"
