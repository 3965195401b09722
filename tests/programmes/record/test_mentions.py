from programmes.actions.record import load_record
from programmes.models import Mention

# programme, name, a word of the source
NAMED = (
    ("lambeth", "Purcell", "melaniespanswick"),
    ("lambeth", "Sullivan", "melaniespanswick"),
    ("lambeth", "Holst", "melaniespanswick"),
    ("lambeth", "Stockwell Children’s Orchestra", "planethugill"),
    ("lambeth", "Lansdowne Green", "thefms"),
    ("liverpool", "West Everton Children’s Orchestra", "liverpoolexpress"),
    ("liverpool", "West Everton Super Strings", "liverpoolexpress"),
    ("liverpool", "Chamber groups", "liverpoolexpress"),
    ("liverpool", "NYO Inspire", "liverpoolphil"),
    ("liverpool", "Sistema Europe", "liverpoolphil"),
    ("liverpool", "Friary", "liverpoolphil"),
    ("liverpool", "Anfield", "liverpoolphil"),
    ("leeds", "In Harmony Choir", "operanorth"),
    ("leeds", "In Harmony Band", "operanorth"),
    ("leeds", "Young Musicians Studio", "operanorth"),
    ("leeds", "Young Performers Studio", "operanorth"),
    ("leeds", "Opera North Youth Orchestra", "operanorth"),
    ("leeds", "Ruth Gorse", "operanorth"),
    ("leeds", "Stephen Longfellow", "operanorth"),
    ("leeds", "Trinity", "operanorth"),
    ("leeds", "Violin, viola, cello, bass, flute, clarinet, trumpet, trombone", "operanorth"),
    ("newcastle-gateshead", "Hawthorn Primary Symphony Orchestra", "colinscolumn"),
    ("newcastle-gateshead", "Bridgewater Symphony Orchestra", "colinscolumn"),
    ("newcastle-gateshead", "West Newcastle Symphony Orchestra", "colinscolumn"),
    ("newcastle-gateshead", "Armstrong Brass", "colinscolumn"),
    ("newcastle-gateshead", "Debussy Wind", "colinscolumn"),
    ("newcastle-gateshead", "Rye Hill", "sagegateshead"),
    ("newcastle-gateshead", "West End Women and Girls Centre", "sagegateshead"),
    ("nottingham", "Area Bands", "leftlion"),
    ("nottingham", "Intermediate Orchestra", "leftlion"),
    ("nottingham", "Robin Hood Youth Orchestra", "leftlion"),
    ("nottingham", "Young Voices Choir", "mynottinghamnews"),
    ("nottingham", "Guitar Group", "challengenottingham"),
    ("nottingham", "Salsa Jazz", "leftlion"),
    ("nottingham", "Samba", "leftlion"),
    ("nottingham", "Band Factory", "leftlion"),
    ("nottingham", "Big Sing", "ronniescotts"),
    ("nottingham", "Music Camp", "ronniescotts"),
    ("nottingham", "Ten Pieces", "ronniescotts"),
    ("nottingham", "Area Band week", "mynottinghamnews"),
    ("nottingham", "Global Connections", "nottinghammusichub"),
    ("telford-stoke", "Phoenix Academy", "youthmusic"),
    ("telford-stoke", "Ormiston Meridian", "inharmonytelfordstoke"),
    ("telford-stoke", "National Orchestra for All", "inharmonytelfordstoke"),
    ("norwich", "North Earlham", "antonylittle"),
)


def test_each_ensemble_school_and_event_named_in_print_is_there_with_its_source(db):
    load_record(by=None)
    absent = [
        (slug, name)
        for slug, name, source in NAMED
        if not Mention.objects.shown()
        .filter(programme__slug=slug, name__contains=name, source__contains=source)
        .exists()
    ]
    assert absent == []
