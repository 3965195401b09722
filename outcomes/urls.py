"""Addresses of what is evaluated, by noun."""

from django.urls import path

from outcomes.views import (
    answering,
    answering_code,
    award,
    comparison,
    framework,
    keying,
    paper,
    results,
    story,
    target,
    wave,
)

app_name = "outcomes"

urlpatterns = [
    # answering, by who holds a slip
    path("answer/", answering_code.code, name="answer-code"),  # /answer/
    path("answer/<str:told>/", answering.answer, name="answer"),  # /answer/CDFGHJK/, /answer/CDFGHJK1000/
    path("answer/<str:told>/done/", answering.done, name="answer-done"),
    path("answer/<str:told>/<int:place>/", answering.question, name="answer-question"),  # /answer/CDFGHJK1000/3/
    # waves, by the hub that asks
    path("waves/", wave.waves, name="waves"),  # /waves/?year=2026-27
    path("waves/new/", wave.new, name="wave-new"),  # /waves/new/
    path("waves/<int:pk>/", wave.wave, name="wave"),  # /waves/1/
    path("waves/<int:pk>/change/", wave.change, name="wave-change"),  # /waves/1/change/
    path("waves/<int:pk>/close/", wave.close, name="wave-close"),  # /waves/1/close/
    path("waves/<int:pk>/slips/", wave.give_slips, name="wave-slips"),  # /waves/1/slips/
    path("waves/<int:pk>/adults/", wave.give_to_adults, name="wave-adults"),  # /waves/1/adults/
    path("waves/<int:pk>/groups/<int:group>/slips/", paper.slips, name="group-slips"),  # /waves/1/groups/2/slips/
    path("waves/<int:pk>/groups/<int:group>/list/", paper.teacher_list, name="group-list"),
    path("waves/<int:pk>/groups/<int:group>/poster/", paper.poster, name="group-poster"),
    path("waves/<int:pk>/groups/<int:group>/sheets/", paper.sheets, name="group-sheets"),
    path("waves/<int:pk>/groups/<int:group>/consent/", paper.consent, name="group-consent"),
    path("waves/<int:pk>/groups/<int:group>/key/", keying.key_in, name="keying"),  # /waves/1/groups/2/key/
    path("outcomes/", framework.framework, name="framework"),  # /outcomes/
    path(
        "outcomes/measures/<slug:key>/<slug:version>/", framework.measure, name="measure"
    ),  # /outcomes/measures/stirling/1/
    path("outcomes/targets/<slug:slug>/", target.targets, name="targets"),  # /outcomes/targets/liverpool/?year=2026-27
    path("hub/<slug:slug>/awards/", award.awards, name="awards"),  # /hub/liverpool/awards/?of=ensemble-1
    path("awards/<int:pk>/withdraw/", award.withdraw, name="award-withdraw"),  # /awards/1/withdraw/
    # stories, by the hub whose they are
    path("stories/", story.home, name="stories"),  # /stories/
    path("hub/<slug:slug>/stories/", story.stories, name="hub-stories"),  # /hub/liverpool/stories/?year=2026-27
    path("hub/<slug:slug>/stories/new/", story.new, name="story-new"),  # ?kind=case_study
    path("stories/<int:pk>/", story.story, name="story"),  # /stories/1/
    path("stories/<int:pk>/child/", story.name_child, name="story-child"),  # /stories/1/child/
    path("stories/<int:pk>/nobody/", story.nobody, name="story-nobody"),  # /stories/1/nobody/
    path("stories/<int:pk>/share/", story.share, name="story-share"),  # /stories/1/share/
    path("stories/<int:pk>/withdraw/", story.withdraw, name="story-withdraw"),  # /stories/1/withdraw/
    path("stories/<int:pk>/delete/", story.delete, name="story-delete"),  # /stories/1/delete/
    path("comparison/", comparison.hubs, name="comparisons"),  # /comparison/
    path("hub/<slug:slug>/comparison/", comparison.comparison, name="comparison"),  # /hub/liverpool/comparison/
    path("hub/<slug:slug>/comparison/export/", comparison.comparison_export, name="comparison-export"),
    path("hub/<slug:slug>/comparison/find/", comparison.find, name="comparison-find"),  # ?q=speke&phase=primary
    path("hub/<slug:slug>/comparison/choose/<int:urn>/", comparison.choose, name="comparison-choose"),
    path("hub/<slug:slug>/comparison/<int:pk>/", results.results, name="comparison-results"),
    path("hub/<slug:slug>/comparison/<int:pk>/<int:year>/", results.enter, name="comparison-enter"),
    path("hub/<slug:slug>/comparison/<int:pk>/end/", comparison.end, name="comparison-end"),
]
