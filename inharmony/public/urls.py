from django.urls import path

from inharmony.public.views.about import about, home

app_name = "public"
urlpatterns = [
    path("", home, name="home"),
    path("about/", about, name="about"),
]
