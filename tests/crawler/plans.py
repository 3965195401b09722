"""Small plans for tests of the crawler's parts."""

from tests.crawler.plan import Address, Canary, Plan, Principal, Value
from tests.crawler.wire import Answer

OURS = Canary("surname of ours", "name", ("O'Quavélind",), ("ann",), "A")
THEIRS = Canary("surname of theirs", "name", ("Zvorambrek",), ("bob",), "B")
BORN = Canary("birthday of theirs", "birth", ("2015-03-14", "14 March 2015"), ("bob",), "B")
STAFF = Canary("address of bob", "staff", ("bob@birchmoor.example",), ("bob",), "B", about_child=False)
PEOPLE = (
    Principal("ann", "A", {"sessionid": "ann"}),
    Principal("bob", "B", {"sessionid": "bob"}),
    Principal("nobody", confined_to=("home",)),
)


def plan(port: int = 0, *addresses: Address) -> Plan:
    """Returns a plan of two hubs with a person each, and of nobody."""
    ids = {"A": {"child": ("11",)}, "B": {"child": ("22",)}}
    canaries = (OURS, THEIRS, BORN, STAFF)
    return Plan(
        port, PEOPLE, addresses or (thing("things"),), canaries, ids, {"A": "id\n11\n", "B": "id\n22\n"}, ("find",)
    )


def thing(name: str, route: str = "", **fields) -> Address:
    """Returns an address of things: number 1 is ann's, number 2 bob's."""
    values = {"pk": (Value("1", ("ann",)), Value("2", ("bob",)))}
    return Address(name, route or f"{name}/<int:pk>/", values, {"pk": ("999",)}, **fields)


def answer(
    body: bytes | str = b"", media_type: str = "text/html; charset=utf-8", status: int = 200, **headers
) -> Answer:
    """Returns an answer; underscores in the names of headers are hyphens."""
    data = body.encode() if isinstance(body, str) else body
    pairs = [("Content-Type", media_type), *((name.replace("_", "-"), value) for name, value in headers.items())]
    return Answer(status, tuple(pairs), data)
