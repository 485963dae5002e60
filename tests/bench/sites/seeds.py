"""The real texts: their sentences for generated pages, and themselves as the first pages."""

import glob
import os
import re

from blocks import BulletList, Heading, Paragraph
from pages import Page

# A printed number at the start of a line.
NUMBER = r"^([一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．] ?)"

# The documents, in the order of their files: folder, province, year, kind, title, date.
DOCUMENTS = [
    ("shaanxi", "陕西省", 2024, "通知", "关于做好2024年第二批1+X证书试点申报工作的通知", "2024-09-04"),
    ("anhui", "安徽省", 2024, "通知", "安徽省教育厅关于做好2024年1+X证书申报工作的通知", "2024-03-20"),
    ("guangxi", "广西壮族自治区", 2022, "申报指南", "广西1+X证书制度试点申报工作指南（2022年）", "2022-05-01"),
    ("beijing", "北京市", 2019, "通知", "关于做好第二批1+X证书制度试点工作的通知", "2019-09-11"),
]
FAQ_FILE = "003_"
FAQ_START = "三、1+X 证书制度试点申报中常见的问题汇总"
FAQ_END = "广西 1+X 证书制度试点建设秘书处联系方式"


def files_of(folder):
    """The source texts of a folder, in order."""
    return sorted(glob.glob(os.path.join(folder, "*.txt")))


def read(path):
    with open(path, encoding="utf8") as file:
        return file.read()


def clean(text):
    """Tabs become spaces; the forms of 1+X become one."""
    text = text.replace("\t", " ").replace("＋", "+").replace("Ｘ", "X")
    return re.sub(r"1 ?\+ ?X", "1+X", text)


# Sentences ---------------------------------------------------------------------------------------------------------


def sentences(folder):
    """Every sentence of 18 to 220 characters that can stand alone."""
    found = []
    for path in files_of(folder):
        text = re.sub(r"<(https?://[^>]+)>", r"\1", clean(read(path)))
        for paragraph in unwrapped(text.split("\n")):
            found.extend(filter(None, map(usable, re.split(r"(?<=[。；？！])", paragraph))))
    return found


def unwrapped(lines):
    """Joins lines up to one that ends a sentence; short headings are left out."""
    paragraphs = []
    paragraph = ""
    for line in map(str.strip, lines):
        if not line:
            continue
        if re.match(NUMBER, line) and len(line) < 32 and line[-1] not in "。；，、":
            if paragraph:
                paragraphs.append(paragraph)
                paragraph = ""
            continue
        paragraph += line
        if re.search(r"[。；？！：:]$", line):
            paragraphs.append(paragraph)
            paragraph = ""
    return paragraphs + [paragraph]


def usable(sentence):
    """The sentence without its number and inner spaces, or nothing where it is none."""
    text = re.sub(r"^([（(]?[一二三四五六七八九十\d]+[）)、.．]\s*|[①-⑳]|- ?)", "", sentence.strip())
    text = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", text)
    is_whole = 18 <= len(text) <= 220 and re.search(r"[\u4e00-\u9fff]{6}", text)
    if not is_whole or "|" in text or "http://www.moe" in text:
        return None
    return text if text[-1] in "。；？！" else text + "。"


# Pages -------------------------------------------------------------------------------------------------------------


def real_pages(folder):
    """The real documents, then each real question with its answer."""
    files = files_of(folder)
    pages = []
    for (section, province, year, kind, title, date), path in zip(DOCUMENTS, files):
        page = Page(section, province, year, kind, title, date, ["申报", "试点院校"], f"gold-{section}")
        page.source = os.path.basename(path)
        page.blocks = blocks_of(read(path))
        pages.append(page)
    [faq_path] = [path for path in files if FAQ_FILE in path]
    for number, (question, answer) in enumerate(questions(read(faq_path)), start=1):
        slug = f"gold-faq-{number:02d}"
        tags = ["账号密码", "平台操作"]
        page = Page("guangxi", "广西壮族自治区", 2022, "常见问题", question, "2022-05-02", tags, slug)
        page.source = os.path.basename(faq_path)
        page.blocks = blocks_of(answer)
        pages.append(page)
    return pages


def questions(text):
    """Pairs of question and answer."""
    faq = text[text.index(FAQ_START) : text.index(FAQ_END)]
    pieces = re.split(r"\n（([一二三四五六七八九十]+)）", faq)[1:]
    for piece in pieces[1::2]:
        question, _, answer = piece.strip().partition("？")
        yield question.replace("\n", "") + "？", answer


def blocks_of(text):
    """A scanned text as blocks: its wrapped lines joined, its numbered headings found."""
    lines = []
    for line in clean(text).split("\n"):
        if not line.strip():
            continue
        if lines and goes_on(lines[-1], line):
            lines[-1] += line.strip()
        else:
            lines.append(line.rstrip())
    return [block_of(line) for line in lines]


def goes_on(before, line):
    """Whether a line goes on with the sentence of the line before."""
    is_open = len(before) >= 22 and before[-1] not in "。；？！：:;"
    return is_open and not re.match(NUMBER, line.strip())


def block_of(line):
    text = line.strip()
    if re.match(r"^[一二三四五六七八九十]{1,2}、", text) and len(text) < 30:
        return Heading(2, text)
    if re.match(r"^[（(][一二三四五六七八九十]+[）)]", text) and len(text) < 70:
        return Heading(3, text)
    if text.startswith("- "):
        return BulletList([text[2:]])
    if " http" in text and re.match(r"^\d+ ", text):
        return BulletList([text])
    return Paragraph(text)
