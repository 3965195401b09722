from inharmony.access.scope import scoped
from inharmony.pages.public import new_edition
from participants.actions.photo import withdraw
from programmes.models import Film
from tests.factories import photos, printed


def read(client):
    return client.get("/in-action/").content.decode()


def test_a_film_stands_with_what_it_shows_and_where_it_leads(client, db):
    printed.film(minutes=4, address="https://www.film.example/watch?v=1")
    page = read(client)
    for words in ("Invented film", "4 minutes", "What is seen in it.", "Watch on film.example", "Invented Gazette"):
        assert words in page
    assert 'href="https://www.film.example/watch?v=1"' in page


def test_nothing_of_another_site_is_loaded(client, db):
    printed.film()
    page = read(client)
    assert not any(tag in page for tag in ("<iframe", "<video", "<embed", "<object"))
    assert 'src="http' not in page


def test_films_stand_in_the_order_of_their_themes(client, db):
    for theme in reversed(Film.Theme.values):
        printed.film(f"About {theme}", theme=theme)
    page = read(client)
    places = [page.index(f"About {theme}") for theme in Film.Theme.values]
    assert places == sorted(places)


def test_what_is_said_can_be_read_and_where_it_was_not_given_the_page_says_so(client, db):
    printed.film(transcript="First words.\n\nSecond words.")
    assert "<p>Second words.</p>" in read(client)
    printed.film("Silent film", theme=Film.Theme.SCHOOL)
    new_edition()
    assert read(client).count("No transcript was given") == 1


def test_a_withdrawn_film_is_not_shown(client, db):
    printed.film(withdrawn_on=printed.DAY)
    page = read(client)
    assert "Invented film" not in page
    assert "No film is in this record yet" in page


def test_films_are_asked_for_together(client, db, django_assert_num_queries):
    for theme in Film.Theme.values:
        printed.film(theme=theme)
    with django_assert_num_queries(2):
        client.get("/in-action/")


def test_a_public_photo_of_a_film_is_its_poster_until_it_is_taken_off(client, cast):
    film = printed.film()
    with scoped(cast.both):
        photo = photos.photo(cast.liverpool, by=cast.ruth, is_nobody=True, is_public=True, film=film)
    page = read(client)
    assert 'alt="Children with violins in a school hall"' in page
    assert "Photo: Demonstration photographer" in page
    assert "poster-team.svg" not in page
    with scoped(cast.both):
        withdraw(photo=photo, by=cast.ruth)
    new_edition()
    assert "poster-team.svg" in read(client)


def test_the_poster_that_was_there_first_stays_when_another_hub_publishes_one(client, cast):
    film = printed.film()
    made = []
    for hub, by, scope in (
        (cast.liverpool, cast.ruth, cast.liverpool_scope),
        (cast.leeds, cast.omar, cast.leeds_scope),
    ):
        with scoped(scope):
            made.append(photos.photo(hub, by=by, is_nobody=True, is_public=True, film=film))
    page = read(client)
    assert (made[0].key in page, made[1].key in page) == (True, False)
