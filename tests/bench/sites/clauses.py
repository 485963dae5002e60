"""The clauses that printed numbers make of a page, as the portal's compiler numbers them.

Only used to see beforehand where a number comes twice below the same heading: such a place needs a name.
"""

import re

from blocks import Heading, NumberedList, Paragraph
from words import CHINESE_DIGITS

NAME, CHINESE_COMMA, CHINESE_BRACKETS, DIGITS, DIGITS_BRACKETS, CIRCLED = range(6)
CHINESE_NUMBER = "[一二三四五六七八九十]{1,3}"

# The forms of printed numbers, from the highest.
FORMS = [
    (CHINESE_COMMA, rf"({CHINESE_NUMBER})、"),
    (CHINESE_BRACKETS, rf"[（(]({CHINESE_NUMBER})[）)]"),
    (DIGITS, r"(\d{1,3})[.．](?!\d)"),
    (DIGITS_BRACKETS, r"[（(](\d{1,3})[）)]"),
    (CIRCLED, "([①-⑳])"),
]


def number_of(text):
    """Rank and number that a text begins with, or nothing."""
    for rank, form in FORMS:
        found = re.match(form, text)
        if found:
            return rank, value_of(found.group(1))
    return None


def value_of(printed):
    """12 and 十二 give 12, ⑫ too."""
    if printed.isdecimal():
        return int(printed)
    if "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    tens, has_tens, ones = printed.rpartition("十")
    value = CHINESE_DIGITS.index(ones) + 1 if ones else 0
    return value + (10 * (CHINESE_DIGITS.index(tens) + 1 if tens else 1) if has_tens else 0)


class Numbering:
    """Follows a page from block to block and gives the anchor of each clause."""

    def __init__(self):
        self.anchors = set()
        self.above = []
        self.repeated = 0

    def name(self, anchor):
        """A clause with a name of its own."""
        self.anchors.add(anchor)
        self.above = [(NAME, anchor)]
        return anchor

    def number(self, rank, value):
        """The anchor of a numbered clause, and whether a clause before it has the same."""
        above = [
            (other, anchor)
            for other, anchor in self.above
            if other < rank and not (other == NAME and rank == CHINESE_COMMA)
        ]
        anchor = f"{above[-1][1]}-{value}" if above else f"s{value}"
        if anchor in self.anchors:
            return anchor, True
        self.anchors.add(anchor)
        self.above = above + [(rank, anchor)]
        return anchor, False

    def enter(self, block):
        """The anchor of the clause that a block begins, if any, and whether it needs that as a name."""
        if isinstance(block, NumberedList):
            for value, _ in block.numbered():
                _, is_repeated = self.number(DIGITS, value)
                assert not is_repeated, "the items of generated lists have different numbers below one heading"
            return None, False
        found = number_of(block.text) if isinstance(block, (Heading, Paragraph)) else None
        if found is None:
            return (self.repeat(), True) if isinstance(block, Heading) else (None, False)
        anchor, is_repeated = self.number(*found)
        return (self.repeat(), True) if is_repeated else (anchor, False)

    def repeat(self):
        self.repeated += 1
        return self.name(f"part-{self.repeated}")
