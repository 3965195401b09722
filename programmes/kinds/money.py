"""Money: what a funder agreed to pay, and what an agreement asks for by a day. The second is never public."""

from inharmony.pages.money import pounds
from programmes.kinds.asking import ENDS, FOUND, FUNDING, HUB, pages_of
from programmes.kinds.checks import in_order
from programmes.kinds.kind import Asked, Group, Kind, of_programme
from programmes.kinds.lines import in_print, since
from programmes.models import FundingAgreement, FundingMilestone

AGREEMENT = Kind(
    key="funding",
    noun="funding agreement",
    plural="funding agreements",
    about="What a funder agreed to pay, for what time. Public only where it says so; its conditions never are.",
    model=FundingAgreement,
    groups=(
        Group(
            "The agreement",
            (
                Asked("title", "Title", "As its papers call it, like “In Harmony grant 2012 to 2015”.", is_needed=True),
                Asked(
                    "funder",
                    "Who pays",
                    "Is it not in the list? Add it under “organisations” first.",
                    is_needed=True,
                    is_own=False,
                ),
                HUB,
                Asked("words", "What it is for", "One to three sentences."),
            ),
        ),
        Group("When", (Asked("starts_on", "First day", is_needed=True, precision="precision"), ENDS)),
        Group(
            "How much",
            (
                Asked("amount", "Pounds", "Like 575000. Leave it empty where no sum is in print."),
                Asked("is_a_year", "The sum is of each year, not of the whole time"),
                Asked(
                    "is_in_harmony_only",
                    "The money is In Harmony’s alone",
                    "Take the tick out of a grant to a whole organisation, of which In Harmony is one part.",
                ),
            ),
        ),
        Group(
            "Who sees it",
            (
                Asked(
                    "is_public",
                    "Show this agreement on the public pages",
                    "Only one that is in print. Without the tick the hub and the operator see it, nobody else.",
                ),
                Asked("conditions", "Conditions", "What the funder asks for. Never public."),
            ),
        ),
        FOUND,
    ),
    kept=of_programme("programme"),
    path="programme",
    line=lambda row: f"{row.funder.name}: {row.title}" + (f", {pounds(row.amount)}" if row.amount is not None else ""),
    when=since,
    pages=lambda row: pages_of(row.programme, FUNDING) if row.is_public else [],
    search=("title", "funder__name", "words", "source"),
    sorts=(("starts_on", "When"), ("funder__name", "Funder"), ("amount", "Amount")),
    preview="money",
    checks=(in_order("starts_on", "ends_on"),),
    related=("programme", "funder"),
    is_public=lambda row: bool(row.is_public),
)
CONDITION = Kind(
    key="condition",
    noun="funding milestone",
    plural="funding milestones",
    about="What an agreement asks for by a day, and what is paid then. Never public.",
    model=FundingMilestone,
    groups=(
        Group(
            "What is asked for",
            (
                Asked("agreement", "Of which agreement", is_needed=True),
                Asked(
                    "words",
                    "What is to be done",
                    "Like “Interim report with figures of the autumn term”.",
                    is_needed=True,
                ),
                Asked("due_on", "Due on", is_needed=True),
                Asked("amount", "Pounds paid then", "Leave it empty where nothing is paid for it."),
            ),
        ),
        Group(
            "Whether it is met", (Asked("met_on", "Met on", "Leave it empty while it is not."), Asked("note", "Note"))
        ),
    ),
    kept=of_programme("agreement__programme"),
    path="agreement__programme",
    line=lambda row: f"{row.agreement.title}: {row.words}",
    when=lambda row: f"met {in_print(row.met_on)}" if row.met_on else f"due {in_print(row.due_on)}",
    pages=lambda _row: [],
    search=("words", "agreement__title", "note"),
    sorts=(("due_on", "Due"), ("agreement__title", "Agreement")),
    preview="condition",
    related=("agreement__programme",),
    has_source=False,
    is_public=lambda _row: False,
)
