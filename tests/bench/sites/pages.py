"""Pages: what is said about each, and the text of the generated ones."""

from dataclasses import dataclass, field

from blocks import BulletList, Heading, Link, LinkList, NumberedList, Paragraph, Table, to_markdown
from grammar import count_han
from words import (
    CHINESE_DIGITS,
    FAQ_KIND,
    KINDS,
    LEVELS,
    NOUNS,
    OFFICES,
    PROVINCES,
    SECTIONS,
    SUBSECTIONS,
    TAGS,
    VERBS,
    YEARS,
)

LINKS_HEADING = "相关链接"
PLATFORMS = [
    Link("职业技能等级证书信息管理服务平台", "https://vslc.ncb.edu.cn/"),
    Link("职业教育国家学分银行", "https://www.ncb.edu.cn/"),
]
TABLE_HEAD = ["序号", "院校名称", "证书名称", "等级", "人数", "费用（元）"]
TABLE_ALIGNMENT = "| --- | --- | --- | --- | ---: | ---: |"


@dataclass
class Page:
    section: str
    province: str
    year: int
    kind: str
    title: str
    date: str
    tags: list
    slug: str
    # File of the source texts that it was taken from; empty for a generated page.
    source: str = ""
    blocks: list = field(default_factory=list)

    @property
    def is_faq(self):
        return self.kind == FAQ_KIND


def generated_page(writer, index):
    """A page without its text: that has links to others, so it comes when all are there."""
    province = writer.provinces[writer.random.randrange(len(writer.provinces))]
    year = writer.pick(YEARS)
    kind = writer.pick(list(KINDS))
    title = title_of(writer, province, year, kind)
    date = f"{year}-{writer.number(1, 12):02d}-{writer.number(1, 28):02d}"
    tags = writer.random.sample(TAGS, writer.number(2, 5))
    slug = f"{year}-{KINDS[kind]}-{index:05d}"
    return Page(PROVINCES[province][0], province, year, kind, title, date, tags, slug)


def title_of(writer, province, year, kind):
    # Every title is made and one taken: the random numbers of a seed fall as they always did.
    pick, certificate = writer.pick, writer.certificate()
    work = ["申报", "考核", "师资培训", "费用结算", "试点"]
    titles = {
        "通知": f"{province}{pick(OFFICES)}关于做好{year}年“{certificate}”职业技能等级证书{pick(work)}工作的通知",
        "申报指南": f"{province}1+X证书制度试点申报工作指南（{year}年，{certificate}）",
        "常见问题": f"{province}{certificate}证书{pick(SUBSECTIONS)}常见问题（{year}）",
        "公示": f"关于{year}年{province}{writer.school(province)}等{writer.number(2, 60)}所院校{certificate}试点名单的公示",
        "管理办法": f"{province}{certificate}{pick(NOUNS)}管理办法（试行）",
        "实施方案": f"{writer.school(province)}{year}年1+X证书制度试点工作方案（{certificate}）",
        "政策解读": f"《{province}关于{pick(VERBS)}{pick(NOUNS)}的意见》解读",
        "工作简报": f"{province}1+X证书制度试点工作简报{year}年第{writer.number(1, 60)}期",
    }
    return titles[kind]


def text_of(writer, page, linked):
    """The blocks of a generated page; `linked` are the pages it has links to."""
    province, year = page.province, page.year
    blocks = [Paragraph(writer.paragraph(province, year, 90, 180))]
    length = writer.number(1050, 1950)
    headings = writer.random.sample(SECTIONS, 9)
    for number, heading in enumerate(headings):
        blocks.append(Heading(2, f"{CHINESE_DIGITS[number]}、{heading}"))
        blocks.extend(section(writer, province, year))
        if written(blocks) >= length:
            break
    # The table stands somewhere between the blocks, not before the first heading.
    table = table_of(writer, province)
    if len(blocks) > 8:
        blocks.insert(min(len(blocks), 6 + writer.number(0, 4)), table)
    else:
        blocks.append(table)
    blocks.append(Heading(2, LINKS_HEADING))
    blocks.append(LinkList([Link(other.title, other) for other in linked] + PLATFORMS))
    return blocks


def section(writer, province, year):
    """One to three blocks below a heading, each with a heading of its own or none."""
    blocks = []
    has_subsections = writer.random.random() < 0.5
    # The numbers of items go on below one heading, as the clauses they begin must differ.
    first = 1
    for number in range(writer.number(1, 3)):
        if has_subsections:
            blocks.append(Heading(3, f"（{CHINESE_DIGITS[number]}）{writer.pick(SUBSECTIONS)}"))
            first = 1
        form = writer.random.random()
        if form < 0.62:
            blocks.append(Paragraph(writer.paragraph(province, year, 110, 240)))
        elif form < 0.82:
            items = [writer.paragraph(province, year, 25, 60) for _ in range(writer.number(3, 5))]
            blocks.append(NumberedList(items, first))
            first += len(items)
        else:
            items = [writer.paragraph(province, year, 20, 45) for _ in range(writer.number(3, 5))]
            blocks.append(BulletList(items))
    return blocks


def table_of(writer, province):
    rows = [TABLE_HEAD]
    for number in range(1, writer.number(4, 9) + 1):
        rows.append(
            [
                str(number),
                writer.school(province),
                writer.certificate(),
                writer.pick(LEVELS),
                str(writer.number(8, 400)),
                str(writer.number(12, 98) * 10),
            ]
        )
    return Table(rows, TABLE_ALIGNMENT)


def written(blocks):
    return sum(count_han(to_markdown(block, str)) for block in blocks)


def description_of(markdown):
    """The first 80 characters of a text, its marks left out."""
    plain = "".join(character for character in markdown if character not in "*#|[]()")
    return plain[:80].replace("\n", " ")
