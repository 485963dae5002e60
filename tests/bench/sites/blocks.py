"""What the text of a page is made of, and how each part is written as Markdown and as HTML.

Texts carry three inline marks: `**strong**`, `[words](address)` and `<address>`.
"""

import html
import re
from dataclasses import dataclass


@dataclass
class Heading:
    level: int
    text: str


@dataclass
class Paragraph:
    text: str


@dataclass
class NumberedList:
    """Items with printed numbers, from `first` on."""

    items: list
    first: int = 1

    def numbered(self):
        return [(self.first + index, item) for index, item in enumerate(self.items)]


@dataclass
class BulletList:
    items: list


@dataclass
class Table:
    """The first row is the head; `alignment` is the Markdown line below it."""

    rows: list
    alignment: str


@dataclass
class Link:
    """A line of the list of links: to another page of the site, or to an address."""

    text: str
    target: object


@dataclass
class LinkList:
    links: list


def to_markdown(block, address_of):
    """A block as Markdown; `address_of` says where a link to a page leads."""
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text}"
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, NumberedList):
        return "\n".join(f"{number}. {item}" for number, item in block.numbered())
    if isinstance(block, BulletList):
        return "\n".join(f"- {item}" for item in block.items)
    if isinstance(block, Table):
        head, *rows = [f"| {' | '.join(row)} |" for row in block.rows]
        return "\n".join([head, block.alignment, *rows])
    return "\n".join(f"- [{link.text}]({address_of(link.target)})" for link in block.links)


def to_html(block, address_of, anchor=None):
    """A block as HTML, its numbers printed as text, as they are in the portal."""
    identity = f' id="{anchor}"' if anchor else ""
    if isinstance(block, Heading):
        return f"<h{block.level}{identity}>{inline(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p{identity}>{inline(block.text)}</p>"
    if isinstance(block, NumberedList):
        return "\n".join(f"<p>{number}. {inline(item)}</p>" for number, item in block.numbered())
    if isinstance(block, BulletList):
        return "<ul>\n" + "\n".join(f"<li>{inline(item)}</li>" for item in block.items) + "\n</ul>"
    if isinstance(block, Table):
        head, *rows = block.rows
        lines = [row_of(head, "th"), *(row_of(row, "td") for row in rows)]
        return "<table>\n" + "\n".join(lines) + "\n</table>"
    lines = [f'<li><a href="{html.escape(address_of(link.target))}">{inline(link.text)}</a></li>' for link in block.links]
    return "<ul>\n" + "\n".join(lines) + "\n</ul>"


def row_of(cells, tag):
    return "<tr>" + "".join(f"<{tag}>{inline(cell)}</{tag}>" for cell in cells) + "</tr>"


def inline(text):
    """Inline marks as HTML."""
    pieces = re.split(r"(<https?://[^>]+>)", text)
    return "".join(autolink(piece[1:-1]) if piece.startswith("<http") else strong(piece) for piece in pieces)


def autolink(address):
    shown = html.escape(address)
    return f'<a href="{shown}">{shown}</a>'


def strong(text):
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(text, quote=False))
