"""What the crawler is told, as plain data: who asks, which addresses there are, and what must not be seen by whom."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Canary:
    """
    A planted text that stands nowhere else, however it is spelt, and the names of those who may see it.

    `hub` is whose it is; "" for what is shown to nobody.
    """

    what: str  # such as "surname of child 3 of hub A"
    kind: str
    spellings: tuple[str, ...]
    seen_by: tuple[str, ...] = ()
    hub: str = ""
    about_child: bool = True  # it stands behind the wall of the database


@dataclass(frozen=True)
class Principal:
    """
    Somebody who asks: the hub they work for ("" for none) and the cookies of their session.

    `confined_to` names the only addresses that may answer them with a page; None is no such rule. `opens` is a path
    that answers 200 as long as they are signed in as who they are, "" for who is not.
    """

    name: str
    hub: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    confined_to: tuple[str, ...] | None = None
    opens: str = ""


@dataclass(frozen=True)
class Value:
    """What can stand in an address, and whose own it is; foreign to everybody else."""

    text: str
    owners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Address:
    """
    One address of the portal: its name, its route with its parameters, and values for each of them.

    `shows` names the kinds of canaries that it shows, by design, to whoever may open it; no text about a child can be
    among them. Where an act is open to whoever holds a link, `by_link` says so: to post there is no forgery.
    """

    name: str
    route: str
    values: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    by_link: bool = False


@dataclass(frozen=True)
class Plan:
    """
    All of it. `ids` are primary keys by hub and noun, `lists` a class list by hub, for what is forged; `queries` are
    names of query parameters besides those that the pages themselves use.
    """

    port: int
    principals: tuple[Principal, ...]
    addresses: tuple[Address, ...]
    canaries: tuple[Canary, ...]
    ids: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    queries: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Returns the plan as text; nothing of it but plain data can pass."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Plan":
        """Returns the plan of such a text."""
        told = json.loads(text)
        return cls(
            port=told["port"],
            principals=tuple(_principal(row) for row in told["principals"]),
            addresses=tuple(_address(row) for row in told["addresses"]),
            canaries=tuple(_canary(row) for row in told["canaries"]),
            ids={hub: {noun: tuple(ids) for noun, ids in of.items()} for hub, of in told["ids"].items()},
            lists=told["lists"],
            queries=tuple(told["queries"]),
        )

    def principal(self, name: str) -> Principal:
        """Returns the person of that name."""
        (found,) = [principal for principal in self.principals if principal.name == name]
        return found

    def address(self, name: str) -> Address:
        """Returns the first address of that name; several routes may share one."""
        return next(address for address in self.addresses if address.name == name)


def _canary(row: dict[str, Any]) -> Canary:
    return Canary(**row | {"spellings": tuple(row["spellings"]), "seen_by": tuple(row["seen_by"])})


def _principal(row: dict[str, Any]) -> Principal:
    confined = row["confined_to"]
    return Principal(**row | {"confined_to": None if confined is None else tuple(confined)})


def _address(row: dict[str, Any]) -> Address:
    values = {
        name: tuple(Value(value["text"], tuple(value["owners"])) for value in of) for name, of in row["values"].items()
    }
    absent = {name: tuple(of) for name, of in row["absent"].items()}
    return Address(**row | {"values": values, "absent": absent, "shows": tuple(row["shows"])})
