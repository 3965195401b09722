"""With every `.visible_to` sabotaged, the database alone keeps each child behind its wall."""

import pytest
from django.db import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from inharmony.access.privacy import Wall
from inharmony.access.scope import scope_of, scoped
from inharmony.access.walls import own_models, privacy_of
from outcomes.actions import award
from outcomes.awards.boards import BY_KEY
from participants.actions import at_risk, attendance, playing
from participants.models import Child, Consent
from participants.models.attendance import Mark
from programmes.instruments import Instrument
from tests.architecture.test_urls import plain_addresses
from tests.factories import participants

GROUPS = ("children", "others", "leeds_children")
# whose children each person may ever read, by their roles
OWN = {
    "priya": {"children", "others"},  # the wall knows programmes; her ensembles are the first wall's
    "joanne": {"children", "others"},
    "omar": {"leeds_children"},
    "sam": {"children"},
    "nia": set(),
    "olu": set(),
    "stranger": set(),
}


@pytest.fixture
def sabotaged(cast, monkeypatch):
    """Every queryset's filter lets everybody see everything; every kind of row stands on both sides of the wall."""
    with scoped(cast.both):
        for session, children, by in (
            (cast.session, cast.children, cast.joanne),
            (cast.leeds_session, cast.leeds_children, cast.omar),
        ):
            marks = {child.pk: Mark.PRESENT for child in children}
            attendance.take_register(session=session, marks=marks, version=0, by=by)
            participants.answer(children[0], Consent.Purpose.SURVEY, by=by)
            chosen = dict.fromkeys(children, Instrument.VIOLIN)
            playing.set_instruments(chosen=chosen, starts_on=session.day, by=by)
            day = min(session.day, timezone.localdate())
            taken = {child: award.Taken(mark=120) for child in children}
            award.record_awards(kind=BY_KEY["abrsm.practical.1"], taken_on=day, taken=taken, today=day, by=by)
    for model in own_models():
        queryset = type(model._default_manager.all())
        if hasattr(queryset, "visible_to"):
            monkeypatch.setattr(queryset, "visible_to", lambda self, user, **_: self)
            monkeypatch.setattr(type(model.objects), "visible_to", lambda self, user, **_: self.all())
    return cast


def foreign_names(cast, who):
    return [child.name for group in GROUPS if group not in OWN[who] for child in getattr(cast, group)]


def readable(client, path):
    """Returns what a page shows, or nothing where the database refused it."""
    try:
        return client.get(path).content.decode()
    except ProgrammingError as refused:
        assert "permission denied" in str(refused)
        return ""


@pytest.mark.parametrize("who", OWN)
def test_no_page_shows_a_foreign_child(sabotaged, client, who):
    client.force_login(getattr(sabotaged, who))
    paths = [path for _, _, path in plain_addresses()]
    paths += [reverse("participants:register", args=[s.pk]) for s in (sabotaged.session, sabotaged.leeds_session)]
    both = (sabotaged.strings, sabotaged.leeds_strings)
    paths += [reverse(f"participants:{name}", args=[e.pk]) for e in both for name in ("ensemble", "instruments")]
    everybody = [child for group in GROUPS for child in getattr(sabotaged, group)]
    paths += [reverse("participants:child", args=[child.pk]) for child in everybody]
    shown = "".join(readable(client, path) for path in paths)
    assert [name for name in foreign_names(sabotaged, who) if name in shown] == []


def test_the_sabotage_is_real(sabotaged):
    """The first wall is down: inside both hubs' scope, the manager of one sees the children of both."""
    with scoped(sabotaged.both):
        assert Child.objects.visible_to(sabotaged.omar).count() == 7


@pytest.mark.parametrize("who", ["joanne", "omar", "sam"])
@pytest.mark.parametrize(
    "model",
    [m for m in own_models() if privacy_of(m).wall in (Wall.CHILD, Wall.PROGRAMME)],
    ids=lambda m: m._meta.label,
)
def test_no_table_gives_a_foreign_row(sabotaged, model, who):
    user = getattr(sabotaged, who)
    with scoped(scope_of(user)):
        foreign = [
            row
            for row in model._base_manager.all()
            if row.programme_id not in scope_of(user).programmes
            and not (who == "sam" and getattr(row, "child_id", row.pk) in {c.pk for c in sabotaged.children})
        ]
    assert foreign == []


@pytest.mark.parametrize(
    "model", [m for m in own_models() if privacy_of(m).wall is Wall.CHILD], ids=lambda m: m._meta.label
)
def test_no_table_gives_a_school_a_row_of_a_child_at_risk(sabotaged, model):
    hidden = sabotaged.children[0]
    with scoped(sabotaged.liverpool_scope):
        at_risk.flag_at_risk(child=hidden, by=sabotaged.joanne)
    with scoped(scope_of(sabotaged.sam)):
        named = {getattr(row, "child_id", row.pk) for row in model._base_manager.all()}
    if model._meta.label != "participants.Consent":  # only the first child answered
        assert named == {child.pk for child in sabotaged.children} - {hidden.pk}
    assert hidden.pk not in named
