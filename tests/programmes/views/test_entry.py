"""Writing an entry: asked for, shown as a reader would see it, published; and two people at once."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from inharmony.pages.public import EDITION
from programmes.actions import entry as acts
from programmes.kinds import KINDS
from programmes.models import Collaboration, EntryVersion, Milestone, ProgrammeStatus, PublishedFigure
from tests.factories import record
from tests.programmes.records import of_each_kind

NEW = reverse("programmes:entry-new", args=["milestone"])
SAID = {"title": "Ten years", "happened_on": "2019-05-17", "precision": "month", "source": "Its programme book, page 2"}


@pytest.fixture
def joanne(client, cast):
    client.force_login(cast.joanne)
    return client


@pytest.fixture
def figure(cast):
    return record.figure(cast.liverpool)


def of(row, act="change", kind="figure"):
    return reverse(f"programmes:entry-{act}", args=[kind, row.pk])


def sent(figure, **changes):
    said = {
        name: getattr(figure, name) for name in ("measure", "label", "unit", "when", "source", "precision", "qualifier")
    }
    said |= {"programme": figure.programme_id, "value": "702", "as_at": "2018-01-01", "version": "0"}
    return said | {"why": "Its report says 720", "press": "preview"} | changes


def hidden(html):
    """What the preview would post again."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_the_first_press_shows_it_and_writes_nothing_and_the_second_publishes(joanne, cast):
    answer = joanne.post(NEW, SAID | {"programme": cast.liverpool.pk, "press": "preview"})
    html = answer.content.decode()
    assert (answer.status_code, Milestone.objects.count(), "<time>May 2019</time>" in html) == (200, 0, True)
    assert "Source: Its programme book, page 2" in html
    answer = joanne.post(reverse("programmes:entry-publish-new", args=["milestone"]), hidden(html))
    made = Milestone.objects.get()
    assert answer["Location"] == reverse("programmes:entry", args=["milestone", made.pk])
    # of a month alone its first day is kept
    assert (made.happened_on, made.programme, made.is_by_hand) == (date(2019, 5, 1), cast.liverpool, True)
    assert joanne.get(NEW).context.get("shown") is None


def test_a_change_is_shown_published_and_public_pages_are_made_anew(joanne, figure, django_capture_on_commit_callbacks):
    html = joanne.post(of(figure), sent(figure, value="720")).content.decode()
    assert ("<dt>720</dt>" in html, "Its report says 720" in html) == (True, True)
    before = cache.get(EDITION)
    with django_capture_on_commit_callbacks(execute=True):
        page = joanne.post(of(figure, "publish"), hidden(html), follow=True).content.decode()
    assert "Published: public pages show it from now on." in page
    assert cache.get(EDITION) != before
    assert PublishedFigure.objects.get().value == 720
    assert list(EntryVersion.objects.values_list("number", "reason")) == [(2, "Its report says 720"), (1, "")]


def test_change_it_leads_back_with_what_was_written_and_no_word_about_it(joanne, figure):
    html = joanne.post(of(figure), sent(figure, value="720", note="Two\n\nparagraphs")).content.decode()
    answer = joanne.post(of(figure), hidden(html) | {"press": "change"})
    page = answer.content.decode()
    assert (answer.status_code, 'value="720"' in page, "Two\n\nparagraphs" in page.replace("\r", "")) == (
        200,
        True,
        True,
    )
    assert ("error-summary" in page, 'value="Its report says 720"' in page) == (False, True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"source": " "}, "Where it was found is missing."),
        ({"why": ""}, "Why it changes is missing."),
        ({"value": "many"}, "Enter a number."),
        ({"as_at": "2018-01-01", "until": "2017-01-01"}, "It cannot end before it began."),
        ({"value": "702"}, "Nothing is changed."),
        ({"programme": ""}, "Hub is missing."),
        ({"as_at": "0202-01-01"}, "Write the year in four figures"),
        ({"source": "a.org/" + ")" * 2000}, "at most 2000 characters"),
        ({"note": "a" * 20_001}, "at most 20000 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_shown(joanne, figure, wrong, words):
    answer = joanne.post(of(figure), sent(figure, **{"value": "720"} | wrong))
    html = answer.content.decode()
    assert (answer.status_code, words in html, "as-shown" in html) == (422, True, False)
    assert joanne.post(of(figure, "publish"), sent(figure, **{"value": "720", "note": "x"} | wrong)).status_code in {
        302,
        422,
    }


def test_a_manager_cannot_write_into_the_hub_next_door_or_into_the_country(joanne, cast, figure):
    for elsewhere in (cast.leeds.pk, ""):
        for address in (of(figure), of(figure, "publish")):
            assert joanne.post(address, sent(figure, programme=elsewhere, value="1")).status_code == 422
        assert joanne.post(NEW, SAID | {"programme": elsewhere}).status_code == 422
        publishing = reverse("programmes:entry-publish-new", args=["milestone"])
        assert joanne.post(publishing, SAID | {"programme": elsewhere}).status_code == 422
    assert (PublishedFigure.objects.get().programme, Milestone.objects.count()) == (cast.liverpool, 0)
    html = joanne.get(of(figure)).content.decode()
    assert ("Leeds</option>" in html, "In Harmony as a whole" in html) == (False, False)


def test_another_source_is_written_of_own_milestones_alone(joanne, cast):
    own, theirs = record.milestone(cast.liverpool), record.milestone(cast.leeds, title="Of Leeds")
    address = reverse("programmes:entry-new", args=["account"])
    html = joanne.get(f"{address}?milestone={own.pk}").content.decode()
    assert (f'value="{own.pk}" selected' in html, "Of Leeds" in html) == (True, False)
    said = {"says": "In 2008", "source": "S"}
    assert joanne.post(address, said | {"milestone": theirs.pk}).status_code == 422
    html = joanne.post(address, said | {"milestone": own.pk}).content.decode()
    assert ("Another source says" in html, "In 2008" in html) == (True, True)


def test_the_operator_writes_what_is_of_the_whole_country(client, cast):
    client.force_login(cast.olu)
    html = client.post(NEW, SAID | {"programme": ""}).content.decode()
    client.post(reverse("programmes:entry-publish-new", args=["milestone"]), hidden(html))
    assert Milestone.objects.get().programme is None


def test_two_people_at_once_are_told_and_nothing_is_lost(joanne, cast, figure):
    shown = hidden(joanne.post(of(figure), sent(figure, value="720")).content.decode())
    kind = KINDS["figure"]
    acts.keep(kind=kind, row=figure, values={"value": Decimal(719), "unit": "pupils"}, why="Recounted", by=cast.olu)
    for address in (of(figure, "publish"), of(figure)):
        answer = joanne.post(address, shown | {"press": "preview"})
        html = answer.content.decode()
        assert (answer.status_code, "Olu Grant changed this meanwhile" in html, "Recounted" in html) == (
            422,
            True,
            True,
        )
        assert '<span class="was">children</span> <span class="becomes">pupils</span>' in html
        assert ('value="720"' in html, 'name="version" value="2"' in html) == (True, True)
    assert PublishedFigure.objects.get().value == 719
    again = joanne.post(of(figure), shown | {"version": "2", "unit": "pupils", "press": "preview"}).content.decode()
    joanne.post(of(figure, "publish"), hidden(again))
    assert PublishedFigure.objects.values_list("value", "unit").get() == (720, "pupils")


def test_a_proof_that_is_asked_for_at_publishing_loses_nothing(client, cast, figure):
    client.force_login(cast.joanne, ago=301)
    html = client.post(of(figure), sent(figure, value="720")).content.decode()
    referer = {"referer": f"http://testserver{of(figure)}"}
    answer = client.post(of(figure, "publish"), hidden(html), headers=referer)
    assert answer["Location"] == f"{reverse('account_reauthenticate')}?next={of(figure)}"
    assert PublishedFigure.objects.get().value == 702
    client.prove(cast.joanne, "mfa")
    html = client.get(of(figure)).content.decode()
    assert ("Not published yet." in html, "<dt>720</dt>" in html) == (True, True)
    client.post(of(figure, "publish"), hidden(html))
    assert PublishedFigure.objects.get().value == 720
    assert "Not published yet." not in client.get(of(figure)).content.decode()


def test_what_was_left_is_thrown_away_or_is_too_old_after_an_hour(joanne, figure, time_machine):
    html = joanne.post(of(figure), sent(figure, value="720")).content.decode()
    assert "Throw it away" in joanne.get(of(figure)).content.decode()
    joanne.post(of(figure), hidden(html) | {"press": "discard"})
    assert "Not published yet." not in joanne.get(of(figure)).content.decode()
    joanne.post(of(figure), sent(figure, value="720"))
    time_machine.move_to(timezone.now() + timedelta(minutes=25))
    assert "Not published yet." in joanne.get(of(figure)).content.decode()
    time_machine.move_to(timezone.now() + timedelta(minutes=29))
    joanne.get(of(figure))
    time_machine.move_to(timezone.now() + timedelta(minutes=29))
    assert "Not published yet." not in joanne.get(of(figure)).content.decode()


def test_text_is_never_html(joanne, figure):
    html = joanne.post(
        of(figure), sent(figure, value="720", note="<script>alert(1)</script> <b>x</b>")
    ).content.decode()
    assert ("<script>alert" in html, "&lt;b&gt;x" in html) == (False, True)


def test_the_form_of_every_kind_opens_filled_with_what_it_says(client, cast):
    client.force_login(cast.olu)
    for key, row in of_each_kind(cast.liverpool).items():
        answer = client.get(of(row, kind=key))
        assert (key, answer.status_code, bool(answer.context["form"]["why"])) == (key, 200, True)
        if KINDS[key].can_begin:
            assert client.get(reverse("programmes:entry-new", args=[key])).status_code == 200
        # sent back as it stands, with one word more, it is shown
        form = answer.context["form"]
        values = {bound.html_name: bound.value() for bound in form}
        data = {name: value for name, value in values.items() if value is not None and value is not False}
        first = next(
            name for name in ("title", "name", "words", "label", "says", "holder", "note", "about") if name in data
        )
        data |= {first: f"{data[first]} now", "source": "S", "why": "w", "press": "preview"}
        answer = client.post(of(row, kind=key), data)
        assert (key, answer.status_code, data[first] in answer.content.decode()) == (key, 200, True)


def test_a_withdrawn_entry_is_not_changed_but_brought_back(joanne, cast, figure):
    acts.withdraw(kind=KINDS["figure"], row=figure, why="w", version=0, by=cast.joanne)
    assert joanne.get(of(figure))["Location"] == reverse("programmes:entry", args=["figure", figure.pk])
    assert joanne.post(of(figure, "publish"), sent(figure, value="720", version="2")).status_code == 422


def test_a_closed_hub_is_the_operators(joanne, cast):
    cast.liverpool.closings.create(closed_on=timezone.localdate() - timedelta(days=1), closed_by=cast.olu)
    status = ProgrammeStatus.objects.get(programme=cast.liverpool)
    said = {"programme": cast.liverpool.pk, "status": "running", "starts_on": status.starts_on, "source": "S"}
    answer = joanne.post(of(status, "publish", "status"), said | {"why": "w", "version": "0"})
    assert (answer.status_code, "corrected by the operator" in answer.content.decode()) == (422, True)


def test_a_manager_writes_no_collaboration_of_the_whole_country(joanne, cast):
    said = {
        "title": "Ours",
        "kind": "project",
        "partner": "A brass band",
        "starts_on": "2019-05-17",
        "precision": "day",
    }
    publishing = reverse("programmes:entry-publish-new", args=["collaboration"])
    answer = joanne.post(publishing, said | {"source": "Its programme book"})
    assert (answer.status_code, "Hubs that took part is missing." in answer.content.decode()) == (422, True)
    assert not Collaboration.objects.exists()
    joanne.post(publishing, said | {"source": "Its programme book", "programmes": [cast.liverpool.pk]})
    assert list(Collaboration.objects.get().programmes.all()) == [cast.liverpool]
