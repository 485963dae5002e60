#!/usr/bin/env python3
"""Writes a site of Chinese policy pages for the benchmarks.

    gen.py --n 1000 --seed 1 --target zhinan --out DIR/content [--target html --out DIR/html] …

Targets: `zhinan` (the content folder of a portal), `html` (plain pages), `plain` and `hugo` (Markdown with front matter).
The text is the same in all of them for the same number and seed, about 2,000 Chinese characters a page: three sentences of
five come from the real source texts with their slots filled anew, the others from a small grammar with real places and
invented people, schools and companies. The first pages are the real documents and the real questions, so that an answer can
be judged by eye. Two runs give the same bytes.

The source texts are no part of this repository; `--seeds` says where they lie.
"""

import argparse
import json
import os
import sys

sys.dont_write_bytecode = True

from grammar import Writer, count_han
from html_site import write_html
from markdown_site import markdown_of, write_hugo, write_plain
from pages import generated_page, text_of
from portal import write_portal
from seeds import files_of, real_pages, sentences

HERE = os.path.dirname(os.path.abspath(__file__))
SEEDS = os.path.normpath(os.path.join(HERE, "..", "..", "..", "..", "shared", "seeds"))
TARGETS = {"zhinan": write_portal, "html": write_html, "plain": write_plain, "hugo": write_hugo}
LINKS_OF_A_PAGE = 3


def pages_of(count, seed, folder):
    """The real pages, then generated ones up to the number wanted."""
    writer = Writer(seed, sentences(folder))
    real = real_pages(folder)
    generated = [generated_page(writer, index) for index in range(max(0, count - len(real)))]
    pages = real + generated
    for page in generated:
        page.blocks = text_of(writer, page, [writer.pick(pages) for _ in range(LINKS_OF_A_PAGE)])
    return pages


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--n", type=int, required=True, help="number of pages")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other text")
    parser.add_argument("--target", action="append", required=True, choices=TARGETS, help="may be given several times")
    parser.add_argument("--out", action="append", required=True, help="folder of the target, one for each")
    parser.add_argument("--seeds", default=SEEDS, help="folder of the source texts")
    given = parser.parse_args()
    if len(given.target) != len(given.out):
        parser.error("every --target needs an --out")
    return given


def main():
    given = arguments()
    if not files_of(given.seeds):
        sys.exit(f"no source texts in {given.seeds}; say with --seeds where they lie")
    pages = pages_of(given.n, given.seed, given.seeds)
    for target, folder in zip(given.target, given.out):
        os.makedirs(folder, exist_ok=True)
        TARGETS[target](pages, folder)
    characters = sum(count_han(markdown_of(page)) for page in pages)
    print(json.dumps({"pages": len(pages), "han": characters, "han_per_page": round(characters / len(pages))}))


if __name__ == "__main__":
    main()
