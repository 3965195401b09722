"""A class list of 5,000 rows and 12 columns, previewed and accepted, against what it takes to read and to copy it at all.

The floor is python-calamine's reading of the workbook and a COPY of its rows into a bare table, in the same round. The stock
resource of django-import-export does the same with its own settings, once a run: it looks up and writes row by row.
"""

import io
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from statistics import median
from tempfile import NamedTemporaryFile

import psycopg
import python_calamine
from django.db import connection

from inharmony.access.scope import scoped
from inharmony.servers.folders import REPOSITORY
from inharmony.spreadsheets.sheet import SheetOut
from inharmony.spreadsheets.writing import write
from participants.actions.roster import discard
from participants.actions.roster_accepting import token_for
from participants.actions.roster_undo import undo
from participants.imports.roster import preview
from participants.imports.roster.comparing import Sent
from participants.imports.roster.upn import check_letter
from participants.models import RosterImport
from participants.queries.roster import importable_partnerships
from schools.models import AcademicYear
from tests.bench.data import HUB, Orchestra
from tests.bench.floors import Hello
from tests.bench.measure import Measure, interleaved, ms
from tests.bench.wire import Wire, get, post
from tests.stack import RunningStack

ROWS, MANY = 5_000, 100_000
ROUNDS = 5
HEADINGS = ("UPN", "Forename", "Surname", "DOB", "Sex", "Year", "Reg", "PP", "FSM", "EAL", "SEN", "Ethnicity")
BARE = """
DROP TABLE IF EXISTS bare_roster;
CREATE TABLE bare_roster (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, upn text, forename text, surname text,
  born date, sex text, year_group text, school_class text, pp text, fsm text, eal text, sen text, ethnicity text);
"""


def workbook(rows: int, seed: int = 1) -> bytes:
    """Returns an .xlsx of so many invented children, all new, with UPNs that belong to nobody."""
    rng = Random(seed)
    fore = [
        a + b for a in ("Al", "Be", "Ca", "Da", "El", "Fa", "Ga", "Ha") for b in ("na", "bert", "lia", "ron", "vin")
    ]
    sur = [
        a + b for a in ("Ash", "Bar", "Cold", "Dun", "East", "Fair", "Green") for b in ("by", "croft", "dale", "wick")
    ]
    listed = []
    for number in range(rows):
        # ten years of birth, so that no two rows are one child
        figures = f"999{number // 1000:04d}25{number % 1000:03d}"
        listed.append(
            (
                check_letter("A" + figures) + figures,
                rng.choice(fore),
                f"{rng.choice(sur)}{_letters(number)}",
                date(2012, 9, 1) + timedelta(days=rng.randrange(3000)),
                rng.choice("MF"),
                rng.choice(("Y1", "Year 2", "3", "4")),
                rng.choice(("1 Oak", "2 Elm", "3 Ash")),
                *(rng.choice("YN") for _ in range(3)),
                rng.choice("NKE"),
                rng.choice(("WBRI", "APKN", "BAFR")),
            )
        )
    return write("xlsx", [SheetOut("Pupils", HEADINGS, listed)])


def _letters(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(4))


def measure(stack: RunningStack, orchestra: Orchestra) -> list[Measure]:
    """Returns the ratios of the whole import to the floor and to the stock resource, its statements, and of its pages."""
    data, portal, log = workbook(ROWS), _Portal(orchestra), _Statements()
    floor = _floor(stack, data)
    taken: dict[str, list[float]] = {"floor": [], "import": []}
    for number in range(ROUNDS + 1):
        for name, act in (("floor", floor), ("import", lambda: portal.bring_in(data, log))):
            seconds = act()
            if number:  # the first round warms up
                taken[name].append(seconds)
    ours, least = median(taken["import"]), median(taken["floor"])
    stock = _stock(data)
    measures = [
        Measure("roster_5000", ours / least, "x calamine + COPY", 12, f"{ms(taken['import'])}; {ms(taken['floor'])}"),
        # 25 times faster, as a ratio that is met from below
        Measure(
            "roster_stock",
            25 * ours / stock,
            "of a 25th of stock",
            1,
            f"stock {stock:.1f} s, {stock / ours:.0f} x ours",
        ),
        Measure("roster_statements", log.most, "statements", 80, "preview and accept of 5,000 rows"),
    ]
    return [*measures, *_pages(stack, orchestra, portal, data), *_many(stack)]


class _Portal:
    """The hub's manager bringing a list in and taking it back."""

    def __init__(self, orchestra: Orchestra) -> None:
        self.scope, self.by = orchestra.scope, orchestra.manager
        with scoped(self.scope):
            partnerships = importable_partnerships(self.by, orchestra.today)
            self.partnership = partnerships.filter(programme__slug=HUB).first()
        self.year = AcademicYear.current()

    def stage(self, data: bytes) -> RosterImport:
        """Returns the list, waiting."""
        with scoped(self.scope):
            return preview.stage(Sent(data, "list.xlsx", self.partnership, self.year), by=self.by)

    def bring_in(self, data: bytes, log: "_Statements") -> float:
        """Returns the seconds of preview and accept; then it is undone."""
        with connection.execute_wrapper(log):
            log.count = 0
            began = time.perf_counter()
            staged = self.stage(data)
            with scoped(self.scope):
                preview.accept(staged, token_for(staged, self.by), by=self.by)
            seconds = time.perf_counter() - began
            log.most = max(log.most, log.count)
        with scoped(self.scope):
            undo(roster_import=staged, by=self.by)
        return seconds


class _Statements:
    """Counts what is sent to the database."""

    count = most = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def _floor(stack: RunningStack, data: bytes) -> Callable[[], float]:
    stack.rows(BARE)
    url = stack.servers.admin_url(stack.database)

    def read_and_copy() -> float:
        with psycopg.connect(url) as bare:
            began = time.perf_counter()
            rows = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
            with (
                bare.cursor() as cursor,
                cursor.copy(
                    "COPY bare_roster (upn, forename, surname, born, sex, year_group, school_class, pp, fsm, eal, sen,"
                    " ethnicity) FROM STDIN"
                ) as copy,
            ):
                for row in rows:
                    copy.write_row(row)
            bare.commit()
            return time.perf_counter() - began

    return read_and_copy


def _stock(data: bytes) -> float:
    """The seconds of dry run and import by a stock resource over a bare table, with an index on what it matches by."""
    from django.db import models, transaction
    from import_export import resources
    from tablib import Dataset

    class BareChild(models.Model):
        upn, forename, surname = models.TextField(unique=True), models.TextField(), models.TextField()
        born, sex, year_group = models.DateField(), models.TextField(), models.TextField()
        school_class, pp, fsm = models.TextField(), models.TextField(), models.TextField()
        eal, sen, ethnicity = models.TextField(), models.TextField(), models.TextField()

        class Meta:
            app_label = "schools"  # of the portal, because the library asks its registry; nothing else knows of it
            managed = False
            db_table = "bench_stock"

    class Stock(resources.ModelResource):
        class Meta:
            model = BareChild
            import_id_fields = ("upn",)
            exclude = ("id",)

    names = [field.name for field in BareChild._meta.fields if field.name != "id"]
    rows = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    dataset = Dataset(*rows, headers=names)
    with transaction.atomic():
        with connection.cursor() as cursor:
            columns = ", ".join(f"{name} {'date' if name == 'born' else 'text'} NOT NULL" for name in names)
            cursor.execute(
                f"CREATE TEMP TABLE bench_stock (id bigserial PRIMARY KEY, {columns}, UNIQUE (upn)) ON COMMIT DROP"
            )
        began = time.perf_counter()
        Stock().import_data(dataset, dry_run=True, raise_errors=True)
        Stock().import_data(dataset, dry_run=False, raise_errors=True)
        return time.perf_counter() - began


def _pages(stack: RunningStack, orchestra: Orchestra, portal: _Portal, data: bytes) -> list[Measure]:
    """The check page of a list of 5,000 that waits, and one cell of it mended, against HELLO-S."""
    staged = portal.stage(data)
    hello, visitor = Hello(stack), stack.visitor_as(orchestra.manager)
    page = f"/imports/{staged.pk}/"
    visitor.open(page)
    wire, asked = Wire(stack.port), get(page, stack.port, visitor.cookies)
    names = iter(f"Mended{_letters(number)}" for number in range(10_000))

    def mend() -> float:
        fields = {"csrfmiddlewaretoken": visitor.token, "cell-forename": next(names)}
        return wire.timed(post(f"{page}rows/2500/", stack.port, visitor.cookies, fields), status=302)[0]

    taken = interleaved({"HELLO-S": hello.ask, "page": lambda: wire.timed(asked)[0], "mend": mend}, 30)
    with scoped(portal.scope):
        discard(roster_import=staged, by=portal.by)
    floor = median(taken["HELLO-S"])
    return [
        Measure("roster_page", median(taken["page"]) / floor, "x HELLO-S, p50", 4, ms(taken["page"])),
        Measure("roster_mend", median(taken["mend"]) / floor, "x HELLO-S, p50", 4, ms(taken["mend"])),
    ]


def _many(stack: RunningStack) -> list[Measure]:
    """A list of 100,000 rows in a process of its own: its seconds, and the most memory any process of it held."""
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(workbook(MANY, seed=2))
        file.flush()
        command = [sys.executable, "-m", "tests.bench.roster_many", file.name]
        environment = stack.environment | {"DJANGO_SETTINGS_MODULE": "inharmony.settings.development"}
        told = subprocess.check_output(command, cwd=REPOSITORY, env=environment, text=True).split()
    seconds, ours, childs = float(told[-3]), float(told[-2]), float(told[-1])
    return [
        Measure("roster_100000", seconds, "s", 12, "preview and accept of 100,000 rows"),
        Measure(
            "roster_memory",
            max(ours, childs),
            "MB",
            400,
            f"importing process {ours:.0f} MB, reading child {childs:.0f} MB",
        ),
    ]
