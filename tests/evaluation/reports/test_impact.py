"""The impact report says what the pages say, how sure it is, and what it does not show."""

import io
import re

import pytest
from django.utils import timezone
from pypdf import PdfReader

from evaluation.actions.release import cut_release
from evaluation.figures.period import whole_year
from evaluation.models import ReleaseCell
from evaluation.queries.participation import participation, rows_of
from evaluation.reports.declaration import NothingToReportError, Subject
from evaluation.reports.impact import AT_A_GLANCE, COUNTRY_IMPACT, PROGRAMME_IMPACT, PUBLISHED
from evaluation.reports.printing import printed, set_pages
from inharmony.access.scope import Scope, scope_of, scoped
from outcomes.actions.analyse import analyse
from outcomes.actions.award import Taken, record_awards
from outcomes.awards.boards import BY_KEY
from outcomes.indicators import INDICATORS, described
from outcomes.theory import VERDICT
from programmes.models import Indicator
from tests.databases import connected_as
from tests.factories import evaluation, stories
from tests.factories.schools import school, this_year
from tests.outcomes import planting
from tests.outcomes.compared import chosen, publish


@pytest.fixture
def asked(committed_cast, fresh_database):
    """Liverpool, whose children answered twice and whose families once; returns the cast."""
    with connected_as("worker", fresh_database):
        schools = [school(f"School {at}") for at in range(4)]
        planting.asked_twice(committed_cast.liverpool, committed_cast.joanne, schools, 41)
        planting.asked_twice(committed_cast.liverpool, committed_cast.joanne, schools, 12, measure="family")
        analyse(programme_id=committed_cast.liverpool.pk, year=this_year().year)
    return committed_cast


def contents_for(cast, user):
    with scoped(scope_of(user) if user else Scope(frozenset({cast.liverpool.pk}))):
        return PROGRAMME_IMPACT.contents(Subject(cast.liverpool), this_year().year, user)


def lines_of(contents):
    section = next(one for one in contents.sections if one.title == AT_A_GLANCE)
    return {line.title: line for line in section.lines}


def pages_of(pdf):
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf.data)).pages]


def test_it_says_what_the_hubs_page_says_and_prints_all_of_it(asked, open_as):
    page = open_as(asked.joanne, "/hub/liverpool/impact/")
    contents = contents_for(asked, asked.joanne)
    told = lines_of(contents)["Musical enjoyment and musical skills"].words
    assert told[0].startswith("Enjoying music went up, from a mean of 6.0 to 8.0, among the 41 children in 4 schools")
    assert all(words in page.content.decode() for words in told)
    on_page = evaluation.rows_on(page, "Change of children who answered both times")
    tables = {table.key: table for table in contents.tables}
    for row in tables["said_change_music"].rows:
        assert tuple(cell.written for cell in row.cells) == on_page[row.heading]
    pages = pages_of(printed(PROGRAMME_IMPACT, contents))
    text = " ".join(pages)
    for table in contents.tables:
        for row in table.rows:
            assert " ".join([row.heading, *(cell.written for cell in row.cells)]) in text
    assert all(words in text for line in lines_of(contents).values() for words in (*line.words, line.note))
    for title in [
        *(section.title for section in contents.annex),
        "Sources",
        "What the numbers mean",
        "What this does not show",
    ]:
        number = re.search(rf"{re.escape(title)} (\d+)\b", " ".join(pages[1:3]))
        assert number is not None, f"{title} is not in the list of contents"
        assert title in pages[int(number[1]) - 1]


def test_the_operator_has_the_same_report_as_the_hub(asked):
    assert contents_for(asked, None).hash() == contents_for(asked, asked.joanne).hash()


def test_every_indicator_is_there_with_what_is_not_shown(asked):
    lines = lines_of(contents_for(asked, asked.joanne))
    assert list(lines) == [one.title for one in INDICATORS]
    assert all(line.words and line.note for line in lines.values())


def test_other_answers_are_another_report(asked, fresh_database):
    before = contents_for(asked, asked.joanne).hash()
    with connected_as("worker", fresh_database):
        places = [school(f"Other {at}") for at in range(4)]
        planting.asked_twice(asked.liverpool, asked.joanne, places, 20, after=4, measure="staff")
        analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    assert contents_for(asked, asked.joanne).hash() != before


def test_of_a_hub_in_which_nobody_was_asked_it_says_so(cast):
    contents = contents_for(cast, cast.joanne)
    assert "nobody was asked, or too few answered" in contents.lead
    assert all(line.words[0].startswith("Nothing that can be told") for line in lines_of(contents).values())
    with scoped(scope_of(cast.joanne)):
        came = participation(rows_of(cast.liverpool, whole_year(this_year().year), cast.joanne))
    assert [one.value for one in contents.figures if one.key == "schools"] == [
        one.value for one in came.figures if one.key == "schools"
    ]


def test_the_country_is_reported_from_a_release_alone(cast):
    with scoped(scope_of(cast.nia)), pytest.raises(NothingToReportError, match="No release of"):
        COUNTRY_IMPACT.contents(Subject(), this_year().year, cast.nia)


@pytest.fixture
def country(committed_cast, fresh_database):
    """A release of this year, in which nothing is told of answers: nobody was asked."""
    with connected_as("worker", fresh_database):
        cut_release(academic_year=this_year(), by=None)
    return committed_cast


def of_the_country(cast):
    with scoped(scope_of(cast.nia)):
        return COUNTRY_IMPACT.contents(Subject(), this_year().year, cast.nia)


@pytest.fixture
def tell(country, time_machine):
    """Shares words about music as a programme's manager does, a minute after the last."""
    time_machine.move_to(timezone.now(), tick=False)

    def share(hub, words):
        manager = {"liverpool": country.joanne, "leeds": country.omar}[hub]
        time_machine.shift(60)
        with scoped(country.both):
            written = stories.of_adult(words=words)
            stories.story(getattr(country, hub), by=manager, is_nobody=True, is_shared=True, written=written)

    return share


def test_the_country_is_told_of_an_indicator_by_people_of_its_programmes_in_turn(country, tell):
    tell("leeds", "In Leeds.")
    for number in range(4):
        tell("liverpool", f"In Liverpool, {number}.")
    (told,) = [section for section in of_the_country(country).sections if section.quotes]
    assert told.title == described(Indicator.MUSIC).title
    # the last of Liverpool is the newest, Leeds is the second, and then comes what Liverpool shared before
    assert [(quote.paragraphs, quote.said_by) for quote in told.quoted] == [
        (("In Leeds.",), "A tutor, Leeds"),
        (("In Liverpool, 3.",), "A tutor, Liverpool"),
        (("In Liverpool, 2.",), "A tutor, Liverpool"),
    ]


def quoted(cast):
    return [quote for section in of_the_country(cast).sections for quote in section.quoted]


@pytest.fixture
def share(released):
    """Shares words, or a case study, of a programme about music, as its manager does."""

    def written(hub, words, kind=stories.of_adult):
        manager = {"liverpool": released.joanne, "leeds": released.omar}[hub]
        with scoped(released.both):
            told = kind(words=words)
            stories.story(getattr(released, hub), by=manager, is_nobody=True, is_shared=True, written=told)

    return written


def test_a_programme_is_named_only_where_the_release_says_how_many_children_it_has(released, share, fresh_database):
    share("leeds", "From afar.")
    assert [quote.said_by for quote in quoted(released)] == ["A tutor, Leeds"]
    with connected_as("owner", fresh_database):
        ReleaseCell.objects.filter(table="children_by_programme", row="leeds").update(value=None, symbol="c")
    assert [quote.said_by for quote in quoted(released)] == ["A tutor"]
    with connected_as("owner", fresh_database):
        ReleaseCell.objects.filter(row="leeds").delete()
    # the release does not speak of it, so nobody of it speaks here
    assert quoted(released) == []


def test_of_case_studies_there_is_one_on_an_indicator_and_it_stays_the_one_that_was_read(released, share, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    for number in range(2):
        share("liverpool", f"Study {number}.", stories.case_study)
        time_machine.shift(60)
    share("liverpool", "Said.")
    assert [(quote.is_case_study, quote.paragraphs) for quote in quoted(released)] == [
        (False, ("Said.",)),
        (True, ("Study 1.",)),
    ]
    read = of_the_country(released)
    time_machine.shift(60)
    share("leeds", "Study from afar.", stories.case_study)
    assert ("Study from afar.",) in [quote.paragraphs for quote in quoted(released)]
    assert of_the_country(released).showing_only(read.shown).hash() == read.hash()


def test_lines_that_were_written_one_below_the_other_are_printed_so(released, share):
    share("leeds", "One\ntwo")
    html = set_pages(COUNTRY_IMPACT, of_the_country(released))
    assert '<p dir="auto">One<br>two</p>' in html


def test_achievement_at_school_is_told_by_what_is_published_of_both_groups_up_to_the_year(cast):
    other = chosen(cast).school
    publish(2025, {cast.saltwharf: {"expected_percent": 50}, other: {"expected_percent": 60}})
    publish(2030, {cast.saltwharf: {"expected_percent": 99}})
    for user in (cast.joanne, None):
        contents = contents_for(cast, user)
        (table,) = [table for table in contents.tables if table.key == "published_expected_percent"]
        assert evaluation.cells(table) == {"2025-26": ("50.0", "1", "60.0", "1")}
        assert "Whole schools: DfE, 2025 (2025-26)." in contents.sources
        assert lines_of(contents)["Achievement and attendance at school"].words == (PUBLISHED,)
        section = next(
            section for section in contents.sections if section.title == "Achievement and attendance at school"
        )
        assert "with no extra progress for In Harmony pupils" in section.words


def test_its_sources_name_the_measures_with_version_and_licence_and_what_the_words_on_evidence_rest_on(asked):
    said = contents_for(asked, asked.joanne).sources
    assert any(line.startswith("Music and me, version 1: In Harmony") and "free to use" in line for line in said)
    assert f"What had been shown by 2018: {VERDICT.source}." in said


def test_instruments_and_awards_are_told_and_few_children_are_not(cast):
    with scoped(scope_of(cast.joanne)):
        record_awards(
            kind=BY_KEY["abrsm.practical.1"],
            taken_on=timezone.localdate(),
            taken={child: Taken(mark=120) for child in cast.children[:2]},
            today=timezone.localdate(),
            by=cast.joanne,
        )
    tables = {table.key: table for table in contents_for(cast, cast.joanne).tables}
    assert {cell.written for row in tables["children_by_award_level"].rows for cell in row.cells} == {"c"}
    assert tables["awards_by_result"].total is None


def test_what_is_shared_later_leaves_what_was_read_as_it_was(country, tell):
    for hub in ("leeds", "liverpool", "liverpool"):
        tell(hub, f"First of {hub}.")
    read = of_the_country(country)
    for hub in ("leeds", "leeds", "liverpool"):
        tell(hub, f"Later of {hub}.")
    now = of_the_country(country)
    assert now.hash() != read.hash()
    assert now.showing_only(read.shown).hash() == read.hash()
