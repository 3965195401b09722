"""Pages as people meet them, against HELLO-S; saving a register, against the bare INSERT of its rows."""

from collections.abc import Callable
from statistics import median

from schools.models import AcademicYear
from tests.bench.data import Orchestra
from tests.bench.floors import Hello, bare_insert
from tests.bench.measure import WARM_UP, Measure, interleaved, ms
from tests.bench.wire import Wire, get, post
from tests.stack import RunningStack
from tests.visitor import Visitor

ROUNDS = 60
HUB_PAGES = ("", "children/", "hours/", "trends/", "provision/", "funding/", "schools/")
NATIONAL_PAGES = ("", "programmes/", "children/", "hours/", "sessions/", "funding/", "trends/", "map/", "completeness/")
# name, who asks ("" nobody), path, target in HELLO-S: asked for in turn with saves of registers
PAGES = (
    ("hub_home_today", "coordinator@liverpool.example", "/today/", 4),
    # a register of the hub was saved a moment before
    ("dashboard_hub_changed", "manager@liverpool.example", "/hub/liverpool/?year={year}", 4),
    ("dashboard_national_changed", "national@arts.example", "/national/?year={year}", 3),
    ("public_first_page", "", "/", 1),
)
# name, who asks, where, pages, target: each by itself, while no register is saved
DASHBOARDS = (
    ("dashboard_hub", "manager@liverpool.example", "/hub/liverpool/", HUB_PAGES, 4),
    ("dashboard_national", "national@arts.example", "/national/", NATIONAL_PAGES, 3),
)


def measure(stack: RunningStack, orchestra: Orchestra) -> list[Measure]:
    """Returns the ratios of pages and of the save, all asked for in turn."""
    hello = Hello(stack)
    sessions = orchestra.sessions(ROUNDS + WARM_UP + 1)
    register = f"/sessions/{next(sessions).pk}/register/"
    coordinator = stack.visitor_as(orchestra.coordinator)
    acts: dict[str, Callable[[], float]] = {
        "HELLO-S": hello.ask,
        "bare INSERT": bare_insert(stack),
        "register_page": _getting(stack, coordinator, register),
        "register_save": _saving(stack, coordinator, register, sessions, orchestra.marks()),
    }
    for name, who, path, _ in PAGES:
        acts[name] = _getting(stack, stack.visitor(who), path.format(year=AcademicYear.current()))
    taken = interleaved(acts, ROUNDS)
    print(f"HELLO-S {ms(taken['HELLO-S'])}; bare INSERT of 30 rows and commit {ms(taken['bare INSERT'])}")
    targets = {"register_page": 3, **{name: target for name, _, _, target in PAGES}}
    measures = [
        Measure(name, _ratio(taken, name, "HELLO-S"), "x HELLO-S, p50", target, ms(taken[name]))
        for name, target in targets.items()
    ]
    measures += _slowest(stack, hello)
    save = _ratio(taken, "register_save", "bare INSERT")
    measures.insert(1, Measure("register_save", save, "x bare INSERT, p50", 8, ms(taken["register_save"])))
    _check_saved(stack, orchestra)
    return measures


def _slowest(stack: RunningStack, hello: Hello) -> list[Measure]:
    """The slowest page of a hub's and of the country's dashboards."""
    year, found = f"?year={AcademicYear.current()}", []
    for name, who, at, pages, target in DASHBOARDS:
        visitor = stack.visitor(who)
        acts = {page: _getting(stack, visitor, f"{at}{page}{year}") for page in pages}
        taken = interleaved({"HELLO-S": hello.ask, **acts}, ROUNDS)
        slowest = max(pages, key=lambda page: median(taken[page]))
        words = f"{at}{slowest} {ms(taken[slowest])}; the first page {_ratio(taken, '', 'HELLO-S'):.2f}"
        found.append(Measure(name, _ratio(taken, slowest, "HELLO-S"), "x HELLO-S, p50", target, words))
    return found


def _ratio(taken: dict[str, list[float]], name: str, floor: str) -> float:
    return median(taken[name]) / median(taken[floor])


def _getting(stack: RunningStack, visitor: Visitor, path: str) -> Callable[[], float]:
    wire, request = Wire(stack.port), get(path, stack.port, visitor.cookies)
    return lambda: wire.timed(request)[0]


def _saving(stack: RunningStack, visitor: Visitor, form: str, sessions, marks) -> Callable[[], float]:
    visitor.open(form)
    fields = {"csrfmiddlewaretoken": visitor.token, "version": "0", **marks}
    wire = Wire(stack.port)

    def save() -> float:
        path = f"/sessions/{next(sessions).pk}/register/"
        return wire.timed(post(path, stack.port, visitor.cookies, fields), status=302)[0]

    return save


def _check_saved(stack: RunningStack, orchestra: Orchestra) -> None:
    """A save that saved nothing would be fast."""
    saved = stack.one(
        "SELECT count(*) FROM participants_attendance AS mark JOIN programmes_session AS session"
        " ON session.id = mark.session_id WHERE session.ensemble_id = %s",
        orchestra.ensemble.pk,
    )
    wanted = (ROUNDS + WARM_UP) * len(orchestra.children)
    if saved != wanted:
        raise RuntimeError(f"{saved} marks stand after saves of {wanted}")
