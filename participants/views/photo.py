"""Photos of a hub: the list, bringing in, one photo with who is on it, and the presses that publish and withdraw."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit, audit_together, entry
from inharmony.images import Picture, PictureRefused, remade
from participants.actions import photo as acts
from participants.forms.photo import UploadForm, WordsForm
from participants.models import Child, Photo
from participants.queries import photo as reads
from participants.views.child import keep_words, sought
from programmes.models import Programme

PAGE = 24
# how wide the one photo of a page stands
WIDE = "(min-width: 60rem) 47rem, 100vw"


def get_photo_for(user: User, pk: int) -> Photo:
    """Returns a photo of a hub whose photos the person keeps; 404 for any other."""
    mine = user.reach.programmes_for(Permission.KEEP_PHOTOS)
    found = Photo.objects.visible_to(user).filter(programme_id__in=mine).select_related("programme", "film")
    return get_object_or_404(found, pk=pk)


@needs(Permission.KEEP_PHOTOS)
def photos(request: AuthenticatedRequest) -> HttpResponse:
    """The photos of the hub, the last brought in first; of a state when one is asked for."""
    user, state = request.user, request.GET.get("state", "")
    hubs = user.reach.programmes_for(Permission.KEEP_PHOTOS)
    page = Paginator(reads.hub_photos(user, hubs, state), PAGE).get_page(request.GET.get("page"))
    _audit_listing(user, list(page))
    context = {
        "page": page,
        "rows": [(photo, reads.as_shown(photo, sizes="12rem")) for photo in page],
        "state": state if state in Photo.State.values else "",
        "states": Photo.State.choices,
        "many_hubs": len(hubs) > 1,
    }
    return render(request, "participants/photo/list.html", context)


def _audit_listing(user: User, shown: list[Photo]) -> None:
    named = reads.named_on(shown)
    by_hub: dict[int, set[int]] = {}
    for photo in shown:
        by_hub.setdefault(photo.programme_id, set()).update(named.get(photo.pk, []))
    audit_together(
        entry(act="photos.listed", by=user, programme_id=hub, children=sorted(children))
        for hub, children in by_hub.items()
        if children
    )


@needs(Permission.KEEP_PHOTOS)
def upload(request: AuthenticatedRequest) -> HttpResponse:
    """Where photos are sent; one that cannot be read is refused here, with what to do."""
    keeps = request.user.reach.programmes_for(Permission.KEEP_PHOTOS)
    hubs = Programme.objects.visible_to(request.user).filter(pk__in=keeps).order_by("short_name")
    form = UploadForm(request.POST or None, request.FILES or None, hubs=hubs)
    if request.method == "POST" and form.is_valid():
        made = [_bring_in(form, picture, request.user) for picture in _remade(form)]
        if len(made) == 1 and not form.errors:
            messages.success(request, "The photo is in. Say what is to be seen, and who is on it.")
            return redirect("participants:photo", pk=made[0].pk)
        if made:
            are = "1 photo is" if len(made) == 1 else f"{len(made)} photos are"
            messages.success(request, f"{are} in. Nobody outside the office sees them yet.")
            for words in form.errors.get("file", []):
                messages.error(request, f"Not read: {words}")
            return redirect("participants:photos")
    return render(request, "participants/photo/upload.html", {"form": form}, status=422 if form.errors else 200)


def _remade(form: UploadForm) -> list[Picture]:
    """All of them first: what is written to the database then waits for no picture."""
    made = []
    for file in form.cleaned_data["file"]:
        try:
            made.append(remade(file.read(), file.name or ""))
        except PictureRefused as refusal:
            form.add_error("file", str(refusal))
    return made


def _bring_in(form: UploadForm, picture: Picture, by: User) -> Photo:
    hub, day = form.cleaned_data["programme"], form.cleaned_data["taken_on"]
    return acts.bring_in(programme=hub, picture=picture, taken_on=day, by=by)


@needs(Permission.KEEP_PHOTOS)
def photo(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One photo: its words, who is on it, how it would be seen, and whether it can be public."""
    found = get_photo_for(request.user, pk)
    if request.method != "POST":
        return _page(request, found)
    form = WordsForm(request.POST, programme=found.programme)
    if not form.is_valid():
        return _page(request, found, form)
    acts.describe(photo=found, words=form.words(), by=request.user)
    messages.success(request, "Saved.")
    return redirect("participants:photo", pk=pk)


def _page(request: AuthenticatedRequest, found: Photo, form: WordsForm | None = None) -> HttpResponse:
    user, search = request.user, sought(request)
    named = reads.children_on(found, user)
    offered = reads.children_to_name(found, user, search)
    seen = [each.child.pk for each in (*named, *offered)]
    audit(act="photo.viewed", by=user, programme_id=found.programme_id, subject=found, children=seen)
    initial = {name: getattr(found, name) for name in WordsForm.base_fields}
    context = {
        "photo": found,
        "picture": reads.as_shown(found, sizes=WIDE),
        "form": form or WordsForm(initial=initial, programme=found.programme),
        "named": named,
        "offered": offered,
        "find": search,
        "blocking": [] if found.is_public else reads.blocking(found),
    }
    return keep_words(render(request, "participants/photo/show.html", context, status=422 if form else 200))


@needs(Permission.KEEP_PHOTOS)
@require_POST
def name_child(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Says that a child is on the photo (`child`), or takes it back (`gone`)."""
    found = get_photo_for(request.user, pk)
    said, act = ("gone", acts.unname_child) if request.POST.get("gone") else ("child", acts.name_child)
    chosen = request.POST.get(said, "")
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 18
    children = Child.objects.visible_to(request.user).filter(programme_id=found.programme_id)
    child = get_object_or_404(children, pk=int(chosen) if is_number else 0)
    after = act(photo=found, child=child, by=request.user)
    if found.is_public and not after.is_public:
        messages.warning(request, "The photo is off every public page.")
    return redirect("participants:photo", pk=pk)


@needs(Permission.KEEP_PHOTOS)
@require_POST
def nobody(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Says that nobody can be recognised on the photo, or takes it back."""
    is_nobody = request.POST.get("is_nobody") == "1"
    by = request.user
    return _done(request, pk, lambda found: acts.say_nobody(photo=found, is_nobody=is_nobody, by=by), "Saved.")


@needs(Permission.KEEP_PHOTOS)
@require_POST
def publish(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Lets anybody see the photo."""
    words = "The photo is public. It comes off by itself once a family takes its consent back."
    return _done(request, pk, lambda found: acts.publish(photo=found, by=request.user), words)


@needs(Permission.KEEP_PHOTOS)
@require_POST
def withdraw(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Takes the photo off every public page."""
    words = "The photo is off every public page. It stays here until it is deleted."
    return _done(request, pk, lambda found: acts.withdraw(photo=found, by=request.user), words)


def _done(request: AuthenticatedRequest, pk: int, act: Callable[[Photo], Photo], words: str) -> HttpResponse:
    found = get_photo_for(request.user, pk)
    try:
        act(found)
    except acts.PhotoRefusedError as refusal:
        messages.error(request, f"Not done. {refusal}")
    else:
        messages.success(request, words)
    return redirect("participants:photo", pk=pk)


@needs(Permission.KEEP_PHOTOS)
def delete(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once, and destroys the photo with its files."""
    found = get_photo_for(request.user, pk)
    if request.method == "POST":
        acts.delete(photo=found, by=request.user)
        messages.success(request, "The photo is deleted, with its files.")
        return redirect("participants:photos")
    audit(
        act="photo.viewed",
        by=request.user,
        programme_id=found.programme_id,
        subject=found,
        children=reads.named_on([found]).get(found.pk, []),
    )
    context = {"photo": found, "picture": reads.as_shown(found)}
    return render(request, "participants/photo/delete.html", context)
