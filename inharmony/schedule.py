"""What runs by itself, and when. All beats of the portal stand in this one list."""

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    # Every 15 seconds: look in the database for reports that wait, or whose worker went silent, and tell the workers.
    # An untaken message is worth nothing once the next is due, so it expires before.
    "dispatch-reports": {
        "task": "evaluation.dispatch_reports",
        "schedule": 15.0,
        "options": {"expires": 14},
    },
    # Every hour at 25 past: destroy files of reports that no report has, such as a killed worker leaves.
    "destroy-stray-files": {
        "task": "evaluation.destroy_stray_files",
        "schedule": crontab(minute="25"),
    },
    # Every morning at 05:00 in London, when all that is destroyed by night is gone: cut the release of a term once the
    # next has begun, and of the year on 1 September.
    "cut-due-releases": {
        "task": "evaluation.cut_due_releases",
        "schedule": crontab(hour="5", minute="0"),
    },
    # Every morning at 05:40 in London, when the day's releases are cut: draft the reports of each programme whose term
    # is over, and of the year on 1 September.
    "draft-due-reports": {
        "task": "evaluation.draft_due_reports",
        "schedule": crontab(hour="5", minute="40"),
    },
    # Every night at 03:40 in London: shut accounts not used for 12 months, write to those whose turn is in two weeks.
    "disable-unused-accounts": {
        "task": "accounts.disable_unused_accounts",
        "schedule": crontab(hour="3", minute="40"),
    },
    # Every night at 03:50 in London: delete sessions that ran out, with the addresses they came from.
    "forget-ended-sessions": {
        "task": "accounts.forget_ended_sessions",
        "schedule": crontab(hour="3", minute="50"),
    },
    # Every night at 04:30 in London: destroy what came from the files of class lists thirty days ago.
    "destroy-lists": {
        "task": "participants.destroy_lists",
        "schedule": crontab(hour="4", minute="30"),
    },
    # Every night at 04:35 in London: destroy what was read of sheets of past registers thirty days ago.
    "destroy-past-registers": {
        "task": "participants.destroy_past_registers",
        "schedule": crontab(hour="4", minute="35"),
    },
    # Every night at 04:40 in London: destroy photos on their date, and files of photos that are gone.
    "destroy-photos": {
        "task": "participants.destroy_photos",
        "schedule": crontab(hour="4", minute="40"),
    },
    # Every night at 04:45 in London: destroy quotations and case studies on their date.
    "destroy-stories": {
        "task": "outcomes.destroy_stories",
        "schedule": crontab(hour="4", minute="45"),
    },
    # Every night at 04:00 in London: delete what schools said of class lists, and dead links to these, on their dates.
    "forget-list-checks": {
        "task": "participants.forget_list_checks",
        "schedule": crontab(hour="4", minute="0"),
    },
    # Every night at 04:40 in London: destroy messages of the public that were closed two years ago.
    "destroy-messages": {
        "task": "programmes.destroy_messages",
        "schedule": crontab(hour="4", minute="40"),
    },
    # Every Monday at 07:00 in London: write to whose registers of past days are missing.
    "remind-of-registers": {
        "task": "programmes.remind_of_registers",
        "schedule": crontab(hour="7", minute="0", day_of_week="mon"),
    },
    # Every night at 04:10 in London: look by hashes for children in two hubs, and ask the one they were in first.
    "find-hub-moves": {
        "task": "participants.find_hub_moves",
        "schedule": crontab(hour="4", minute="10"),
    },
    # Every night at 04:20 in London: forget what was kept of records that became one more than 30 days ago.
    "forget-merges": {
        "task": "participants.forget_merges",
        "schedule": crontab(hour="4", minute="20"),
    },
    # Every night at 03:30 in London: write down, outside the database, what the trail held on the day before.
    "keep-digests": {
        "task": "audit.keep_digests",
        "schedule": crontab(hour="3", minute="30"),
    },
    # Every night at 00:20 in London: close the waves whose last day is over, and take names off closed ones.
    "close-waves": {
        "task": "outcomes.close_waves",
        "schedule": crontab(hour="0", minute="20"),
    },
    # Every 5 minutes: look for hubs whose partner schools, comparison schools or published numbers are others than what
    # was reckoned of them, and reckon these. Choosing and ending a comparison school asks for it at once.
    "reckon-differences": {
        "task": "outcomes.reckon_differences",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
}
