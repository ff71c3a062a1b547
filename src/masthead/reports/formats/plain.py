"""HTML to the plain text that a reader sees.

Scripts, styles, templates, comments and whatever the page hides (`hidden`, `aria-hidden="true"`,
`display:none`, `visibility:hidden`) are removed from the tree first. Blocks become paragraphs, a
blank line between them; `<br>` a line end; the lines of `<pre>` stay as they are; the cells of a
table row are parted by a tab. Attributes never reach the text, so no link or handler does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from masthead.reports.formats.decode import clean_text

Tree = Any
"""An lxml element, the root of a tree."""

MAX_HTML_CHARS = 16 * 2**20

_NEVER_SHOWN = {
    "script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "math",
    "canvas", "select", "textarea", "button", "audio", "video",
}  # fmt: skip
_NEVER_HIDDEN = {"html", "body", "meta", "link", "title"}
"""Left in whatever they say: pages that fade in hide their whole body at first."""

_DOOMED = "masthead-hidden"

_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I)

_PARAGRAPHS = {
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "legend", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "ul",
    "head", "quote", "list", "code",
}  # fmt: skip
"""Elements that begin and end a paragraph; the last four are trafilatura's own (TEI) names."""

_LINES = {"li", "tr", "item", "row"}
_BREAKS = {"br", "lb"}
_CELLS = {"td", "th", "cell"}
_KEEPING = {"pre", "quote", "code"}
"""Elements whose line ends count: trafilatura turns `<pre>` into `quote` or `code`."""

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SPACES = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{3,}")


def parse_html(html: str) -> Tree | None:
    """The tree of a page or a fragment; None if there is no element in it.

    libxml2 itself fetches nothing and stops at 256 levels of nesting.
    """
    # lxml refuses text that names its own encoding
    html = _XML_DECLARATION.sub("", clean_text(html)).strip()
    if not html or len(html) > MAX_HTML_CHARS:
        return None
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return tree


def remove_hidden(tree: Tree, *, keep: frozenset[str] = frozenset({"head"})) -> None:
    """Take out what a browser does not show; the text after an element stays. The tags in `keep`
    stay whatever they are (metadata is read from the head)."""
    for element in list(tree.iter()):
        tag = element.tag
        if not isinstance(tag, str) or tag in _NEVER_HIDDEN or tag in keep:
            continue
        if tag in _NEVER_SHOWN or _is_hidden(element):
            element.tag = _DOOMED
    # not `drop_tree`, which moves text in Python: that fails on control characters
    etree.strip_elements(tree, _DOOMED, with_tail=False)


def _is_hidden(element: Tree) -> bool:
    return (
        ("hidden" in element.attrib and element.get("hidden") != "until-found")
        or element.get("aria-hidden", "").strip().lower() == "true"
        or (element.tag == "input")
        or bool(_HIDING.search(element.get("style", "")))
    )


def plain_text(tree: Tree) -> str:
    """The text of a tree, as a reader sees it."""
    text = "".join(_pieces(tree))
    lines = [line.rstrip() for line in text.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def fragment_text(html: str) -> str:
    """The text of a piece of HTML (a mail's body, a feed's summary)."""
    tree = parse_html(html)
    if tree is None:
        return ""
    remove_hidden(tree, keep=frozenset())
    return plain_text(tree)


def _pieces(tree: Tree) -> Iterator[str]:
    """The text of the tree in pieces, walked without recursion."""
    keeping = 0
    gap, line_open = 0, False
    for action, element in etree.iterwalk(tree, events=("start", "end")):
        start, tag = action == "start", element.tag
        if tag in _KEEPING:
            keeping += 1 if start else -1
        if tag in _BREAKS:
            gap += start
        elif tag in _PARAGRAPHS or tag in _LINES:
            gap = max(gap, 2 if tag in _PARAGRAPHS else 1)
        elif tag in _CELLS and start and line_open and not gap:
            yield "\t"
        words = element.text if start else None if element is tree else element.tail
        shown = (words if keeping else _SPACES.sub(" ", words)) if words else ""
        if not line_open or gap:
            shown = shown if keeping else shown.lstrip(" ")
        if shown:
            yield "\n" * min(gap, 2) + shown
            gap, line_open = 0, True
