"""Target `zhinan`: the content folder of a portal with the same pages.

Every page is a policy document; its headings and printed numbers become clauses. A page of common questions is an entry
of the FAQ as well, answered by the document's own first clause word for word, so that no word is there twice. Every province has
a guide. Kinds and tags have no place in the content of a portal.
"""

import os
import re
import shutil

from blocks import Heading, Paragraph, to_markdown
from clauses import Numbering
from grammar import short_name
from markdown_site import markdown_of, quoted, write
from pages import description_of
from words import PROVINCES

HERE = os.path.dirname(os.path.abspath(__file__))
SYNONYMS = os.path.join(HERE, "..", "..", "..", "content", "synonyms.yaml")

SETTINGS = """title: 职业技能等级证书政策门户
short_title: 政策门户
description: 由一小套句式和几份真实文件生成的门户，只用来测量。
checked: 2026-01-01
disclaimer: 生成的文字，不是政策。
check_disclaimer: 这里没有自查条件。
"""


def write_portal(pages, folder):
    write(folder, "portal.yaml", SETTINGS)
    for section, province in sorted({(page.section, page.province) for page in pages}):
        write(folder, f"provinces/{section}/guide.md", guide_of(province))
    for page in pages:
        write(folder, f"policies/{identity(page)}.md", document_of(page))
    write_faq([page for page in pages if page.is_faq], folder)
    # The index of a real portal has synonyms, and they have their price.
    shutil.copyfile(SYNONYMS, os.path.join(folder, "synonyms.yaml"))


def identity(page):
    return f"{page.section}-{page.slug}"


def address_of(target):
    return target if isinstance(target, str) else f"policy:{identity(target)}"


def code_of(province):
    return PROVINCES[province][1]


def front_matter(fields):
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields) + "---\n"


def guide_of(province):
    return front_matter(
        [
            ("code", code_of(province)),
            ("name", province),
            ("short_name", short_name(province)),
            ("summary", quoted(f"{province}的文件都在政策文件一栏。")),
        ]
    )


def document_of(page):
    fields = [
        ("title", quoted(page.title)),
        ("issuer", page.province),
        ("issued", page.date),
        ("level", "provincial"),
        ("province", code_of(page.province)),
        ("year", page.year),
        ("source", page.source or "generated"),
        ("summary", quoted(description_of(markdown_of(page)))),
    ]
    numbering = Numbering()
    parts = [f"# {page.title} {{#{numbering.name('head')}}}"]
    parts.extend(clause_text(block, numbering) for block in page.blocks)
    return front_matter(fields) + "\n" + "\n\n".join(parts) + "\n"


def clause_text(block, numbering):
    """A block as Markdown, with a name where it has no number or one that was there before."""
    anchor, needs_name = numbering.enter(block)
    text = to_markdown(block, address_of)
    if not needs_name:
        return text
    if isinstance(block, Paragraph):
        # An item of a list cannot have a name, a paragraph can.
        text = re.sub(r"^(\d+)\.", r"\1\\.", text)
    assert isinstance(block, (Heading, Paragraph))
    return f"{text} {{#{anchor}}}"


def write_faq(pages, folder):
    topics = sorted({(page.section, page.province) for page in pages})
    if topics:
        lines = [f"- id: {section}\n  title: {province}\n" for section, province in topics]
        write(folder, "faq/topics.yaml", "".join(lines))
    for page in pages:
        fields = [
            ("topic", page.section),
            ("question", quoted(page.title)),
            ("province", code_of(page.province)),
            ("sources", f'["{identity(page)}#head"]'),
        ]
        write(folder, f"faq/{identity(page)}.md", front_matter(fields))
