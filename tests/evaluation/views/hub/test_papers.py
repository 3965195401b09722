"""The return and the year-end form of a hub: its own exact answers, its own words, each opening to what is behind it."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluation.actions.sign_off import sign_off_term
from inharmony.access.scope import scoped
from inharmony.spreadsheets import read
from outcomes.actions.target import Aim, set_targets, version_of
from participants.actions.attendance import take_register
from participants.models import Correction
from participants.models.attendance import Mark
from participants.queries.attendance import expected_ids
from programmes.models import Session
from schools.models import AcademicYear
from tests.evaluation.actions.test_words import write
from tests.evaluation.views.hub.test_subjects import taken, text
from tests.factories import evaluation, programmes, record, schools
from tests.trail import entries, entry

__all__ = ["taken"]

RETURN, YEAR_END = "/hub/liverpool/return/?year=2026-27", "/hub/liverpool/year-end/?year=2026-27"
FILES = [
    f"/hub/liverpool/papers/{paper}.{kind}?year=2026-27" for paper in ("return", "year-end") for kind in ("xlsx", "ods")
]


def answer_to(page, question):
    """What stands on the page beside a question, as a person reads it."""
    found = re.search(rf'<div id="q-{question}"><dt>.*?</dt>\s*<dd>(.*?)</dd></div>', page.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r'<(span|caption) class="vh">.*?</\1>', "", found[1])).split())


def test_each_question_stands_there_with_its_answer(taken, open_as):
    page = open_as(taken.joanne, RETURN)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert answer_to(page, "children") == "3 children"
    assert answer_to(page, "schools") == "2 schools"
    assert answer_to(page, "attendance") == "83 %"
    assert answer_to(page, "income") == "£3,000"
    assert answer_to(page, "terms-children").startswith(
        "Term Children Autumn term Not signed off yet 3 Spring term Not begun – Summer term Not begun –"
    )
    assert answer_to(page, "lessons").startswith("Not held here. The portal holds sessions")
    assert answer_to(page, "local-need") == "Not written yet, 200 words at most. Write"
    assert "Schools £3,000" in answer_to(page, "income-sources")


def test_what_is_missing_stands_on_top(taken, open_as):
    said = text(open_as(taken.joanne, RETURN))
    assert "Not for publication 2 of 3 registers taken" in said
    assert "No term is signed off yet The year is counted now" in said
    assert "10 questions wait for your words" in said
    assert "Autumn term 2026-27: not over, and not signed off yet. See it" in said
    assert "Spring term 2026-27: not begun" in said
    assert "Registers complete: 2 of 3. See where" in said
    assert "Income of 2026-27 written down" in said
    write(taken, "We answer it.")
    again = text(open_as(taken.joanne, RETURN))
    assert "9 questions wait for your words" in again
    assert "We answer it. Joanne Carter, 17 November 2026, 10:42 Change" in again


def test_every_number_opens_a_page_of_the_hub_on_which_it_stands(taken, open_as):
    html = open_as(taken.joanne, RETURN).content.decode()
    body = html[html.index('<dl class="summary answers-in') :]
    links = set(
        re.findall(r'<a (?:class="answer-number" )?href="(/hub/liverpool/(?!words|papers)[^"]+)">([^<]+)<', body)
    )
    assert len(links) > 20
    for href, number in sorted(links):
        opened = open_as(taken.joanne, href.replace("&amp;", "&"))
        assert opened.status_code == 200
        assert number in opened.content.decode(), (href, number)


def test_a_term_that_was_signed_answers_with_what_was_signed_and_says_what_differs(taken, open_as):
    schools.term("autumn", date(2026, 9, 1), date(2026, 11, 17), school=taken.saltwharf)
    with scoped(taken.liverpool_scope):
        sign_off_term(programme=taken.liverpool, year=2026, term="autumn", by=taken.joanne)
    page = open_as(taken.joanne, RETURN)
    assert "Autumn term Signed off 3" in answer_to(page, "terms-children")
    assert "Autumn term 2026-27: signed by Joanne Carter, 17 November 2026, 10:42" in text(page)
    with scoped(taken.liverpool_scope):
        session = Session.objects.get(ensemble=taken.strings, day=date(2026, 11, 10))
        marks = dict(zip(sorted(expected_ids(session)), map(Mark, "aaa"), strict=True))
        version = session.register_version
        reason = Correction.Reason.MISTAKE
        take_register(session=session, marks=marks, version=version, by=taken.joanne, reason=reason)
    page = open_as(taken.joanne, RETURN)
    assert "Autumn term Signed off, revised since: 2 now 3" in answer_to(page, "terms-children")
    assert "Autumn term Signed off 2" in answer_to(page, "terms-sessions")
    assert answer_to(page, "children") == "2 children"
    signed = r"Autumn term 2026-27: signed by Joanne Carter, 17 November 2026, 10:42; revised since, \d+ numbers differ"
    assert re.search(signed, text(page))
    assert "1 of 3 terms signed off, autumn revised since The year is counted now" in text(page)


LAST_YEAR = "/hub/liverpool/return/?year=2025-26"
SEASONS = (
    ("autumn", date(2025, 9, 1), date(2025, 12, 19)),
    ("spring", date(2026, 1, 5), date(2026, 3, 27)),
    ("summer", date(2026, 4, 13), date(2026, 7, 17)),
)
ALL_SIGNED = "All three terms are signed off"


def sign(taken, season, first, last):
    schools.term(season, first, last, school=taken.saltwharf)
    with scoped(taken.liverpool_scope):
        sign_off_term(programme=taken.liverpool, year=2025, term=season, by=taken.joanne)


def correct(taken, day, letters):
    """Corrects the register of a session of the strings."""
    with scoped(taken.liverpool_scope):
        session = Session.objects.get(ensemble=taken.strings, day=day)
        marks = dict(zip(sorted(expected_ids(session)), map(Mark, letters), strict=True))
        version, reason = session.register_version, Correction.Reason.MISTAKE
        take_register(session=session, marks=marks, version=version, by=taken.joanne, reason=reason)


def standings(taken, open_as, question):
    """What stands at a question in the column of signing, in both kinds of file, and above its sheet."""
    found = set()
    for kind in ("xlsx", "ods"):
        made = open_as(taken.joanne, f"/hub/liverpool/papers/return.{kind}?year=2025-26")
        for sheet in read(made.content, f"x.{kind}").sheets[:-1]:
            rows = [row.cells for row in sheet.rows]
            at = rows[1].index("Sign-off")
            own = {(str(rows[0][0]).partition("10:42. ")[2], row[at]) for row in rows[2:] if row[0] == question}
            found |= own
    return found


@pytest.fixture
def last_year(taken):
    """A year of two sessions, one child of three at both; each of its terms signed."""
    AcademicYear.objects.get_or_create(year=2025)
    with scoped(taken.both):
        for day in (date(2025, 10, 7), date(2026, 2, 3)):
            evaluation.register(programmes.session(taken.strings, day=day), "paa", by=taken.priya)
    for each in SEASONS:
        sign(taken, *each)
    return taken


def test_it_is_said_how_many_terms_of_a_year_are_signed(taken, open_as):
    AcademicYear.objects.get_or_create(year=2025)
    for each, said in zip(
        SEASONS, ("No term is signed off yet", "1 of 3 terms signed off", "2 of 3 terms signed off"), strict=True
    ):
        assert f"{said} The year is counted now" in text(open_as(taken.joanne, LAST_YEAR))
        sign(taken, *each)
    page = open_as(taken.joanne, LAST_YEAR)
    assert re.search(rf"{ALL_SIGNED} The year is counted now \d+ of \d+ questions answered", text(page))
    # money is of no term, so nobody signed it
    assert answer_to(page, "income") == "– Counted now: no sign-off freezes it."
    assert answer_to(page, "children") == "0 children"


def test_a_number_of_the_year_is_never_called_signed_for_it_may_move_while_its_terms_do_not(last_year, open_as):
    page = open_as(last_year.joanne, LAST_YEAR)
    assert answer_to(page, "children").startswith("1 ")
    # in the spring it was another child: of each term nothing differs, and the year has one child more
    correct(last_year, date(2026, 2, 3), "apa")
    page = open_as(last_year.joanne, LAST_YEAR)
    assert answer_to(page, "children") == "2 children"
    assert f"{ALL_SIGNED} The year is counted now" in text(page)
    assert "revised since" not in text(page)
    said = f"{ALL_SIGNED}; the year is counted now"
    assert standings(last_year, open_as, "children") == {(f"{said}.", said)}
    assert standings(last_year, open_as, "terms-children") == {(f"{said}.", "Signed off")}


def test_a_term_that_was_revised_after_it_was_signed_is_named_on_the_page_and_in_each_row(last_year, open_as):
    correct(last_year, date(2026, 2, 3), "ppa")
    page = open_as(last_year.joanne, LAST_YEAR)
    assert f"{ALL_SIGNED}, spring revised since The year is counted now" in text(page)
    assert "Spring term Signed off, revised since: 2 now 1" in answer_to(page, "terms-children")
    assert "Autumn term Signed off 1" in answer_to(page, "terms-children")
    said = f"{ALL_SIGNED}, spring revised since; the year is counted now"
    assert standings(last_year, open_as, "children") == {(f"{said}.", said)}
    correct(last_year, date(2025, 10, 7), "ppa")
    both = f"{ALL_SIGNED}, autumn revised since, spring revised since"
    assert f"{both} The year is counted now" in text(open_as(last_year.joanne, LAST_YEAR))


def test_what_holds_no_word_still_waits_for_words(agreed, open_as):
    """Signs alone are shown as they were written; they answer nothing."""
    for question, paper in (("local-need", "return"), ("achievement-1", "year-end"), ("reached-music", "year-end")):
        write(agreed, "– & –", question=question, paper=paper)
    assert "10 questions wait for your words" in text(open_as(agreed.joanne, RETURN))
    page = open_as(agreed.joanne, YEAR_END)
    assert "2 questions wait for your words" in text(page)
    assert answer_to(page, "achievement-1").startswith("– &amp; – Joanne Carter")
    write(agreed, "A concert", question="achievement-1", paper="year-end")
    assert "1 question waits for your words" in text(open_as(agreed.joanne, YEAR_END))


@pytest.mark.parametrize("address", [RETURN, YEAR_END])
def test_the_office_reads_and_a_manager_writes(taken, open_as, address):
    write(taken, "Mine to read")
    write(taken, "Mine to read", question="achievement-1", paper="year-end")
    for who, writes in ((taken.ruth, False), (taken.joanne, True)):
        page = open_as(who, address)
        assert page.status_code == 200
        assert "Mine to read" in text(page)
        assert ("/hub/liverpool/words/" in page.content.decode()) is writes


@pytest.mark.parametrize("address", [RETURN, YEAR_END, *FILES])
@pytest.mark.parametrize(
    ("who", "status"), [("omar", 404), ("nia", 403), ("olu", 403), ("sam", 403), ("priya", 403), ("stranger", 403)]
)
def test_whoever_is_not_of_the_office_sees_none(taken, open_as, address, who, status):
    write(taken, "Secret words")
    answer = open_as(getattr(taken, who), address)
    assert answer.status_code == status
    assert b"Secret words" not in answer.content
    assert entries(act="hub_paper.exported") == []


def test_next_door_has_numbers_and_words_of_its_own(taken, open_as):
    write(taken, "Ours")
    page = open_as(taken.omar, "/hub/leeds/return/?year=2026-27")
    assert "Ours" not in text(page)
    assert answer_to(page, "income") == "£7,777"


def test_a_year_of_no_list_and_a_kind_that_is_not_made_are_nowhere(taken, open_as):
    for address in (
        "/hub/liverpool/return/?year=1999-00",
        "/hub/liverpool/return/?year=next",
        "/hub/liverpool/papers/return.csv",
        "/hub/liverpool/papers/nothing.ods",
    ):
        assert open_as(taken.joanne, address).status_code == 404


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_marked_read_again_and_told_in_the_trail(taken, open_as, address):
    write(taken, '=HYPERLINK("http://evil.example")')
    write(taken, "@SUM(1)", question="achievement-1", paper="year-end")
    answer = open_as(taken.ruth, address)
    kind = "xlsx" if ".xlsx" in address else "ods"
    paper = "return" if "return" in address else "year-end"
    assert answer.status_code == 200
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert re.fullmatch(
        rf'attachment; filename="not-for-publication-liverpool-2026-27-[a-z-]+\.{kind}"', answer["Content-Disposition"]
    )
    sheets = read(answer.content, f"x.{kind}").sheets
    assert sheets[-1].name == "About"
    for sheet in sheets[:-1]:
        assert str(sheet.rows[0].cells[0]).startswith("Not for publication. Liverpool, 2026-27: ")
        assert "as at 17 November 2026, 10:42." in str(sheet.rows[0].cells[0])
    words = [cell for sheet in sheets for row in sheet.rows for cell in row.cells]
    assert ('=HYPERLINK("http://evil.example")' if paper == "return" else "@SUM(1)") in words
    told = entry(act="hub_paper.exported")
    assert (told.actor_id, told.programme_id) == (taken.ruth.pk, taken.liverpool.pk)
    assert (told.details["format"], told.details["version"], told.details["period"]) == (kind, 1, "2026-27")


AIM = Aim("Share of leavers that plays on", Decimal(50), "%")


@pytest.fixture
def agreed(taken):
    """A target of the year, and an agreement with what was due in it and in the year before."""
    year = AcademicYear(year=2026)
    set_targets(
        programme=taken.liverpool,
        year=year,
        aims={"music": AIM},
        seen=version_of({}),
        today=timezone.localdate(),
        by=taken.joanne,
    )
    for hub, name in ((taken.liverpool, "Saltwharf Trust"), (taken.leeds, "Kirkfold Trust")):
        agreement = record.agreement(record.organisation(name), hub, title=f"Grant of {name}", amount=Decimal(30000))
        record.condition(agreement, due_on=date(2025, 1, 31), words="Report of long ago")
        record.condition(agreement, due_on=date(2026, 10, 1), words="Interim report", met_on=date(2026, 9, 30))
        record.condition(agreement, due_on=date(2026, 11, 1), words="Budget", amount=None)
        record.condition(agreement, due_on=date(2027, 7, 31), words="Final report", amount=Decimal("12500.5"))
    return taken


def test_the_year_end_shows_targets_words_and_what_funders_asked_for(agreed, open_as):
    write(agreed, "A concert", question="achievement-1", paper="year-end")
    write(agreed, "Half play on", question="reached-music", paper="year-end")
    page = open_as(agreed.joanne, YEAR_END)
    said = text(page)
    assert answer_to(page, "achievement-1").startswith("A concert Joanne Carter, 17 November 2026, 10:42")
    assert "Share of leavers that plays on 50 %" in said
    assert answer_to(page, "reached-music").startswith("Half play on")
    assert answer_to(page, "comment-music").startswith("Not written yet, 300 words at most.")
    assert "Every question that waits for words has some." in said
    assert "Saltwharf Trust" in said
    assert "£30,000" in said
    assert "Report each term" in said
    assert "Interim report 1 October 2026 Met on 30 September 2026 £12,500.50" in said
    assert "Budget 1 November 2026 Not met Nothing named" in said
    assert "Final report 31 July 2027 Due £12,500.50" in said
    assert "long ago" not in said
    assert "Kirkfold" not in said


def test_who_does_not_keep_the_record_is_told_nothing_of_what_is_not_in_print(agreed, open_as):
    page = open_as(agreed.ruth, YEAR_END)
    assert "Share of leavers that plays on" in text(page)
    made = open_as(agreed.ruth, "/hub/liverpool/papers/year-end.xlsx?year=2026-27")
    names = {sheet.name for sheet in read(made.content, "x.xlsx").sheets}
    assert names == {"Achievements", "Targets", "About"}
    for one in ("Saltwharf Trust", "Report each term", "Interim report"):
        assert one not in text(page)
    mine = read(open_as(agreed.joanne, "/hub/liverpool/papers/year-end.xlsx?year=2026-27").content, "x.xlsx")
    due = next(sheet for sheet in mine.sheets if sheet.name == "Milestones")
    assert [row.cells[2:7] for row in due.rows[2:]] == [
        (date(2026, 10, 1), "Interim report", "Yes", date(2026, 9, 30), 12500.5),
        (date(2026, 11, 1), "Budget", "No", None, None),
        (date(2027, 7, 31), "Final report", "Not due yet", None, 12500.5),
    ]


def test_the_year_end_says_what_waits_and_what_is_not_there(agreed, open_as):
    AcademicYear.objects.get_or_create(year=2025)
    said = text(open_as(agreed.joanne, YEAR_END))
    assert (
        "2 questions wait for your words : Headline achievement 1 Musical enjoyment and musical skills: what was"
        in said
    )
    before = text(open_as(agreed.joanne, "/hub/liverpool/year-end/?year=2025-26"))
    assert "No target is set for 2025-26." in before
    assert "Nothing was due in the year." in before


def test_pages_cost_the_same_however_much_was_written(agreed, open_as):
    for address, most in ((RETURN, 49), (YEAR_END, 42)):
        open_as(agreed.joanne, address)
        counts = []
        for words in ("One", "Two", "Three"):
            write(agreed, words)
            write(agreed, words, question="achievement-1", paper="year-end")
            with CaptureQueriesContext(connection) as caught:
                assert open_as(agreed.joanne, address).status_code == 200
            counts.append(len(caught))
        assert counts == [most] * 3
