"""Target `html`: plain pages with the same words as the portal's, for search engines that index built pages.

Each page says what of it is text, and has province, year and kind as filters; its clauses have anchors, as in the portal.
"""

import html

from blocks import to_html
from clauses import Numbering
from markdown_site import markdown_of, write
from pages import description_of

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="description" content="{description}">
</head>
<body>
<main data-pagefind-body data-pagefind-filter="province:{province}, year:{year}, kind:{kind}">
<h1 id="head">{title}</h1>
{text}
</main>
</body>
</html>
"""


def write_html(pages, folder):
    for page in pages:
        numbering = Numbering()
        numbering.name("head")
        blocks = [to_html(block, address_of, numbering.enter(block)[0]) for block in page.blocks]
        text = PAGE.format(
            title=html.escape(page.title),
            description=html.escape(description_of(markdown_of(page))),
            province=page.province,
            year=page.year,
            kind=page.kind,
            text="\n".join(blocks),
        )
        write(folder, f"{page.section}/{page.slug}/index.html", text)


def address_of(target):
    return target if isinstance(target, str) else f"../../{target.section}/{target.slug}/"
