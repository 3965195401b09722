"""What frames every public page: `{% load frame %}`."""

from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from inharmony.pages.navigation import address

register = template.Library()


@dataclass(frozen=True)
class Page:
    """A page that is linked to: its name, its word, and the names under which it is the current one."""

    name: str
    word: str
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A page as one reader sees it."""

    word: str
    href: str
    is_current: bool


LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
NAVIGATION = (
    Page("about", "What it is"),
    Page("in-action", "In action"),
    Page("history", "History"),
    Page("where", "Where", ("programme",)),
    Page("impact", "Impact"),
    Page("funding", "Funding"),
    Page("figures", "Figures"),
)
FOOT = (
    Page("privacy", "Privacy", ("privacy-children", "privacy-families")),
    Page("cookies", "Cookies"),
    Page("accessibility", "Accessibility"),
    Page("contact", "Contact"),
)


@register.inclusion_tag("components/public-nav.html", takes_context=True)
def public_nav(context: Context) -> dict[str, Any]:
    """`{% public_nav %}`: the pages, the current one marked."""
    return {"links": links(NAVIGATION, _current(context))}


@register.inclusion_tag("components/public-foot.html", takes_context=True)
def public_foot(context: Context) -> dict[str, Any]:
    """`{% public_foot %}`: what stands at the end of every public page."""
    current = _current(context)
    return {"pages": links(NAVIGATION, current), "links": links(FOOT, current), "licence": LICENCE}


@register.inclusion_tag("components/public-head.html", takes_context=True)
def public_head(context: Context) -> dict[str, Any]:
    """`{% public_head %}`: what a search engine, or a page that links here, says of this one."""
    request = context.get("request")
    return {"own_address": f"{settings.PORTAL_URL}{request.path}" if request else "", **_words(context)}


@register.simple_tag
def page_link(name: str) -> str:
    """`{% page_link "contact" as contact %}`: the address of a public page, or nothing where there is none."""
    return address(f"public:{name}")


@register.simple_tag
def programme_link(slug: str) -> str:
    """`{% programme_link hub.slug as its %}`: the address of a hub's public page, or nothing where there is none."""
    try:
        return reverse("public:programme", args=[slug])
    except NoReverseMatch:
        return ""


@register.filter
def host(link: str) -> str:
    """Returns the site an address leads to: "vimeo.com"."""
    return (urlsplit(link).hostname or "").removeprefix("www.")


@register.simple_tag
def strength(key: str) -> SafeString:
    """`{% strength "strong" %}`: three noteheads, as many filled as the evidence is strong; always beside its words."""
    filled = {"strong": 3, "some": 2}.get(key, 0)
    notes = format_html_join(
        "",
        '<ellipse class="{}" cx="{}" cy="7" rx="6" ry="4.5"/>',
        (("on" if at < filled else "off", 8 + 16 * at) for at in range(3)),
    )
    return format_html('<svg class="strength" width="48" height="14" aria-hidden="true">{}</svg>', notes)


def links(pages: tuple[Page, ...], current: str) -> list[Link]:
    """Returns the pages that this installation has."""
    found = [(page, address(f"public:{page.name}")) for page in pages]
    return [Link(page.word, href, current in (page.name, *page.covers)) for page, href in found if href]


def _current(context: Context) -> str:
    match = getattr(context.get("request"), "resolver_match", None)
    return match.url_name or "" if match and match.namespace == "public" else ""


def _words(context: Context) -> dict[str, str]:
    """A block can stand once in a page; its words are wanted twice."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    return {
        name: " ".join(unescape(block.nodelist.render(context)).split())
        for name in ("title", "description")
        if blocks and (block := blocks.get_block(name))
    }
