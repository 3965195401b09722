"""Each milestone of the programme's history, and both sides where sources disagree, looked up after loading."""

from datetime import date

from programmes.actions.record import load_record
from programmes.models import Account, Milestone
from programmes.record.milestones import MILESTONES

# day, how much of it is in print, words of the title, a word of the source
HISTORY = (
    (date(2007, 11, 1), "month", "£332 million", "wikipedia"),
    (date(2008, 1, 1), "year", "set up", "artscouncil.org.uk/music-education-hubs/harmony"),
    (date(2009, 2, 1), "month", "West Everton, Lambeth and Norwich", "theguardian.com"),
    (date(2009, 2, 1), "month", "West Everton, Lambeth and Norwich", "archive-jmu-journalism.org.uk"),
    (date(2009, 2, 1), "month", "West Everton, Lambeth and Norwich", "liverpoolphil.com"),
    (date(2011, 2, 1), "month", "Henley", "wikipedia"),
    (date(2011, 1, 1), "year", "Independent evaluations", "wikipedia"),
    (date(2011, 3, 1), "month", "grant ends", "liverpoolexpress.co.uk"),
    (date(2011, 7, 1), "month", "Abreu", "wikipedia"),
    (date(2011, 11, 1), "month", "National Plan", "wikipedia"),
    (date(2012, 4, 1), "month", "fund it together", "engaging-children-and-young-people"),
    (date(2012, 5, 25), "day", "four new projects", "two-major-new-grant-commissions"),
    (date(2012, 7, 16), "day", "Four new projects are chosen", "announce-inharmony-and-nydc"),
    (date(2012, 7, 16), "day", "Four new projects are chosen", "wikipedia"),
    (date(2012, 1, 1), "year", "£1.5 million", "planethugill.com"),
    (date(2012, 1, 1), "year", "£1.5 million", "manchestercamerata"),
    (date(2012, 1, 1), "year", "£1.5 million", "jjpublicrelations"),
    (date(2012, 7, 1), "month", "Norwich leaves", "classical-music.com"),
    (date(2012, 7, 1), "month", "Norwich leaves", "norcasistema"),
    (date(2012, 7, 1), "month", "Norwich leaves", "wikipedia"),
    (date(2013, 5, 1), "month", "Partnership with El Sistema", "wikipedia"),
    (date(2015, 1, 1), "year", "£1.35 million", "engaging-children-and-young-people"),
    (date(2016, 1, 1), "year", "another year from April 2017", "funding-announced-for-next-year"),
    (date(2020, 3, 1), "month", "funding", "oscar-research"),
    (date(2022, 7, 1), "month", "Arts Council carries on alone", "artscouncil.org.uk/music-education-hubs/harmony"),
    # one programme's
    (date(2009, 1, 1), "year", "Lambeth starts", "sistemaengland.org.uk/in-harmony-lambeth"),
    (date(2010, 6, 23), "day", "Devon", "thefms.org"),
    (date(2012, 12, 1), "month", "Royal Festival Hall", "melaniespanswick"),
    (date(2013, 6, 28), "day", "Nucleo weekend", "gramophone.co.uk"),
    (date(2009, 2, 1), "month", "Liverpool starts", "liverpoolphil.com/about-us"),
    (date(2015, 2, 1), "month", "Everton Nursery", "expansion-with-everton-nursery"),
    (date(2019, 3, 1), "month", "Tenth", "liverpoolphil.com"),
    (date(2024, 3, 1), "month", "Fifteenth", "liverpoolphil.com"),
    (date(2012, 12, 7), "day", "launched with Windmill", "artscouncil.org.uk/news"),
    (date(2013, 1, 1), "month", "Windmill", "lotteryfunding"),
    (date(2014, 7, 9), "day", "Leeds Town Hall", "southleedslife"),
    (date(2015, 9, 1), "month", "Low Road", "operanorth"),
    (date(2016, 9, 1), "month", "New Bewerley", "operanorth"),
    (date(2018, 9, 1), "month", "Richmond Hill", "operanorth"),
    (date(2019, 1, 1), "year", "Ruth Gorse", "sixth-school-joins"),
    (date(2022, 1, 1), "year", "Clapgate, Lee Mount in Halifax and Trinity", "operanorth"),
    (date(2022, 12, 7), "day", "Ten years", "leedsliving"),
    (date(2023, 1, 1), "year", "Six new schools", "operanorth"),
    (date(2012, 1, 1), "year", "Hawthorn", "hawthorn.newcastle"),
    (date(2017, 1, 1), "year", "Bridgewater", "sage-gateshead-to-expand"),
    (date(2018, 6, 25), "day", "Grand Show", "great-exhibition"),
    (date(2022, 5, 17), "day", "tenth birthday", "colinscolumn"),
    (date(2013, 2, 1), "month", "Nottingham is launched", "jjpublicrelations"),
    (date(2014, 1, 1), "year", "independent charity", "leftlion"),
    (date(2016, 9, 1), "month", "Fourteen more", "headteacher-update"),
    (date(2012, 12, 1), "month", "Musicians in the classroom", "harmony-musicians-classroom"),
    (date(2013, 1, 1), "month", "Old Park and Heron Cross", "harmony-musicians-classroom"),
)
# the milestone's source, words of it, and what another source says, with its source
BOTH_SIDES = (
    ("set-up-2008", "artscouncil.org.uk", "2009", "wikipedia"),
    ("set-up-2008", "artscouncil.org.uk", "summer of 2008", "engaging-children"),
    ("pilots-begin-2009", "theguardian.com", "2008", "artscouncil.org.uk/music-education-hubs/harmony"),
    ("pilot-grant-ends-2011", "liverpoolexpress", "July 2012", "classical-music.com"),
    ("norwich-leaves-2012", "classical-music.com", "March 2011", "liverpoolexpress"),
    ("leeds-start", "lotteryfunding", "spring 2013", "operanorth"),
    ("nottingham-disputed", "artscouncil.org.uk", "ended", "nottinghammusichub"),
    ("telford-classroom", "artscouncil.org.uk", "January 2013", "artscouncil.org.uk"),
)


def test_each_milestone_of_the_history_is_there_with_its_date_and_source(db):
    load_record(by=None)
    absent = [
        (day, title, source)
        for day, precision, title, source in HISTORY
        if not Milestone.objects.shown()
        .filter(happened_on=day, precision=precision, title__contains=title, source__contains=source)
        .exists()
    ]
    assert absent == []


def test_where_sources_disagree_both_are_kept(db):
    load_record(by=None)
    absent = [
        (key, says)
        for key, source, says, other in BOTH_SIDES
        if not Account.objects.shown()
        .filter(milestone__key=key, milestone__source__contains=source, says__contains=says, source__contains=other)
        .exists()
    ]
    assert absent == []


def test_a_date_in_print_is_stored_as_the_first_day_of_it():
    wrong = {"month": lambda day: day.day != 1, "year": lambda day: (day.month, day.day) != (1, 1)}
    assert [one.key for one in MILESTONES if wrong.get(one.precision, lambda _: False)(one.happened_on)] == []
    assert [one.key for one in MILESTONES if one.until and one.until < one.happened_on] == []
