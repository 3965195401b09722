"""Sends forged requests and asks the ledger what they did: no foreign row, and nothing that the trail does not tell."""

import http.client
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random

from tests.crawler.chance import Chance
from tests.crawler.filling import ABSENT, FOREIGN, OWN, PLAIN, Filled, address_of, fill, require_values
from tests.crawler.forging import TOKEN, Forged, Forger
from tests.crawler.judge import Asked, Judge
from tests.crawler.ledger import Ledger
from tests.crawler.pages import CSRF, Form, read_page
from tests.crawler.plan import Address, Plan, Principal
from tests.crawler.report import Report
from tests.crawler.wire import Answer, Jar, Wire

A_BATCH = 40  # requests between two comparisons of all foreign rows
ABROAD = 3  # foreign objects to which each form is sent
MADE = 30  # forms kept of objects that somebody made during the run
WITHOUT_TOKEN = ", without token"
REFUSED = (http.client.FORBIDDEN, http.client.NOT_FOUND, http.client.TOO_MANY_REQUESTS)


@dataclass
class Forms:
    """The forms of one person: each kind of form of their pages once, and those of objects that they made meanwhile."""

    known: dict[tuple[str, ...], Form] = field(default_factory=dict)
    new: deque[Form] = field(default_factory=lambda: deque(maxlen=MADE))

    def learn(self, forms: list[Form]) -> None:
        for form in forms:
            self.known[(form.action, *(entry.name for entry in form.fields))] = form

    def all(self) -> list[Form]:
        return [*self.known.values(), *self.new]


class Forgery:
    """Everybody's forms, forged. One request at a time, so that what it did is told apart."""

    def __init__(self, plan: Plan, rng: Random, ledger: Ledger, report: Report | None = None) -> None:
        require_values(plan)
        self.plan = plan
        self.rng = rng
        self.ledger = ledger
        self.report = report or Report()
        self.judge = Judge(plan, self.report, within_hubs=False)
        self.did: Counter[str] = Counter()  # requests that changed rows, by address
        self.ways: Counter[str] = Counter()
        self._forger = Forger(Chance(plan, rng, tells=False), plan.lists)
        self._wire = Wire(plan.port)
        self._jars: dict[str, Jar] = {}
        self._forms = {who.name: Forms() for who in plan.principals}
        self._targets = {who.name: self._paths(who) for who in plan.principals}
        self._due: dict[str, list[Callable[[], Forged]]] = {}
        self._haste = 0.0  # the share of requests that are due

    def run(self, goes_on: Callable[[], bool], *, least: int, thorough: bool = False) -> Report:
        """
        Sends `least` requests at least, in batches each of one person; returns the report.

        Everybody has a batch before anybody has a second. A thorough run also goes on until every form was sent once as
        it stands and once to some foreign objects of its kind, every field was foreign once, and every address was tried.
        """
        for who in self.plan.principals:
            self._sign_in(who)
            for filled in self._targets[who.name]:
                if filled.kind in {OWN, PLAIN}:
                    self._forms[who.name].learn(self._forms_at(who, filled.path))
        self._due = {who.name: self._each_once(who) for who in self.plan.principals}
        self._haste = 0.4 if thorough else 0.0
        # who has something to send has most to forge
        people = [who for who in self.plan.principals for _ in range(4 if who.opens else 1)]
        for who in self.plan.principals:
            self._batch(who)
        while self.report.asked["forged"] < least or goes_on():
            self._batch(self.rng.choice(people))
        self._haste = 1.0
        while thorough and (owing := [who for who in self.plan.principals if self._due[who.name]]):
            self._batch(self.rng.choice(owing))
        self._wire.close()
        return self.report

    def _paths(self, who: Principal) -> list[Filled]:
        """Every path for a person. Where an act is open to whoever holds its link, only links that lead nowhere."""
        return [
            filled
            for address in self.plan.addresses
            for filled in fill(address, who.name)
            if filled.kind in {ABSENT, PLAIN} or not address.by_link
        ]

    def _each_once(self, who: Principal) -> list[Callable[[], Forged]]:
        """What must be tried: each field of each form that the person has, and each address, of whomever."""
        names, own = self._names(), self._forms[who.name].all()
        due: list[Callable[[], Forged]] = [
            partial(self._forger.foreign_in, who.name, form, place)
            for form in own
            for place, entry in enumerate(form.fields)
            if entry.name != CSRF
        ]
        due += [partial(self._forger.filled, form) for form in own]
        due += [partial(self._intruding, who, form, path) for form in own for path in self._abroad(who, form)]
        due += [partial(self._forger.blind, who.name, filled.path, names) for filled in self._targets[who.name]]
        self.rng.shuffle(due)
        return due

    def _abroad(self, who: Principal, form: Form) -> list[str]:
        """Some foreign objects of the kind that a form is sent to."""
        address = address_of(self.plan, form.action)
        foreign = [one.path for one in self._targets[who.name] if one.kind == FOREIGN and one.address == address]
        return self.rng.sample(foreign, min(ABROAD, len(foreign)))

    def _intruding(self, who: Principal, form: Form, path: str) -> Forged:
        """The form that the page of a foreign object shows, should it show one; else the own one, sent there."""
        shown = [one for one in self._forms_at(who, path) if one.action == path]
        return replace(self._forger.filled(self.rng.choice(shown or [form])), target=path, forgeries=("abroad",))

    def _names(self) -> list[str]:
        fields = [entry for forms in self._forms.values() for form in forms.all() for entry in form.fields]
        return sorted({entry.name for entry in fields} - {CSRF})

    def _sign_in(self, who: Principal) -> None:
        """A new session, with a token against forgery from a page with a form."""
        self._jars[who.name] = Jar.of(self.ledger.sign_in(who.name) if who.cookies else {})
        self.ledger.changed()
        pages = [form.page for form in self._forms[who.name].all() if form.token]
        self._forms_at(who, who.opens or self.rng.choice(pages or ["/sign-in/"]))

    def _forms_at(self, who: Principal, path: str) -> list[Form]:
        audited = self.ledger.audited()
        answer = self._wire.ask("GET", path, self._jars[who.name])
        self._jars[who.name].keep(answer)
        self.report.count("read", answer.status)
        tables = self.ledger.changed()
        if tables and self.ledger.audited() == audited:
            asked = Asked(who, "GET", path, "read", address_of(self.plan, path))
            self.judge.note("untold", asked, f"reading changed {', '.join(sorted(tables))}")
        forms = [form for form in read_page(answer, path).forms if form.method != "GET"]
        for form in forms:
            self._jars[who.name].token = form.token or self._jars[who.name].token
            hidden = [entry.value for entry in form.fields if entry.kind == "hidden" and entry.name != CSRF]
            self._forger.tokens.extend(value for value in hidden if len(value) > TOKEN)
        return forms

    def _batch(self, who: Principal) -> None:
        """One person's requests, between two looks at everything foreign to them."""
        # what the last one did to accounts is undone, and this one's proof of who they are is fresh
        self._sign_in(who)
        before, changes = self.ledger.foreign(who.name), []
        for _ in range(A_BATCH):
            self._send(who, self._next(who), changes)
        self._vouch(who)
        after = self.ledger.foreign(who.name)
        tables = {table for table in before.keys() | after.keys() if before.get(table) != after.get(table)}
        if tables:
            nobody = Asked(who, "POST", f"one of {A_BATCH} requests", "batch", Address("", ""))
            suspects = [asked for asked, changed in changes if changed & tables] or [nobody]
            for asked in suspects[-5:]:
                self.judge.note("changed", asked, f"foreign rows of {', '.join(sorted(tables))}")

    def _vouch(self, who: Principal) -> None:
        """Counts the requests of the batch if the person still is who they are at its end."""
        if who.opens:
            is_in = self._wire.ask("GET", who.opens, self._jars[who.name]).status == http.client.OK
            self.report.vouch(who.name, A_BATCH, is_signed_in=is_in)
            self.ledger.changed()

    def _next(self, who: Principal) -> Forged:
        chance, own = self.rng.random(), self._forms[who.name].all()
        if self._due[who.name] and self.rng.random() < self._haste:
            return self._due[who.name].pop()()
        if own and chance < 0.6:
            return self._forger.of_form(who.name, self._fresh(who, self.rng.choice(own)))
        others = [form for name, forms in self._forms.items() if name != who.name for form in forms.all()]
        if others and chance < 0.8:
            # the form of somebody else, with its tokens and its address
            return self._forger.of_form(who.name, self.rng.choice(others))
        return self._forger.blind(who.name, self.rng.choice(self._targets[who.name]).path, self._names())

    def _fresh(self, who: Principal, form: Form) -> Form:
        """The form as it stands now, often enough that versions and tokens are those of now."""
        if self.rng.random() < 0.65:
            return form
        return next((one for one in self._forms_at(who, form.page) if one.action == form.action), form)

    def _send(self, who: Principal, forged: Forged, changes: list[tuple[Asked, set[str]]]) -> None:
        jar, chance = self._jars[who.name], 1.0 if forged.is_sound else self.rng.random()
        other = self._jars[self.rng.choice(self.plan.principals).name]
        token = jar.token if chance > 0.1 else self.rng.choice(("", "0" * 32, other.token if other is not jar else ""))
        asked = self._asked(who, forged, has_token=chance > 0.1 and bool(token))
        body, media_type = forged.body(token)
        headers = {"Content-Type": media_type, **dict(forged.headers)}
        if forged.as_json and token:
            headers["X-CSRFToken"] = token
        audited = self.ledger.audited()
        try:
            answer = self._wire.ask(forged.method, forged.target, jar, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.judge.note("broken", asked, f"no answer: {error!r}")
            return
        self.report.count("forged", answer.status)
        self.ways.update(forged.forgeries or ("untouched",))
        tables = self.ledger.changed()
        self._consider(asked, answer, forged, tables, is_told=self.ledger.audited() > audited)
        if tables:
            self.did[asked.address.name] += 1
            changes.append((asked, tables))
        self._follow(who, answer)

    def _follow(self, who: Principal, answer: Answer) -> None:
        """Goes where a browser would go: what was made there has forms of its own."""
        if self._jars[who.name].keep(answer) and who.cookies:
            self._sign_in(who)
        location = answer.header("Location")
        if answer.status == http.client.FOUND and location.startswith("/") and self.rng.random() < 0.4:
            known = self._forms[who.name].known
            forms = self._forms_at(who, location)
            made = [form for form in forms if not any(key[0] == form.action for key in known)]
            self._forms[who.name].new.extend(made)

    def _consider(self, asked: Asked, answer: Answer, forged: Forged, tables: set[str], *, is_told: bool) -> None:
        if tables and not is_told:
            self.judge.note("untold", asked, f"changed {', '.join(sorted(tables))}, and the trail says nothing")
        # a page that takes no such request at all says so before it looks for a token
        takes_none = answer.status == http.client.METHOD_NOT_ALLOWED and not tables
        if asked.kind.endswith(WITHOUT_TOKEN) and answer.status not in REFUSED and not takes_none:
            self.judge.note("forged", asked, f"answered {answer.status} without the form's token")
        told = self.judge.finder.told(forged.told)
        self.judge.known.setdefault(asked.who.hub, set()).update(told)
        self.judge.read(asked, answer)

    def _asked(self, who: Principal, forged: Forged, *, has_token: bool) -> Asked:
        kind = ", ".join(forged.forgeries or ("untouched",)) + ("" if has_token else WITHOUT_TOKEN)
        fields = ", ".join(f"{name}={value[:24]}" for name, value in forged.fields if name != CSRF)
        address = address_of(self.plan, forged.target)
        return Asked(who, forged.method, f"{forged.target} [{fields[:300]}]", kind, address)
