"""Sentences: of the real source texts with their slots filled anew, and of a small grammar of office language.

The order in which random numbers are drawn is part of the text: the same seed gives the same pages.
"""

import json
import os
import random
import re

from words import (
    ADJECTIVES,
    CERTIFICATES,
    COMPANY_CHARACTERS,
    DEPARTMENTS,
    GIVEN_NAMES,
    INDUSTRIES,
    LEVELS,
    NOUNS,
    OFFICES,
    PROVINCES,
    PURPOSES,
    SURNAMES,
    VERBS,
)

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")

SHARE_OF_REAL_SENTENCES = 0.6
SCHOOL_TRADES = "工业 交通 财经 商贸 卫生 旅游 信息 农业 建筑 机电 水利 轻工 艺术 师范 电子".split()
SCHOOL_KINDS = "职业技术学院 职业学院 高等专科学校 职业中等专业学校 职教中心 技师学院 职业技术大学 应用技术大学".split()
PEOPLE_OF_THE_SOURCES = "(张建文|韩韬|田杰|张亚群|任雯君|张娴|赵亮|丁振国|黄玉屏|梁召峰)"


def load(name):
    with open(os.path.join(DATA, name), encoding="utf8") as file:
        return json.load(file)


def count_han(text):
    """How many Chinese characters a text has."""
    return len(re.findall(r"[\u4e00-\u9fff]", text))


class Writer:
    """Writes sentences and paragraphs about a province and a year."""

    def __init__(self, seed, sentences):
        self.random = random.Random(seed)
        self.sentences = sentences
        # Cities and districts by province; names of streets.
        self.places = load("pca.json")
        self.streets = load("streets_names.json")
        self.provinces = [province for province in PROVINCES if province in self.places]

    def pick(self, choices):
        return self.random.choice(choices)

    # Names ---------------------------------------------------------------------------------------------------------

    def person(self):
        surname = self.pick(SURNAMES)
        return surname + "".join(self.pick(GIVEN_NAMES) for _ in range(self.pick([1, 2, 2])))

    def place(self, province):
        """A city, empty where the province has no such level, and a district."""
        city = self.pick(list(self.places[province]))
        is_real = city not in ("市辖区", "县") and not city.startswith(("省直辖", "自治区直辖"))
        return city if is_real else "", self.pick(self.places[province][city])

    def school(self, province):
        city, _ = self.place(province)
        base = re.sub(r"(市|地区|盟)$", "", city) or short_name(province)
        if len(base) > 4:
            base = base[:2]
        return base + self.pick(["", "第一"] + SCHOOL_TRADES) + self.pick(SCHOOL_KINDS)

    def company(self):
        name = self.pick(COMPANY_CHARACTERS) + self.pick(COMPANY_CHARACTERS)
        city, _ = self.place(self.pick(self.provinces))
        base = re.sub(r"(市|地区|盟)$", "", city)[:3]
        form = ["有限公司", "有限责任公司", "股份有限公司", "集团"]
        return self.pick(["", base, ""]) + name + self.pick(INDUSTRIES) + self.pick(form)

    def address(self, province):
        city, district = self.place(province)
        front = province if not city else ""
        street = self.pick(self.streets)
        return f"{front}{city}{district}{street}{self.number(1, 400)}号{self.number(101, 999)}室"

    def certificate(self):
        return self.pick(CERTIFICATES)

    def number(self, least, most):
        return self.random.randint(least, most)

    def date(self, year):
        return f"{year}年{self.number(1, 12)}月{self.number(1, 28)}日"

    def document_number(self, province, year):
        office = self.pick(["职成", "秘职成", "办函", "厅函", "规", "发", "职函"])
        return f"{province[0]}教{office}〔{year}〕{self.number(1, 160)}号"

    def phone(self):
        return f"0{self.number(311, 998)}-{self.number(2000000, 89999999)}"

    def action(self):
        """A verb with its object."""
        return self.pick(VERBS) + self.pick(["", self.pick(ADJECTIVES)]) + self.pick(NOUNS)

    # Sentences -----------------------------------------------------------------------------------------------------

    def real_sentence(self, province, year):
        """A sentence of the source texts, with this province, this year, other dates, numbers and people."""
        text = self.pick(self.sentences)
        text = re.sub(
            r"陕西省|安徽省|广西壮族自治区|自治区(?=教育厅)|广西(?! ?1)",
            lambda match: province if len(match.group()) > 2 else short_name(province),
            text,
        )
        text = re.sub(r"20(19|2[0-5]) ?年", f"{year}年", text)
        text = re.sub(
            r"(\d{1,2}) ?月 ?(\d{1,2}) ?日", lambda _: f"{self.number(1, 12)}月{self.number(1, 28)}日", text
        )
        text = re.sub(r"(\d+)%", lambda _: f"{self.number(2, 19) * 5}%", text)
        text = re.sub(r"\d{3,4}-\d{7,8}", lambda _: self.phone(), text)
        text = re.sub(PEOPLE_OF_THE_SOURCES, lambda _: self.person(), text)
        text = re.sub(r"(附件) ?\d+", lambda _: f"附件{self.number(1, 9)}", text)
        if self.random.random() < 0.25:
            text = text.replace("职业技能等级证书", f"“{self.certificate()}”职业技能等级证书", 1)
        if self.random.random() < 0.15:
            text = text.replace("试点院校", f"{self.school(province)}等试点院校", 1)
        if self.random.random() < 0.15:
            text = text.replace("培训评价组织", f"培训评价组织（{self.company()}）", 1)
        return text

    def made_sentence(self, province, year):
        """A sentence of the grammar."""
        forms = [
            self.tasks,
            self.training_figures,
            self.fee,
            self.published,
            self.grading,
            self.organisation_duty,
            self.group_of_people,
            self.teachers,
            self.decision,
            self.side_by_side,
            self.office_hours,
            self.application,
            self.shared_work,
            self.penalty,
        ]
        return forms[self.number(0, len(forms) - 1)](province, year)

    def tasks(self, province, year):
        who = self.pick(["各市", "各院校", "各县（市、区）", "各培训评价组织", "有关高校"])
        return f"{who}要{self.action()}，{self.action()}，切实{self.pick(PURPOSES)}。"

    def training_figures(self, province, year):
        city, district = self.place(province)
        return (
            f"{city or province}{district}{self.pick(OFFICES)[:4]}会同{self.school(province)}{self.action()}，"
            f"累计{self.pick(['培训', '考核', '认定', '服务'])}{self.number(20, 9800)}人次，"
            f"发证率达到{self.number(41, 99)}.{self.number(0, 9)}%。"
        )

    def fee(self, province, year):
        return (
            f"“{self.certificate()}”（{self.pick(LEVELS)}）的考核费用上限为每人{self.number(12, 98) * 10}元，"
            f"其中耗材{self.number(5, 60) * 5}元、场地{self.number(2, 20) * 10}元、考务{self.number(2, 15) * 10}元。"
        )

    def published(self, province, year):
        return (
            f"{province}{self.pick(OFFICES)}于{self.date(year)}印发{self.document_number(province, year)}文件，"
            f"对{self.pick(ADJECTIVES)}{self.pick(NOUNS)}作出安排，要求{self.pick(DEPARTMENTS)}{self.action()}。"
        )

    def grading(self, province, year):
        consequences = ["暂停申报资格一年", "核减下一年度指标", "约谈主要负责人", "在全省范围内通报批评"]
        return (
            f"对{self.pick(ADJECTIVES)}{self.pick(NOUNS)}实行"
            f"{self.pick(['季度', '半年', '年度', '按月'])}{self.pick(VERBS)}，结果分为优秀、合格、不合格三个等次，"
            f"{self.pick(['连续两次', '首次', '累计三次'])}不合格的，{self.pick(consequences)}。"
        )

    def organisation_duty(self, province, year):
        return (
            f"{self.company()}作为“{self.certificate()}”证书的培训评价组织，须在{self.date(year)}前"
            f"向{self.school(province)}提供{self.pick(NOUNS)}和{self.pick(NOUNS)}，"
            f"联系人{self.person()}，电话{self.phone()}。"
        )

    def group_of_people(self, province, year):
        return (
            f"{self.school(province)}{self.pick(DEPARTMENTS)}负责{self.action()}和{self.action()}，"
            f"{self.person()}任组长，{self.person()}、{self.person()}任副组长。"
        )

    def teachers(self, province, year):
        return (
            f"专任教师中“双师型”教师比例不低于{self.number(4, 16) * 5}%，兼职教师不少于{self.number(2, 30)}人，"
            f"生均实训设备值不低于{self.number(3, 20) * 500}元。"
        )

    def decision(self, province, year):
        front = f"为{self.pick(PURPOSES)}，{province}决定自{self.date(year)}起在"
        districts = "、".join(sorted({self.place(province)[1] for _ in range(self.number(2, 4))}))
        return f"{front}{districts}等地{self.action()}，试点期{self.number(1, 5)}年。"

    def side_by_side(self, province, year):
        ways = ["一校一策", "一证一案", "一企一档", "一人一档", "月调度、季通报", "有计划、有检查、有总结"]
        return f"{self.action()}与{self.action()}同步推进，做到{self.pick(ways)}，{self.pick(PURPOSES)}。"

    def office_hours(self, province, year):
        return (
            f"现场办理地点：{self.address(province)}；"
            f"受理时间为工作日上午{self.number(8, 9)}:{self.pick(['00', '30'])}"
            f"至下午{self.number(4, 6)}:{self.pick(['00', '30'])}，节假日不办理。"
        )

    def application(self, province, year):
        return (
            f"{self.school(province)}申报“{self.certificate()}”{self.pick(LEVELS)}{self.number(10, 600)}人、"
            f"“{self.certificate()}”{self.pick(LEVELS)}{self.number(10, 400)}人，"
            f"经{self.pick(['初审', '复核', '专家评审', '现场核查'])}"
            f"予以{self.pick(['通过', '备案', '退回修改', '暂缓'])}。"
        )

    def shared_work(self, province, year):
        return (
            f"涉及{self.pick(NOUNS)}、{self.pick(NOUNS)}和{self.pick(NOUNS)}的，"
            f"由{self.pick(DEPARTMENTS)}牵头，{self.pick(DEPARTMENTS)}配合，{self.number(3, 30)}个工作日内办结。"
        )

    def penalty(self, province, year):
        return (
            f"未按规定{self.action()}的单位，{self.pick(['不予安排', '核减', '收回', '暂缓拨付'])}{year}年度"
            f"{self.pick(['奖补资金', '专项资金', '申报指标', '考核名额'])}，"
            f"并责令{self.number(5, 60)}日内{self.pick(VERBS)}{self.pick(NOUNS)}。"
        )

    def sentence(self, province, year):
        # The real sentence is chosen before its slots are filled.
        is_real = self.random.random() < SHARE_OF_REAL_SENTENCES
        return self.real_sentence(province, year) if is_real else self.made_sentence(province, year)

    def paragraph(self, province, year, least, most):
        """Sentences up to a random number of Chinese characters; in half of them one noun is strong."""
        text = ""
        length = self.number(least, most)
        while count_han(text) < length:
            text += self.sentence(province, year)
        if self.random.random() < 0.5:
            nouns = [noun for noun in NOUNS if noun in text]
            if nouns:
                noun = self.pick(nouns)
                text = text.replace(noun, f"**{noun}**", 1)
        return text


def short_name(province):
    """陕西省 gives 陕西."""
    return re.sub("(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$", "", province)
