"""A report as a page: what it says is what its file says, to the letter, or nothing."""

import html
import re
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.urls import reverse

from evaluation.actions import report as reports
from evaluation.actions.release import cut_release
from evaluation.figures.definitions import ALL as DEFINITIONS
from evaluation.models import IssuedReport, ReportJob
from evaluation.reports import shelf as kept
from evaluation.reports.declaration import Of, Subject
from evaluation.reports.impact import COUNTRY_IMPACT, PROGRAMME_IMPACT
from evaluation.reports.participation import COUNTRY_PARTICIPATION, PROGRAMME_PARTICIPATION
from evaluation.reports.school import SCHOOL_IMPACT, SCHOOL_PARTICIPATION
from inharmony.access.scope import scope_of, scoped
from outcomes.actions.analyse import analyse
from participants.models import Consent
from programmes.models import Closing
from schools.models import School
from tests.clients import SignedInClient
from tests.databases import connected_as
from tests.evaluation.actions.test_issue import one_more_register
from tests.evaluation.conftest import ask_of_2026, contents_of_2026, finished, issue
from tests.evaluation.views.test_report import PAGE, words_of
from tests.factories import evaluation, photos, stories
from tests.factories.schools import school, this_year
from tests.outcomes import planting
from tests.tagged import Tagged
from tests.trail import entries

State = ReportJob.State
# what is said in one piece, on the page and in the file
PIECES = {"h1", "h2", "h3", "p", "li", "dt", "dd", "figcaption", "caption", "th", "td"}
HEARD = ("H1", "H2", "H3", "P", "LBody", "Caption", "TH", "TD")


def at(job, act="read"):
    return reverse(f"evaluation:report-{act}", args=[job.pk])


@dataclass
class Article(HTMLParser):
    """The pieces of the report on a page, and its tables as rows of cells."""

    pieces: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self._open, self._is_in = [], False

    def handle_starttag(self, tag, attrs):
        self._is_in |= tag == "article"
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in {"p", "small"}:
            self.handle_data(" ")
        if tag in PIECES:
            self._open.append((tag, []))

    def handle_data(self, data):
        for _, words in self._open:
            words.append(data)

    def handle_endtag(self, tag):
        if tag in PIECES:
            _, words = self._open.pop()
            text = flat("".join(words))
            if tag in {"th", "td"}:
                self.tables[-1][-1].append(text)
            if self._is_in and re.fullmatch(r"h\d", tag):
                self.levels.append(int(tag[1]))
            if self._is_in and text:
                self.pieces.append(text)
        if tag == "article":
            self._is_in = False


def flat(text):
    return re.sub(r"\s+", " ", html.unescape(text)).strip()


def read(page):
    article = Article()
    article.feed(page.content.decode())
    return article


def tables_of(pdf):
    """The tables of a file as rows of cells; a piece on a further page has the head again, and no caption."""
    whole = []
    for table in pdf.tree.all("Table"):
        rows = [[cell.text for cell in row.kids] for row in table.all("TR")]
        if any(kid.kind == "Caption" for kid in table.kids):
            whole.append(rows)
        else:
            assert rows[0] == whole[-1][0]
            whole[-1] += rows[1:]
    return whole


def closed(said):
    """Returns words without blanks: an address that is broken at a hyphen has one there in the file."""
    return said.replace(" ", "")


@pytest.fixture
def browser_of():
    """Returns the browser of a person."""

    def client_of(person):
        client = SignedInClient()
        client.force_login(person)
        return client

    return client_of


@pytest.fixture
def asked_twice(committed_cast, shelf, fresh_database):
    """The cast with large hubs whose registers are taken, answers in Liverpool, and a release cut."""
    cast = committed_cast
    evaluation.country(cast)
    with connected_as("worker", fresh_database):
        schools = [school(f"School {number}") for number in range(4)]
        planting.asked_twice(cast.liverpool, cast.joanne, schools, 41)
        analyse(programme_id=cast.liverpool.pk, year=this_year().year)
        cut_release(academic_year=this_year(), by=None)
    return cast


def ask(cast, report, name):
    """Somebody asks for a report of this year: of Liverpool, of a school there, or of the country."""
    of_school = School.objects.get(name="Liverpool School 4") if report.of == Of.SCHOOL else None
    about = Subject() if report.of == Of.COUNTRY else Subject(cast.liverpool, of_school)
    by = getattr(cast, name)
    with scoped(scope_of(by)):
        return reports.request_report(report=report, about=about, academic_year=this_year(), by=by)


ALL = [
    (PROGRAMME_PARTICIPATION, "joanne"),
    (PROGRAMME_IMPACT, "joanne"),
    (SCHOOL_PARTICIPATION, "joanne"),
    (SCHOOL_IMPACT, "joanne"),
    (COUNTRY_PARTICIPATION, "nia"),
    (COUNTRY_IMPACT, "nia"),
]


def test_the_page_says_what_the_file_says_and_nothing_else(asked_twice, work, open_as):
    """Every cell of every table, every figure and every sentence, of each report there is, both ways."""
    cells = 0
    for report, who in ALL:
        job = work(ask(asked_twice, report, who))
        page = open_as(getattr(asked_twice, who), at(job))
        pdf, article = Tagged(kept.get(job.file_name)), read(page)
        assert article.tables == tables_of(pdf)
        cells += sum(len(row) for table in article.tables for row in table)
        figures = evaluation.values_on(page)
        assert list(figures) == [DEFINITIONS[key].name for key in report.figures]
        drawn = [tag.alt for tag in pdf.tree.all("Figure")]
        in_file, on_page = flat(" ".join([pdf.tree.text, *drawn])), flat(" ".join(article.pieces))
        assert [name for name, value in figures.items() if f"{name} {value}" not in in_file] == []
        assert [said for said in article.pieces if closed(said) not in closed(in_file)] == []
        # without the cover, and the numbers of pages in the list of contents
        heard = [tag.text for tag in pdf.tree.all(*HEARD) if not tag.all(*HEARD)]
        heard = heard[heard.index("The year in figures") :]
        listed = re.compile(r" \d+$")
        there = closed(on_page)
        assert [one for one in heard if closed(one) not in there and closed(listed.sub("", one)) not in there] == []
        levels = [1, *article.levels]
        assert levels[1] == 2
        assert all(after - before <= 1 for before, after in pairwise(levels))
    assert cells > 300


@pytest.mark.parametrize("name", ["joanne", "ruth"])
def test_whoever_may_fetch_the_file_reads_it_and_is_in_the_trail(signed, draft, open_as, name):
    person = getattr(signed, name)
    page = open_as(person, at(draft))
    words = words_of(page)
    assert page.status_code == 200
    assert "Participation report 2026-27: Liverpool" in words
    assert "Draft, not issued. " in words
    assert (
        "Exact figures, groups of few children hidden, for the hub, its partners and its funder, not for publication"
        in words
    )
    assert at(draft, "file") in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    (seen,) = entries(act="report.read")
    assert (seen.actor_id, seen.programme_id, seen.subject_id) == (person.pk, signed.liverpool.pk, draft.pk)
    # who may issue it has the way to it
    assert (at(draft, "issue") in page.content.decode()) == (name == "joanne")


@pytest.mark.parametrize(
    ("name", "status"), [("omar", 404), ("nia", 404), ("priya", 403), ("sam", 403), ("olu", 403), ("stranger", 403)]
)
def test_nobody_else_does_as_with_the_file(signed, draft, open_as, name, status):
    for act in ("read", "file"):
        answer = open_as(getattr(signed, name), at(draft, act))
        assert (answer.status_code, "made music" in answer.content.decode()) == (status, False)
    assert entries(act="report.read") == []


@pytest.mark.parametrize("state", [State.WAITING, State.RUNNING, State.FAILED, State.STOPPED])
def test_one_that_is_not_finished_is_no_page(signed, open_as, state):
    job = ask_of_2026(signed)
    ReportJob.objects.filter(pk=job.pk).update(state=state, lease_until=job.requested_at)
    assert open_as(signed.joanne, at(job)).status_code == 404


def test_an_issued_report_says_so_and_by_which_it_was_replaced(signed, issued, open_as):
    words = words_of(open_as(signed.joanne, at(issued.job)))
    assert "No. 2026-27/1, issued by Joanne Carter on 1 September 2027. " in words
    assert "Draft" not in words
    assert "was replaced" not in words
    one_more_register(signed)
    finished(issue(signed, finished(ask_of_2026(signed))).job)
    words = words_of(open_as(signed.joanne, at(issued.job)))
    assert "No. 2026-27/1 was replaced by No. 2026-27/2." in words


def test_national_staff_read_an_issued_report_without_the_name_of_an_account(asked_twice, open_as):
    draft = finished(ask(asked_twice, COUNTRY_PARTICIPATION, "nia"))
    number = IssuedReport.objects.create(
        job=draft, academic_year_id=2026, number=3, key=draft.unique_key, figures_key="f", issued_by=asked_twice.nia
    )
    words = words_of(open_as(asked_twice.nia, at(number.job)))
    assert "No. 2026-27/3, issued on 17 November 2026. " in words


def test_figures_that_moved_are_shown_under_no_report_and_the_way_on_is(signed, draft, issued, open_as):
    before = len(entries(act="report.read"))
    one_more_register(signed)
    for job in (draft, issued.job):
        page = open_as(signed.joanne, at(job))
        words = words_of(page)
        assert page.status_code == 200
        assert "It can be read in its file only. Since the file was made, figures have changed" in words
        assert evaluation.values_on(page) == {}
        assert "<table" not in page.content.decode()
        assert "Ask for a new draft" in words
        # the file is there as it was, and there is nothing to issue
        assert set(re.findall(r"/reports/\d+/(\w+)/", page.content.decode())) == {"file"}
        assert open_as(signed.joanne, at(job, "file")).status_code == 200
    # who may ask for none is not sent to ask
    assert "Ask for a new draft" not in words_of(open_as(signed.ruth, at(draft)))
    # nothing was read
    assert len(entries(act="report.read")) == before


WORDS = "I like the low notes best."


@pytest.fixture
def quoted(signed):
    """A draft of Liverpool's impact report in which a child is quoted."""
    with scoped(signed.liverpool_scope):
        stories.consent(signed.children[:1], by=signed.ruth)
        stories.story(signed.liverpool, by=signed.joanne, of=signed.children[:1], is_shared=True, academic_year=2026)
    marks = contents_of_2026(signed, PROGRAMME_IMPACT, signed.joanne).shown
    return finished(ask_of_2026(signed, PROGRAMME_IMPACT), marks)


def take_back(cast):
    with scoped(cast.liverpool_scope):
        stories.consent(cast.children[:1], by=cast.ruth, answer=stories.REFUSED)


def test_what_was_told_is_read_until_the_family_takes_it_back(signed, quoted, open_as):
    assert WORDS in words_of(open_as(signed.ruth, at(quoted)))
    take_back(signed)
    answer = open_as(signed.ruth, at(quoted))
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    gone = ReportJob.objects.get(pk=quoted.pk)
    assert (gone.state, kept.is_there(quoted.file_name)) == (State.FAILED, False)
    assert len(entries(act="report.destroyed")) == 1
    # of what is destroyed there is no page
    assert open_as(signed.ruth, at(quoted)).status_code == 404


def test_an_issued_one_is_withdrawn_as_somebody_reads_it(signed, quoted, browser_of):
    number = issue(signed, quoted)
    job = finished(number.job, quoted.shows)
    client = browser_of(signed.ruth)
    assert WORDS in words_of(client.get(at(job)))
    take_back(signed)
    words = words_of(client.get(at(job), follow=True))
    assert "Something in it is not shown any more. Its file is destroyed." in words
    assert IssuedReport.objects.get(pk=number.pk).is_withdrawn
    # and says why, to whoever comes later
    words = words_of(client.get(at(job), follow=True))
    assert "No. 2026-27/1, was withdrawn. Something in it is not shown any more." in words
    assert WORDS not in words


def test_a_photo_is_seen_on_the_page_until_a_family_takes_it_back(signed, browser_of):
    with scoped(signed.liverpool_scope):
        photos.consent(signed.children[:1], by=signed.ruth)
        said = {"taken_on": date(2027, 6, 12), "is_in_report": True, "is_public": True, "caption": "The summer concert"}
        photos.photo(signed.liverpool, by=signed.joanne, on=signed.children[:1], **said)
    job = finished(ask_of_2026(signed), contents_of_2026(signed, PROGRAMME_PARTICIPATION, signed.joanne).shown)
    client = browser_of(signed.ruth)
    page = client.get(at(job))
    assert "The summer concert Photo: " in words_of(page)
    source, alternative = re.search(r'<img src="([^"]+)" alt="([^"]+)"', page.content.decode()).groups()
    assert alternative == "Children with violins in a school hall"
    assert client.get(source)["Content-Type"] == "image/jpeg"
    with scoped(signed.liverpool_scope):
        photos.consent(signed.children[:1], by=signed.ruth, answer=Consent.Answer.REFUSED)
    assert client.get(at(job)).status_code == 302
    assert client.get(at(job)).status_code == 404
    assert client.get(source).status_code == 404


def test_nobody_reads_what_people_said_while_the_hub_is_closed(signed, quoted, draft, browser_of):
    client = browser_of(signed.ruth)
    Closing.objects.create(programme=signed.liverpool, closed_on="2027-08-01", closed_by=signed.olu)
    assert "is opened by nobody while Liverpool is closed" in words_of(client.get(at(quoted), follow=True))
    assert client.get(at(draft)).status_code == 200


def test_the_list_and_the_page_of_issuing_lead_to_it(signed, draft, open_as):
    for address in (PAGE, at(draft, "issue")):
        assert f'href="{at(draft)}"' in open_as(signed.joanne, address).content.decode()


@pytest.mark.parametrize(("is_issued", "queries"), [(False, 19), (True, 20)])
def test_it_asks_so_many_statements(signed, draft, issued, is_issued, queries, browser_of, django_assert_num_queries):
    client, address = browser_of(signed.joanne), at(issued.job if is_issued else draft)
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
