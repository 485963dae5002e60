//! The chapters of the authoring pages: which files each tells, and what has to be said beside the tables.

/// One page.
#[derive(Debug)]
pub(crate) struct Chapter {
    /// Last part of its address.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    /// What it is about, one or two sentences; also the description of the page.
    pub(crate) lead: &'static str,
    /// Paragraphs before the tables.
    pub(crate) notes: &'static [&'static str],
    /// Ids of its files, in order.
    pub(crate) files: &'static [&'static str],
}

impl Chapter {
    /// Address relative to the root.
    pub(crate) fn url(&self) -> String {
        format!("authoring/{}/", self.id)
    }
}

/// Every chapter, in order.
pub(crate) static CHAPTERS: [Chapter; 13] = [
    Chapter {
        id: "portal",
        title: "编写全站设置",
        lead: "`portal.yaml` 里是网站的名称、声明和核对日期；`about.md` 是“关于本站”一页的文字。",
        notes: &[
            "`about.md` 的开头只写 `title`，下面是正文，可以用 Markdown 和链接。没有这个文件，“关于本站”就只有声明和开放数据。",
        ],
        files: &["portal"],
    },
    Chapter {
        id: "policies",
        title: "编写政策文件",
        lead: "一份文件一个 `.md`，文件名（不带 `.md`）就是文件编号，网址和引用都用它，定了就不要改。开头是各项说明，后面是全文。",
        notes: &[
            "全文照原文录入，一个字也不改：扫描时被换行、换页切断的字句接回去，错别字、前后不一的名称、全角半角都照原样保留。看来有误的，在 `notes` 里写校注，注明是哪一条、哪几个字、为什么。",
            "标题前加 `#`：一级标题一个，“一、”用两个。“（一）”“1.”开头的段落自动成为一条，不用加 `#`。没有编号、又要引用的段落或标题，在末尾写 `{#名称}`，例如 `{#contact}`。",
            "表格用 Markdown 的写法；网址写在 `<` 和 `>` 之间就能点。直接写 HTML 不起作用。",
        ],
        files: &["policy"],
    },
    Chapter {
        id: "provinces",
        title: "编写办事指南",
        lead: "一个省一个文件夹，名称用小写字母，定了就不要改。`guide.md` 必须有，其余的文件，有内容才建。",
        notes: &[
            "每一条都要写依据的条款（`cite`），最好再写引文（`quote`）：引文在每次生成网站时与原文逐字核对。受理条件和起止时间由自查的条件得出，不在这里写。",
            "`guide.md` 的正文写几段话：这个省和别的省有什么不同，哪里容易弄错。",
        ],
        files: &["guide", "materials", "steps", "roles", "fees", "timing", "duties", "contacts"],
    },
    Chapter {
        id: "faq",
        title: "编写常见问题",
        lead: "一个问题一个 `.md`，文件名用小写字母，网址用它，定了就不要改。开头是各项说明，后面是答案。",
        notes: &[
            "答案先说结论，再说理由，几句话；关键的地方连到条款。不写答案，页面就显示第一条出处的原文。",
            "`asked_as` 写得越多，越容易搜到：换一种说法、简称、口语，都写上。",
        ],
        files: &["topics", "faq"],
    },
    Chapter {
        id: "links",
        title: "编写政策链接",
        lead: "有关文件的名称、文号和网址，照原文里的表逐行录入，网址的毛病用 `state` 标明。",
        notes: &["原文的网址照录。断行接回、两行相同、原文没有网址的，写明 `state`，并在 `note` 里说明。"],
        files: &["links"],
    },
    Chapter {
        id: "certificates",
        title: "编写证书目录",
        lead: "证书的名称、批次、培训评价组织和等级，每一行都写明取自哪里、是哪一天的。",
        notes: &["来源里没有的就不写，不要猜。自查时，“证书名称”的选项也取自这里。"],
        files: &["certificates"],
    },
    Chapter {
        id: "glossary",
        title: "编写术语",
        lead: "术语和它的意思。正文里出现术语或它的别的写法时，读者点一下就能在原处看到解释。",
        notes: &["尽量用文件自己的话，写明依据的条款。太宽泛的词不要写进 `also`，不然到处都会加上解释。"],
        files: &["glossary"],
    },
    Chapter {
        id: "synonyms",
        title: "编写近义词",
        lead: "不同的说法指同一件事时，让搜索找得到；容易混淆的，只提示，不当成一回事。",
        notes: &[
            "意思完全相同的写在 `same`，范围小一些的写在 `narrower`，其实不同的写在 `suggest`。拿不准的写在 `suggest`。",
        ],
        files: &["synonyms"],
    },
    Chapter {
        id: "updates",
        title: "编写更新记录",
        lead: "收录了新文件、更正了文字、条件有变时，在最前面加一条；读者可以订阅。",
        notes: &["改错别字、调整样式，不必写。"],
        files: &["updates"],
    },
    Chapter {
        id: "facts",
        title: "编写自查问题",
        lead: "自查时问的全部问题。各文件的条件都用这些问题，同一件事只问一次。",
        notes: &[
            "问题要问得具体，只看一眼就知道怎么答；要解释的写在 `help`。没有条件用到的问题，检查时会指出来。",
            "没有回答的，当作“不知道”，不当作“否”。由别的答案算得出来的，用 `ratio`、`count`、`sum`、`distinct`，不要再问。",
        ],
        files: &["facts"],
    },
    Chapter {
        id: "conditions",
        title: "编写自查条件",
        lead: "一份文件要求什么，逐条写成可以判断的条件。放在 `check/` 下与文件同名的文件夹里。",
        notes: &[
            "要求、力度、数字、日期都要能在引文里找到：引文里没有数字，就写 `basis: interpretation`，表示是本站的理解；引文里的日期没有年份，就写 `year_from: issue`。",
            "生成网站时会逐条证明：条件有没有可能适用、符合、不符合，两条之间有没有矛盾或重复。",
            "`scope`、`when`、`require` 是条件式：左边是问题编号，右边是值，例如 `{ province: EX, year: 2025 }`，写了几项就要都成立。值的写法：是、否写 `yes`、`no`；数字可以带单位，如 `10 人`；百分数如 `50%`；日期如 `2025-04-10`；选项写它的编号或文字。",
        ],
        files: &["conditions"],
    },
    Chapter {
        id: "scenarios",
        title: "编写场景",
        lead: "假想的申报和应得的结论，是对条件的检验：每次生成网站时都核对一遍，对不上就不能发布。",
        notes: &[
            "每个条件都要有场景看到它符合、不符合、不知道三种情形；日期和数字取刚好在界线上和差一点的。运行 `zhinan check --mutants`，可以看出还有哪些改动没有场景能发现。",
        ],
        files: &["scenarios"],
    },
    Chapter {
        id: "statements",
        title: "编写原文内容清单",
        lead: "文件里说的每一件事，一项一条，由条件、办事指南、问答用 `covers` 交代；没有交代的，检查时会指出来。",
        notes: &["先把原文从头到尾逐句列出来，再去写条件、指南和问答，就不会漏。"],
        files: &["statements"],
    },
];
