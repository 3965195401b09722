"""Who may do what: the whole policy on one screen. The database stores the names of these roles, nothing more."""

from dataclasses import dataclass
from enum import StrEnum

from inharmony.access.permissions import Permission


class Reach(StrEnum):
    """How far a role sees."""

    OWN_ENSEMBLES = "own_ensembles"
    PROGRAMME = "programme"
    SCHOOL = "school"
    NATION = "nation"
    PORTAL = "portal"


# where a role is held that is of no hub and no school
BEYOND_HUBS = {Reach.NATION: "Arts Council England", Reach.PORTAL: "The whole portal"}


@dataclass(frozen=True)
class Role:
    """A role as a manager reads it when granting it."""

    name: str
    title: str
    description: str
    reach: Reach
    permissions: frozenset[Permission]


# a list of children in a file is for an office: who takes registers on a phone has paper made instead (no EXPORT_LISTS)
COORDINATOR = Role(
    "coordinator",
    "Coordinator",
    "Takes the registers of the ensembles they lead and sees the children in them, no other child.",
    Reach.OWN_ENSEMBLES,
    frozenset(
        {
            Permission.SEE_OWN_DAY,
            Permission.TAKE_REGISTER,
            Permission.SEE_CHILDREN,
            Permission.SEE_SAFEGUARDING,
            Permission.SEE_OUTCOMES,
            Permission.WRITE_STORIES,
        }
    ),
)
ADMINISTRATOR = Role(
    "administrator",
    "Hub administrator",
    "Sees every child of the hub. Brings in class lists, keeps ensembles, consent, photos, questionnaires and awards, "
    "keys in registers.",
    Reach.PROGRAMME,
    frozenset(
        {
            Permission.SEE_OWN_DAY,
            Permission.TAKE_REGISTER,
            Permission.CORRECT_REGISTER,
            Permission.SEE_CHILDREN,
            Permission.EXPORT_LISTS,
            Permission.KEEP_ENSEMBLES,
            Permission.IMPORT_ROSTER,
            Permission.SEE_HUB_FIGURES,
            Permission.SEE_REPORTS,
            Permission.SEE_SAFEGUARDING,
            Permission.KEEP_CONSENT,
            Permission.KEEP_PHOTOS,
            Permission.KEEP_ACCESS_NOTES,
            Permission.FLAG_AT_RISK,
            Permission.SEE_UPN,
            Permission.SEE_SCHOOL_CONTEXT,
            Permission.KEEP_WAVES,
            Permission.SEE_OUTCOMES,
            Permission.KEEP_AWARDS,
            Permission.WRITE_STORIES,
        }
    ),
)
MANAGER = Role(
    "manager",
    "Hub manager",
    "Sees everything of the hub, signs off its terms, makes its reports, keeps its public record, decides who has "
    "access, and answers for who saw what.",
    Reach.PROGRAMME,
    # a UPN is a matching key: only who works with class lists may look at one; access notes have one keeper
    ADMINISTRATOR.permissions - {Permission.SEE_UPN, Permission.KEEP_ACCESS_NOTES}
    | {
        Permission.SIGN_OFF_TERM,
        Permission.MAKE_HUB_REPORT,
        Permission.MANAGE_PEOPLE,
        Permission.SEE_TRAIL,
        Permission.KEEP_BREACHES,
        Permission.KEEP_SAFEGUARDING,
        Permission.KEEP_RECORD,
        Permission.ANSWER_MESSAGES,
        Permission.KEEP_SCHOOL_CONTEXT,
        Permission.KEEP_COMPARISON,
        Permission.KEEP_INCOME,
        Permission.KEEP_TARGETS,
        # what is said in a hub's name beside its figures is shared by who answers for it
        Permission.SHARE_STORIES,
    },
)
SCHOOL_LEAD = Role(
    "school_lead",
    "School lead",
    "Sees the class lists and the attendance of their own school, and nothing of any other school.",
    Reach.SCHOOL,
    frozenset({Permission.SEE_CHILDREN, Permission.EXPORT_LISTS, Permission.SEE_SAFEGUARDING}),
)
NATIONAL = Role(
    "national",
    "Arts Council staff",
    "Sees national figures and reports, in which no child can be known. Never sees a child.",
    Reach.NATION,
    frozenset(
        {
            Permission.SEE_NATIONAL_FIGURES,
            Permission.SEE_REPORTS,
            Permission.MAKE_NATIONAL_REPORT,
            Permission.SEE_SCHOOL_CONTEXT,
            Permission.SEE_OUTCOMES,
        }
    ),
)
OPERATOR = Role(
    "operator",
    "Operator",
    "Keeps every account and the public record, brings in new hubs and closes them. Sees no child.",
    Reach.PORTAL,
    frozenset(
        {
            Permission.MANAGE_PEOPLE,
            Permission.EXPORT_LISTS,
            Permission.SEE_OUTBOX,
            Permission.SEE_TRAIL,
            Permission.KEEP_BREACHES,
            Permission.KEEP_HUBS,
            Permission.KEEP_RECORD,
            Permission.ANSWER_MESSAGES,
            Permission.SEE_SCHOOL_CONTEXT,
            Permission.KEEP_SCHOOL_CONTEXT,
        }
    ),
)

ROLES: dict[str, Role] = {
    role.name: role for role in (COORDINATOR, ADMINISTRATOR, MANAGER, SCHOOL_LEAD, NATIONAL, OPERATOR)
}
