"""What a person may do, one name an act. Roles say who may; nothing else does."""

from enum import StrEnum


class Permission(StrEnum):
    """Every permission of the portal."""

    SEE_OWN_DAY = "see_own_day"
    TAKE_REGISTER = "take_register"
    CORRECT_REGISTER = "correct_register"
    SEE_CHILDREN = "see_children"
    EXPORT_LISTS = "export_lists"
    KEEP_ENSEMBLES = "keep_ensembles"
    IMPORT_ROSTER = "import_roster"
    SEE_HUB_FIGURES = "see_hub_figures"
    SEE_NATIONAL_FIGURES = "see_national_figures"
    SEE_REPORTS = "see_reports"
    MAKE_HUB_REPORT = "make_hub_report"
    MAKE_NATIONAL_REPORT = "make_national_report"
    MANAGE_PEOPLE = "manage_people"
    SEE_TRAIL = "see_trail"
    KEEP_BREACHES = "keep_breaches"
    KEEP_CONSENT = "keep_consent"
    KEEP_PHOTOS = "keep_photos"
    KEEP_ACCESS_NOTES = "keep_access_notes"
    FLAG_AT_RISK = "flag_at_risk"
    SEE_UPN = "see_upn"
    SEE_SAFEGUARDING = "see_safeguarding"
    KEEP_SAFEGUARDING = "keep_safeguarding"
    KEEP_HUBS = "keep_hubs"
    KEEP_RECORD = "keep_record"
    SEE_OUTBOX = "see_outbox"
