from inharmony.public.validators.post_towns import POST_TOWNS, nation_of
from schools.imports.towns import published_towns
from schools.validators.names import key


def test_every_area_of_postcodes_has_its_town_and_its_nation():
    assert len(POST_TOWNS) == 121
    assert (POST_TOWNS["L"], POST_TOWNS["SW"], POST_TOWNS["NE"]) == ("Liverpool", "London", "Newcastle upon Tyne")
    assert [nation_of(area) for area in ("L", "EH", "CF", "BT", "??")] == ["ENG", "SCT", "WLS", "NIR", "ENG"]


def test_each_post_town_is_among_the_published_towns_of_its_nation():
    known = {(key(town.name), town.nation) for town in published_towns()}
    assert [area for area, name in POST_TOWNS.items() if (key(name), nation_of(area)) not in known] == []
