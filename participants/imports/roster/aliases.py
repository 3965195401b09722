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
        *("legalforename", "legalfirstname", "legalgivenname", "first"),
    ),
    "preferred_forename": (
        *("preferredforename", "preferredfirstname", "preferredgivenname", "preferredname", "knownas"),
        *("chosenforename", "chosenfirstname", "chosenname"),
    ),
    "surname": (
        *("surname", "lastname", "familyname", "preferredsurname", "preferredlastname", "preferredfamilyname"),
        *("chosensurname", "chosenlastname", "legalsurname", "legallastname", "legalfamilyname", "last"),
    ),
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
        "surnameforename",
        "forenamesurname",
        "lastnamefirstname",
        "firstnamelastname",
        "surnameandforename",
        "forenameandsurname",
        "legalfullname",
        "preferredfullname",
    ),
    "date_of_birth": ("dateofbirth", "dob", "birthdate", "birth", "bday", "birthday", "dateborn", "born", "dofb"),
    "sex": ("sex", "gender", "mf", "legalsex", "sexgender", "gendersex"),
    "year_group": (
        *(
            "yeargroup",
            "ncyeargroup",
            "yeargrp",
            "yeartaughtin",
            "ncyear",
            "ncyearactual",
            "actualncyear",
            "nationalcurriculumyear",
        ),
        *("curriculumyear", "yeargroupfortoday", "year", "yr", "yrgroup", "yrgrp", "grade"),
    ),
    "school_class": (
        *("class", "classname", "schoolclass", "reggroup", "registrationgroup", "registration", "registrationform"),
        *("registrationclass", "reg", "regform", "form", "formgroup", "tutorgroup", "formtutorgroup", "formclass"),
        *("mainregistrationform", "teachinggroup", "classgroup", "registrationclassname", "tutor", "tutorgrp"),
    ),
    "pupil_premium": (
        *("pupilpremium", "pp", "pupilpremiumindicator", "ppindicator", "pupilpremiumrecipient", "pprecipient"),
        *("ispupilpremium", "disadvantaged", "pupilpremiumeligible", "ppeligible"),
    ),
    "fsm": (
        *("fsm", "freeschoolmeals", "freeschoolmeal", "eligibleforfreemeals", "eligibleforfreeschoolmeals"),
        *("fsmeligible", "fsmeligibility", "freemeals", "currentfsm"),
    ),
    "fsm6": (
        "fsm6",
        "fsmever6",
        "ever6",
        "ever6fsm",
        "everfsm6",
        "everfsm",
        "freeschoolmealsever6",
        "ever6freemeals",
        "fsmever",
    ),
    "eal": (
        *("eal", "englishasadditionallanguage", "englishasanadditionallanguage", "ealstatus", "iseal", "haseal"),
        *("englishadditionallanguage", "ealindicator"),
    ),
    "first_language": (
        "firstlanguage",
        "firstlanguagecode",
        "language",
        "homelanguage",
        "mothertongue",
        "languagecode",
    ),
    "sen": (
        "sen",
        "send",
        "senstatus",
        "sendstatus",
        "senprovision",
        "senstage",
        "sencode",
        "senprovisiontypecode",
        "sendcode",
        "sensupport",
    ),
    "ethnicity": ("ethnicity", "ethnicitycode", "ethnicgroup", "ethnicgroupcode", "ethniccode", "ethnicorigin"),
    "home_decile": (
        *("idacidecile", "homeidacidecile", "idacidecileofhome", "homedecile", "homedeprivationdecile"),
        *("deprivationdecile", "idaci"),
    ),
    "school_urn": ("schoolurn", "urn", "currentschoolurn", "establishmenturn"),
    "start_date": (
        *("startdate", "dateofentry", "entrydate", "admissiondate", "dateofadmission", "enrolmentdate"),
        *("dateofenrolment", "doa", "dateadmitted"),
    ),
    "leaving_date": ("leavingdate", "dateofleaving", "leavedate", "dateleft", "dol", "enddate", "leaverdate"),
}

# words of a person's life that the portal does not need: dropped before anything is stored
_NEVER_KEPT = re.compile(
    "address|street|postcode|postalcode|town$|(?<!ethni)city$|village|county|house(?:name|number|no)|flat(?:no|number)|"
    "parent|carer|guardian|mother|father|(?<!maxi)(?<!mini)mum|dad(?!$)|contact|emergency|nextofkin|sibling|relationship|"
    "phone|mobile|tel(?:no|number|$)|^tel|email|"
    "nhs|medical|allerg|diet|doctor|surgery|health|medication|medicine|immuni|vaccin|disab|impair|asthma|epipen|"
    "sentype|sendtype|senneed|sendneed|needtype|typeofneed|areaofneed|primaryneed|secondaryneed|sencategory|"
    "primarysen|secondarysen|diagnosis|"
    "ninumber|nationalinsurance|passport|nationality|countryof|placeofbirth|asylum|refugee|immigration|visa(?!ge)|"
    "religio|faith|belief|sexualorientation|genderidentity|"
    "lookedafter|incare|evercare|leftcare|careleaver|childprotection|childinneed|safeguard|socialwork|youngcarer|"
    "servicechild|serviceindicator|adopted|adoption|fostercare|privatelyfostered|"
    "photo|picture|biometric|fingerprint|bank|income|benefit|exclusion|suspension|behaviour|police|court"
)
_NEVER_KEPT_WHOLE = frozenset(
    (
        *("gp", "cla", "lac", "cp", "cin", "ni", "nino", "dr", "pla", "plac", "postlac", "prevlac", "dad", "need"),
        *("homelessness", "service", "eyppservice"),
    )
)

# headings of the child's own postcode: never kept, but looked up where there are tables to look it up in
_HOME_POSTCODES = frozenset(
    (
        *("postcode", "homepostcode", "postcodehome", "addresspostcode", "homeaddresspostcode", "currentpostcode"),
        *("mainaddresspostcode", "mainpostcode", "postalcode", "homepostalcode", "residentialpostcode"),
    )
)

_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_FIRST_WORD = re.compile(r"^(?:child|pupil|student|learner)(?:s(?!chool|urname|tart|en|ex))?(?=[a-z])")
_BY_ALIAS = {alias: (field, rank) for field, aliases in ALIASES.items() for rank, alias in enumerate(aliases)}


def meaning(heading: str) -> tuple[str, int] | None:
    """Returns the field a heading means and its rank among the aliases (0 is best), or None."""
    for text in (heading, _BRACKETS.sub(" ", heading)):
        folded = key(text)
        found = _BY_ALIAS.get(folded) or _BY_ALIAS.get(_FIRST_WORD.sub("", folded))
        if found:
            return found
    return None


def is_never_kept(heading: str) -> bool:
    """Whether a column of this heading holds what the portal must not keep."""
    folded = key(heading)
    return bool(_NEVER_KEPT.search(folded)) or folded in _NEVER_KEPT_WHOLE


def is_home_postcode(heading: str) -> bool:
    """Whether a column of this heading holds where the child lives, as a postcode; nobody else's, and no more of it."""
    folded = key(heading)
    return folded in _HOME_POSTCODES or _FIRST_WORD.sub("", folded) in _HOME_POSTCODES


def key(heading: str) -> str:
    """Returns a heading as headings are compared and remembered: its letters and figures, in small letters."""
    return _NOT_WORD.sub("", heading.casefold())
