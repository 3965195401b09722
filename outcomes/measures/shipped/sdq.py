"""
The Strengths and Difficulties Questionnaire: scores only, as a person keys them; its licence lets no item stand here.

Three forms, each a measure of its own: a teacher, a family and a child of eleven or more score the same differently.

Five scales of 0 to 10; the total of difficulties, 0 to 40, is the sum of four and leaves the prosocial scale out. A
scale of which three or four of the five answers were given is scaled up by whoever scores the form, before it is keyed.
The bands are the teacher form's; those of parents and of children themselves were not confirmed in print and are left
out, as are those of other countries, which differ. A high score of difficulties of one child is a matter of
safeguarding, not of a chart.
"""

from outcomes.measures.structure import COMPLETE, TOTAL, Band, Bands, Informant, Licence, Measure, Part, Total
from programmes.models import Indicator

DIFFICULTIES = ("emotional", "conduct", "hyperactivity", "peer")
LEVELS = ("Close to average", "Slightly raised", "High", "Very high")
FALLING = ("Close to average", "Slightly lowered", "Low", "Very low")


def _levels(*ranges: tuple[int, int], words: tuple[str, ...] = LEVELS) -> tuple[Band, ...]:
    return tuple(Band(least, most, level) for (least, most), level in zip(ranges, words, strict=True))


TEACHER = Bands(
    form="4-17",
    informant=Informant.STAFF,
    version="four bands",
    source="Scoring instructions for ages 4 to 17 (UK), sdqinfo.org, as in pmc.ncbi.nlm.nih.gov/articles/PMC4830858",
    of=(
        (TOTAL, _levels((0, 11), (12, 15), (16, 18), (19, 40))),
        ("emotional", _levels((0, 3), (4, 4), (5, 5), (6, 10))),
        ("conduct", _levels((0, 2), (3, 3), (4, 4), (5, 10))),
        ("hyperactivity", _levels((0, 5), (6, 7), (8, 8), (9, 10))),
        ("peer", _levels((0, 2), (3, 4), (5, 5), (6, 10))),
        ("prosocial", _levels((6, 10), (5, 5), (4, 4), (0, 3), words=FALLING)),
    ),
)


def _form(
    key: str, form: str, informant: Informant, ages: tuple[int, int], *, bands: tuple[Bands, ...] = ()
) -> Measure:
    return Measure(
        key=key,
        version="1",
        title=f"Strengths and Difficulties Questionnaire, {form}",
        form=form,
        informants=(informant,),
        ages=ages,
        licence=Licence(
            "Copyright. Free on paper for who is not for profit; nobody but Youth in Mind may put it on a screen "
            "without a licence.",
            "en.wikipedia.org/wiki/Strengths_and_Difficulties_Questionnaire",
            may_show=False,
            may_alter=False,
            may_screen=False,
        ),
        source="sdqinfo.org; "
        "newcastlesafeguardingchildren.org.uk/glossary/strengths-and-difficulties-questionnaire-sdq/",
        norms="British children, by form and informant; only the teacher form’s bands are kept here.",
        parts=(
            Part("emotional", "Emotional problems", 0, 10, Indicator.WELLBEING, is_difficulty=True),
            Part("conduct", "Conduct problems", 0, 10, Indicator.WELLBEING, is_difficulty=True),
            Part("hyperactivity", "Hyperactivity", 0, 10, Indicator.WELLBEING, is_difficulty=True),
            Part("peer", "Problems with peers", 0, 10, Indicator.WELLBEING, is_difficulty=True),
            Part("prosocial", "Prosocial behaviour", 0, 10, Indicator.WELLBEING),
        ),
        total=Total(DIFFICULTIES, 0, 40, is_difficulty=True, title="Total of difficulties"),
        missing=COMPLETE,
        bands=bands,
    )


SDQ_STAFF = _form("sdq_staff", "teacher form", Informant.STAFF, (4, 17), bands=(TEACHER,))
SDQ_FAMILY = _form("sdq_family", "parent form", Informant.FAMILY, (4, 17))
SDQ_CHILD = _form("sdq_child", "self-report", Informant.CHILD, (11, 17))
SDQ = (SDQ_STAFF, SDQ_FAMILY, SDQ_CHILD)
