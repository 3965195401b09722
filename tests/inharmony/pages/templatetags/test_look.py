from decimal import Decimal
from types import SimpleNamespace

from django.template import Context, Template

from inharmony.pages.marks import MarkRow


def shown(markup, **context):
    return Template("{% load look %}" + markup).render(Context(context))


def test_a_state_has_a_shape_and_a_word():
    html = shown('{% state "a" %}')
    assert html.startswith('<span class="state state-a"><svg')
    assert html.endswith("Absent</span>")
    assert "28 of 29 here" in shown('{% state "P" "28 of 29 here" %}')


def test_a_tag_escapes_its_words():
    assert shown("{% tag words kind='ok' %}", words="<b>") == '<span class="tag tag-ok">&lt;b&gt;</span>'


def test_a_figure_shows_value_unit_and_completeness_in_words_beside_the_stave():
    fig = SimpleNamespace(name="Registers taken", value=1385, unit="of 1,402", percent=98, words="98 % complete")
    html = shown('{% figure fig href="/why" %}', fig=fig)
    assert '<p class="figure-value">1,385 <small>of 1,402</small></p>' in html
    assert '<span class="figure-note">98 % complete</span>' in html
    assert '<a class="figure-link" href="/why">What this counts<span class="vh">: Registers taken</span></a>' in html


def test_a_figure_that_knows_how_it_is_written_is_shown_so():
    fig = SimpleNamespace(name="Attendance", value=None, written="–", unit="%")
    assert '<p class="figure-value">–</p>' in shown("{% figure fig %}", fig=fig)
    some = SimpleNamespace(name="Attendance", value=91, written="91", unit="%")
    assert '<p class="figure-value">91 <small>%</small></p>' in shown("{% figure fig %}", fig=some)


def test_a_figure_takes_the_unit_that_is_given_by_name_before_its_own():
    fig = SimpleNamespace(name="Attendance", value=91, written="91", unit="%", shown_unit="%")
    assert "91 <small>of 100</small>" in shown('{% figure fig unit="of 100" %}', fig=fig)
    assert "91 <small>%</small>" in shown("{% figure fig %}", fig=fig)
    assert '<p class="figure-value">91</p>' in shown('{% figure fig unit="" %}', fig=fig)


def test_a_hidden_figure_is_shown_as_its_symbol_and_none_as_nothing():
    fig = SimpleNamespace(name="Children", value=None, written="c", symbol="c", unit="children")
    assert '<p class="figure-value"><span class="symbol">c</span></p>' in shown("{% figure fig %}", fig=fig)
    assert shown("[{{ none|thousands }}]", none=None) == "[]"


def test_a_sum_is_written_in_pounds_and_none_as_nothing():
    assert shown("{{ sum|pounds }} [{{ none|pounds }}]", sum=Decimal("12500.50"), none=None) == "£12,500.50 []"


def test_the_demonstration_strip_is_on_pages_of_a_demonstration_only(settings):
    settings.DEMO = True
    assert "Demonstration: invented schools and children" in shown("{% demo_strip %}")
    settings.DEMO = False
    assert shown("{% demo_strip %}").strip() == ""


def test_a_register_has_one_named_group_of_five_choices_a_child_with_one_chosen():
    rows = [
        MarkRow(key=7, field="mark-7", name="Zoë {O’Connell}", badge="No photos", value="p"),
        MarkRow(key=8, field="mark-8", name="<Tom>", value="r", is_off_paper=True),
    ]
    html = shown('{% include "components/marks.html" %}', rows=rows)
    assert html.count('role="group"') == 2
    assert html.count('name="mark-7"') == 5
    assert html.count("checked") == 2
    assert 'name="mark-8" value="r" checked' in html
    assert ("&lt;Tom&gt;" in html, "Zoë {O’Connell}" in html) == (True, True)
    assert html.count('class="mark off-paper" id="child-8"') == 1
    assert html.count('class="badge"') == 1


def cells(*values):
    return [SimpleNamespace(written=str(value), symbol="c" if value == "c" else "") for value in values]


def test_a_table_names_rows_and_columns_and_explains_its_symbols():
    table = SimpleNamespace(
        key="schools",
        caption="Schools",
        heading="School",
        columns=("Children", "Registers"),
        rows=[SimpleNamespace(heading="Saltwharf Primary", cells=cells("c", 94))],
        total=SimpleNamespace(heading="All", cells=cells(1357, 385)),
        has_symbols=True,
    )
    html = shown('{% include "components/table.html" %}', table=table)
    assert '<th scope="row">Saltwharf Primary</th><td class="num"><span class="symbol">c</span></td>' in html
    assert '<tfoot><tr><th scope="row">All</th><td class="num">1357</td>' in html
    assert "hidden, because a number is under 10" in html
    assert 'tabindex="0" role="region" aria-labelledby="table-schools"' in html


def test_a_table_without_rows_says_so():
    assert "No school yet." in shown(
        '{% include "components/table.html" %}', table=SimpleNamespace(rows=[], empty="No school yet.")
    )
