"""Stories of a hub: the list, writing one, one story with who is in it, and the presses that share and withdraw."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from outcomes.actions import story as acts
from outcomes.actions.story_keeping import goes_on
from outcomes.forms.story import ChoiceForm, StoryForm
from outcomes.models import Story
from outcomes.queries import story as reads
from participants.models import Child
from participants.views.child import keep_words, sought
from programmes.models import Programme

PAGE = 20


def get_hub_for(user: User, slug: str) -> Programme:
    """Returns a hub in which the person writes stories; 404 for what they do not see at all, PermissionDenied else."""
    found = get_object_or_404(Programme.objects.visible_to(user), slug=slug)
    if not user.reach.may(Permission.WRITE_STORIES, programme_id=found.pk):
        raise PermissionDenied
    return found


def get_story_for(user: User, pk: int) -> Story:
    """Returns a story the person sees in a hub in which they write stories; 404 for any other."""
    mine = user.reach.programmes_for(Permission.WRITE_STORIES)
    found = Story.objects.visible_to(user).filter(programme_id__in=mine)
    return get_object_or_404(found.select_related("programme", "academic_year", "written_by"), pk=pk)


def _hubs(user: User) -> list[Programme]:
    return list(Programme.objects.filter(pk__in=user.reach.programmes_for(Permission.WRITE_STORIES)))


@needs(Permission.WRITE_STORIES)
def home(request: AuthenticatedRequest) -> HttpResponse:
    """Leads to the stories of the person's first hub."""
    hubs = _hubs(request.user)
    if not hubs:
        raise Http404
    return redirect("outcomes:hub-stories", hubs[0].slug)


@needs(Permission.WRITE_STORIES)
def stories(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET `?year=&state=`: the stories of a hub, the last written first."""
    hub, user = get_hub_for(request.user, slug), request.user
    choice = ChoiceForm(request.GET, today=timezone.localdate())
    if not choice.is_valid():
        raise Http404
    asked = choice.chosen
    page = Paginator(reads.hub_stories(user, hub, **asked), PAGE).get_page(request.GET.get("page"))
    named = reads.named_in(page)
    if named:
        children = sorted({child for ids in named.values() for child in ids})
        audit(act="stories.listed", by=user, programme_id=hub.pk, subject=hub, children=children)
    context = {
        "programme": hub,
        "hubs": _hubs(user),
        "page": page,
        "choice": choice,
        "is_asked": any(asked.values()),
        "sees_all": hub.pk in user.reach.whole_programmes,
        "is_closed": reads.is_closed(hub),
        "off": reads.hub_stories(user, hub, state=Story.State.OFF).count(),
        "shares": user.reach.may(Permission.SHARE_STORIES, programme_id=hub.pk),
    }
    return render(request, "outcomes/story/list.html", context)


@needs(Permission.WRITE_STORIES)
def new(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Where a story is written, of the kind that the address names (`?kind=`); of none named, a quotation."""
    hub = get_hub_for(request.user, slug)
    if reads.is_closed(hub):
        messages.error(request, f"{hub.short_name} is closed: no story is written there.")
        return redirect("outcomes:hub-stories", slug)
    kind = request.GET.get("kind", Story.Kind.QUOTATION)
    if kind not in Story.Kind.values:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = StoryForm(data, kind=Story.Kind(kind), today=timezone.localdate())
    if data is not None and form.is_valid():
        made = acts.write(programme=hub, told=form.told(), by=request.user)
        messages.success(request, "It is written. Say who is in it; nobody else sees it yet.")
        return redirect("outcomes:story", pk=made.pk)
    context = {"programme": hub, "form": form, "kind": kind, "kinds": Story.Kind}
    return render(request, "outcomes/story/new.html", context, status=422 if form.errors else 200)


@needs(Permission.WRITE_STORIES)
def story(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One story: its words, who is in it, how it would be shown, and whether it can be shared."""
    found = get_story_for(request.user, pk)
    if request.method != "POST":
        return _page(request, found)
    form = StoryForm(request.POST, kind=Story.Kind(found.kind), today=timezone.localdate(), story=found)
    if form.is_valid():
        try:
            after = acts.describe(story=found, told=form.told(), seen=form.cleaned_data["seen"], by=request.user)
        except acts.StoryGoneError as gone:
            raise Http404 from gone
        except acts.StoryRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            if found.is_shared and not after.is_shared:
                messages.warning(request, "Saved. With other words it waits until it is shared again.")
            else:
                messages.success(request, "Saved.")
            return redirect("outcomes:story", pk=pk)
    return _page(request, found, form)


def _page(request: AuthenticatedRequest, found: Story, form: StoryForm | None = None) -> HttpResponse:
    user, search = request.user, sought(request)
    # first what is held against what stands when it is shared, then what the page shows
    as_kept = StoryForm(kind=Story.Kind(found.kind), today=timezone.localdate(), story=found)
    named = reads.children_in(found, user)
    offered = reads.children_to_name(found, user, search)
    seen = [each.child.pk for each in (*named, *offered)]
    audit(act="story.viewed", by=user, programme_id=found.programme_id, subject=found, children=seen)
    context = {
        "story": found,
        "shown": reads.as_shown(found),
        "form": form or as_kept,
        "version": as_kept.initial["seen"],
        "named": named,
        "unseen": reads.unseen_in(found, user),
        "goes_on": goes_on(found),
        "is_closed": reads.is_closed(found.programme),
        "offered": offered,
        "find": search,
        "blocking": [] if found.is_shared else reads.blocking(found, user),
        "shares": user.reach.may(Permission.SHARE_STORIES, programme_id=found.programme_id),
        "sees_figures": user.reach.may(Permission.SEE_HUB_FIGURES, programme_id=found.programme_id),
    }
    return keep_words(render(request, "outcomes/story/show.html", context, status=422 if form else 200))


@needs(Permission.WRITE_STORIES)
@require_POST
def name_child(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Says that a child is in the story (`child`), or takes it back (`gone`)."""
    found = get_story_for(request.user, pk)
    said, act = ("gone", acts.unname_child) if request.POST.get("gone") else ("child", acts.name_child)
    chosen = request.POST.get(said, "")
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 18
    children = Child.objects.visible_to(request.user).filter(programme_id=found.programme_id)
    child = get_object_or_404(children, pk=int(chosen) if is_number else 0)
    try:
        after = act(story=found, child=child, by=request.user)
    except acts.StoryGoneError as gone:
        raise Http404 from gone
    if found.is_shared and not after.is_shared:
        messages.warning(request, "The story is off every page.")
    return redirect("outcomes:story", pk=pk)


@needs(Permission.WRITE_STORIES)
@require_POST
def nobody(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Says that no child can be recognised in the story, or takes it back."""
    is_nobody = request.POST.get("is_nobody") == "1"
    by = request.user
    return _done(request, pk, lambda found: acts.say_nobody(story=found, is_nobody=is_nobody, by=by), "Saved.")


@needs(Permission.SHARE_STORIES)
@require_POST
def share(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Lets the pages of hub and country show the story."""
    if not request.user.reach.may(Permission.SHARE_STORIES, programme_id=get_story_for(request.user, pk).programme_id):
        raise PermissionDenied
    words = "The story is shared. It comes off by itself once a family takes its consent back."
    seen = request.POST.get("seen", "")
    return _done(request, pk, lambda found: acts.share(story=found, seen=seen, by=request.user), words)


@needs(Permission.WRITE_STORIES)
@require_POST
def withdraw(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Takes the story off every page."""
    words = "The story is off every page. It stays here until it is deleted."
    return _done(request, pk, lambda found: acts.withdraw(story=found, by=request.user), words)


def _done(request: AuthenticatedRequest, pk: int, act: Callable[[Story], Story], words: str) -> HttpResponse:
    found = get_story_for(request.user, pk)
    try:
        act(found)
    except acts.StoryGoneError as gone:
        raise Http404 from gone
    except acts.StoryRefusedError as refusal:
        messages.error(request, f"Not done. {refusal}")
    else:
        messages.success(request, words)
    return redirect("outcomes:story", pk=pk)


@needs(Permission.WRITE_STORIES)
def delete(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once, and destroys the story."""
    found = get_story_for(request.user, pk)
    if request.method == "POST":
        acts.delete(story=found, by=request.user)
        messages.success(request, "The story is deleted.")
        return redirect("outcomes:hub-stories", found.programme.slug)
    children = reads.named_in([found]).get(found.pk, [])
    audit(act="story.viewed", by=request.user, programme_id=found.programme_id, subject=found, children=children)
    context = {"story": found, "shown": reads.as_shown(found), "goes_on": goes_on(found)}
    return render(request, "outcomes/story/delete.html", context)
