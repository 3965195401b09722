"""Forenames that stand for one another: short forms in use in England, and spellings of one name.

Put together by hand from everyday English usage, and from the spellings of names that class lists of English cities
hold side by side; no list of names was copied. A group begins with the full name where there is one. Two names stand
for one another when a group holds both: Sam is Samuel or Samantha, but Samuel is not Samantha.

It only ever raises a question ("is this the same child?") and never answers one, so it is kept short: what one typing
error or the beginning of a name shows already (Jon and Jonathan, Aidan and Ayden) is not in it.
"""

from collections import defaultdict

_GROUPS = """
abdullah abdallah abdulla
abigail abby abbie gail
ahmed ahmad ahmet
aisha ayesha aysha aicha
albert bert bertie al
alexander alex sandy xander sasha alec lex
alexandra alex sandra lexi lexie sasha alexa
alfred alf alfie fred freddie
aleksander alexander
aleksandra alexandra
amelia millie milly amy
andrew andy drew
andrzej andrew
anna ann anne annie hannah
anthony antony tony
antonia toni
archibald archie
barbara barb babs
barnaby barney
benjamin ben benny benji
bernadette bernie
bradley brad
caitlin kate katie katelyn caitlyn kaitlyn
cameron cam
catherine katherine kathryn katharine katarzyna cathy kathy kate katie kat kitty cat
charles charlie chuck
charlotte charlie lottie lotte
christina christine krystyna tina chris chrissie
christopher chris kit krzysztof topher
daniel dan danny
danielle dani
david dave davey dawid dai
deborah debbie deb debra
dominic dom dominik
dorothy dot dottie dorothea
edward ed eddie ned ted teddy
eleanor ellie nell nora elinor
elizabeth elisabeth liz lizzie beth betty eliza elsie libby lily elzbieta
ellen ellie nell
emily em millie emilia
emma em
fatima fatimah fatma fatimata
florence flo florrie
francesca fran frankie chessie
francis frank frankie
frederick fred freddie freddy fryderyk
gabriel gabe
gabriella gabriela gabby ella
george georgie jerzy jorge
georgina georgie gina georgia
gregory greg
gwendolen gwen
hannah hanna hana
harold harry hal
harriet hattie harri
henry harry hal henryk
hussain hussein husain hussayn
ibrahim ebrahim abraham
isabel isobel isabelle isabella izzy bella belle
isaac zac
jacob jake jakub yakub yaqub
jacqueline jackie
james jim jimmy jamie jem
jan john
janet jan
jennifer jen jenny
jeremy jerry jem
jessica jess jessie
joanna jo joanne
john jack johnny jon
jonathan jon jonny
joseph joe joey jozef yusuf
josephine josie jo
joshua josh
judith judy
julia julie julka
kimberley kim kimberly
laurence lawrence larry laurie
leonard len lenny leo
lewis louis luis
louise lou
lucy lucia lucie
lukasz lucas luke
madeleine madeline maddie maddy
malgorzata margaret gosia
margaret maggie meg megan peggy greta daisy maisie
maria mary marie marija
martha marty marta
matthew matt matty mateusz matteo
maxwell max
maximilian max
mehmet mohammed
michael mike mick mickey micky michal mikey
mohammed muhammad muhamad mohamed mohammad muhammed mohamud mohamad mahomed mo md
natalia natalie nat natasha talia
nathaniel nathan nat nate
nicholas nick nicky nico mikolaj
nicola nicky nikki
olivia liv livvy
oliver ollie olly
omar umar
osman usman uthman
pamela pam
patricia pat tricia trish patsy
patrick pat paddy patryk
pawel paul
penelope penny
peter pete piotr
philip phillip phil pip
philippa pippa
rebecca becky becca rebekah
reginald reg reggie
richard rick ricky dick richie
robert rob bob bobby robbie bert
rosemary rosie rose
rosalind ros rosie
rupert bertie
sadiq sadique siddique
samantha sam sammy sammie
samuel sam sammy
sarah sara sally sadie
sebastian seb
sofia zofia sophia sophie zosia
stephen steven steve stephan stefan szczepan
stephanie steph stefania
susan sue susie suzanne zuzanna
tereza theresa teresa tess terry
theodore theo ted teddy
thomas tom tommy tomasz
timothy tim
tobias toby
tomasz tom
valerie val
veronica ronnie
victoria vicky tori vic
vincent vince vinny
wilhelmina mina billie
william will bill billy willie liam
wojciech adalbert
yahya yehya
yasmin jasmine jasmin yasmine
youssef yusuf yousuf yousef joseph
zachary zac zach zak zachariah zack
zainab zaynab zeinab zaineb
zahra zara
"""


def _by_name() -> dict[str, frozenset[str]]:
    others: dict[str, set[str]] = defaultdict(set)
    for line in _GROUPS.split("\n"):
        group = line.split()
        for name in group:
            others[name].update(other for other in group if other != name)
    return {name: frozenset(found) for name, found in others.items()}


_OTHERS = _by_name()


def other_forms(name: str) -> frozenset[str]:
    """Returns the names that a forename may stand for, or that may stand for it; folded, as the forename comes."""
    return _OTHERS.get(name, frozenset())
