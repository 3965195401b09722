"""Which headings mean which field, and which columns must never be kept.

Headings are compared without case, blanks, hyphens and underscores, without a note in brackets, and without a first
word child, pupil or student. The earlier an alias stands, the better it is: where two columns mean the same field the
better one is taken and the other is named as not read.
"""

import re

ALIASES: dict[str, tuple[str, ...]] = {
    "upn": ("upn", "uniquepupilnumber", "upnnumber"),
    "former_upn": ("formerupn", "previousupn", "oldupn"),
    "forename": (
        *("forename", "forenames", "firstname", "firstnames", "givenname", "givennames"),
        *("legalforename", "legalfirstname", "legalgivenname"),
    ),
    "preferred_forename": (
        *("preferredforename", "preferredfirstname", "preferredgivenname", "preferredname", "knownas"),
        *("chosenforename", "chosenfirstname", "chosenname"),
    ),
    "surname": ("surname", "lastname", "familyname", "legalsurname", "legallastname", "legalfamilyname"),
    "full_name": (
        "name",
        "fullname",
        "pupil",
        "student",
        "child",
        "pupilname",
        "studentname",
        "childname",
        "pupilsname",
    ),
    "date_of_birth": ("dateofbirth", "dob", "birthdate", "birthday", "dateborn", "born", "dofb"),
    "sex": ("sex", "gender", "mf", "legalsex", "sexgender", "gendersex"),
    "year_group": (
        *("yeargroup", "ncyeargroup", "ncyear", "ncyearactual", "actualncyear", "nationalcurriculumyear"),
        *("curriculumyear", "yeargroupfortoday", "year", "yr", "yrgroup", "yrgrp", "grade"),
    ),
    "school_class": (
        *("class", "classname", "schoolclass", "reggroup", "registrationgroup", "registration", "registrationform"),
        *("registrationclass", "reg", "regform", "form", "formgroup", "tutorgroup", "formtutorgroup", "formclass"),
    ),
    "pupil_premium": (
        *("pupilpremium", "pp", "pupilpremiumindicator", "ppindicator", "pupilpremiumrecipient", "pprecipient"),
        *("ispupilpremium", "disadvantaged", "pupilpremiumeligible", "ppeligible"),
    ),
    "fsm": (
        *("fsm", "freeschoolmeals", "freeschoolmeal", "eligibleforfreemeals", "eligibleforfreeschoolmeals"),
        *("fsmeligible", "fsmeligibility", "freemeals", "currentfsm"),
    ),
    "fsm6": ("fsm6", "fsmever6", "ever6", "ever6fsm", "everfsm6", "everfsm", "freeschoolmealsever6", "ever6freemeals"),
    "eal": ("eal", "englishasadditionallanguage", "englishasanadditionallanguage", "ealstatus", "iseal"),
    "first_language": (
        "firstlanguage",
        "firstlanguagecode",
        "language",
        "homelanguage",
        "mothertongue",
        "languagecode",
    ),
    "sen": ("sen", "send", "senstatus", "sendstatus", "senprovision", "senstage", "sencode", "senprovisiontypecode"),
    "ethnicity": ("ethnicity", "ethnicitycode", "ethnicgroup", "ethnicgroupcode", "ethniccode", "ethnicorigin"),
    "school_urn": ("schoolurn", "urn", "currentschoolurn", "establishmenturn"),
    "start_date": (
        *("startdate", "dateofentry", "entrydate", "admissiondate", "dateofadmission", "enrolmentdate"),
        *("dateofenrolment", "doa", "dateadmitted"),
    ),
    "leaving_date": ("leavingdate", "dateofleaving", "leavedate", "dateleft", "dol", "enddate", "leaverdate"),
}

# words of a person's life that the portal does not need: dropped before anything is stored
_NEVER_KEPT = re.compile(
    "address|street|postcode|postalcode|town|village|county|house(?:name|number|no)|"
    "parent|carer|guardian|mother|father|contact|emergency|nextofkin|sibling|relationship|"
    "phone|mobile|tel(?:no|$)|email|"
    "nhs|medical|allerg|diet|doctor|surgery|health|medication|immuni|disab|impair|"
    "sentype|senneed|primaryneed|secondaryneed|sencategory|"
    "ninumber|nationalinsurance|passport|nationality|countryofbirth|placeofbirth|asylum|refugee|religion|faith|belief|"
    "lookedafter|incare|evercare|childprotection|safeguard|socialwork|youngcarer|servicechild|adopted|"
    "photo|picture|bank|income|benefit"
)
_NEVER_KEPT_WHOLE = frozenset({"gp", "cla", "lac", "cp", "ni", "nino", "dr", "pla"})

_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_FIRST_WORD = re.compile(r"^(?:child|pupil|student|learner)(?:s(?!chool|urname|tart|en|ex))?(?=[a-z])")
_BY_ALIAS = {alias: (field, rank) for field, aliases in ALIASES.items() for rank, alias in enumerate(aliases)}


def meaning(heading: str) -> tuple[str, int] | None:
    """Returns the field a heading means and its rank among the aliases (0 is best), or None."""
    for text in (heading, _BRACKETS.sub(" ", heading)):
        key = heading_key(text)
        found = _BY_ALIAS.get(key) or _BY_ALIAS.get(_FIRST_WORD.sub("", key))
        if found:
            return found
    return None


def is_never_kept(heading: str) -> bool:
    """Whether a column of this heading holds what the portal must not keep."""
    key = heading_key(heading)
    return bool(_NEVER_KEPT.search(key)) or key in _NEVER_KEPT_WHOLE


def heading_key(heading: str) -> str:
    """Returns a heading as headings are compared: without case and anything that is no letter or figure."""
    return _NOT_WORD.sub("", heading.casefold())
