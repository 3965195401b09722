from datetime import date

from inharmony.public.charts.periods import Span, drawn, plot

TODAY = date(2026, 7, 2)


def test_nothing_is_drawn_of_nothing():
    assert plot([], TODAY) is None


def test_a_bar_stands_where_its_years_are():
    shown = plot([Span("One", date(2017, 1, 1), date(2021, 12, 31))], TODAY)
    (line,) = shown.lines
    assert [(bar.x, bar.width, bar.goes_on) for bar in line.bars] == [(0.0, 49.97, False)]
    assert shown.ticks[0] == (2017, 0.0)
    assert shown.ticks[-1] == (2027, 100.0)


def test_what_goes_on_ends_today():
    shown = plot([Span("One", date(2017, 1, 1), None)], TODAY)
    (bar,) = shown.lines[0].bars
    assert bar.goes_on
    assert round(bar.x + bar.width, 1) == 95.0


def test_an_end_that_is_still_to_come_goes_on():
    shown = plot([Span("One", date(2017, 1, 1), date(2030, 1, 1))], TODAY)
    assert shown.lines[0].words == "since 2017"


def test_what_touches_or_overlaps_is_one_bar_and_a_gap_is_seen():
    shown = plot(
        [
            Span("One", date(2010, 1, 1), date(2011, 3, 31)),
            Span("One", date(2011, 4, 1), date(2012, 1, 1)),
            Span("One", date(2010, 6, 1), date(2010, 7, 1)),
            Span("One", date(2015, 1, 1), date(2015, 12, 31)),
        ],
        TODAY,
    )
    assert len(shown.lines[0].bars) == 2
    assert shown.lines[0].words == "2010 to 2012, 2015"


def test_names_keep_their_order():
    shown = plot([Span("Z", date(2010, 1, 1), None), Span("A", date(2011, 1, 1), None)], TODAY)
    assert [line.name for line in shown.lines] == ["Z", "A"]


def test_the_picture_says_in_words_what_it_shows_and_carries_no_style():
    picture = drawn(plot([Span("A & <b>", date(2010, 1, 1), date(2012, 1, 1))], TODAY), "Who paid")
    assert 'aria-label="Who paid: A &amp; &lt;b&gt; 2010 to 2012."' in picture
    assert "<b>" not in picture
    assert "style" not in picture
    assert picture.count("<rect") == 1
    assert "&lt;rect" not in picture
