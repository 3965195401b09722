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
    "absence.noted": Act("wrote down that children will be absent", Kind.CHILD),
    "absence.taken_back": Act("took back that a child will be absent", Kind.CHILD),
    "absences.exported": Act(
        "took the list of children with three absences in a row away as a spreadsheet", Kind.SIGHT
    ),
    "absences.viewed": Act("saw who of an ensemble will be absent", Kind.SIGHT),
    "access.refused": Act("was refused a page", Kind.SIGN_IN),
    "access_note.changed": Act("changed the access note of a child", Kind.CHILD),
    "access_note.ended": Act("ended the access note of a child", Kind.CHILD),
    "access_note.viewed": Act("saw the access notes of children", Kind.SIGHT),
    "access_note.written": Act("wrote the access note of a child", Kind.CHILD),
    "agreement.ended": Act("ended a sharing agreement", Kind.RECORD),
    "agreement.recorded": Act("recorded a sharing agreement", Kind.RECORD),
    "authorities.imported": Act("loaded local authorities", Kind.RECORD),
    "breach.amended": Act("amended a breach", Kind.TRAIL),
    "breach.noted": Act("noted a breach", Kind.TRAIL),
    "calendar.address_ended": Act("ended the secret address of their calendar", Kind.SIGN_IN),
    "calendar.address_made": Act("made a secret address for their calendar", Kind.SIGN_IN),
    "calendar.closure_kept": Act("entered a closure", Kind.RECORD),
    "calendar.closure_removed": Act("took off a closure", Kind.RECORD),
    "calendar.term_kept": Act("entered the dates of a term", Kind.RECORD),
    "calendar.term_removed": Act("took off a term", Kind.RECORD),
    "child.cleared_at_risk": Act("ended the protection of a child", Kind.CHILD),
    "child.flagged_at_risk": Act("protected a child", Kind.CHILD),
    "child.left_school": Act("wrote down that a child left their school", Kind.CHILD),
    "child.moved_class": Act("moved a child to another year group or class", Kind.CHILD),
    "child.renamed": Act("wrote the name of a child otherwise", Kind.CHILD),
    "child.viewed": Act("saw the page of a child", Kind.SIGHT),
    "children.came_back": Act("undid that children left their school", Kind.CHILD),
    "children.destination_amended": Act("wrote down anew where children went", Kind.CHILD),
    "children.enrolled": Act("enrolled children", Kind.CHILD),
    "children.exported": Act("took the list of children away as a spreadsheet", Kind.SIGHT),
    "children.left_school": Act("wrote down where children went who left their school", Kind.CHILD),
    "children.listed": Act("saw children in the list", Kind.SIGHT),
    "children.merged": Act("made one record of two of a child", Kind.CHILD),
    "children.moved_back": Act("undid that children moved up a year group", Kind.CHILD),
    "children.moved_up": Act("moved children up a year group", Kind.CHILD),
    "children.parted": Act("made two records of one again", Kind.CHILD),
    "consent.answered": Act("wrote down an answer about consent", Kind.CHILD),
    "consent.withdrawn": Act("wrote down that consent is withdrawn", Kind.CHILD),
    "deciles.imported": Act("loaded deprivation deciles", Kind.RECORD),
    "demonstration.seeded": Act("filled the demonstration", Kind.RECORD),
    "doubles.viewed": Act("saw records that may be of one child", Kind.SIGHT),
    "ensemble.changed": Act("changed an ensemble", Kind.CHILD),
    "ensemble.ended": Act("ended an ensemble", Kind.CHILD),
    "ensemble.exported": Act("took who is in an ensemble away as a spreadsheet", Kind.SIGHT),
    "ensemble.joined": Act("took children into an ensemble", Kind.CHILD),
    "ensemble.left": Act("took children out of an ensemble", Kind.CHILD),
    "ensemble.made": Act("made an ensemble", Kind.CHILD),
    "ensemble.reopened": Act("let an ensemble go on that had ended", Kind.CHILD),
    "ensemble.shared_viewed": Act("saw who is in two ensembles", Kind.SIGHT),
    "ensemble.undone": Act("undid who joined or left an ensemble", Kind.CHILD),
    "ensemble.viewed": Act("saw who is in an ensemble", Kind.SIGHT),
    "ensembles.brought_in": Act("brought in a spreadsheet of ensembles", Kind.RECORD),
    "ensembles.exported": Act("took a list of ensembles away as a spreadsheet", Kind.RECORD),
    "grid.exported": Act("took the registers of an ensemble away as a spreadsheet", Kind.SIGHT),
    "grid.viewed": Act("saw the registers of an ensemble over a term", Kind.SIGHT),
    "hub.begun": Act("brought in a hub", Kind.RECORD),
    "hub.closed": Act("closed a hub", Kind.RECORD),
    "hub_move.answered": Act("said whether a child has moved to another hub", Kind.CHILD),
    "hub_move.asked": Act("asked whether children have moved to another hub", Kind.CHILD),
    "hub_move.viewed": Act("saw which children may have moved to another hub", Kind.SIGHT),
    "hub.place_added": Act("added a place that a hub serves", Kind.RECORD),
    "hub.reopened": Act("opened a hub again", Kind.RECORD),
    "instruments.set": Act("wrote down what children play", Kind.CHILD),
    "instruments.viewed": Act("saw what the children of an ensemble play", Kind.SIGHT),
    "leavers.exported": Act("took who left their school away as a spreadsheet", Kind.SIGHT),
    "leavers.viewed": Act("saw which children leave or left their school", Kind.SIGHT),
    "list_check.accepted": Act("accepted a correction a school asked for", Kind.LIST),
    "list_check.asked": Act("asked a school whether its class list is right", Kind.LIST),
    "list_check.confirmed": Act("confirmed a class list, by the link of a school", Kind.LIST),
    "list_check.corrected": Act("sent corrections of a class list, by the link of a school", Kind.LIST),
    "list_check.declined": Act("declined a correction a school asked for", Kind.LIST),
    "list_check.ended": Act("ended the link of a school to its class list", Kind.LIST),
    "list_check.opened": Act("opened a class list, by the link of a school", Kind.SIGHT),
    "list_check.viewed": Act("saw what a school says of its class list", Kind.SIGHT),
    "partnership.begun": Act("added a partner school", Kind.RECORD),
    "partnership.ended": Act("ended the work with a partner school", Kind.RECORD),
    "past_register.accepted": Act("brought in registers of an earlier year", Kind.REGISTER),
    "past_register.destroyed": Act("destroyed what was kept of sheets of past registers", Kind.REGISTER),
    "past_register.discarded": Act("discarded a sheet of past registers", Kind.REGISTER),
    "past_register.letters_said": Act("said what the letters of past registers mean", Kind.REGISTER),
    "past_register.rows_said": Act("said whom rows of past registers mean", Kind.REGISTER),
    "past_register.sent": Act("sent a sheet of past registers", Kind.REGISTER),
    "past_register.sheet_chosen": Act("chose the sheet of past registers", Kind.REGISTER),
    "past_register.undone": Act("took past registers back", Kind.REGISTER),
    "past_register.viewed": Act("looked at a sheet of past registers", Kind.SIGHT),
    "people.exported": Act("took a list of people away as a spreadsheet", Kind.PERSON),
    "person.appointed": Act("appointed the first operator", Kind.PERSON),
    "person.confirmed": Act("proved again who they are", Kind.SIGN_IN),
    "person.deactivated": Act("shut an account", Kind.PERSON),
    "person.invited": Act("invited somebody", Kind.PERSON),
    "person.joined": Act("took up an invitation", Kind.PERSON),
    "person.password_changed": Act("changed their password", Kind.SIGN_IN),
    "person.reactivated": Act("opened an account again", Kind.PERSON),
    "person.sign_in_refused": Act("tried to sign in, in vain", Kind.SIGN_IN),
    "person.signed_in": Act("signed in", Kind.SIGN_IN),
    "person.signed_out": Act("signed out", Kind.SIGN_IN),
    "person.timed_out": Act("was signed out after a long time", Kind.SIGN_IN),
    "person.unused_notice": Act("was told that their account is about to be shut", Kind.PERSON),
    "photo.brought_in": Act("brought in a photo", Kind.CHILD),
    "photo.child_named": Act("named a child on a photo", Kind.CHILD),
    "photo.child_taken_back": Act("took back that a child is on a photo", Kind.CHILD),
    "photo.deleted": Act("deleted a photo", Kind.CHILD),
    "photo.described": Act("said what is on a photo", Kind.CHILD),
    "photo.destroyed": Act("destroyed a photo, on its date", Kind.CHILD),
    "photo.published": Act("published a photo", Kind.CHILD),
    "photo.viewed": Act("looked at a photo and who is on it", Kind.SIGHT),
    "photo.withdrawn": Act("withdrew a photo", Kind.CHILD),
    "photos.listed": Act("saw photos in the list", Kind.SIGHT),
    "postcodes.imported": Act("loaded postcodes", Kind.RECORD),
    "record.loaded": Act("loaded the public record", Kind.RECORD),
    "register.corrected": Act("corrected a register", Kind.REGISTER),
    "register.counted": Act("counted the heads of a session", Kind.REGISTER),
    "register.saved_again": Act("saved a register again as it stood", Kind.REGISTER),
    "register.searched": Act("looked for a child to add to a register", Kind.SIGHT),
    "register.taken": Act("took a register", Kind.REGISTER),
    "register.viewed": Act("saw a register", Kind.SIGHT),
    "release.cut": Act("cut a release", Kind.REPORT),
    "report.built": Act("built a report by command", Kind.REPORT),
    "report.downloaded": Act("downloaded a report", Kind.REPORT),
    "report.failed": Act("asked for a report that could not be made", Kind.REPORT),
    "report.made": Act("had a report made", Kind.REPORT),
    "report.requested": Act("asked for a report", Kind.REPORT),
    "report.retried": Act("asked for a report again", Kind.REPORT),
    "role.certified": Act("confirmed a role for another year", Kind.PERSON),
    "role.changed": Act("changed a role", Kind.PERSON),
    "role.ended": Act("ended a role", Kind.PERSON),
    "role.granted": Act("gave a role", Kind.PERSON),
    "roster.accepted": Act("accepted a class list", Kind.LIST),
    "roster.decided": Act("decided on rows of a class list", Kind.LIST),
    "roster.destroyed": Act("destroyed what came from the file of a class list, on its date", Kind.LIST),
    "roster.discarded": Act("discarded a class list", Kind.LIST),
    "roster.joins_chosen": Act("chose which classes of a list join ensembles", Kind.LIST),
    "roster.left_out_exported": Act("took away, as a spreadsheet, the rows of a class list that stayed out", Kind.LIST),
    "roster.leavers_chosen": Act("chose who leaves with a class list", Kind.LIST),
    "roster.mended": Act("mended a cell of a class list", Kind.LIST),
    "roster.read_again": Act("said how a class list is to be read", Kind.LIST),
    "roster.refused": Act("sent a class list that was refused", Kind.LIST),
    "roster.staged": Act("sent a class list", Kind.LIST),
    "roster.undone": Act("took a class list back", Kind.LIST),
    "roster.viewed": Act("looked at a class list", Kind.SIGHT),
    "rosters.exported": Act("took the list of class lists away as a spreadsheet", Kind.LIST),
    "safeguarding.contact_corrected": Act("corrected a safeguarding contact", Kind.RECORD),
    "safeguarding.contact_ended": Act("took off a safeguarding contact", Kind.RECORD),
    "safeguarding.contact_kept": Act("named a safeguarding contact", Kind.RECORD),
    "school_account.joined": Act("joined a school account to theirs", Kind.SIGN_IN),
    "school_account.left": Act("took a school account off theirs", Kind.SIGN_IN),
    "school_account.refused": Act("was refused with a school account", Kind.SIGN_IN),
    "schools.brought_in": Act("brought in a spreadsheet of schools", Kind.RECORD),
    "schools.exported": Act("took the list of schools away as a spreadsheet", Kind.RECORD),
    "school_moves.viewed": Act("saw who is in an ensemble of a school they have left", Kind.SIGHT),
    "schools.imported": Act("loaded schools", Kind.RECORD),
    "second_factor.added": Act("set up a second factor", Kind.SIGN_IN),
    "second_factor.code_refused": Act("entered a wrong code from their hub manager", Kind.SIGN_IN),
    "second_factor.code_used": Act("came back in with a code from their hub manager", Kind.SIGN_IN),
    "second_factor.codes_made": Act("made new recovery codes", Kind.SIGN_IN),
    "second_factor.codes_shown": Act("looked at their recovery codes", Kind.SIGN_IN),
    "second_factor.refused": Act("entered a wrong second factor", Kind.SIGN_IN),
    "second_factor.removed": Act("took off a second factor", Kind.SIGN_IN),
    "second_factor.renamed": Act("named a passkey anew", Kind.SIGN_IN),
    "second_factor.reset": Act("took off a lost second factor", Kind.PERSON),
    "session.brought_back": Act("let a cancelled session take place", Kind.RECORD),
    "session.cancelled": Act("cancelled a session of an ensemble", Kind.RECORD),
    "session.changed": Act("moved a session of an ensemble, or who covers it", Kind.RECORD),
    "session.dropped": Act("dropped a session of an ensemble", Kind.RECORD),
    "session.ended": Act("ended a session of their own", Kind.SIGN_IN),
    "sessions.brought_in": Act("brought in a spreadsheet of sessions", Kind.RECORD),
    "sheet.viewed": Act("made a register for paper", Kind.SIGHT),
    "timetable.added": Act("put sessions into the timetable", Kind.RECORD),
    "timetable.taken_out": Act("took sessions out of the timetable that a sheet had made", Kind.RECORD),
    "timetable.exported": Act("took sessions away as a spreadsheet", Kind.RECORD),
    "trail.child_viewed": Act("looked up who saw a child", Kind.TRAIL),
    "trail.exported": Act("took entries of the trail away as a spreadsheet", Kind.TRAIL),
    "trail.viewed": Act("looked at the trail", Kind.TRAIL),
    "tutor.leads": Act("changed who leads ensembles", Kind.PERSON),
    "upn.shown": Act("looked at the UPN of a child", Kind.SIGHT),
    "venue.changed": Act("changed a venue", Kind.RECORD),
    "venue.ended": Act("ended the use of a venue", Kind.RECORD),
    "venues.exported": Act("took a list of venues away as a spreadsheet", Kind.RECORD),
    "venue.made": Act("added a venue", Kind.RECORD),
    "venue.reopened": Act("let a venue be used again", Kind.RECORD),
}

# fields whose names are ours; all others read as they are written
FIELDS = {
    "capacity": "places",
    "children_about": "about how many children",
    "closed_at": "when closed",
    "condition": "on what ground it is kept",
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
    "is_pupil_premium": "Pupil Premium",
    "joined_by": "which ensembles join it",
    "is_nobody": "that nobody can be recognised",
    "is_on_page": "whether it is on the hub’s public page",
    "alternative": "what is to be seen",
    "kinds": "kinds of data",
    "noticed_at": "when it was noticed",
    "noticed_by": "who noticed",
    "sen": "special educational needs",
    "starts_on": "start",
    "told_by": "who said so",
    "tutors": "who leads it",
    "upn_hash": "UPN",
    "upn_sealed": "UPN",
    "what": "what happened",
    "words": "what it says",
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
    "participants.pastregister": ("sheet of past registers", "participants:past-register"),
    "participants.listcheck": ("class list check", ""),
    "participants.photo": ("photo", "participants:photo"),
    "participants.rollforward": ("new school year", ""),
    "participants.rosterimport": ("class list", "participants:roster"),
    "programmes.closing": ("closing", ""),
    "programmes.ensemble": ("ensemble", "participants:ensemble"),
    "programmes.partnership": ("partner school", ""),
    "programmes.place": ("place", ""),
    "programmes.programme": ("hub", ""),
    "programmes.safeguardingcontact": ("contact", ""),
    "programmes.session": ("session", "participants:register"),
    "programmes.sharingagreement": ("agreement", ""),
    "programmes.venue": ("venue", "programmes:venue-change"),
    "schools.closure": ("closure", ""),
    "schools.term": ("term", ""),
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
