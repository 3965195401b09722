"""What a hub hands to its funder: the return and the form at the end of a year, as pages and as files."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from evaluation.exports.hub import FileOut
from evaluation.exports.returned import KINDS, returned_out, year_end_out
from evaluation.figures.table import Cell
from evaluation.queries.calendar import terms_of
from evaluation.queries.returned import Answer, Line, Returned, returned
from evaluation.queries.sign_off import NO_INCOME, Check
from evaluation.queries.year_end import YearEnd, year_end
from evaluation.returns.data_return import DATA_RETURN
from evaluation.returns.report_words import REPORT_WORDS
from evaluation.returns.shipped import of_year
from evaluation.returns.structure import Return
from evaluation.returns.year_end import YEAR_END
from evaluation.views.hub.frame import Asked, asked, in_the_masthead, in_year
from evaluation.views.hub.opening import opens
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from inharmony.spreadsheets.writing import CONTENT_TYPES
from programmes.models import Income


@dataclass(frozen=True)
class Opened:
    """An answer, and where it and each of its lines open."""

    answer: Answer
    href: str
    lines: tuple["OpenedLine", ...]


@dataclass(frozen=True)
class OpenedLine:
    """A line with its cells beside their headings, and where it opens."""

    line: Line
    href: str
    cells: tuple[tuple[str, Cell], ...]


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_return(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET `?year=`: the Arts Council's questions with the hub's answers, each opening to what is behind it."""
    found = in_year(asked(request, slug))
    filled = _returned(found, list_for(found, DATA_RETURN.key))
    body = found.body(
        "hub-return",
        "return",
        "return",
        of_year=True,
        filled=filled,
        parts=[(part, _opened(found, answers)) for part, answers in filled.parts],
        checks=_checks(found, filled),
        waiting=_opened(found, filled.wait_for_words),
        **_around(found, filled.paper, found.href("hub-year-end")),
    )
    return in_the_masthead(request, body)


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_year_end(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET `?year=`: achievements, words beside each target, and what funders asked for by a day of the year."""
    found = in_year(asked(request, slug))
    form = _year_end(found, list_for(found, YEAR_END.key))
    body = found.body(
        "hub-return",
        "year-end",
        "year-end form",
        of_year=True,
        form_of=form,
        headlines=_opened(found, form.headlines),
        indicators=[(one, _opened(found, (one.reached, one.comment))) for one in form.indicators],
        waiting=_opened(found, form.wait_for_words),
        targets_href=f"{reverse('outcomes:targets', args=[found.programme.slug])}?year={found.period.written_year}",
        **_around(found, form.paper, found.href("hub-return")),
    )
    return in_the_masthead(request, body)


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_paper(request: AuthenticatedRequest, slug: str, paper: str, kind: str) -> HttpResponse:
    """GET `?year=`: the return or the year-end form as a workbook; for who may take lists of the hub out."""
    found = in_year(asked(request, slug))
    asked_for = list_for(found, paper)
    if not request.user.reach.may(Permission.EXPORT_LISTS, programme_id=found.programme.pk):
        raise PermissionDenied
    # words for the reports are handed to nobody but in the reports
    if kind not in KINDS or asked_for.key == REPORT_WORDS.key:
        raise Http404
    made = _file(found, asked_for, kind)
    details = {"list": asked_for.name, "version": asked_for.version, "period": found.period.title, "format": kind}
    audit(act="hub_paper.exported", by=request.user, programme_id=found.programme.pk, details=details)
    return HttpResponse(
        made.data,
        content_type=CONTENT_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def list_for(found: Asked, key: str) -> Return:
    """Returns the list of questions of the year by its key; raises Http404 where there is none."""
    try:
        return of_year(key, found.period.year)
    except KeyError:
        raise Http404 from None


def _returned(found: Asked, paper: Return) -> Returned:
    terms = list(terms_of(found.period.year, found.programme).values())
    return returned(found.numbers, paper, terms, timezone.localdate())


def _year_end(found: Asked, paper: Return) -> YearEnd:
    return year_end(found.programme, found.period, paper, found.user, timezone.localdate())


def _file(found: Asked, paper: Return, kind: str) -> FileOut:
    def address(answer: Answer, line: Line | None) -> str:
        return settings.PORTAL_URL + opens(found, answer, line)

    if paper.key == YEAR_END.key:
        return year_end_out(_year_end(found, paper), found.programme, found.numbers.source, kind, address)
    return returned_out(_returned(found, paper), found.programme, kind, address)


def _opened(found: Asked, answers: Iterable[Answer]) -> list[Opened]:
    return [
        Opened(
            one,
            opens(found, one) if one.is_of_words or one.lines else "",
            tuple(
                OpenedLine(line, opens(found, one, line), tuple(zip(one.columns, line.cells, strict=True)))
                for line in one.lines
            ),
        )
        for one in answers
    ]


def _around(found: Asked, paper: Return, other: str) -> dict[str, Any]:
    """What both pages have: their list, who may write, their files, and the way to the other."""
    reach, pk, year = found.user.reach, found.programme.pk, found.period.written_year
    files = {
        kind: f"{reverse('evaluation:hub-paper', args=[found.programme.slug, paper.key, kind])}?year={year}"
        for kind in KINDS
        if reach.may(Permission.EXPORT_LISTS, programme_id=pk)
    }
    may_write = reach.may(Permission.MAKE_HUB_REPORT, programme_id=pk)
    return {"paper": paper, "other_href": other, "files": files, "may_write": may_write}


def _checks(found: Asked, filled: Returned) -> list[Check]:
    """What the return still lacks, in the order of the year; none of it forbids anything."""
    slug, year, complete = found.programme.slug, found.period.written_year, filled.source.completeness()
    signing = reverse("evaluation:hub-sign-off", args=[slug])
    written = Income.objects.visible_to(found.user).filter(programme=found.programme, academic_year=found.period.year)
    has_income = written.exists()
    return [
        *(
            Check(
                term.is_settled,
                f"{term.words[0].upper()}{term.words[1:]}",
                f"{signing}?year={year}&term={term.period.term}" if term.source else "",
                "See it",
            )
            for term in filled.terms
        ),
        Check(
            complete.taken == complete.due,
            f"Registers complete: {complete.taken:,} of {complete.due:,}",
            found.href("hub-schools"),
            "See where",
        ),
        Check(
            has_income,
            f"Income of {year} written down" if has_income else NO_INCOME.format(found.period),
            f"{reverse('programmes:income', args=[slug])}?year={year}",
            "Write it down",
        ),
        *(Check(is_done=False, words=f"Nothing is counted yet: {one.question.words}") for one in filled.empty),
    ]
