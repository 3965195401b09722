from django.urls import path

from inharmony.accounts.views import people, second_factor, session

app_name = "accounts"
urlpatterns = [
    path("people/", people.people, name="people"),  # /people/
    path("people/invite/", people.invite, name="invite"),  # /people/invite/
    path("invitation/<str:secret>/", people.accept, name="accept"),  # /invitation/<secret>/
    # one's own account
    path("account/second-factor/code/", second_factor.code, name="second-factor-code"),
    path("account/sessions/", session.sessions, name="sessions"),  # /account/sessions/
    path("account/sessions/end-others/", session.end_others, name="sessions-end-others"),
    path("account/sessions/<int:pk>/end/", session.end, name="session-end"),  # /account/sessions/1/end/
]
