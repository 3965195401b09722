"""Photos of the demonstration: drawn, with invented children named, so that taking consent back can be tried."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from evaluation.demonstration.people import HUBS_WITH_STAFF, Staff
from evaluation.demonstration.pictures import scene
from inharmony.images import remade
from participants.actions import photo as acts
from participants.models import Child, Enrolment
from participants.queries.care import PhotoBadge, care_for, with_answers
from programmes.models import Programme

CREDIT = "drawn for the demonstration"
# what is to be seen, how many days ago it was taken, how many of the hub's children are named on it, and whether one of
# them may not be shown; the first two are of last year's summer in autumn, when its report is made
SCENES = (
    ("Drawing: five children in orange shirts play violins in a school hall", 150, 3, False),
    ("Drawing: an orchestra of children in orange shirts on a stage, strings in front, brass behind", 170, 4, False),
    ("Drawing: four children in orange shirts play brass in front of their school", 70, 2, True),
)


def write_photos(programmes: Mapping[str, Programme], staff: Staff, today: date) -> int:
    """Brings in the photos of two hubs and publishes those whose every child may be shown; returns how many are."""
    pictures = [remade(scene(number), "drawing.png") for number in range(len(SCENES))]
    public = 0
    for slug in HUBS_WITH_STAFF:
        if slug not in programmes:
            continue
        by, (may, may_not) = staff.of("admin", slug), _children(programmes[slug], today)
        for number, (words, days, many, has_refusal) in enumerate(SCENES):
            said = acts.Words(
                today - timedelta(days=days), words, CREDIT, "Everybody named on it is invented.", is_in_report=True
            )
            photo = acts.bring_in(
                programme=programmes[slug], picture=pictures[number], taken_on=said.taken_on, by=by, words=said
            )
            named = [*may[number : number + many], *(may_not[:1] if has_refusal else [])]
            for child in named:
                acts.name_child(photo=photo, child=child, by=by)
            if not has_refusal and named:
                acts.publish(photo=photo, by=by)
                public += 1
    return public


def _children(programme: Programme, today: date) -> tuple[list[Child], list[Child]]:
    """Those taking part who may be shown in public, and some who may not."""
    here = Enrolment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), child=OuterRef("pk"))
    found = with_answers(Child.objects.filter(Exists(here), programme=programme, is_at_risk=False))
    some = list(found.order_by("sort_key", "pk")[:60])
    may = [child for child in some if care_for(child).badge is PhotoBadge.NONE]
    return may, [child for child in some if child not in may]
