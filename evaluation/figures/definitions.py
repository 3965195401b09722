"""What each figure means. One text, shown wherever the number is."""

from evaluation.figures.figure import Definition

CHILDREN_REACHED = Definition(
    "children_reached",
    "Children taking part",
    "",
    "Children with at least one mark of present or late at a session of the period. Each child once, however many "
    "ensembles, schools or sessions. Children who never came, adults and audiences are not counted.",
    "Children on a register of the period",
)
CHILDREN_ENROLLED = Definition(
    "children_enrolled",
    "Children enrolled",
    "",
    "Children on the class lists for at least one day of the period, whether or not they came. Each child once.",
    "Children with an enrolment in force in the period",
)
SESSIONS_PLANNED = Definition(
    "sessions_planned",
    "Sessions planned",
    "",
    "Sessions in the timetable of the period, those still to come and those cancelled included.",
    "Ensemble sessions of the period",
)
SESSIONS_HELD = Definition(
    "sessions_held",
    "Sessions held",
    "",
    "Sessions whose register was taken. A session without a register counts as held only once it is taken. "
    "Of a session without names, such as a taster, the register is a count of heads.",
    "Ensemble sessions of the period",
)
SESSIONS_CANCELLED = Definition(
    "sessions_cancelled",
    "Sessions cancelled",
    "",
    "Sessions cancelled, each with its reason.",
    "Ensemble sessions of the period",
)
HOURS_HELD = Definition(
    "hours_held",
    "Hours of sessions",
    "",
    "Length of all sessions held, by the timetable, rounded to a whole hour.",
    "Sessions whose register was taken",
)
REGISTERS_TAKEN = Definition(
    "registers_taken",
    "Registers taken",
    "",
    "Sessions whose register was taken, of those whose register is due: sessions before today that were not "
    "cancelled, and those of today once taken.",
    "Ensemble sessions of the period",
    "Registers due",
)
ATTENDANCE = Definition(
    "attendance",
    "Attendance at sessions",
    "%",
    "Marks of present and late, as a share of all marks that could count. Excused (at a school event) does not "
    "count either way: the child could not have come. A session of several ensembles counts once, where the ensemble "
    "is that it was planned for. Sessions counted by heads have no marks, and do not count.",
    "Marks in registers taken",
    "Marks of present, late and absent, with a reason or without",
)
HOURS_OFFERED = Definition(
    "hours_offered",
    "Hours offered",
    "a week",
    "Length of the sessions a child was on the register of, attended or not; mean of all children on a register, "
    "for each week in which a register with marks was taken. Sessions counted by heads are in the hours of sessions, "
    "not here. Of the country: a child of two programmes counts in each.",
    "Children on a register of the period",
    "Children, times weeks with a register taken",
)
HOURS_RECEIVED = Definition(
    "hours_received",
    "Hours received",
    "a week",
    "Length of the sessions a child attended (present or late); mean of all children on a register, for each week "
    "in which a register with marks was taken. Of the country: a child of two programmes counts in each.",
    "Children on a register of the period",
    "Children, times weeks with a register taken",
)
SCHOOLS = Definition(
    "schools",
    "Partner schools",
    "",
    "Schools with a partnership in force on at least one day of the period, each once.",
    "Schools of the register of schools (GIAS)",
)
PROGRAMMES = Definition(
    "programmes",
    "Programmes",
    "",
    "In Harmony programmes that ran on at least one day of the period.",
    "In Harmony programmes",
)

CHILDREN_NEW = Definition(
    "children_new",
    "New children",
    "",
    "Children taking part who came to no session of an earlier academic year. Of the country: of no programme.",
    "Children taking part",
)
CHILDREN_RETURNING = Definition(
    "children_returning",
    "Returning children",
    "",
    "Children taking part who came to a session of an earlier academic year too.",
    "Children taking part",
)
CHILDREN_LEAVING = Definition(
    "children_leaving",
    "Children leaving",
    "",
    "Children taking part whose enrolment ended in the period, and who have none that goes on after it: who left the "
    "school, the programme or the place, and those who finished. Of the country: who left all they came to.",
    "Children taking part",
)
CHILDREN_TWICE = Definition(
    "children_twice",
    "Children in two programmes",
    "",
    "By how many the programmes' own counts add up to more than the children: who came to two programmes is one too "
    "many, who came to three is two.",
    "Children taking part",
)
ENSEMBLES = Definition(
    "ensembles",
    "Ensembles",
    "",
    "Ensembles that play in at least one session of the period that was not cancelled, their own or one they join.",
    "Ensembles of the programmes",
)
TUTORS = Definition(
    "tutors",
    "Tutors",
    "",
    "People who led a session of the period: the one named for it, or else those of its ensemble. Who leads in two "
    "programmes is counted in each.",
    "Tutors of the programmes",
)
INCOME = Definition(
    "income",
    "Income",
    "£",
    "What the programmes wrote down that they took in for In Harmony in the academic year, by kind of source.",
    "Programmes that wrote any down",
)
INCOME_PER_CHILD = Definition(
    "income_per_child",
    "Income for each child",
    "£",
    "Income of the year, divided by the children taking part as they are shown: of a release, the rounded number. Of "
    "the country: where a programme wrote no income down, by the children of the others, added up.",
    "Programmes that wrote income down",
    "Children taking part",
)
ROLL = Definition(
    "roll",
    "Roll of the partner schools",
    "",
    "Pupils on roll at the partner schools, from the latest published table up to the year. Shares are weighed by "
    "them.",
    "Partner schools with a published number",
)
ANSWERED_BOTH = Definition(
    "answered_both",
    "Children who answered both times",
    "",
    "Children with consent who answered enough of the questions, by the measure’s own rule, at the first time of "
    "asking at the start and at the last later one of the year. Of a release: to the nearest 10, and of programmes "
    "with fewer than 10 of them, or of one school, none is in any number.",
    "Children asked",
)
CHANGE = Definition(
    "change",
    "Change",
    "points",
    "The later score less the earlier, mean of the children who answered both times. The interval holds the true mean "
    "in 95 of 100 such programmes; it allows for children of one school being alike.",
    "Children who answered both times",
    "Children who answered both times",
)
ANSWERS = Definition(
    "answers",
    "Answers",
    "",
    "Adults who answered enough of the questions, by the measure’s own rule, at the last time of asking of the year. "
    "Of a release: to the nearest 10, and of programmes with fewer than 10 of them, or of one school, none is in any "
    "number.",
    "Adults asked",
)
MEAN_SCORE = Definition(
    "mean_score",
    "Mean score",
    "points",
    "The mean of the scores of a part, of the adults who answered.",
    "Adults who answered",
    "Adults who answered",
)

ALL = {
    definition.key: definition
    for definition in (
        CHILDREN_REACHED,
        CHILDREN_ENROLLED,
        SESSIONS_PLANNED,
        SESSIONS_HELD,
        SESSIONS_CANCELLED,
        HOURS_HELD,
        REGISTERS_TAKEN,
        ATTENDANCE,
        HOURS_OFFERED,
        HOURS_RECEIVED,
        SCHOOLS,
        PROGRAMMES,
        CHILDREN_NEW,
        CHILDREN_RETURNING,
        CHILDREN_LEAVING,
        CHILDREN_TWICE,
        ENSEMBLES,
        TUTORS,
        INCOME,
        INCOME_PER_CHILD,
        ROLL,
        ANSWERED_BOTH,
        CHANGE,
        ANSWERS,
        MEAN_SCORE,
    )
}
