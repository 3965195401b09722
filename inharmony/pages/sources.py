"""Where a fact was found, as the record writes it: words, then an address without its scheme."""

import re
from urllib.parse import quote

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

# a host of lower-case letters after a space or a bracket, or at the start, with or without what stands after it
ADDRESS = re.compile(
    r"(?<![^\s(])(?:https://)?((?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}[a-z]{2,12}(?![\w@.-]*@)(?:/[^\s;,<>\"]*)?)"
)
# what belongs to the sentence, not to the address
ENDING = ".:!?"


def linked(words: str) -> SafeString:
    """
    Returns the words with each bare address in them as a link: "The Guardian, theguardian.com/education".

    Links lead to https alone, show no "www.", and tell the other site nothing of where the reader came from. Anything
    else is text: an address with another scheme, an email address, tags.
    """
    parts, at = list[SafeString](), 0
    for found in ADDRESS.finditer(words):
        address = _without_ending(found[1])
        end = found.start(1) + len(address)
        if words[end : end + 1].isalnum() or words[end : end + 1] in ("-", "@", "_"):
            continue
        parts += [conditional_escape(words[at : found.start()]), _link(address)]
        at = end
    parts.append(conditional_escape(words[at:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _without_ending(address: str) -> str:
    """Takes off what belongs to the sentence: a stop, a bracket that was opened before the address."""
    while address[-1] in ENDING or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address


def _link(address: str) -> SafeString:
    target = quote(address, safe="/:?=&%#~+@!$'()*-._")
    return format_html('<a href="https://{}" rel="noreferrer">{}</a>', target, address.removeprefix("www."))
