from django.urls import path

from inharmony.public.views.about import about, home
from inharmony.public.views.contact import contact, contact_received
from inharmony.public.views.figures import figures, figures_published, figures_release, figures_release_file
from inharmony.public.views.film import in_action
from inharmony.public.views.funding import funding
from inharmony.public.views.history import history
from inharmony.public.views.impact import impact
from inharmony.public.views.notice import accessibility, cookies, privacy, privacy_children, privacy_families
from inharmony.public.views.programme import programme
from inharmony.public.views.where import where

app_name = "public"
urlpatterns = [
    path("", home, name="home"),
    path("about/", about, name="about"),
    # notices, and how to write to us
    path("privacy/", privacy, name="privacy"),  # /privacy/
    path("privacy/children/", privacy_children, name="privacy-children"),  # /privacy/children/
    path("privacy/families/", privacy_families, name="privacy-families"),  # /privacy/families/
    path("cookies/", cookies, name="cookies"),  # /cookies/
    path("accessibility/", accessibility, name="accessibility"),  # /accessibility/
    path("contact/", contact, name="contact"),  # /contact/
    path("contact/received/<str:number>/", contact_received, name="contact-received"),
    path("where/", where, name="where"),
    path("where/<slug:slug>/", programme, name="programme"),
    path("figures/", figures, name="figures"),
    path("figures/published.<slug:kind>", figures_published, name="figures-published"),
    path("figures/releases/<slug:year>/<slug:period>/<slug:number>/", figures_release, name="figures-release"),
    path(
        "figures/releases/<slug:year>/<slug:period>/<slug:number>.<slug:kind>",
        figures_release_file,
        name="figures-release-file",
    ),
    path("in-action/", in_action, name="in-action"),
    path("history/", history, name="history"),
    path("impact/", impact, name="impact"),
    path("funding/", funding, name="funding"),
]
