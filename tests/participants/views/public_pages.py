"""A page for anybody that shows photos, as the public pages do; in a URLconf of its own."""

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from inharmony.pages.public import public_page
from participants.queries.photo import public_photos

TEMPLATE = '{% for photo in photos %}{% include "components/photo.html" %}{% endfor %}'


@public_page("A page of the tests.")
def page(request):
    return HttpResponse(engines["django"].from_string(TEMPLATE).render({"photos": public_photos()}, request))


urlpatterns = [path("photos-of-all/", page, name="photos-of-all"), path("", include("inharmony.urls"))]
