"""What a stranger would try: words of the other hub, its ids, and what breaks programs. Drawn from a seed."""

from random import Random

from tests.crawler.plan import Plan

MARKUP = "<crawler onload=1>"  # must never come back as it is
JUNK = (
    "",
    "0",
    "-1",
    "1.5",
    "9" * 25,
    "'",
    '"',
    "%",
    "\\",
    "\x00",
    "a\x00b",
    "\ud83c\udfbb".encode("utf-16", "surrogatepass").decode("utf-16"),
    "a" * 1000,
    "../../../etc/hostname",
    MARKUP,
    "1 OR 1=1",
    "') OR ('a'='a",
    "{{ 7 }}{% debug %}",
    "None",
    "null",
    "2026-27",
    "2024-25",
    "9999-00",
    "autumn",
    "http://elsewhere.example/",
    "//elsewhere.example/",
)
# what mass assignment tries: names of columns that no form of theirs has
EXTRA = (
    *("id", "pk", "programme", "programme_id", "school", "school_id", "user", "user_id", "role", "is_staff"),
    *("is_superuser", "is_active", "password", "email", "granted_by", "requested_by", "uploaded_by", "accepted_by"),
    *("register_version", "register_taken_by", "child", "child_id", "children", "session", "session_id", "ensemble"),
    *("ensemble_id", "enrolment", "roster_import", "state", "revision", "upn", "date_of_birth", "starts_on", "ends_on"),
    *("at", "act", "actor_id", "by", "created_at", "file_name", "stored_name", "token", "slug", "_method", "next"),
)


class Chance:
    """Draws what to try, for people who work for one hub or another. Planted words are given whole only if `tells`."""

    def __init__(self, plan: Plan, rng: Random, *, tells: bool = True) -> None:
        self.rng = rng
        self._cuts = (3, 4, -1, -2, 99) if tells else (3, 4, -2)
        self.plan = plan
        self._hub_of = {person.name: person.hub for person in plan.principals}
        self._words = [canary.spellings[0] for canary in plan.canaries]
        self._foreign = {
            hub: [pk for other, nouns in plan.ids.items() if other != hub for ids in nouns.values() for pk in ids]
            for hub in {*self._hub_of.values(), *plan.ids}
        }

    def query(self, who: str, names: list[str]) -> list[tuple[str, str]]:
        """Returns one to three query parameters for a person; most often none."""
        if not names or self.rng.random() < 0.5:
            return []
        return [(self.rng.choice(names), self.value(who)) for _ in range(self.rng.choice((1, 1, 2, 3)))]

    def value(self, who: str) -> str:
        """Returns something to try: a foreign id, a planted word or most of one, or junk."""
        chance = self.rng.random()
        if chance < 0.35:
            return self.foreign_id(who)
        if chance < 0.6:
            return self.rng.choice(self._words)[: self.rng.choice(self._cuts)]
        if chance < 0.7:
            return str(self.rng.randrange(40))
        return self.rng.choice(JUNK)

    def foreign_id(self, who: str) -> str:
        """Returns a primary key of a row of another hub than the person's."""
        return self.rng.choice(self._foreign[self._hub_of[who]] or ["1"])

    def foreign_number(self, who: str) -> str:
        """Returns such a key that is a number."""
        numbers = [pk for pk in self._foreign[self._hub_of[who]] if pk.isdigit()]
        return self.rng.choice(numbers or ["1"])

    def foreign_of(self, who: str, noun: str) -> str:
        """Returns a primary key of that noun, of another hub than the person's."""
        hub = self._hub_of[who]
        ids = [pk for other, nouns in self.plan.ids.items() if other != hub for pk in nouns.get(noun, ())]
        return self.rng.choice(ids) if ids else self.foreign_id(who)
