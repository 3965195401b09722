from datetime import date

from programmes.actions.record import load_record
from programmes.models import OrganisationName, OrganisationRole, Programme

# programme, what it is to it, organisation, a word of the source
LEADS = (
    ("lambeth", "lead", "Lambeth Council", "sistemaengland"),
    ("lambeth", "partner", "Southbank Centre", "gramophone"),
    ("lambeth", "partner", "London Philharmonic Orchestra", "gramophone"),
    ("lambeth", "partner", "Amicus Horizon", "thefms"),
    ("liverpool", "lead", "Royal Liverpool Philharmonic", "liverpoolphil"),
    ("liverpool", "funder", "Youth Music", "everton-nursery"),
    ("liverpool", "funder", "Paul Hamlyn Foundation", "liverpoolphil"),
    ("leeds", "lead", "Opera North", "operanorth"),
    ("newcastle-gateshead", "lead", "The Glasshouse", "sagegateshead"),
    ("nottingham", "lead", "Nottingham City Council", "jjpublicrelations"),
    ("nottingham", "lead", "Nottingham Music Service", "leftlion"),
    ("telford-stoke", "lead", "Telford & Wrekin Music", "youthmusic"),
    ("telford-stoke", "partner", "City of Birmingham Symphony Orchestra", "youthmusic"),
    ("telford-stoke", "partner", "Manchester Camerata", "manchestercamerata"),
    ("telford-stoke", "partner", "Stoke City Music Service", "youthmusic"),
    ("telford-stoke", "partner", "Staffordshire Performing Arts", "youthmusic"),
    ("telford-stoke", "partner", "Arts Connect", "youthmusic"),
    ("norwich", "lead", "NORCA", "norcasistema"),
)
STARTS = (
    ("lambeth", date(2009, 2, 1), "sistemaengland"),
    ("liverpool", date(2009, 2, 1), "liverpoolphil"),
    ("leeds", date(2013, 1, 1), "lotteryfunding"),
    ("newcastle-gateshead", date(2012, 9, 1), "hawthorn"),
    ("nottingham", date(2013, 2, 1), "jjpublicrelations"),
    ("telford-stoke", date(2013, 1, 1), "harmony-musicians-classroom"),
    ("norwich", date(2009, 2, 1), "norcasistema"),
)


def test_each_lead_partner_and_funder_in_print_is_there_with_its_source(db):
    load_record(by=None)
    absent = [
        row
        for row in LEADS
        if not OrganisationRole.objects.filter(
            programme__slug=row[0], kind=row[1], organisation__name__contains=row[2], source__contains=row[3]
        ).exists()
    ]
    assert absent == []


def test_each_programme_starts_when_it_is_in_print_with_its_source(db):
    load_record(by=None)
    absent = [
        row
        for row in STARTS
        if not Programme.objects.filter(slug=row[0], delivery_started_on=row[1], source__contains=row[2]).exists()
    ]
    assert absent == []


def test_former_names_say_where_they_are_found(db):
    load_record(by=None)
    assert set(OrganisationName.objects.exclude(source="").values_list("name", flat=True)) == {
        "Sage Gateshead",
        "In Harmony Sistema England",
    }
