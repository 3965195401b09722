"""The documents from which the Arts Council's questions are known, each with its year and its address."""

GUIDANCE_2014 = (
    "Annual return of music education hubs 2014/15: guidance notes, "
    "studylib.net/doc/10047217/annual-return-guidance-notes"
)
GUIDANCE_2019 = (
    "Music education hubs, academic year 2019/20: guidance notes, "
    "fdocuments.in/document/music-education-hubs-academic-year-201920-guidance-notes-analysis-colleagues.html"
)
TABS_2023 = (
    "Music education hubs, survey and data 2023/24, "
    "www.artscouncil.org.uk/MusicEducationHubs/music-education-hubs-survey-and-data"
)
SCHOOL_FORM_2016 = (
    "A hub’s form for its schools 2016/17, "
    "docs.google.com/spreadsheets/d/11StlkQolFpj4eELtqzMKaOdGmZtWQRXJCXzIMj9_eAk/edit"
)
SCHOOL_FORM_SURREY = (
    "Arts Council data return, for schools, Surrey (read 2026), "
    "surreymusichub.com/schools/national-curriculum/arts-council-data-return/"
)
KEY_DATA_2015 = (
    "Key Data on Music Education Hubs 2015, "
    "vdocuments.mx/key-data-on-music-education-hubs-2015-2017-08-31-4-key-data-on-music-education.html"
)
KEY_DATA_2017 = (
    "Key Data on Music Education Hubs 2017, "
    "fdocuments.us/document/key-data-on-music-education-hubs-2017-arts-council-england-4-key-data-on-music.html"
)
KEY_DATA_2013 = (
    "Key Data on Music Education Hubs 2013/14, "
    "www.musicmark.org.uk/news/nfer-and-the-arts-council-produce-key-data-on-music-education-hubs/"
)
SCHOOLS_WEEK = "Schools Week on music hubs (read 2026), schoolsweek.co.uk/tag/music-hubs/"
COMMON_APPROACH = (
    "A Common Approach, equivalence of levels (read 2026), "
    "musicmark.org.uk/a-common-approach/about/equivalence-of-programmes-of-study"
)
YEAR_END_REPORT = (
    "Year-end report of a National Portfolio Organisation, an older form (read 2026), "
    "studylib.net/doc/7087832/word---arts-council-england"
)
PAYMENT_CONDITIONS = (
    "Payment conditions and Grants for the Arts (read 2026), "
    "docplayer.net/amp/21274875-Payment-conditions-and-grants-for-the-arts.html"
)
