"""What a programme is, in two or three plain paragraphs: our words, only what its sources say."""

LIVERPOOL = """\
In Harmony Liverpool belongs to the Royal Liverpool Philharmonic. It began in 2009 with 84 children at Faith \
Primary School in West Everton, as one of three pilots. Children there learned an instrument, played in the West \
Everton Children’s Orchestra, and twelve weeks later performed at Liverpool Philharmonic Hall.

It now works in Everton and Anfield: at three primary schools, a nursery school and a children’s centre, and at \
Liverpool Philharmonic at the Friary, where orchestras rehearse. Children learn an instrument throughout primary \
school, free of charge. Half of them go on with In Harmony when they move to secondary school.
"""
LAMBETH = """\
In Harmony Lambeth began in 2009 on and round the Lansdowne Green Estate in Stockwell, as one of three pilots. \
Lambeth Council’s music service leads it, with the Southbank Centre. The London Philharmonic Orchestra has been \
its key orchestra.

Children start young and go on until they are 18. Its orchestras, in 2012 the Purcell, the Sullivan and the \
Holst, come together as the Stockwell Children’s Orchestra and have played at the Royal Festival Hall.
"""
LEEDS = """\
In Harmony Opera North is the only In Harmony programme led by an opera company, so singing has a large part in \
it. It began with every child of Windmill Primary School in Belle Isle in 2013.

From that one school it grew to twelve, in Leeds, Halifax, Pontefract and Kirklees. Children learn strings in \
Years 3 and 4 and may choose brass after that; older ones join a choir, a band, or the youth orchestra of Opera \
North.
"""
NEWCASTLE_GATESHEAD = """\
In Harmony Newcastle Gateshead began at Hawthorn Primary School in Elswick in 2012. The Glasshouse leads it, the \
concert hall in Gateshead that was called Sage Gateshead until it took a new name. Every child learns an \
orchestral instrument and plays in ensembles, from small groups up to a symphony orchestra of the school.

In 2017 Bridgewater School in Scotswood joined, and nurseries with it. Children have played side by side with \
Royal Northern Sinfonia. By the end of primary school a child has typically taken part in almost 500 rehearsals \
and 25 performances.
"""
NOTTINGHAM = """\
In Harmony Nottingham was launched in February 2013 at four primary schools: Dovecote, Mellers, Robin Hood and \
William Booth. The city’s music service led it, since 2014 a charity of its own, which leads Nottingham Music \
Hub. By 2016 fourteen more schools took part at a lower intensity.

Sources disagree whether it runs today. The Arts Council lists Nottingham among the places of In Harmony; the \
hub’s page for schools of 2024–25 treats In Harmony as ended when the money of the Department for Education \
went.
"""
TELFORD_STOKE = """\
In Harmony Telford & Stoke-on-Trent is one programme in two places. It was introduced in December 2012, when \
players of the City of Birmingham Symphony Orchestra and Manchester Camerata went into the classrooms of Old \
Park Primary School in Telford and Heron Cross Primary School in Stoke-on-Trent. From January 2013 every child \
there learned an instrument.

Telford & Wrekin Music leads it, with partners in both places. In autumn 2021 it was at work in three schools, \
among them Hollinswood and St Augustine’s, with ensembles after school and one for secondary pupils at Ormiston \
Meridian Academy.
"""
NORWICH = """\
In Harmony Norwich was one of the three pilots of 2009, led by NORCA, and launched at Catton Grove and Larkman \
primary schools.

It left In Harmony in July 2012, when the state grant ended, and went on as Sistema in Norwich.
"""
