from django.urls import path

from inharmony.accounts.views import people

app_name = "accounts"
urlpatterns = [
    path("people/", people.people, name="people"),  # /people/
    path("people/invite/", people.invite, name="invite"),  # /people/invite/
    path("invitation/<str:secret>/", people.accept, name="accept"),  # /invitation/<secret>/
]
