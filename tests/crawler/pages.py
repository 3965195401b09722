"""What a page offers to send: its forms with every field, the tokens among them, and the names of its searches."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from tests.crawler.reading import decoded
from tests.crawler.wire import Answer

CSRF = "csrfmiddlewaretoken"
VERBS = {"hx-post": "POST", "hx-put": "PUT", "hx-patch": "PATCH", "hx-delete": "DELETE"}


@dataclass
class Field:
    """A field of a form: what it is called and holds, and, where there is a choice, what may be chosen."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    is_needed: bool = False


@dataclass
class Form:
    """A form of a page: where it is sent, how, and its fields. The page is where a fresh one can be had."""

    page: str
    action: str
    method: str
    is_multipart: bool = False
    fields: list[Field] = field(default_factory=list)

    @property
    def token(self) -> str:
        """The form's token against forgery, "" when it has none."""
        return next((entry.value for entry in self.fields if entry.name == CSRF), "")


@dataclass
class Page:
    """The forms and the addresses of a page."""

    forms: list[Form]
    links: list[str]

    @property
    def queries(self) -> set[str]:
        """Names of the query parameters that the page uses: of its links and of the forms that search."""
        found = {name for link in self.links for name, _ in parse_qsl(urlsplit(link).query, keep_blank_values=True)}
        return found | {entry.name for form in self.forms if form.method == "GET" for entry in form.fields}


def read_page(answer: Answer, path: str) -> Page:
    """Returns what an HTML answer offers; of any other answer, nothing."""
    if answer.media_type != "text/html":
        return Page([], [])
    reader = _Reader(path)
    reader.feed(decoded(answer.body))
    reader.close()
    return Page(reader.forms, reader.links)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        for verb, method in VERBS.items():
            if verb in of:
                self.forms.append(Form(self.path, self._address(of[verb]), method))
        if tag == "a" and "href" in of:
            self.links.append(self._address(of["href"]))
        elif tag == "form":
            self._begin(of)
        elif tag == "option" and self._select:
            self._choice(of)
        elif tag in {"input", "button", "select", "textarea"}:
            self._control(tag, of)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area.value += data

    def _begin(self, of: dict[str, str]) -> None:
        method = of.get("method", "get").upper()
        is_multipart = of.get("enctype", "").lower() == "multipart/form-data"
        self._open = Form(self.path, self._address(of.get("action", "")), method, is_multipart)
        self.forms.append(self._open)
        if "id" in of:
            self._by_id[of["id"]] = self._open

    def _control(self, tag: str, of: dict[str, str]) -> None:
        # a control may name its form from anywhere on the page
        form = self._by_id.get(of["form"]) if "form" in of else self._open
        kind = tag if tag in {"select", "textarea"} else of.get("type", "submit" if tag == "button" else "text").lower()
        if form is None or not of.get("name"):
            return
        known = next((entry for entry in form.fields if entry.name == of["name"]), None)
        if kind in {"radio", "checkbox", "submit"} and known:
            known.choices.append(of.get("value", "on"))
        else:
            known = Field(of["name"], kind, of.get("value", ""), is_needed="required" in of)
            if kind in {"radio", "checkbox", "submit"}:
                known.choices.append(of.get("value", "on"))
                known.value = ""
            form.fields.append(known)
        if "checked" in of:
            known.value = of.get("value", "on")
        self._select = known if tag == "select" else self._select
        self._area = known if tag == "textarea" else self._area

    def _choice(self, of: dict[str, str]) -> None:
        assert self._select is not None
        value = of.get("value", "")
        self._select.choices.append(value)
        if "selected" in of or len(self._select.choices) == 1:
            self._select.value = value

    def _address(self, target: str) -> str:
        return urljoin(self.path, target) if target else self.path
