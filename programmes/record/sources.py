"""Where the record says it found things, short enough to stand under a fact."""

ARTS_COUNCIL = "Arts Council England, In Harmony, artscouncil.org.uk/music-education-hubs/harmony"
ENCYCLOPAEDIA = "encyclopaedia article “In Harmony (music education project)”"
STRATEGIC_FUNDS = (
    "Arts Council England, Engaging children and young people (strategic funds 2015–18), artscouncil.org.uk"
)
AWARDS = "Arts Council England, news of 16 July 2012, artscouncil.org.uk (announce-inharmony-and-nydc)"
EXPANSION = "Planet Hugill, In Harmony expands, July 2012, planethugill.com"
GUARDIAN = "The Guardian, In Harmony music project, 10 November 2009, theguardian.com"
FMS = "Federation of Music Services, October 2010, thefms.org/2010/10"
GRAMOPHONE = "Gramophone, Southbank Centre increases ties with England’s In Harmony programme, gramophone.co.uk"

LAMBETH = "Sistema England, In Harmony Lambeth, sistemaengland.org.uk/in-harmony-lambeth"
LAMBETH_CONCERT = "In Harmony Lambeth winter concert, 13 December 2012, melaniespanswick.com"

LIVERPOOL = "Liverpool Philharmonic, In Harmony Liverpool, liverpoolphil.com/about-us/in-harmony-liverpool"
LIVERPOOL_THREE_YEARS = "Liverpool Express, Three years of In Harmony Liverpool, liverpoolexpress.co.uk"
LIVERPOOL_EVERTON = "Sistema England, In Harmony Liverpool expands to Everton Nursery School, February 2015"
LIVERPOOL_TEN_YEARS = "Arts City Liverpool, In Harmony to expand as it marks ten years, 24 September 2018"
LIVERPOOL_ALL_SAINTS = "Liverpool Philharmonic, press release on All Saints, 2019"

LEEDS = "Opera North, In Harmony Opera North, operanorth.co.uk/education/in-harmony"
LEEDS_LAUNCH = "Arts Council England, news of 7 December 2012, artscouncil.org.uk"
LEEDS_SIXTH = "Opera North, Sixth school joins In Harmony, operanorth.co.uk/news"
LEEDS_NOW = "Opera North, About In Harmony, operanorth.co.uk/about-us/education/in-harmony-opera-north"
LEEDS_SIX_NEW = "Opera North, Six new schools join In Harmony, operanorth.co.uk/news"

NEWCASTLE = "Sage Gateshead, About In Harmony, sagegateshead.com"
NEWCASTLE_HAWTHORN = "Hawthorn Primary School, In Harmony, hawthorn.newcastle.sch.uk"
NEWCASTLE_TEN_YEARS = "Colin’s Column, In Harmony Newcastle Gateshead celebrates ten years, 2022, colinscolumn.com"
NEWCASTLE_EXPANDS = "Sage Gateshead, In Harmony to expand (Bridgewater and Rye Hill), 2017, sagegateshead.com"
NEWCASTLE_RENAMED = "The Glasshouse, Music storage donated to an In Harmony school, theglasshouseicm.org"

NOTTINGHAM = (
    "Nottingham communities work In Harmony with professional musicians, February 2013, jjpublicrelations.co.uk"
)
NOTTINGHAM_SERVICE = "LeftLion, Nottingham Music Hub, March 2019, leftlion.co.uk"
NOTTINGHAM_NOW = "Nottingham Music Hub, Primary school provision 2024–25, nottinghammusichub.org.uk"

TELFORD = "Arts Council England, In Harmony musicians in the classroom, 12 December 2012, artscouncil.org.uk"
TELFORD_BLOG = "Youth Music network, In Harmony Telford and Stoke-on-Trent, network.youthmusic.org.uk"
TELFORD_CAMERATA = (
    "Manchester Camerata, Families to benefit from musical funding boost, archive.manchestercamerata.co.uk"
)
TELFORD_NOW = "In Harmony Telford and Stoke-on-Trent, news of 10 November 2021, inharmonytelfordstoke.com"

NORWICH_LEFT = "classical-music.com, In Harmony scheme expands, 2012"
NORWICH = "Sistema in Norwich, statement, norcasistema.org.uk/es-statement"
NORWICH_VISIT = "NR5 project visit, July 2009, antonylittle.blogspot.com"

MONTH_ONLY = "only the month is in print; its first day stands for it"
YEAR_ONLY = "only the year is in print; its September stands for it"
BY_THEN = "named in print by then; the day it began is not given"
