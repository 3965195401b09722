from django.urls import path

from programmes.views import safeguarding, session, tutor

app_name = "programmes"
urlpatterns = [
    path("today/", session.today, name="today"),  # /today/
    path("people/<int:pk>/ensembles/<slug:slug>/", tutor.leads, name="leads"),  # /people/1/ensembles/leeds/
    # safeguarding
    path("safeguarding/", safeguarding.worried, name="safeguarding"),  # /safeguarding/
    path("safeguarding/contacts/", safeguarding.contacts, name="safeguarding-contacts"),  # /safeguarding/contacts/
    path("safeguarding/contacts/new/", safeguarding.keep, name="safeguarding-keep"),  # /safeguarding/contacts/new/
    path("safeguarding/contacts/<int:pk>/end/", safeguarding.end, name="safeguarding-end"),
]
