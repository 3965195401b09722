"""
Forty children whose every figure is known: counted by hand from the two tables below, of Liverpool and of the country.

The sessions of Liverpool, by the letter of their column; all in 2027-28 but a and n:

    a  Tue 31 Aug 2027  strings    60 min  in school    the last day of the year before
    b  Wed  1 Sep 2027  strings    60 min  in school    the first day
    c  Sun 31 Oct 2027  orchestra 120 min  outside      00:30 to 02:30, while the clocks go back
    d  Mon  1 Nov 2027  strings    60 min  in school
    e  Wed 15 Dec 2027  strings    60 min  in school    its register is entered on 10 January
    f  Mon  3 Jan 2028  brass      45 min  in school    the last day counted with the autumn
    g  Tue  4 Jan 2028  brass      45 min  in school    the spring term begins
    h  Tue 29 Feb 2028  strings    60 min  in school    10:00; a leap year's day
    i  Tue 29 Feb 2028  brass      45 min  in school    10:00 as well
    j  Sun 26 Mar 2028  orchestra 120 min  outside      00:30 to 02:30, while the clocks go forward
    k  Mon 27 Mar 2028  strings    30 min  in school    brass joins it; one register
    l  Mon 17 Apr 2028  brass      45 min  in school    the summer term begins
    m  Thu 31 Aug 2028  strings    60 min  in school    the last day
    n  Fri  1 Sep 2028  strings    60 min  in school    the first day of the next year

and without marks: two of brass cancelled, the only one of the choir cancelled, 29 March a family session of strings counted by
heads (90 min), 14 June a session of brass whose register nobody took.

What else is known of children:

    1   plays the cornet from 11 January: of the family of brass at the end of the year; came to i while marked absent at h
    3   played the violin until 31 August 2027, and nothing since
    4   is enrolled until 1 September 2028, a day longer than the year: stays
    5   is enrolled until its last day: has left
    33  left Liverpool in September 2027 and plays in Leeds: there new, in the country not
    34  is on Liverpool's class lists and plays in Leeds
    36  is on Liverpool's class lists, and was absent in Leeds
    37  is on every register and never came
    38  left on 18 February
    39  was of Year 3 at school A until 31 March, and is of Year 4 at school B since
    40  left Liverpool in January and came to Leeds in February, where they had come in May 2027: a girl in Year 4 to the one, nobody
        said which in Year 5 to the other

Every child of school A or B was a year group lower the year before, and is one higher the year after. Leeds, of whose children
nothing is known but that they are in Year 5, had a session of 45 minutes on 10 May 2027 (40 came) and one on 1 February 2028: 33, 34
and 40 came, 36 did not.

So 12 registers with marks and one of heads are taken of 14 due; 17 sessions are planned, 3 cancelled. Held are 60 + 120 + 60 + 60 +
45 + 45 + 60 + 45 + 120 + 30 + 45 + 60 + 90 = 840 minutes. The registers with marks are of 10 weeks: f and g share one, h and i too.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from evaluation.figures.catalogue import FIGURES
from evaluation.figures.nation import Everybody
from evaluation.figures.released import table
from evaluation.menu import tables
from evaluation.menu.tables import ALL
from evaluation.queries.calendar import period_of
from evaluation.queries.drift import cells_of
from evaluation.queries.live import live
from evaluation.queries.operations import operations, weeks_of
from evaluation.queries.people import marked_everywhere
from inharmony.access.scope import Scope, figures, scoped
from participants.actions.enrolment import NewChild, enrol_many
from participants.models import Attendance, Child, Enrolment, Placement, Playing
from programmes.models import Ensemble, Income, Partnership
from schools.models import AcademicYear, SchoolContext
from tests.databases import connected_as
from tests.factories import evaluation, programmes
from tests.factories.schools import school, term
from tests.people import person

AFTERWARDS = datetime(2028, 9, 15, 9, 0, tzinfo=UTC)
# column: day, ensemble, start, minutes, kind
SESSIONS = {
    "a": (date(2027, 8, 31), "strings", time(10), 60, "curricular"),
    "b": (date(2027, 9, 1), "strings", time(10), 60, "curricular"),
    "c": (date(2027, 10, 31), "orchestra", time(0, 30), 120, "extra"),
    "d": (date(2027, 11, 1), "strings", time(10), 60, "curricular"),
    "e": (date(2027, 12, 15), "strings", time(10), 60, "curricular"),
    "f": (date(2028, 1, 3), "brass", time(10), 45, "curricular"),
    "g": (date(2028, 1, 4), "brass", time(10), 45, "curricular"),
    "h": (date(2028, 2, 29), "strings", time(10), 60, "curricular"),
    "i": (date(2028, 2, 29), "brass", time(10), 45, "curricular"),
    "j": (date(2028, 3, 26), "orchestra", time(0, 30), 120, "extra"),
    "k": (date(2028, 3, 27), "strings", time(10), 30, "curricular"),
    "l": (date(2028, 4, 17), "brass", time(10), 45, "curricular"),
    "m": (date(2028, 8, 31), "strings", time(10), 60, "curricular"),
    "n": (date(2028, 9, 1), "strings", time(10), 60, "curricular"),
}
# school (A, B or none), year group, sex, Pupil Premium, SEN, EAL, ethnicity, tenth, what they play, then a mark a column:
# p present, l late, r and a absent with and without a reason, e excused, . not on the register
CHILDREN = """
    at yg s pp sen eal eth  10  plays    abcdefghijklmn
 1  A  4  F  y  N   y  WBRI 1  violin    pppppppapppppp
 2  A  4  F  y  N   y  WBRI 1  violin    pplpp..p.pp.pp
 3  A  4  F  y  N   n  WIRT 1  -         pprpa..p.pp.pp
 4  A  4  F  n  N   n  WBRI 2  viola     ppppp..p.lp.pp
 5  A  4  F  n  N   n  WBRI 2  viola     ppppp..e.ap.pp
 6  A  4  F  n  K   n  WBRI 2  cello     appep..p.pp.pp
 7  A  4  M  n  K   n  MWBC 3  cello     .pppp..p.pp.pp
 8  A  4  M  n  K   n  MWAS 3  violin    .ppaa..p.pp.pp
 9  A  4  M  n  K   n  AIND 3  violin    .pppp..p.pp.pp
10  A  4  M  -  E   -  APKN 4  violin    .pppp..p.ep.pp
11  A  4  M  -  E   -  CHNE 4  violin    .p.pp..p..p.p.
12  A  4  M  -  -   -  BCRB 5  violin    .p.ap..p..p.p.
13  A  4  M  n  N   n  BAFR 5  violin    .p.pp..p..p.l.
14  A  4  F  n  N   n  OOTH 6  violin    .p.pp..p..a.p.
15  A  4  F  n  N   n  REFU 6  violin    .p.pr..p..p.p.
16  A  4  F  n  N   n  -    7  violin    .p.pp..p..p.p.
17  B  3  F  n  N   n  WBRI 7  violin    .p.pp..a..p.p.
18  B  3  F  n  N   n  WBRI 8  violin    .p.pp..p..p.p.
19  B  3  F  n  N   n  WBRI 9  violin    .p.pp..p..p.p.
20  B  3  F  n  N   n  WBRI 10 violin    .p.pp..p..p.p.
21  B  5  M  y  N   n  WBRI 10 cornet   ..p..pp.pppp..
22  B  5  M  y  N   n  WBRI -  cornet   ..p..pp.pppp..
23  B  5  M  y  N   n  WBRI -  cornet   ..a..pp.pppa..
24  B  5  M  y  N   n  WBRI -  cornet   ..p..al.papp..
25  B  6  M  y  K   n  WBRI 1  cornet   .....pp.p.pp..
26  B  6  M  y  K   n  WBRI 1  cornet   .....pp.p.pp..
27  B  6  U  n  N   n  WBRI 1  trombone .....pp.p.pp..
28  B  6  U  n  N   n  WBRI 1  trombone .....pe.e.pp..
29  B  6  F  n  N   n  WBRI 1  trombone .....pp.p.rp..
30  B  6  F  n  N   n  WBRI 1  trombone .....aa.p.pp..
31  -  7  F  n  N   n  WBRI 1  trombone .....pp.p.pp..
32  -  -  F  n  N   n  WBRI 1  trombone .....pp.p.pp..
33  A  4  F  y  N   n  WBRI 1  violin   p.............
34  A  4  F  y  N   n  WBRI 1  violin    ..............
35  B  3  M  y  N   n  WBRI 1  violin    ..............
36  B  3  M  y  N   n  WBRI 1  violin    ..............
37  A  4  M  y  E   y  WBRI 1  violin    .a.ar..a..e.a.
38  A  4  M  y  N   y  WBRI 1  violin    .p.pp.........
39  B  4  M  y  N   y  WBRI 1  violin    .p.pp..p..p.p.
40  A  4  F  n  N   n  WBRI 1  violin    .p.pp.........
"""


def told():
    """Each child of the table: a number, and its fields as they are written there."""
    names = ("at", "year_group", "sex", "pupil_premium", "sen", "eal", "ethnicity", "decile", "plays", "marks")
    for line in CHILDREN.strip("\n").splitlines()[1:]:
        number, *fields = line.split()
        yield int(number), {key: "" if value == "-" else value for key, value in zip(names, fields, strict=True)}


YES_NO = {"y": True, "n": False, "": None}
PLAYED_UNTIL = {1: date(2028, 1, 10), 3: date(2027, 8, 31)}
ENROLLED_UNTIL = {
    4: date(2028, 9, 1),
    5: date(2028, 8, 31),
    33: date(2027, 9, 30),
    38: date(2028, 2, 18),
    39: date(2028, 3, 31),
    40: date(2028, 1, 31),
}


class Forty:
    """The two programmes, written as they are told above."""

    def __init__(self):
        self.liverpool, self.leeds = programmes.programme("Liverpool"), programmes.programme("Leeds")
        self.manager = person("Joanne Carter", "manager", programme=self.liverpool)
        self.scope = Scope(frozenset({self.liverpool.pk}))
        self.both = Scope(frozenset({self.liverpool.pk, self.leeds.pk}))
        self.years = {year: AcademicYear.objects.get_or_create(year=year)[0] for year in (2026, 2027, 2028)}
        self.schools = {name: school(f"School {name}") for name in "ABCDE"}
        self._terms_and_partners()
        self._ensembles()
        with scoped(self.both):
            self.children = dict(self._child(number, fields) for number, fields in told())
            self._sessions({number: fields["marks"] for number, fields in told()})
            self._leeds()
        self._money_and_rolls()

    def _terms_and_partners(self):
        term("spring", date(2028, 1, 4), date(2028, 3, 31), local_authority_id="341")
        term("summer", date(2028, 4, 17), date(2028, 7, 21), local_authority_id="341")
        self.liverpool.places.create(name="Liverpool", local_authority_id="341", starts_on=date(2009, 2, 1))
        for name in "ABCD":
            programmes.partner(self.liverpool, self.schools[name])
        # until the day before the year, and from its last day
        Partnership.objects.filter(school=self.schools["C"]).update(ends_on=date(2027, 8, 31))
        Partnership.objects.filter(school=self.schools["D"]).update(starts_on=date(2028, 8, 31))
        # one that works with both
        programmes.partner(self.leeds, self.schools["B"])
        programmes.partner(self.leeds, self.schools["E"])

    def _ensembles(self):
        tutors = {name: programmes.tutor(self.liverpool, name) for name in ("Ada", "Ben", "Cal", "Dot")}
        self.ensembles = {
            "strings": programmes.ensemble(self.liverpool, "Strings", led_by=[tutors["Ada"]]),
            "brass": programmes.ensemble(self.liverpool, "Brass", led_by=[tutors["Ada"], tutors["Ben"]]),
            "orchestra": programmes.ensemble(self.liverpool, "Orchestra", led_by=[tutors["Ada"]]),
            # it joins one session, and has none of its own
            "winds": programmes.ensemble(self.liverpool, "Winds"),
            "choir": programmes.ensemble(self.liverpool, "Choir", led_by=[tutors["Dot"]]),
        }
        for name, kind, level in (
            ("brass", "brass", "entry"),
            ("orchestra", "orchestra_large", "intermediate"),
            ("winds", "wind", "foundation"),
        ):
            Ensemble.objects.filter(pk=self.ensembles[name].pk).update(kind=kind, level=level)
        self.tutors = tutors

    def _child(self, number, fields):
        new = NewChild(
            forename="Child",
            surname=f"Number {number}",
            date_of_birth=date(2016, 1, number % 28 + 1),
            school_id=self.schools[fields["at"]].pk if fields["at"] else None,
            year_group=fields["year_group"],
            sex=fields["sex"],
            upn=f"A{number:011}0",
            ethnicity=fields["ethnicity"],
            sen=fields["sen"],
            is_eal=YES_NO[fields["eal"]],
            is_pupil_premium=YES_NO[fields["pupil_premium"]],
        )
        if number == 39:
            new = replace(new, school_id=self.schools["A"].pk, year_group="3")
        (child,) = self._enrol(self.liverpool, new)
        Child.objects.filter(pk=child.pk).update(home_decile=int(fields["decile"]) if fields["decile"] else None)
        enrolled = Enrolment.objects.get(child=child)
        Enrolment.objects.filter(pk=enrolled.pk).update(ends_on=ENROLLED_UNTIL.get(number))
        if fields["at"]:
            for year, more in ((2026, -1), (2028, 1)):
                Placement.objects.create(
                    programme=self.liverpool,
                    enrolment=enrolled,
                    child=child,
                    academic_year=self.years[year],
                    year_group=str(int(fields["year_group"]) + more),
                )
        if number == 39:
            again = Enrolment.objects.create(
                programme=self.liverpool, child=child, school=self.schools["B"], starts_on=date(2028, 4, 1)
            )
            Placement.objects.create(
                programme=self.liverpool,
                enrolment=again,
                child=child,
                academic_year=self.years[2027],
                year_group=fields["year_group"],
            )
        self._plays(number, child, fields["plays"])
        return number, child

    def _enrol(self, programme, *new):
        year = self.years[2027]
        return enrol_many(
            programme=programme, children=new, academic_year=year, starts_on=date(2020, 9, 1), by=self.manager
        )

    def _plays(self, number, child, instrument):
        until = PLAYED_UNTIL.get(number)
        Playing.objects.create(
            programme=self.liverpool,
            child=child,
            instrument=instrument or "violin",
            starts_on=date(2026, 9, 1),
            ends_on=until,
        )
        if number == 1:
            Playing.objects.create(
                programme=self.liverpool, child=child, instrument="cornet", starts_on=until + timedelta(days=1)
            )

    def _sessions(self, marks):
        for position, (column, (day, name, starts_at, minutes, kind)) in enumerate(SESSIONS.items()):
            joined_by = [self.ensembles["brass"], self.ensembles["winds"]] if column == "k" else []
            session = self._session(name, day, starts_at, minutes, kind=kind, joined_by=joined_by)
            # who covers a session is a tutor too
            session.tutor = self.tutors["Cal"] if column == "e" else None
            self._take(
                session,
                {self.children[number]: letters[position] for number, letters in marks.items()},
                datetime(2028, 1, 10, 9, tzinfo=UTC) if column == "e" else None,
            )
        for name, day, reason in (
            ("brass", date(2027, 11, 9), "tutor_away"),
            ("brass", date(2028, 5, 2), "school_event"),
            ("choir", date(2028, 5, 3), "school_event"),
        ):
            evaluation.cancel(self._session(name, day, time(10), 60), reason)
        family = self._session("strings", date(2028, 3, 29), time(17), 90, kind="family", is_headcount=True)
        family.children_counted, family.adults_counted = 12, 9
        self._take(family, {})
        self._session("brass", date(2028, 6, 14), time(10), 45)

    def _session(self, name, day, starts_at, minutes, **more):
        ends_at = (datetime.combine(day, starts_at) + timedelta(minutes=minutes)).time()
        return programmes.session(self.ensembles[name], day=day, starts_at=starts_at, ends_at=ends_at, **more)

    def _take(self, session, marks, at=None):
        session.register_taken_at, session.register_taken_by = at or timezone.now(), self.manager
        session.register_version = 1
        session.save()
        Attendance.objects.bulk_create(
            Attendance(session=session, child=child, programme_id=session.programme_id, mark=mark)
            for child, mark in marks.items()
            if mark != "."
        )

    def _leeds(self):
        self.ensembles["leeds"] = programmes.ensemble(self.leeds, "Strings of Leeds")
        numbers = (33, 34, 36, 40)
        new = [
            NewChild(
                forename="Somebody",
                surname=f"Else {number}",
                date_of_birth=date(2016, 6, 1),
                school_id=self.schools["E"].pk,
                year_group="5",
                upn=f"A{number:011}0",
            )
            for number in numbers
        ]
        found = dict(zip(numbers, self._enrol(self.leeds, *new), strict=True))
        self._take(self._session("leeds", date(2027, 5, 10), time(10), 45), {found[40]: "p"})
        self._take(
            self._session("leeds", date(2028, 2, 1), time(10), 45),
            {found[33]: "p", found[34]: "l", found[36]: "a", found[40]: "p"},
        )

    def _money_and_rolls(self):
        for source, amount in (("arts_council", "20000"), ("families", "1999.50"), ("schools", "500.50")):
            Income.objects.create(
                programme=self.liverpool, academic_year=self.years[2027], source=source, amount=Decimal(amount)
            )
        # money of another year
        Income.objects.create(programme=self.liverpool, academic_year=self.years[2026], source="trusts", amount=9)
        for name, year, fields in (
            ("A", 2026, {"roll": 500}),
            ("A", 2027, {"roll": 200, "pupil_premium_percent": "25", "sen_percent": "12.5"}),
            ("B", 2026, {"roll": 100, "pupil_premium_percent": "50", "sen_percent": "12.5", "eal_percent": "30"}),
            ("B", 2028, {"roll": 900}),
            ("D", 2027, {"roll": 70, "by_hand": ["roll"], "origin": "hand"}),
            ("C", 2027, {"roll": 80}),
        ):
            SchoolContext.objects.create(
                **{"school": self.schools[name], "academic_year": self.years[year], "origin": "table", **fields}
            )


@pytest.fixture
def forty(fresh_database):
    """Both programmes in September 2028, the connection the worker's: the country reads it, and a hub alone."""
    with time_machine.travel(AFTERWARDS, tick=False):
        made = Forty()
        with connected_as("worker", fresh_database):
            yield made


def of_hub(forty, term=""):
    with scoped(forty.scope):
        return live(forty.liverpool, period_of(2027, term, forty.liverpool), forty.manager)


# of each category: children, their share of all, attendance, hours a week
BY = {
    "year_group": {
        "3": "4 11 % 96 % 0.5",
        "4": "19 54 % 90 % 0.6",
        "5": "4 11 % 86 % 0.6",
        "6": "6 17 % 89 % 0.3",
        "7": "1 3 % 100 % 0.4",
        "none": "1 3 % 100 % 0.4",
    },
    "key_stage": {"ks2": "33 94 % 90 % 0.6", "ks3": "1 3 % 100 % 0.4", "none": "1 3 % 100 % 0.4"},
    "sex": {"F": "18 51 % 91 % 0.6", "M": "15 43 % 88 % 0.6", "none": "2 6 % 100 % 0.3"},
    "pupil_premium": {"yes": "11 31 % 85 % 0.6", "no": "21 60 % 93 % 0.5", "none": "3 9 % 95 % 0.6"},
    "sen": {"N": "26 74 % 91 % 0.5", "K": "6 17 % 95 % 0.7", "E": "2 6 % 72 % 0.4", "none": "1 3 % 83 % 0.5"},
    "eal": {"yes": "4 11 % 82 % 0.6", "no": "28 80 % 91 % 0.5", "none": "3 9 % 95 % 0.6"},
    "ethnicity": {
        "white": "25 71 % 89 % 0.5",
        "mixed": "2 6 % 88 % 0.9",
        "asian": "3 9 % 100 % 0.8",
        "black": "2 6 % 92 % 0.5",
        "other": "1 3 % 83 % 0.5",
        "refused": "1 3 % 83 % 0.5",
        "none": "1 3 % 100 % 0.6",
    },
    "deprivation": {
        "1": "14 40 % 87 % 0.4",
        "2": "3 9 % 95 % 0.8",
        "3": "3 9 % 92 % 0.9",
        "4": "2 6 % 100 % 0.7",
        "5": "2 6 % 92 % 0.5",
        "6": "2 6 % 83 % 0.5",
        "7": "2 6 % 92 % 0.5",
        "8": "1 3 % 100 % 0.6",
        "9": "1 3 % 100 % 0.6",
        "10": "2 6 % 100 % 0.7",
        "none": "3 9 % 81 % 0.6",
    },
    "deprivation_fifth": {
        "fifth_1": "17 49 % 89 % 0.5",
        "fifth_2": "5 14 % 95 % 0.8",
        "fifth_3": "4 11 % 88 % 0.5",
        "fifth_4": "3 9 % 94 % 0.5",
        "fifth_5": "3 9 % 100 % 0.6",
        "none": "3 9 % 81 % 0.6",
    },
    "instrument": {"strings": "21 60 % 91 % 0.6", "brass": "13 37 % 90 % 0.5", "none": "1 3 % 75 % 0.7"},
    "joining": {"new": "30 86 % 90 % 0.5", "returning": "5 14 % 91 % 0.9"},
    "leaving": {"left": "3 9 % 92 % 0.4", "stays": "32 91 % 90 % 0.6"},
}
OTHERS = {
    "children": {"all": "35"},
    "attendance": {"all": "90 %"},
    # 36 children on registers, 10 weeks: 172, 56, 152 and 46 hours
    "intensity": {"all": "0.5 0.2 0.4 0.1 0.6 0.6"},
    "sessions": {"all": "17 13 3 14"},
    "cancelled": {"all": "1 2 0 0 0"},
    "registers": {"all": "13 14"},
    # A, B and D; strings, brass, orchestra and winds; Ada, Ben and Cal
    "provision": {"all": "3 4 3"},
    "ensembles_by_kind": {
        "brass": "1 0 0 0 1",
        "orchestra_large": "0 0 1 0 1",
        "string": "1 0 0 0 1",
        "wind": "0 1 0 0 1",
        "all": "2 1 1 0 4",
    },
    "income": {"all": "£20,000 £0 £0 £0 £501 £2,000 £0 £0 £0 £22,500"},
    # 200 pupils of A and 100 of B: a quarter of the one and half of the other
    "roll": {"all": "300 33 % 13 % 30 %"},
}


def written(found):
    """A table's rows by key, as they are written."""
    rows = [*found.rows, *([found.total] if found.total else [])]
    return {row.key: " ".join(cell.written for cell in row.cells) for row in rows}


def test_every_table_of_children_is_the_one_counted_by_hand(forty):
    source, whole = of_hub(forty), {"all": "35 100 % 90 % 0.6"}
    assert {key: written(table(source, tables.by(key))) for key in BY} == {key: BY[key] | whole for key in BY}


def test_every_other_table_is_the_one_counted_by_hand(forty):
    source = of_hub(forty)
    assert {key: written(table(source, key)) for key in OTHERS} == OTHERS
    shown = {*OTHERS, *(tables.by(key) for key in BY)}
    # what a hub does not have: its rows are not programmes, and what was answered in it is told by its own results
    assert {key for key in tables.TABLES if not source.of(key)} == {
        tables.BY_PROGRAMME,
        *tables.OF_ANSWERS,
        *(tables.programmes_by(key) for key in BY),
    }
    beside = {*(tables.attendance_by(key) for key in BY), *(tables.hours_by(key) for key in BY)}
    assert {*source.cells} == shown | beside


def test_every_figure_is_the_one_counted_by_hand(forty):
    source = of_hub(forty)
    made = {key: make(source, ALL) for key, make in FIGURES.items()}
    assert {key: figure.written for key, figure in made.items()} == {
        "children_reached": "35",
        "children_new": "30",
        "children_returning": "5",
        "children_leaving": "3",
        "children_twice": "–",
        "attendance": "90",
        "hours_received": "0.6",
        "hours_offered": "0.6",
        "sessions_planned": "17",
        "sessions_held": "13",
        "sessions_cancelled": "3",
        "hours_held": "14",
        "registers_taken": "13",
        "schools": "3",
        "ensembles": "4",
        "tutors": "3",
        "income": "£22,500",
        # 22,500 by 35: 642.86
        "income_per_child": "£643",
    }
    assert made["attendance"].words == "13 of 14 registers taken"
    assert (made["registers_taken"].numerator, made["registers_taken"].denominator) == (13, 14)
    assert [key for key, figure in made.items() if figure.completeness is None] == [
        "sessions_planned",
        "sessions_cancelled",
        "schools",
        "ensembles",
        "tutors",
        "income",
    ]


# children, attendance, hours and sessions
TERMS = {
    # b c d e f: 86 of 98 marks, 95.25 hours of 36 children in 5 weeks
    "autumn": ("34", "88 %", "0.5 0.2 0.4 0.1 0.6 0.5", "6 5 1 6"),
    # g h i j k and heads: 83 of 91 marks, 72.75 hours of 34 children in 4 weeks
    "spring": ("33", "91 %", "0.4 0.2 0.4 0.2 0.6 0.5", "6 6 0 7"),
    # l m: 33 of 35 marks, 30 hours of 34 children in 2 weeks
    "summer": ("32", "94 %", "0.5 0.0 0.4 0.0 0.5 0.4", "5 2 2 2"),
}


def test_terms_share_out_the_year(forty):
    for season, expected in TERMS.items():
        source = of_hub(forty, season)
        found = [written(table(source, key))["all"] for key in ("children", "attendance", "intensity", "sessions")]
        assert (season, *found) == (season, *expected)
        # money is not of a term
        assert source.of(tables.INCOME) == {}


def test_the_truth_of_the_country_says_the_same_of_the_hub(forty):
    for season in ("", *TERMS):
        source = of_hub(forty, season)
        with scoped(figures()):
            everywhere = marked_everywhere(source.period)
            assert cells_of(forty.liverpool, source.period, everywhere, timezone.localdate()) == source.cells


@pytest.fixture
def truth(forty):
    """The children of the country, before any rule."""
    period = period_of(2027)
    slugs = {forty.liverpool.pk: "liverpool", forty.leeds.pk: "leeds"}
    with scoped(figures()):
        return Everybody(marked_everywhere(period), slugs, weeks_of(period, slugs)).truth()


def counts(counted):
    return {key: of.count for key, of in counted.items() if of.count}


def test_the_country_counts_each_child_once(truth):
    # 35 of Liverpool, 3 of Leeds, and one of them in both
    assert (truth.total.count, truth.twice.count, counts(truth.hubs)) == (37, 1, {"liverpool": 35, "leeds": 3})
    assert truth.total.by_hub == {"liverpool": 35, "leeds": 3}
    # A, B and E
    assert truth.total.schools == 3


def test_the_country_counts_a_child_as_the_programme_says_that_they_came_to_last(truth):
    spread = {each.dimension: counts(each.national) for each in truth.spreads}
    assert spread["year_group"] == {"3": 4, "4": 18, "5": 7, "6": 6, "7": 1, "none": 1}
    assert spread["sex"] == {"F": 17, "M": 15, "none": 5}
    assert spread["instrument"] == {"strings": 20, "brass": 13, "none": 4}
    # 33 came to Liverpool before, 40 to Leeds; 40 left Liverpool alone
    assert spread["joining"] == {"new": 30, "returning": 7}
    assert spread["leaving"] == {"left": 2, "stays": 35}
    for each in truth.spreads:
        assert sum(counts(each.national).values()) == 37


def test_each_hub_is_told_of_its_own_children_as_it_knows_them(truth):
    inside = {each.dimension: counts(each.inside) for each in truth.spreads}
    assert inside["joining"] == {
        ("liverpool", "new"): 30,
        ("liverpool", "returning"): 5,
        ("leeds", "new"): 2,
        ("leeds", "returning"): 1,
    }
    assert inside["leaving"] == {("liverpool", "left"): 3, ("liverpool", "stays"): 32, ("leeds", "stays"): 3}


def test_attendance_and_hours_of_the_country_are_of_all_marks(truth):
    # 202 of 224 marks, and 3 of 4
    assert (truth.attendance[ALL].base, round(truth.attendance[ALL].value, 2)) == (228, Decimal("89.91"))
    # 198 hours and 2.25 of 36 children in 10 weeks and of 4 in one
    assert round(truth.intensity[ALL, "received"].value, 4) == round(Decimal("200.25") / 364, 4)
    assert truth.attendance[ALL].of.count == 39
    assert truth.attendance["leeds"].value == 75


def test_what_counts_no_child_is_of_each_programme_and_of_all(forty):
    slugs = {forty.leeds.pk: "leeds", forty.liverpool.pk: "liverpool"}
    with scoped(figures()):
        found = operations(period_of(2027), slugs, timezone.localdate())
    values = {key: {place: said.value for place, said in cells.items()} for key, cells in found.items()}
    # a school that works with both is one
    schools = {row: values["provision"][row, "schools"] for row in ("all", "leeds", "liverpool")}
    assert schools == {"all": 4, "leeds": 2, "liverpool": 3}
    assert [values["sessions"][ALL, column] for column in ("planned", "held", "cancelled", "hours")] == [18, 14, 3, 15]
    # Leeds wrote no money down, which is not none
    assert found["income"]["leeds", ALL].symbol == "x"
    assert values["income"][ALL, ALL] == 22500
    assert values["ensembles_by_kind"][ALL, ALL] == 5
