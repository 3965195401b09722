"""Addresses of what is evaluated, by noun."""

from django.urls import path

from outcomes.views import answering, answering_code

app_name = "outcomes"

urlpatterns = [
    # answering, by who holds a slip
    path("answer/", answering_code.code, name="answer-code"),  # /answer/
    path("answer/<str:told>/", answering.answer, name="answer"),  # /answer/CDFGHJK/, /answer/CDFGHJK1000/
    path("answer/<str:told>/done/", answering.done, name="answer-done"),
    path("answer/<str:told>/<int:place>/", answering.question, name="answer-question"),  # /answer/CDFGHJK1000/3/
]
