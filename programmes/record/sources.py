"""Where the record says it found things: words short enough to stand under a fact, then the address without https."""

ARTS_COUNCIL = "Arts Council England, In Harmony, artscouncil.org.uk/music-education-hubs/harmony"
ENCYCLOPAEDIA = "Encyclopaedia article on In Harmony, en.wikipedia.org/wiki/In_Harmony_(music_education_project)"
STRATEGIC_FUNDS = (
    "Arts Council England, Engaging children and young people, "
    "artscouncil.org.uk/funding/our-investment-2015-18/strategic-funds/engaging-children-and-young-people/"
)
COMMISSIONS = (
    "Arts Council England, In Harmony, 2012, artscouncil.org.uk/funding/our-investment/funding-programmes/harmony/"
)
CALL = (
    "Arts Council England, news of 25 May 2012, "
    "artscouncil.org.uk/news/arts-council-news/two-major-new-grant-commissions-now-open/"
)
AWARDS = (
    "Arts Council England, news of 16 July 2012, artscouncil.org.uk/news/arts-council-news/announce-inharmony-and-nydc/"
)
NEWS_2010 = "Arts Council England, news of 27 September 2010, artscouncil.org.uk/news/arts-council-news/harmony/"
NATIONAL_PLAN = (
    "International Federation of Arts Councils, 25 November 2011, "
    "ifacca.org/news/2011/11/25/arts-council-england-create-music-education-hubs/"
)
EXPANSION = "Planet Hugill, In Harmony expands, 17 July 2012, planethugill.com/2012/07/in-harmony-expands.html"
ANOTHER_YEAR = (
    "Opera North, Funding announced for next year (undated), "
    "kissmekatethemusical.co.uk/news/music-will-be-theirs-funding-announced-for-next-year-of-in-harmony-opera-north"
)
GUARDIAN = "The Guardian, 10 November 2009, theguardian.com/education/2009/nov/10/in-harmony-music-project"
TELEGRAPH = (
    "Julian Lloyd Webber in The Telegraph, "
    "telegraph.co.uk/culture/music/3563931/How-I-was-inspired-by-the-children-of-Venezuela.html"
)
INDEPENDENT = (
    "Julian Lloyd Webber in The Independent, "
    "independent.co.uk/arts-entertainment/classical/features/julian-lloyd-webber-im-doing-a-dudamel-over-here-8786800.html"
)
CLASSIC_FM = (
    "Classic FM, 2 May 2013, classicfm.com/artists/julian-lloyd-webber/news/harmony-project-joins-forces-el-sistema/"
)
SCREENING = "Melanie Spanswick, 6 May 2013, melaniespanswick.com/2013/05/06/transforming-el-sistema/"

NFER_YEAR_1 = "NFER, Year 1 interim report, nfer.ac.uk/publications/evaluation-of-in-harmony-year-1-interim-report"
NFER_YEAR_1_TEXT = (
    "NFER, Year 1 interim report (contents), "
    "fdocuments.in/document/evaluation-of-in-harmony-arts-council-operating-models-these-combined-features.html"
)
NFER_YEAR_2 = "NFER, Year 2 interim report, nfer.ac.uk/publications/evaluation-of-in-harmony-year-2-interim-report/"
NFER_YEAR_2_TEXT = (
    "NFER, Year 2 interim report (contents), "
    "pdfslide.net/documents/evaluation-of-in-harmony-arts-council-a-theory-of-change-model-for-in-harmony.html"
)
NFER_YEAR_2_NEWS = (
    "NFER, news, nfer.ac.uk/about-nfer/media-events/in-harmony-music-programme-in-schools-continues-to-support-"
    "social-wellbeing-and-positive-aspirations-of-children-in-deprived-communities/"
)
NFER_FINAL = "NFER, final report, nfer.ac.uk/publications/evaluation-of-in-harmony-final-report/"
NFER_FINAL_TEXT = (
    "NFER, final report (contents), "
    "vdocuments.mx/evaluation-of-in-harmony-national-foundation-for-evaluation-of-in-harmony.html"
)
HALLAM_BURNS = (
    "Arts Council England, artscouncil.org.uk/research-and-data/"
    "musical-progression-research-harmony-and-other-disadvantaged-communities"
)
HALLAM_BURNS_TEXT = (
    "Hallam and Burns (contents), "
    "vdocument.in/research-into-support-for-musical-progression-for-young-in-harmony-staff-are.html"
)
HEADTEACHER = (
    "Headteacher Update, "
    "headteacher-update.com/best-practice-article/music-education-an-evaluation-of-in-harmony/149697"
)
TEACHING_TIMES = "Teaching Times, teachingtimes.com/news/in-harmony.htm"
TENDER = "Arts Council England, tender of July 2018, oscar-research.co.uk/tenderalerts/111690"
HEADS = (
    "Sistema England, "
    "sistemaengland.org.uk/headteachers-discuss-the-impact-in-harmony-is-having-in-their-schools-and-communities/"
)

LAMBETH = "Sistema England, In Harmony Lambeth, sistemaengland.org.uk/in-harmony-lambeth/"
LAMBETH_ABOUT = "In Harmony Lambeth, About us, inharmonylambeth.co.uk/about-us.html"
FMS = "Federation of Music Services, October 2010, thefms.org/2010/10"
GRAMOPHONE = (
    "Gramophone, 1 July 2013, "
    "gramophone.co.uk/classical-music-news/southbank-centre-increases-ties-with-england’s-in-harmony-programme"
)
LAMBETH_CONCERT = (
    "Melanie Spanswick, 13 December 2012, melaniespanswick.com/2012/12/13/in-harmony-lambeth-winter-concert/"
)
LAMBETH_NUCLEO = "Planet Hugill, 25 June 2012, planethugill.com/2012/06/youthful-music-1-lambeth.html"
LAMBETH_EVALUATION = (
    "Repository for arts and health resources, "
    "artshealthresources.org.uk/docs/in-harmony-lambeth-an-evaluation-executive-summary/"
)
LAMBETH_EVALUATION_TEXT = (
    "Executive summary, docslib.org/doc/352228/in-harmony-lambeth-an-evaluation-%C2%AD-executive-summary"
)

LIVERPOOL = "Liverpool Philharmonic, In Harmony Liverpool, liverpoolphil.com/about-us/in-harmony-liverpool/"
LIVERPOOL_2018 = "Liverpool Philharmonic, page of about 2018, liverpoolphil.com/in-harmony-liverpool"
LIVERPOOL_2019 = "Liverpool Philharmonic, page of 2019, liverpoolphil.com/in-harmony-liverpool"
LIVERPOOL_LOVE_MUSIC = "Liverpool Philharmonic, liverpoolphil.com/support-us/love-music-in-harmony-liverpool"
LIVERPOOL_DEBUT = "JMU Journalism, archive-jmu-journalism.org.uk/entertainment-95/4536812799"
LIVERPOOL_THREE_YEARS = (
    "Liverpool Express, liverpoolexpress.co.uk/together-in-harmony-three-years-of-in-harmony-liverpool/"
)
LIVERPOOL_DERRY = "Liverpool Express, 2013, liverpoolexpress.co.uk/liverpool-in-harmony-with-derry/"
LIVERPOOL_YEAR_3 = "Year Three report (contents), pdfslide.net/documents/evaluation-of-in-harmony-liverpool-2012.html"
LIVERPOOL_YEAR_4 = (
    "Year Four report (contents), issuu.com/liverpoolphilharmonic/docs/in_harmony_liverpool_year_4_interim"
)
LIVERPOOL_YEAR_5 = (
    "Year Five report (preface), issuu.com/liverpoolphilharmonic/docs/in_harmony_liverpool_year_5_evaluat"
)
LIVERPOOL_REFLECTIONS = (
    "Repository for arts and health resources, "
    "artshealthresources.org.uk/docs/in-harmony-liverpool-2009-2019-reflections-on-10-years-of-learning/"
)
LIVERPOOL_REFLECTIONS_TEXT = (
    "Report (contents), vdocuments.net/acknowledgements-royal-liverpool-philharmonic-2019-3-21-researcher-and.html"
)
LIVERPOOL_REACH = "In Harmony Liverpool, kipdf.com/in-harmony-liverpool_5aacfc0e1723dd7665156740.html"
LIVERPOOL_EARLY_YEARS = (
    "Music Mark, 8 December 2016, "
    "musicmark.org.uk/news/new-report-reveals-positive-impacts-of-in-harmony-liverpool-on-early-years-education/"
)
LIVERPOOL_EVERTON = (
    "Sistema England, February 2015, sistemaengland.org.uk/liverpool-philharmonic-announces-in-harmony-liverpool-"
    "expansion-with-everton-nursery-school-and-family-centre"
)
LIVERPOOL_HAMLYN = (
    "Liverpool Philharmonic, press release, liverpoolphil.com/press/royal-liverpool-philharmonic-awarded-over-300000"
)
LIVERPOOL_TEN_YEARS = (
    "Arts City Liverpool, 24 September 2018, "
    "artscityliverpool.com/single-post/2018/09/24/Liverpools-In-Harmony-to-expand-as-it-marks-10-years"
)
LIVERPOOL_ALL_SAINTS = "Liverpool Philharmonic, press release on All Saints, 2019, liverpoolphil.com"
LIVERPOOL_GRANTS = (
    "Royal Liverpool Philharmonic, report, online.flipbuilder.com/RDMR/fxoe/files/basic-html/page562.html"
)
LIVERPOOL_SISTEMA_EUROPE = "Sistema Europe, 2019, sistemaeurope.org/News/Celebrating_10_years_of_In_Harmony_Liverpool/"

LEEDS = "Opera North, In Harmony Opera North, operanorth.co.uk/education/in-harmony"
LEEDS_2013 = "Opera North, page of 2013, operanorth.co.uk/education/in-harmony"
LEEDS_2015 = "Opera North, page of 2015, operanorth.co.uk/education/in-harmony"
LEEDS_LOTTERY = "Lottery funding, Harmony Opera North, lotteryfunding.org.uk/project/harmony-opera-north"
LEEDS_LAUNCH = (
    "Arts Council England, news of 7 December 2012, "
    "artscouncil.org.uk/news/arts-council-news/entire-school-embarks-musical-journey-launch-harmo/"
)
LEEDS_TOWN_HALL = "South Leeds Life, July 2014, southleedslife.com/?p=26085"
LEEDS_VOTE = "Opera North, In Harmony needs your vote, 2018, operanorth.co.uk/news/in-harmony-needs-your-vote"
LEEDS_SIXTH = "Opera North, Sixth school joins, 2019, operanorth.co.uk/news/sixth-school-joins-in-harmony/"
LEEDS_TEN_YEARS = "Opera North, In Harmony celebrates 10 years, operanorth.co.uk/news/in-harmony-celebrates-10-years/"
LEEDS_LIVING = (
    "Leeds Living, December 2022, "
    "leedsliving.co.uk/christmas-in-leeds/why-not-give-the-gift-of-music-to-a-child-this-christmas/"
)
LEEDS_NOW = "Opera North, About In Harmony, operanorth.co.uk/about-us/education/in-harmony-opera-north/"
LEEDS_SIX_NEW = "Opera North, Six new schools join In Harmony, operanorth.co.uk/news"
LEEDS_LATER = "Opera North, Red Violin Festival, operanorth.co.uk/whats-on/red-violin-festival"
LEEDS_GRANTS = "Opera North, news, operanorth.co.uk/news/arts-council-england-investment-plans-for-2018-22"
LEEDS_SEC_ED = "SecEd, In Harmony Opera North, sec-ed.co.uk/content/features/in-harmony-opera-norths-inner-workings"

NEWCASTLE = (
    "Sage Gateshead, About In Harmony, "
    "sagegateshead.com/get-involved/children-young-people/in-harmony-newcastle-gateshead/about-in-harmony/"
)
NEWCASTLE_HAWTHORN = "Hawthorn Primary School, hawthorn.newcastle.sch.uk/website/in_harmony/335842"
NEWCASTLE_YEAR_ONE = "Sage Gateshead, blog: Reflections on Year One, September 2013, sagegateshead.com"
NEWCASTLE_300 = (
    "Rebecca Coulson, about 2015, "
    "citybutler.com/index.php/centrewrite/item/512-rebecca-coulson-opportunities-for-children-to-learn-music-matter"
)
NEWCASTLE_EXPANDS = (
    "Sage Gateshead, 2017, sagegateshead.com/press-releases/sage-gateshead-to-expand-in-harmony-newcastle-gate/"
)
NEWCASTLE_GRAND_SHOW = (
    "Sage Gateshead, 28 May 2018, sagegateshead.com/news-and-blogs/press-releases/"
    "in-harmony-pupils-prepare-for-great-exhibition-of/"
)
NEWCASTLE_TEN_YEARS = (
    "Colin’s Column, 2022, colinscolumn.com/in-harmony-newcastle-gateshead-celebrates-10-years-of-transforming-"
    "childrens-lives-through-music-and-looks-ahead-to-the-future/"
)
NEWCASTLE_RENAMED = "The Glasshouse, theglasshouseicm.org/press/new-music-storage-donated-to-in-harmony-school"

GLASSHOUSE = (
    "The Independent, 13 September 2023, independent.co.uk/news/uk/"
    "cabinet-james-brown-pet-shop-boys-blondie-theresa-may-b2410802.html"
)

NOTTINGHAM = (
    "JJ Public Relations, February 2013, "
    "jjpublicrelations.co.uk/2013/02/nottingham-communities-work-in-harmony-with-professional-musicians/"
)
NOTTINGHAM_SERVICE = "LeftLion, March 2019, leftlion.co.uk/features/2019/03/nottingham-music-hub"
NOTTINGHAM_WEEK = (
    "My Nottingham News, mynottinghamnews.co.uk/amazing-week-for-city-musicians-working-with-nottingham-music-hub/"
)
NOTTINGHAM_CASE = "Challenge Nottingham, challengenottingham.co.uk/case-study%2C-music-hub"
NOTTINGHAM_RONNIE_SCOTT = "Ronnie Scott’s Foundation, foundation.ronniescotts.co.uk/nottingham-music-education-hub/"
NOTTINGHAM_CONNECTIONS = "Nottingham Music Hub, nottinghammusichub.org.uk/events/global-connections"
NOTTINGHAM_WARDS = (
    "Cultural Learning Alliance, culturallearningalliance.org.uk/case-studies/building-equity/"
    "equity-diversity-and-inclusion-making-music-make-a-difference"
)
NOTTINGHAM_CHARGES = "Nottingham Music Hub, In Harmony, 2022, nottinghammusichub.org.uk/schools/in-harmony"
NOTTINGHAM_NOW = "Nottingham Music Hub, page of 2024–25, nottinghammusichub.org.uk/schools/Primary-School-Provision"

TELFORD = (
    "Arts Council England, news of 12 December 2012, "
    "artscouncil.org.uk/news/arts-council-news/harmony-musicians-classroom/"
)
TELFORD_AWARD = (
    "Arts Council England, news, "
    "artscouncil.org.uk/news/arts-council-news/two-west-midlands-schools-win-funding-harmony-musi/"
)
TELFORD_BLOG = (
    "Youth Music network, network.youthmusic.org.uk/learning/blogs/telfordwrekinmusic/harmony-telford-and-stoke-trent"
)
TELFORD_CLASSROOM = "In Harmony Sistema England, ihse.org.uk/telford-stoke-classroom"
TELFORD_CAMERATA = (
    "Manchester Camerata, "
    "archive.manchestercamerata.co.uk/learning-deprived-families-to-benefit-from-musical-funding-boost"
)
TELFORD_NOW = (
    "In Harmony Telford and Stoke-on-Trent, 10 November 2021, "
    "inharmonytelfordstoke.com/news/blog/2021-11-10-an-update-on-the-autumn-term-so-far/"
)
TELFORD_FILM = "Jeremy Clay, 29 April 2015, jeremyclaymusic.com/2015/04/29/713/"

NORWICH_LEFT = "Classical Music, July 2012, classical-music.com/news/harmony-scheme-expands"
NORWICH = "Sistema in Norwich, statement, norcasistema.org.uk/es-statement"
NORWICH_TEN_YEARS = (
    "Iceni Post, icenipost.com/ten-years-of-transforming-the-lives-of-children-and-young-people-in-norwich/"
)
NORWICH_VISIT = "Antony Little, July 2009, antonylittle.blogspot.com/2009/07/nr5-project-visit.html"

KEY_DATA_2013 = "NFER, Key Data 2013, readkong.com/page/key-data-on-music-education-hubs-2013-9343647"
KEY_DATA_2014 = "Music Mark, musicmark.org.uk/news/nfer-and-the-arts-council-produce-key-data-on-music-education-hubs/"
KEY_DATA_2017 = (
    "Education Business, 24 October 2018, "
    "educationbusinessuk.net/news/24102018/nine-out-ten-schools-benefitting-music-hubs"
)
SCHOOLS_WEEK = "Schools Week, 7 May 2024, schoolsweek.co.uk/tag/music-hubs/"
MUSIC_TEACHER = "Music Teacher, musicteachermagazine.co.uk"

MONTH_ONLY = "only the month is in print; its first day stands for it"
YEAR_ONLY = "only the year is in print; its September stands for it"
BY_THEN = "named in print by then; the day it began is not given"
