"""Forged requests: a form as somebody would send it, then with what they may not name put into it."""

import json
import re
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random
from urllib.parse import urlencode

from tests.crawler.chance import EXTRA, JUNK, Chance
from tests.crawler.filling import FOREIGN, address_of, fill
from tests.crawler.pages import CSRF, Field, Form

BOUNDARY = "crawler-boundary-7d1f"
NUMBERED = re.compile(r"^([a-z_-]*?)\d+$")
UNTOUCHED = 0.35  # the share of forms that are sent as they are
TOKEN = 30  # letters, above which a value is none that somebody wrote
Pair = tuple[str, str]


@dataclass(frozen=True)
class Forged:
    """A request to send: where, the fields, a file if there is one, and what was done to it."""

    method: str
    target: str
    fields: tuple[Pair, ...]
    file: tuple[str, str, str] | None = None  # field, name, content
    as_json: bool = False
    is_multipart: bool = False
    forgeries: tuple[str, ...] = ()
    headers: tuple[Pair, ...] = field(default=())
    is_sound: bool = False  # its token against forgery is not forged

    @property
    def told(self) -> str:
        """Everything that the request says."""
        return "\n".join([*(f"{name} {value}" for name, value in self.fields), *(self.file or ())])

    def body(self, token: str) -> tuple[bytes, str]:
        """Returns the body with a token in it ("" leaves it out), and its media type."""
        pairs = [(name, value) for name, value in self.fields if name != CSRF]
        pairs += [(CSRF, token)] if token else []
        if self.as_json:
            return json.dumps(dict(pairs)).encode(), "application/json"
        if self.is_multipart or self.file:
            return _multipart(pairs, self.file), f"multipart/form-data; boundary={BOUNDARY}"
        return urlencode(pairs).encode(), "application/x-www-form-urlencoded"


class Forger:
    """Makes forged requests for people, by chance."""

    def __init__(self, chance: Chance, lists: dict[str, str]) -> None:
        self.rng: Random = chance.rng
        self._chance = chance
        self._lists = lists
        self._made = 0
        self.tokens: deque[str] = deque(maxlen=200)  # hidden values of anybody's forms: they let one act and no other

    def of_form(self, who: str, form: Form) -> Forged:
        """Returns a form filled in, untouched now and then so that something is done at all, else forged."""
        pairs = [pair for entry in form.fields if entry.kind != "file" for pair in self._filled_in(entry)]
        upload = next((entry for entry in form.fields if entry.kind == "file"), None)
        forged = Forged(form.method, form.action, tuple(pairs), is_multipart=form.is_multipart)
        if upload:
            forged = replace(forged, file=(upload.name, f"forged-{self._made}.csv", self._list()))
        if self.rng.random() < UNTOUCHED:
            return forged
        return self._forge(who, forged)

    def filled(self, form: Form) -> Forged:
        """Returns a form with everything filled in, a choice made wherever there is one, and nothing forged."""
        pairs = [pair for entry in form.fields if entry.kind != "file" for pair in self._filled_in(entry, wholly=True)]
        return Forged(form.method, form.action, tuple(pairs), is_multipart=form.is_multipart, is_sound=True)

    def foreign_in(self, who: str, form: Form, place: int) -> Forged:
        """Returns a form filled in, with a foreign key in one field and in no other."""
        pairs = [pair for entry in form.fields for pair in self._filled_in(entry) if entry.kind != "file"]
        name = form.fields[place].name
        pairs = [(known, self._like(who, value) if known == name else value) for known, value in pairs]
        if name not in dict(pairs):
            pairs.append((name, self._chance.foreign_id(who)))
        return Forged(
            form.method, form.action, tuple(pairs), is_multipart=form.is_multipart, forgeries=("field by field",)
        )

    def blind(self, who: str, target: str, names: list[str]) -> Forged:
        """Returns a request to an address whose form nobody has seen: fields of other forms, and what forgers add."""
        chosen = self.rng.sample(names, min(len(names), self.rng.randrange(5))) if names else []
        pairs = tuple((name, self._chance.value(who)) for name in chosen)
        return self._forge(who, Forged("POST", target, pairs, forgeries=("blind",)))

    def _forge(self, who: str, forged: Forged) -> Forged:
        ways = (
            *(self._foreign_address, self._foreign_values, self._foreign_names, self._foreign_token),
            *(self._extra_fields, self._junk, self._twice, self._dressed),
        )
        for way in self.rng.sample(ways, self.rng.choice((1, 1, 2, 3))):
            changed = way(who, forged)
            if changed != forged:
                forged = replace(changed, forgeries=(*forged.forgeries, way.__name__.strip("_").replace("_", " ")))
        return forged

    def _foreign_address(self, who: str, forged: Forged) -> Forged:
        """The same form, sent to the address of a foreign object: of its own kind, or of any that has such a number."""
        address = address_of(self._chance.plan, forged.target)
        foreign = [one.path for one in fill(address, who) if one.kind == FOREIGN and not address.by_link]
        if foreign and self.rng.random() < 0.7:
            return replace(forged, target=self.rng.choice(foreign))
        if re.search(r"/\d+/", forged.target):
            return replace(forged, target=re.sub(r"/\d+/", f"/{self._chance.foreign_number(who)}/", forged.target))
        return replace(forged, target=f"{forged.target}?id={self._chance.foreign_id(who)}")

    def _foreign_values(self, who: str, forged: Forged) -> Forged:
        """A foreign key in one field, or in every one."""
        every, one = self.rng.random() < 0.3, self.rng.randrange(len(forged.fields) or 1)
        fields = [
            (name, self._like(who, value) if (every or place == one) and name != CSRF else value)
            for place, (name, value) in enumerate(forged.fields)
        ]
        return replace(forged, fields=tuple(fields))

    def _like(self, who: str, value: str) -> str:
        """A foreign value of the shape of an own one: a number for a number, the other hub's name in a key."""
        parts = re.split(r"(\W)", value)
        if len(parts) > 1 and len(value) < 60:
            return "".join(self._chance.foreign_id(who) if part.isdigit() else part for part in parts)
        return self._chance.foreign_id(who)

    def _foreign_names(self, who: str, forged: Forged) -> Forged:
        """Fields that are named for a child or a row get the foreign one's; one is added besides."""
        stems = sorted({found[1] for name, _ in forged.fields if (found := NUMBERED.match(name))} or {"m", "row"})
        stem, replaces = self.rng.choice(stems), self.rng.random() < 0.5
        fields, value = [], "p"
        for name, sent in forged.fields:
            if not re.fullmatch(rf"{stem}\d+", name):
                fields.append((name, sent))
                continue
            value = sent
            fields.append((stem + self._chance.foreign_of(who, "child") if replaces else name, sent))
        return replace(forged, fields=(*fields, (stem + self._chance.foreign_of(who, "child"), value)))

    def _foreign_token(self, who: str, forged: Forged) -> Forged:
        """The hidden value of somebody else's form in place of one's own."""
        if not self.tokens:
            return forged
        fields = [
            (name, self.rng.choice(self.tokens) if len(value) > TOKEN else value) for name, value in forged.fields
        ]
        return replace(forged, fields=tuple(fields))

    def _extra_fields(self, who: str, forged: Forged) -> Forged:
        """Columns that the form does not offer, set to a foreign key or to true."""
        names = self.rng.sample(EXTRA, self.rng.choice((1, 3, 8, len(EXTRA))))
        added = [(name, self.rng.choice((self._chance.foreign_id(who), "true", "1", "manager"))) for name in names]
        return replace(forged, fields=(*forged.fields, *added))

    def _junk(self, who: str, forged: Forged) -> Forged:
        """What breaks programs, in one field."""
        if not forged.fields:
            return forged
        fields = list(forged.fields)
        place = self.rng.randrange(len(fields))
        fields[place] = (fields[place][0], self.rng.choice(JUNK))
        return replace(forged, fields=tuple(fields))

    def _twice(self, who: str, forged: Forged) -> Forged:
        """Every field a second time, first own, then foreign, or the other way round."""
        again = tuple((name, self._like(who, value)) for name, value in forged.fields if name != CSRF)
        own_first = self.rng.random() < 0.5
        return replace(forged, fields=(*forged.fields, *again) if own_first else (*again, *forged.fields))

    def _dressed(self, who: str, forged: Forged) -> Forged:
        """As another media type or method, or with the headers by which some programs take over a person or a path."""
        if self.rng.random() < 0.3:
            return replace(forged, as_json=True, file=None)
        headers = (
            ("X-HTTP-Method-Override", self.rng.choice(("DELETE", "PUT", "GET"))),
            ("X-Original-URL", "/people/"),
            ("X-Rewrite-URL", "/children/"),
            ("X-Remote-User", "operator@portal.example"),
            ("HX-Request", "true"),
        )
        return replace(forged, headers=tuple(self.rng.sample(headers, 2)))

    def _filled_in(self, entry: Field, *, wholly: bool = False) -> list[Pair]:
        likely = 1.0 if wholly else 0.6
        if entry.kind == "submit":
            return [(entry.name, self.rng.choice(entry.choices))] if self.rng.random() < likely else []
        if entry.kind == "checkbox":
            chosen = [choice for choice in entry.choices if self.rng.random() < likely]
            return [(entry.name, choice) for choice in chosen]
        if entry.choices:
            return [(entry.name, self.rng.choice([choice for choice in entry.choices if choice] or [""]))]
        return [(entry.name, self._written(entry, wholly=wholly))]

    def _written(self, entry: Field, *, wholly: bool) -> str:
        self._made += 1
        written = {
            "email": f"forged-{self._made}@nowhere.example",
            "password": self.rng.choice(("three words apart", "another three words")),
            "date": datetime.now(UTC).date().isoformat(),
            "number": "1",
        }
        if not wholly and not entry.is_needed and self.rng.random() < 0.7:
            return entry.value
        return entry.value or written.get(entry.kind, f"Forged {self._made}")

    def _list(self) -> str:
        """A class list, own or foreign, that also names primary keys."""
        self._made += 1
        text = self.rng.choice(sorted(self._lists.values())) if self._lists else "Forename,Surname\n"
        return text.replace("Forged", f"Forged{self._made}")


def _multipart(pairs: list[Pair], file: tuple[str, str, str] | None) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in pairs
    ]
    if file:
        name, file_name, content = file
        disposition = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"'
        parts.append(f"--{BOUNDARY}\r\n{disposition}\r\nContent-Type: text/csv\r\n\r\n{content}\r\n")
    return "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode("utf-8", "surrogatepass")
