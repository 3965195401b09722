from django.urls import path

from inharmony.public.views.about import about, home
from inharmony.public.views.contact import contact, contact_received
from inharmony.public.views.notice import accessibility, cookies, privacy, privacy_children, privacy_families

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
]
