"""HTML pages and Markdown.

Of a page, the main text is taken with trafilatura (Barbaresi 2021), without menus and comments;
of a page in which it finds little, all that a reader sees. Markdown stays as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from masthead.model import Scalar
from masthead.reports.formats.decode import clean_line, decode
from masthead.reports.formats.plain import (
    MAX_HTML_CHARS,
    Tree,
    parse_html,
    plain_text,
    remove_hidden,
)
from masthead.reports.formats.record import Flaw, Record, Request
from masthead.reports.formats.text import encoding_meta

MIN_MAIN_SHARE = 0.25
"""If the main text is less than this share of all visible text, and shorter than
`SHORT_PAGE_CHARS`, the page is taken whole: trafilatura is made for articles, and leaves out much
of a notice on a bare page."""

SHORT_PAGE_CHARS = 2000

MAX_FOREIGN_SHARE = 0.02

MAX_ELEMENTS = 50_000
"""A page of more elements is taken whole: extraction compares paragraphs with one another, and a
long report has some 5,000."""

TOO_LARGE = f"page is larger than {MAX_HTML_CHARS // 2**20} Mi characters"

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,40})", re.I
)
_DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.issued", "dcterms.date", "pubdate",
    "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
"""Names of `<meta>` (property, name or itemprop) that carry the date of publication, surest first
(Open Graph, schema.org, Dublin Core, and the tags of common publishing systems)."""

_JSON_LD_DATE = re.compile(r"\"datePublished\"\s{0,5}:\s{0,5}\"([^\"]{4,40})\"")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})\s*")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,8000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FRONT_KEY = re.compile(
    r"^(title|date|source|outlet|url|link|lang|language)\s{0,3}:[ \t]*(.+)$", re.M
)


def read_html(content: bytes, request: Request) -> Iterator[Record | Flaw]:
    """The page as one record."""
    declared = _CHARSET.search(content[:4096])
    html, encoding = decode(content, declared[1].decode("ascii") if declared else None)
    if len(html) > MAX_HTML_CHARS:
        yield Flaw("file", TOO_LARGE)
        return
    tree = parse_html(html)
    if tree is None:
        yield Flaw("file", "no HTML in it", html[:80])
        return
    published, facts = _published(tree), _metadata(tree)
    if not request.keep_hidden:
        remove_hidden(tree)
    yield Record(
        text=main_text(tree),
        title=clean_line(_title(tree, facts.get("title") or "") or ""),
        date=published or facts.get("date"),
        outlet=facts.get("sitename"),
        url=facts.get("url"),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        media_type="text/html",
        meta=encoding_meta(encoding) | _author(facts.get("author")),
    )


def main_text(tree: Tree) -> str:
    """The main text of a page, or all of its visible text where that is the better answer."""
    body = tree.find("body")
    whole = plain_text(body if body is not None else tree)
    main = _main(tree)
    return main if _is_faithful(main, whole) else whole


def _is_faithful(main: str, whole: str) -> bool:
    """Whether the main text is a fair part of the page: not too little of a short page, no words
    that the page has not (on bare pages trafilatura parts words at tags), paragraphs kept."""
    if not main or (len(main) < MIN_MAIN_SHARE * len(whole) and len(whole) < SHORT_PAGE_CHARS):
        return False
    words = main.split()
    known = set(whole.split())
    foreign = sum(word not in known for word in words)
    return foreign <= MAX_FOREIGN_SHARE * len(words) and ("\n" in main or "\n" not in whole)


def _main(tree: Tree) -> str:
    import trafilatura

    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        return ""
    try:
        found: Any = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True)
    except Exception:  # noqa: BLE001  (any failure of its heuristics leaves the whole page)
        return ""
    body = getattr(found, "body", None)
    return plain_text(body) if body is not None else ""


def _metadata(tree: Tree) -> dict[str, str]:
    """What trafilatura finds in the head; the date only where the page marks it as such."""
    import trafilatura

    try:
        found = trafilatura.extract_metadata(
            tree, date_config={"extensive_search": False, "original_date": True}, extensive=False
        )
    except Exception:  # noqa: BLE001  (damaged metadata is no reason to lose the text)
        return {}
    names = ("title", "date", "sitename", "url", "author")
    return {name: value for name in names if isinstance(value := getattr(found, name, None), str)}


def _author(author: str | None) -> dict[str, Scalar]:
    line = clean_line(author) if author else None
    return {"author": line} if line else {}


def _title(tree: Tree, of_page: str) -> str | None:
    """The first heading that the page's own title agrees with (the very first may be the name of
    the site), else the first heading, else the page's title."""
    headings = [" ".join("".join(h.itertext()).split()) for h in tree.iter("h1", "h2")]
    headings = [h for h in headings if h]
    agreed = (h for h in headings if of_page and (h in of_page or of_page in h))
    return next(agreed, headings[0] if headings else of_page)


def _published(tree: Tree) -> str | None:
    """The date of publication with its time, where the page gives it to machines."""
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if value := meta.get("content"):
            named.setdefault(name, value)
    for name in _DATE_NAMES:
        if name in named:
            return named[name]
    for script in tree.iter("script"):
        is_data = script.get("type") == "application/ld+json"
        if is_data and (found := _JSON_LD_DATE.search(script.text or "")):
            return found[1]
    for time in tree.iter("time"):
        if time.get("datetime") and ("pubdate" in time.attrib or
                                     time.get("itemprop") == "datePublished"):  # fmt: skip
            return str(time.get("datetime"))
    return None


def read_markdown(content: bytes, request: Request) -> Iterator[Record | Flaw]:
    """Markdown as it is written; front matter and the first heading give title and date."""
    text, encoding = decode(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = _FRONT_MATTER.match(text)
    facts = (
        {key: value.strip().strip("\"'") for key, value in _FRONT_KEY.findall(head[1])}
        if head
        else {}
    )
    after = text[head.end() :] if head else text
    yield Record(
        text=text,
        title=clean_line(facts.get("title") or _first_heading(after) or ""),
        date=facts.get("date"),
        outlet=facts.get("outlet") or facts.get("source"),
        url=facts.get("url") or facts.get("link"),
        language=facts.get("language") or facts.get("lang"),
        media_type="text/markdown",
        meta=encoding_meta(encoding),
    )


def _first_heading(text: str) -> str | None:
    """The first line that begins with one to six `#` or is underlined with `===` or `---`."""
    before = ""
    for line in text.split("\n"):
        words = line.lstrip(" ")
        level = len(words) - len(words.lstrip("#"))
        if 1 <= level <= 6 and words[level : level + 1] in (" ", "\t"):
            return words[level:].strip().rstrip("#").strip() or None
        if before.strip() and _UNDERLINE.fullmatch(line):
            return before
        before = line
    return None
