"""The files of photos: of those that are public for anybody, of all others for their hub's office."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.pages.public import public_page
from participants.models import Photo
from participants.queries.photo import file_of, public_file


@public_page("A photo whose every child may be shown; asked anew each time whether that is still so.", is_kept=False)
def public_photo(_request: HttpRequest, key: str, width: int) -> HttpResponse:
    """A public photo in one of its widths; 404 from the moment on at which it is public no more."""
    response = _jpeg(public_file(key, width))
    # no search engine keeps a copy that outlives a consent, and no other site shows it as its own
    response["X-Robots-Tag"] = "noimageindex, noarchive"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@needs(Permission.KEEP_PHOTOS)
def hub_file(request: AuthenticatedRequest, pk: int, width: int) -> HttpResponse:
    """A photo of the hub in one of its widths, public or not."""
    mine = request.user.reach.programmes_for(Permission.KEEP_PHOTOS)
    photo = get_object_or_404(Photo.objects.visible_to(request.user), pk=pk, programme_id__in=mine)
    if width not in photo.widths:
        raise Http404
    return _jpeg(file_of(photo.key, width))


def _jpeg(data: bytes | None) -> HttpResponse:
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/jpeg")
