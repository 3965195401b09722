"""What studies found, indicator by indicator, and how strong their evidence is. No effect is claimed beyond it."""

from collections import Counter
from dataclasses import dataclass

from inharmony.pages import dates
from programmes.models import Study
from programmes.models.study import Finding, Indicator

Strength = Finding.Strength
# what evidence of a strength leaves open, whatever was found
LIMITS = {
    Strength.STRONG: "A change seen meanwhile does not show how much of it In Harmony alone brought about.",
    Strength.SOME: "It goes along with In Harmony in what was studied; that In Harmony brought it about is not shown.",
    Strength.NONE: "That no effect was found does not show that there is none, and nobody can claim one from it.",
    Strength.AGAINST: "One study’s result against it does not show that it is so everywhere.",
}
RANK = (Strength.STRONG, Strength.SOME, Strength.AGAINST, Strength.NONE)


@dataclass(frozen=True)
class Found:
    """What one study found on one indicator."""

    strength: str
    verdict: str
    words: str
    source: str
    study: str
    study_key: int
    when: str
    hub: str


@dataclass(frozen=True)
class Evidence:
    """An indicator and all that was found on it, and what that does not show; nothing where nothing was published."""

    key: str
    name: str
    found: tuple[Found, ...]
    limits: tuple[str, ...]

    @property
    def verdicts(self) -> list[tuple[str, str, int]]:
        """How strong the evidence of the studies is: each strength there is, in words, and of how many findings."""
        many = Counter(one.strength for one in self.found)
        return [(strength, strength.label, many[strength]) for strength in RANK if many[strength]]

    @property
    def is_mixed(self) -> bool:
        """Whether any study found nothing clear, or the contrary: then no effect is claimed, whatever others found."""
        return bool({Strength.NONE, Strength.AGAINST} & {one.strength for one in self.found})


@dataclass(frozen=True)
class Publication:
    """A study in the list of all."""

    key: int
    kind: str
    title: str
    authors: str
    when: str
    pages: int | None
    commissioned_by: str
    evidence: str
    address: str
    source: str
    hub: str


def evidence() -> list[Evidence]:
    """Returns the eight indicators in their order, each with what was found, the newest study first; one statement."""
    rows = Finding.objects.shown().filter(study__withdrawn_on__isnull=True).select_related("study__programme")
    found: dict[str, list[Found]] = {key: [] for key in Indicator.values}
    for row in rows.order_by("-study__published_on", "id"):
        found[row.indicator].append(_found(row))
    return [Evidence(key, name, tuple(found[key]), _limits(found[key])) for key, name in Indicator.choices]


def publications() -> list[Publication]:
    """Returns all studies, the newest first; one statement."""
    rows = Study.objects.shown().select_related("programme").order_by("-published_on", "id")
    return [
        Publication(
            row.pk,
            row.get_kind_display(),
            row.title,
            row.authors,
            dates.printed(row.published_on, row.precision),
            row.pages,
            row.commissioned_by,
            row.evidence,
            row.address,
            row.source,
            row.programme.short_name if row.programme else "",
        )
        for row in rows
    ]


def _found(row: Finding) -> Found:
    study = row.study
    return Found(
        row.strength,
        row.get_strength_display(),
        row.words,
        row.source,
        study.title,
        study.pk,
        dates.printed(study.published_on, study.precision),
        study.programme.short_name if study.programme else "",
    )


def _limits(found: list[Found]) -> tuple[str, ...]:
    strengths = {one.strength for one in found}
    return tuple(LIMITS[strength] for strength in RANK if strength in strengths)


@dataclass(frozen=True)
class Known:
    """
    What is known, in short: names of indicators by how strong the evidence is.

    Where any study found nothing clear an indicator is `mixed`; `attainment` is the last of that kind
    on results at school.
    """

    strong: tuple[str, ...]
    some: tuple[str, ...]
    mixed: tuple[str, ...]
    attainment: Found | None
    many: int


def known() -> Known:
    """Returns what is known of the effect, in short; two statements."""
    found = evidence()
    clear = [one for one in found if one.found and not one.is_mixed]
    strong = [one for one in clear if one.verdicts[0][0] == Strength.STRONG]
    unclear = [one for one in _of(found, Indicator.SCHOOL) if one.strength == Strength.NONE]
    return Known(
        tuple(one.name for one in strong),
        tuple(one.name for one in clear if one not in strong),
        tuple(one.name for one in found if one.is_mixed),
        unclear[0] if unclear else None,
        Study.objects.shown().count(),
    )


def _of(found: list[Evidence], key: str) -> tuple[Found, ...]:
    return next(one.found for one in found if one.key == key)
