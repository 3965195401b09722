"""How complete the registers are: what a hub's word on a term means, and what stands there before any is due."""


def test_before_any_register_is_due_the_page_says_so_of_every_programme(cast, open_as):
    page = open_as(cast.nia, "/national/completeness/", year="2026-27", term="summer").content.decode()
    assert "No register is due yet in any programme." in page
    assert "A hub signs a term from its last day of teaching on, with registers missing too" in page
