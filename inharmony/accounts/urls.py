from django.urls import path

from inharmony.accounts.views import account, certification, here, people, person, role, second_factor, session

app_name = "accounts"
urlpatterns = [
    path("people/", people.people, name="people"),  # /people/
    path("people/export/", people.people_export, name="people-export"),  # /people/export/
    path("people/invite/", people.invite, name="invite"),  # /people/invite/
    path("people/access/", certification.access, name="access"),  # /people/access/
    path("people/access/confirm/", certification.confirm, name="access-confirm"),  # /people/access/confirm/
    path("people/access/end/", certification.end, name="access-end"),  # /people/access/end/
    path("people/<int:pk>/", person.person, name="person"),  # /people/1/
    path("people/<int:pk>/give/", role.grant, name="role-grant"),  # /people/1/give/
    path("people/<int:pk>/deactivate/", account.deactivate, name="person-deactivate"),  # /people/1/deactivate/
    path("people/<int:pk>/reactivate/", account.reactivate, name="person-reactivate"),  # /people/1/reactivate/
    path(
        "people/<int:pk>/second-factor/", second_factor.reset, name="person-second-factor"
    ),  # /people/1/second-factor/
    path("roles/<int:pk>/change/", role.change, name="role-change"),  # /roles/1/change/
    path("roles/<int:pk>/end/", role.end, name="role-end"),  # /roles/1/end/
    path("invitation/<str:secret>/", people.accept, name="accept"),  # /invitation/<secret>/
    # one's own account
    path("account/here/", here.here, name="here"),  # /account/here/
    path("account/second-factor/code/", second_factor.code, name="second-factor-code"),
    path("account/sessions/", session.sessions, name="sessions"),  # /account/sessions/
    path("account/sessions/end-others/", session.end_others, name="sessions-end-others"),
    path("account/sessions/<int:pk>/end/", session.end, name="session-end"),  # /account/sessions/1/end/
]
