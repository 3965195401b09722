"""What is printed of a group: slips, the list of who has which, the poster, sheets to fill in; and who is not asked."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages.qr import qr
from outcomes.measures.structure import Informant, Measure
from outcomes.models import AskedGroup
from outcomes.queries.measures import asked
from outcomes.queries.paper import PaperSlip, not_asked, slips_of_group
from outcomes.queries.wave import AT_NO_SCHOOL, group_words
from outcomes.validators.wave import is_of_children

# where a code or a mark is answered; it stands on paper, so it stays what it is
ANSWERS = "/answer/"


def get_group_for(user: User, pk: int, group: int) -> AskedGroup:
    """Returns a group of a wave the person keeps, with names on it still; 404 for any other."""
    groups = AskedGroup.objects.visible_to(user).select_related("wave__programme", "school")
    return get_object_or_404(groups.filter(wave=pk, wave__names_off_at__isnull=True), pk=group)


def get_printed(group: AskedGroup) -> Measure:
    """Returns the measure a group is asked; 404 where its licence does not allow showing or printing its items."""
    measure = asked(group.wave)
    if not measure.licence.may_show:
        raise Http404
    return measure


def get_keyed(group: AskedGroup) -> Measure:
    """Returns the measure whose paper is keyed in: the portal's own sheets or its publisher's forms; else 404."""
    measure = asked(group.wave)
    if not measure.is_scores_only and not measure.licence.may_show:
        raise Http404
    return measure


def _page(request: AuthenticatedRequest, group: AskedGroup, page: str, what: str, **context: object) -> HttpResponse:
    """Returns one of the pages of a group, with what each of them says of it."""
    wave = group.wave
    of_group = {
        "what": what,
        "group": group,
        "wave": wave,
        "measure": asked(wave),
        "title": group_words(group),
        "place": group.school.name if group.school else AT_NO_SCHOOL if is_of_children(wave) else "",
        "is_family": wave.informant == Informant.FAMILY,
        "is_of_children": is_of_children(wave),
        "typed": f"{request.get_host()}{ANSWERS}",
        "now": timezone.localtime(),
    }
    return render(request, f"outcomes/paper/{page}.html", of_group | context)


def _address(request: AuthenticatedRequest, code: str) -> str:
    return request.build_absolute_uri(f"{ANSWERS}{code}/")


def _audited(user: User, group: AskedGroup, slips: list[PaperSlip], what: str) -> None:
    audit(
        act="wave.printed",
        by=user,
        programme_id=group.programme_id,
        subject=group.wave,
        children=[each.slip.child_id for each in slips if each.slip.child_id],
        details={"group": group.pk, "what": what},
    )


@needs(Permission.KEEP_WAVES)
def slips(request: AuthenticatedRequest, pk: int, group: int) -> HttpResponse:
    """
    The slips of a group, eight a page to cut: a name, a number and a picture that a phone or tablet reads.

    Where only scores are kept, the number goes on a paper form: there is no picture, and no code to type.
    """
    found = get_group_for(request.user, pk, group)
    rows = slips_of_group(found, request.user)
    _audited(request.user, found, rows, "slips")
    # what may stand on no screen is answered at no address
    by_code = not asked(found.wave).is_scores_only
    drawn = [(each, qr(_address(request, each.slip.mark), "Address to answer at") if by_code else "") for each in rows]
    return _page(request, found, "slips", "Slips", slips=drawn, nameless=_off_paper(rows))


def _off_paper(rows: list[PaperSlip]) -> int:
    return sum(each.is_off_paper for each in rows)


@needs(Permission.KEEP_WAVES)
def teacher_list(request: AuthenticatedRequest, pk: int, group: int) -> HttpResponse:
    """Who has which number, for whoever hands slips out; not who has answered, which is nobody's business."""
    found = get_group_for(request.user, pk, group)
    rows = slips_of_group(found, request.user)
    _audited(request.user, found, rows, "list")
    return _page(request, found, "list", "Teacher’s list", slips=rows, off_paper=_off_paper(rows))


@needs(Permission.KEEP_WAVES)
def poster(request: AuthenticatedRequest, pk: int, group: int) -> HttpResponse:
    """The code of a group, as large as a whiteboard needs it; 404 where nothing is answered by it."""
    found = get_group_for(request.user, pk, group)
    if asked(found.wave).is_scores_only:
        raise Http404
    picture = qr(_address(request, found.code), "Address to answer at, with the code of this group")
    return _page(request, found, "poster", "Poster", picture=picture)


@needs(Permission.KEEP_WAVES)
def sheets(request: AuthenticatedRequest, pk: int, group: int) -> HttpResponse:
    """The questionnaire for pen, one a slip, with its number and no name; only where its licence allows printing."""
    found = get_group_for(request.user, pk, group)
    measure = get_printed(found)
    marks = [each.slip for each in slips_of_group(found, request.user)]
    answers = measure.scale.answers if measure.scale else ()
    return _page(request, found, "sheets", "Paper sheets", slips=marks, answers=answers)


@needs(Permission.KEEP_WAVES)
def consent(request: AuthenticatedRequest, pk: int, group: int) -> HttpResponse:
    """The children of a class who cannot be asked, each with the way to writing down what the family says."""
    found = get_group_for(request.user, pk, group)
    if not is_of_children(found.wave):
        raise Http404
    rows = not_asked(found, request.user)
    audit(
        act="wave.consent_viewed",
        by=request.user,
        programme_id=found.programme_id,
        subject=found.wave,
        children=[each.child.pk for each in rows],
    )
    hidden = sum(each.child.is_at_risk for each in rows)
    ways = [f"{reverse('participants:child-consent', args=[each.child.pk])}?purpose=survey" for each in rows]
    pairs = list(zip(rows, ways, strict=True))
    return _page(request, found, "consent", "No consent to surveys", rows=pairs, off_paper=hidden)
