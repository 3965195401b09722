"""The department's ethnicity codes: main codes, which extended codes roll up to them, and how schools spell them.

Source: Common Basic Data Set, as published by the Department for Education. BOTH and OOTH are codes, not words.
"""

MAIN = frozenset(
    (
        *("WBRI", "WIRI", "WIRT", "WROM", "WOTH", "MWBC", "MWBA", "MWAS", "MOTH", "AIND"),
        *("APKN", "ABAN", "AOTH", "CHNE", "BCRB", "BAFR", "BOTH", "OOTH", "REFU", "NOBT"),
    )
)

_ROLLED_UP = {
    "WBRI": "WENG WSCO WWEL WCOR WOWB WNIR",
    "WROM": "WROG WROR WROO",
    "WOTH": "WALB WBOS WCRO WGRE WGRC WGRK WITA WKOS WPOR WSER WTUR WTUC WTUK WEUR WEEU WWEU WOTW",
    "MWAS": "MWAP MWAI MWAO MWAB",
    "MOTH": "MAOE MABL MACH MBOE MBCH MCOE MWOE MWCH MOTM",
    "APKN": "AMPK AKPA AOPK",
    "AOTH": "AAFR AKAO ANEP ASNL ASLT ASRO AOTA",
    "CHNE": "CHKC CMAL CSNG CTWN COCH",
    "BAFR": "BANN BCON BGHA BNGN BSLN BSOM BSUD BAOF",
    "BOTH": "BEUR BNAM BOTB",
    "OOTH": "OAFG OARA OEGY OFIL OIRN OIRQ OJPN OKOR OKRD OLAM OLEB OLIB OMAL OMRC OPOL OTHA OVIE OYEM OOEG",
}
EXTENDED = {code: main for main, codes in _ROLLED_UP.items() for code in codes.split()}

NAMES = {
    **dict.fromkeys(("whitebritish", "british", "whiteenglish"), "WBRI"),
    **dict.fromkeys(("whiteirish", "irish"), "WIRI"),
    **dict.fromkeys(("travellerofirishheritage", "irishtraveller", "whiteirishtraveller"), "WIRT"),
    **dict.fromkeys(("gypsyroma", "whitegypsyroma", "gypsy", "roma"), "WROM"),
    **dict.fromkeys(("anyotherwhitebackground", "whiteother", "otherwhite", "whiteanyotherwhitebackground"), "WOTH"),
    **dict.fromkeys(("whiteandblackcaribbean", "mixedwhiteandblackcaribbean"), "MWBC"),
    **dict.fromkeys(("whiteandblackafrican", "mixedwhiteandblackafrican"), "MWBA"),
    **dict.fromkeys(("whiteandasian", "mixedwhiteandasian"), "MWAS"),
    **dict.fromkeys(("anyothermixedbackground", "mixedother", "othermixed", "mixedanyothermixedbackground"), "MOTH"),
    **dict.fromkeys(("indian", "asianindian", "asianorasianbritishindian"), "AIND"),
    **dict.fromkeys(("pakistani", "asianpakistani", "asianorasianbritishpakistani"), "APKN"),
    **dict.fromkeys(("bangladeshi", "asianbangladeshi", "asianorasianbritishbangladeshi"), "ABAN"),
    **dict.fromkeys(("anyotherasianbackground", "asianother", "otherasian"), "AOTH"),
    **dict.fromkeys(("chinese",), "CHNE"),
    **dict.fromkeys(("blackcaribbean", "caribbean", "blackorblackbritishcaribbean"), "BCRB"),
    **dict.fromkeys(("blackafrican", "african", "blackorblackbritishafrican"), "BAFR"),
    **dict.fromkeys(("anyotherblackbackground", "blackother", "otherblack"), "BOTH"),
    **dict.fromkeys(("anyotherethnicgroup", "otherethnicgroup", "otherethnic"), "OOTH"),
    **dict.fromkeys(("refused", "prefernottosay"), "REFU"),
    **dict.fromkeys(("informationnotyetobtained", "notyetobtained", "notobtained", "unknown", "notknown"), "NOBT"),
}
