"""What a page offers to send."""

from tests.crawler.pages import Field, read_page
from tests.crawler.plans import answer

PAGE = """
<a href="?page=2&amp;find=x">next</a> <a href="/children/">all</a>
<form><input name="find" type="search"></form>
<form method="post" action="/sessions/1/register/" id="register">
  <input type="hidden" name="csrfmiddlewaretoken" value="abc">
  <input type="radio" name="m1" value="p" checked><input type="radio" name="m1" value="a">
  <input type="checkbox" name="same" value="4">
  <select name="school"><option value="">Choose</option><option value="9">Nine</option></select>
  <textarea name="why" required>Because
of it</textarea>
  <button name="do" value="save">Save</button>
</form>
<input name="note" form="register" value="n">
<form method="post" enctype="multipart/form-data"><input type="file" name="file" required></form>
<button hx-delete="/things/1/">Away</button>
"""


def test_forms_are_read_with_their_fields_wherever_they_stand():
    search, register, upload, away = read_page(answer(PAGE), "/today/").forms
    assert (search.method, search.action) == ("GET", "/today/")
    assert (register.method, register.action, register.token) == ("POST", "/sessions/1/register/", "abc")
    assert register.fields[1:] == [
        Field("m1", "radio", "p", ["p", "a"]),
        Field("same", "checkbox", "", ["4"]),
        Field("school", "select", "", ["", "9"]),
        Field("why", "textarea", "Because\nof it", is_needed=True),
        Field("do", "submit", "", ["save"]),
        Field("note", "text", "n"),
    ]
    assert (upload.is_multipart, upload.fields) == (True, [Field("file", "file", is_needed=True)])
    assert (away.method, away.action) == ("DELETE", "/things/1/")


def test_searches_are_known_by_their_links_and_forms():
    assert read_page(answer(PAGE), "/today/").queries == {"page", "find"}


def test_what_is_no_page_offers_nothing():
    assert read_page(answer(PAGE, "text/plain"), "/").forms == []
