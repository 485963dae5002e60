"""Targets `plain` and `hugo`: Markdown files with front matter, as other generators of sites read them."""

import json
import os

from blocks import to_markdown
from pages import description_of


def address_of(target):
    return target if isinstance(target, str) else f"/{target.section}/{target.slug}/"


def markdown_of(page):
    return "\n\n".join(to_markdown(block, address_of) for block in page.blocks)


def write_plain(pages, folder):
    for page in pages:
        text = markdown_of(page)
        fields = [
            ("title", quoted(page.title)),
            ("date", page.date),
            ("description", quoted(description_of(text))),
            ("province", f"[{quoted(page.province)}]"),
            ("year", f'["{page.year}"]'),
            ("kind", f"[{quoted(page.kind)}]"),
            ("tags", quoted(page.tags)),
        ]
        front_matter = "".join(f"{name}: {value}\n" for name, value in fields)
        write(folder, f"{page.section}/{page.slug}.md", f"---\n{front_matter}---\n\n{text}\n")


def write_hugo(pages, folder):
    write_plain(pages, folder)
    for section, province in sorted({(page.section, page.province) for page in pages}):
        write(folder, f"{section}/_index.md", f'---\ntitle: "{province}"\n---\n')
    write(folder, "_index.md", '---\ntitle: "首页"\n---\n')


def quoted(value):
    return json.dumps(value, ensure_ascii=False)


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf8", newline="\n") as file:
        file.write(text)
