"""What the trail's entries say in the words of the field: an act, what it was about, the fields it changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models


class Kind(models.TextChoices):
    """What an act belongs to; by what the trail is filtered."""

    SIGHT = "sight", "Children seen"
    REGISTER = "register", "Registers"
    CHILD = "child", "Children, ensembles, consent"
    LIST = "list", "Class lists"
    REPORT = "report", "Reports and releases"
    PERSON = "person", "People and roles"
    SIGN_IN = "sign-in", "Signing in and refusals"
    RECORD = "record", "The portal’s record"
    TRAIL = "trail", "The trail itself, and the breach log"


@dataclass(frozen=True)
class Act:
    """How an act reads after the name of who did it."""

    words: str
    kind: Kind


ACTS: dict[str, Act] = {
    "access.refused": Act("was refused a page", Kind.SIGN_IN),
    "authorities.imported": Act("loaded local authorities", Kind.RECORD),
    "breach.amended": Act("amended a breach", Kind.TRAIL),
    "breach.noted": Act("noted a breach", Kind.TRAIL),
    "children.enrolled": Act("enrolled children", Kind.CHILD),
    "children.listed": Act("saw children in the list", Kind.SIGHT),
    "consent.answered": Act("wrote down an answer about consent", Kind.CHILD),
    "deciles.imported": Act("loaded deprivation deciles", Kind.RECORD),
    "demonstration.seeded": Act("filled the demonstration", Kind.RECORD),
    "ensemble.joined": Act("took children into an ensemble", Kind.CHILD),
    "ensemble.viewed": Act("saw who is in an ensemble", Kind.SIGHT),
    "person.appointed": Act("appointed the first operator", Kind.PERSON),
    "person.invited": Act("invited somebody", Kind.PERSON),
    "person.joined": Act("took up an invitation", Kind.PERSON),
    "person.password_changed": Act("changed their password", Kind.SIGN_IN),
    "person.sign_in_refused": Act("tried to sign in, in vain", Kind.SIGN_IN),
    "person.signed_in": Act("signed in", Kind.SIGN_IN),
    "person.signed_out": Act("signed out", Kind.SIGN_IN),
    "postcodes.imported": Act("loaded postcodes", Kind.RECORD),
    "record.loaded": Act("loaded the public record", Kind.RECORD),
    "register.corrected": Act("corrected a register", Kind.REGISTER),
    "register.taken": Act("took a register", Kind.REGISTER),
    "register.viewed": Act("saw a register", Kind.SIGHT),
    "release.cut": Act("cut a release", Kind.REPORT),
    "report.built": Act("built a report by command", Kind.REPORT),
    "report.downloaded": Act("downloaded a report", Kind.REPORT),
    "report.failed": Act("asked for a report that could not be made", Kind.REPORT),
    "report.made": Act("had a report made", Kind.REPORT),
    "report.requested": Act("asked for a report", Kind.REPORT),
    "report.retried": Act("asked for a report again", Kind.REPORT),
    "roster.accepted": Act("accepted a class list", Kind.LIST),
    "roster.decided": Act("decided on close matches", Kind.LIST),
    "roster.discarded": Act("discarded a class list", Kind.LIST),
    "roster.refused": Act("sent a class list that was refused", Kind.LIST),
    "roster.staged": Act("sent a class list", Kind.LIST),
    "roster.undone": Act("took a class list back", Kind.LIST),
    "roster.viewed": Act("looked at a class list", Kind.SIGHT),
    "schools.imported": Act("loaded schools", Kind.RECORD),
    "trail.child_viewed": Act("looked up who saw a child", Kind.TRAIL),
    "trail.viewed": Act("looked at the trail", Kind.TRAIL),
}

# fields whose names are ours; all others read as they are written
FIELDS = {
    "children_about": "about how many children",
    "closed_at": "when closed",
    "done": "what was done",
    "ends_on": "end",
    "families": "whether families are told",
    "families_told_at": "when families were told",
    "families_why": "why families are or are not told",
    "happened_at": "when it happened",
    "ico": "whether the ICO is told",
    "ico_told_at": "when the ICO was told",
    "ico_why": "why the ICO is or is not told",
    "is_eal": "English as an additional language",
    "is_fsm": "free school meals",
    "is_fsm6": "free school meals, ever 6",
    "is_given": "answer",
    "is_pupil_premium": "Pupil Premium",
    "kinds": "kinds of data",
    "noticed_at": "when it was noticed",
    "noticed_by": "who noticed",
    "sen": "special educational needs",
    "starts_on": "start",
    "upn_hash": "UPN",
    "upn_sealed": "UPN",
    "what": "what happened",
}
# kept beside another field and following it
FOLLOWING = {"sort_key"}

# what an act was about: its word, and the page that shows it (a name; the page may be of another app)
SUBJECTS: dict[str, tuple[str, str]] = {
    "accounts.invitation": ("invitation", ""),
    "accounts.roleassignment": ("role", ""),
    "audit.breach": ("breach", "audit:breach"),
    "evaluation.release": ("release", ""),
    "evaluation.reportjob": ("report", ""),
    "participants.child": ("child", "participants:trail"),
    "participants.rosterimport": ("class list", "participants:roster"),
    "programmes.ensemble": ("ensemble", "participants:ensemble"),
    "programmes.session": ("session", "participants:register"),
}


def act_words(act: str) -> str:
    """Returns how an act reads; an act of an older version that has no words any more, by its name."""
    return ACTS[act].words if act in ACTS else act


def acts_of(kind: Kind) -> list[str]:
    """Returns the acts of a kind."""
    return [name for name, act in ACTS.items() if act.kind is kind]


def field_words(names: Iterable[str]) -> list[str]:
    """Returns the names of fields as people say them, each once."""
    said = (FIELDS.get(name, name.replace("_", " ")) for name in names if name not in FOLLOWING)
    return list(dict.fromkeys(said))
