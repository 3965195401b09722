"""
The town each of Royal Mail's postcode areas is named after: where a postcode lies of which nothing nearer is known.

Areas of London are named after points of the compass, so London stands for each.
"""

_TOWNS = """
AB Aberdeen|AL St Albans|B Birmingham|BA Bath|BB Blackburn|BD Bradford|BH Bournemouth|BL Bolton|BN Brighton|BR Bromley
BS Bristol|BT Belfast|CA Carlisle|CB Cambridge|CF Cardiff|CH Chester|CM Chelmsford|CO Colchester|CR Croydon
CT Canterbury|CV Coventry|CW Crewe|DA Dartford|DD Dundee|DE Derby|DG Dumfries|DH Durham|DL Darlington|DN Doncaster
DT Dorchester|DY Dudley|E London|EC London|EH Edinburgh|EN Enfield Town|EX Exeter|FK Falkirk|FY Blackpool|G Glasgow
GL Gloucester|GU Guildford|HA Harrow|HD Huddersfield|HG Harrogate|HP Hemel Hempstead|HR Hereford|HS Stornoway
HU Kingston upon Hull|HX Halifax|IG Ilford|IP Ipswich|IV Inverness|KA Kilmarnock|KT Kingston upon Thames|KW Kirkwall
KY Kirkcaldy|L Liverpool|LA Lancaster|LD Llandrindod Wells|LE Leicester|LL Llandudno|LN Lincoln|LS Leeds
LU Luton|M Manchester
ME Rochester|MK Milton Keynes|ML Motherwell|N London|NE Newcastle upon Tyne|NG Nottingham|NN Northampton|NP Newport
NR Norwich|NW London|OL Oldham|OX Oxford|PA Paisley|PE Peterborough|PH Perth|PL Plymouth|PO Portsmouth|PR Preston
RG Reading|RH Redhill|RM Romford|S Sheffield|SA Swansea|SE London|SG Stevenage|SK Stockport|SL Slough|SM Sutton
SN Swindon|SO Southampton|SP Salisbury|SR Sunderland|SS Southend-on-Sea|ST Stoke-on-Trent|SW London|SY Shrewsbury
TA Taunton|TD Galashiels|TF Telford|TN Tonbridge|TQ Torquay|TR Truro|TS Middlesbrough|TW Twickenham|UB Southall
W London|WA Warrington|WC London|WD Watford|WF Wakefield|WN Wigan|WR Worcester|WS Walsall|WV Wolverhampton|YO York
ZE Lerwick
"""
POST_TOWNS: dict[str, str] = {
    area: town for entry in _TOWNS.replace("\n", "|").split("|") if entry for area, town in [entry.split(" ", 1)]
}
# outside England; a border may run through an area, so this is said only where nothing nearer is known
SCOTLAND = frozenset(["AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "TD", "ZE"])
WALES = frozenset(["CF", "LD", "LL", "NP", "SA"])
NORTHERN_IRELAND = frozenset({"BT"})


def nation_of(area: str) -> str:
    """Returns the nation's code, as towns have it, that an area of postcodes lies in, at least for the most part."""
    for code, areas in (("SCT", SCOTLAND), ("WLS", WALES), ("NIR", NORTHERN_IRELAND)):
        if area in areas:
            return code
    return "ENG"
