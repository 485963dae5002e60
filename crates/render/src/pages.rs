//! The list of pages: which there are, what each is called, and what its template gets.

use content::Portal;
use rules::Date;

use crate::data;
use crate::page::{self, Page};
use crate::site_map;
use crate::view::{
    self, Examples, GuideView, LinkCounts, PolicyLists, ProvinceWindows, Readers, Subject, Terms,
};
use crate::worker;

/// The page above all others.
pub(crate) const HOME: (&str, &str) = ("", "首页");
pub(crate) const POLICIES: (&str, &str) = ("policies/", "政策文件");
const PROVINCES: (&str, &str) = ("provinces/", "各省指南");
const FAQ: (&str, &str) = ("faq/", "常见问题");
const CHECK: (&str, &str) = ("check/", "条件自查");

/// How many questions the home page begins with.
const STARTING_QUESTIONS: usize = 8;

/// Up to so many questions stand together on one page, …
const FEW_QUESTIONS: usize = 200;
/// … of more, each topic begins with this many.
const FIRST_OF_TOPIC: usize = 5;

/// What several pages show, made once.
pub(crate) struct Shared<'a> {
    pub(crate) portal: &'a Portal,
    pub(crate) today: Date,
    pub(crate) readers: Readers,
    pub(crate) examples: Examples<'a>,
    terms: Terms<'a>,
    guides: Vec<GuideView<'a>>,
    lists: Option<PolicyLists<'a>>,
    pub(crate) calendar: Vec<ProvinceWindows>,
}

impl<'a> Shared<'a> {
    /// What the pages of this portal share on this day.
    pub(crate) fn new(portal: &'a Portal, today: Date) -> Self {
        Self {
            portal,
            today,
            readers: Readers::of(&portal.ruleset),
            examples: Examples::of(portal),
            terms: Terms::of(&portal.glossary),
            guides: view::guides(portal, today),
            lists: PolicyLists::of(portal),
            calendar: view::windows_by_province(portal, today),
        }
    }

    /// Every page of the portal, in the order of the site map.
    pub(crate) fn pages(&self) -> Vec<Page<'_>> {
        let mut pages = vec![self.home()];
        match &self.lists {
            None => {
                pages.push(self.policies());
                pages.extend(self.each_policy());
            }
            Some(lists) => {
                pages.extend(self.pages_of_all(lists));
                pages.extend(self.pages_of_parts(lists));
                pages.extend(self.each_policy().map(Page::found_by_lists));
            }
        }
        pages.push(self.provinces());
        pages.extend(self.each_province());
        pages.extend(self.compare());
        pages.push(self.faq());
        pages.extend(self.each_topic());
        pages.extend([self.check(), self.batch()]);
        pages.extend(self.check_pages());
        pages.extend([self.calendar(), self.certificates(), self.links(), self.glossary()]);
        pages.extend([self.about(), self.updates(), self.accessibility(), self.style()]);
        pages.extend(self.authoring_pages());
        let site_map = self.site_map(&pages);
        pages.extend([site_map, self.search(), not_found(), no_connection()]);
        pages
    }

    fn home(&self) -> Page<'_> {
        let settings = &self.portal.settings;
        Page::new(page::HOME, "", settings.title.clone(), &settings.description)
            .with("guides", || &self.guides)
            .with("actors", || view::windows_by_actor(&self.calendar))
            .with("questions", || view::starting_questions(self.portal, STARTING_QUESTIONS))
            .with("condition_count", || view::condition_count(self.portal))
            .about(Subject::Portal)
    }

    fn policies(&self) -> Page<'_> {
        let titles = self.portal.policies.iter().map(|document| document.short_title.as_str());
        let description =
            format!("国家和各省政策文件的全文，每一条款都有固定地址，可以引用：{}。", some_of(titles));
        Page::new(page::POLICIES, POLICIES.0, POLICIES.1, &description)
            .below(&[HOME])
            .with("groups", || view::policies_by_place(self.portal))
    }

    fn each_policy(&self) -> impl Iterator<Item = Page<'_>> {
        self.portal.policies.iter().map(|document| {
            Page::new(page::POLICY, document.url.clone(), document.short_title.clone(), &document.summary)
                .below(&[HOME, POLICIES])
                .with("policy", || view::policy_view(self.portal, &self.terms, document))
                .about(Subject::Policy(document))
        })
    }

    fn provinces(&self) -> Page<'_> {
        let names = some_of(self.portal.guides.iter().map(|guide| guide.name.as_str()));
        let description =
            format!("各省的办事指南，以及条件、时间、材料、审核环节的对照，逐项注明依据的条款：{names}。");
        Page::new(page::PROVINCES, PROVINCES.0, PROVINCES.1, &description)
            .below(&[HOME])
            .with("guides", || &self.guides)
    }

    fn each_province(&self) -> impl Iterator<Item = Page<'_>> {
        self.guides.iter().map(move |view| {
            let title = format!("{}办事指南", view.guide.name);
            Page::new(page::PROVINCE, view.guide.url.clone(), title, &view.guide.summary)
                .below(&[HOME, PROVINCES])
                .with("view", move || view)
                .with("list", move || self.lists.as_ref().and_then(|lists| lists.of_place(&view.guide.code)))
                .with("explained", move || view::explained_guide(view.guide, &self.terms))
                .about(Subject::Guide(view.guide))
        })
    }

    /// Absent where there is nothing to compare.
    fn compare(&self) -> Option<Page<'_>> {
        let description = "各省的申报条件、起止时间、申请材料、审核环节和收费并列比较，标出相同、不同和只有一处写明的事项，每一格连到依据。";
        (self.guides.len() > 1).then(|| {
            Page::new(page::COMPARE, "compare/", "各省对照", description)
                .below(&[HOME, PROVINCES])
                .with("comparison", || view::comparison(&self.portal.ruleset, &self.guides))
        })
    }

    fn faq(&self) -> Page<'_> {
        let topics = some_of(self.portal.faq.iter().map(|topic| topic.title.as_str()));
        let count: usize = self.portal.faq.iter().map(|topic| topic.entries.len()).sum();
        let description = format!("按主题整理的 {count} 个常见问题，每条答案注明出处和适用地区：{topics}。");
        let shown = if count > FEW_QUESTIONS { FIRST_OF_TOPIC } else { count };
        Page::new(page::FAQ, FAQ.0, FAQ.1, &description).below(&[HOME]).with("shown", move || shown)
    }

    fn each_topic(&self) -> impl Iterator<Item = Page<'_>> {
        self.portal.faq.iter().map(|topic| {
            let questions: Vec<&str> = topic.entries.iter().map(|entry| entry.question.as_str()).collect();
            let description = format!("{}，附出处：{}", topic.title, questions.join(" "));
            Page::new(page::FAQ_TOPIC, topic.url.clone(), topic.title.clone(), &description)
                .below(&[HOME, FAQ])
                .about(Subject::Questions(topic))
                .with("topic", move || topic)
                .with("explained", || view::explained_answers(topic, &self.terms))
                .with("provinces", || view::provinces_of(&topic.entries))
        })
    }

    fn check(&self) -> Page<'_> {
        let description = "填写学校和拟申报证书的情况，逐条对照政策条件，得到结论、理由和原文依据；在浏览器里完成，填写内容不离开本机。";
        Page::new(page::CHECK, CHECK.0, CHECK.1, description)
            .below(&[HOME])
            .with("check", || rules::view::view(&self.portal.ruleset))
            .with("check_notes", || view::notes_by_condition(self.portal))
            .with("check_materials", || view::materials_by_document(self.portal))
            .with("check_steps", || view::steps_by_document(self.portal))
            .with("check_batches", || view::batches_by_option(self.portal))
    }

    fn batch(&self) -> Page<'_> {
        let description = "把多所学校、多个证书的计划放在一张表里，一次检查全部条件，结论可以另存为表格；在浏览器里完成，表格不离开本机。";
        Page::new(page::BATCH, "check/batch/", "批量自查", description)
            .below(&[HOME, CHECK])
            .with("check", || rules::view::view(&self.portal.ruleset))
    }

    fn calendar(&self) -> Page<'_> {
        let description = "各省申报、初审、审核的起止日期，附依据条款，可以订阅到日历软件；往年的日期只作参考，以当年通知为准。";
        Page::new(page::CALENDAR, "calendar/", "申报日历", description)
            .below(&[HOME])
            .with("calendar", || &self.calendar)
    }

    fn certificates(&self) -> Page<'_> {
        let count = self.portal.certificates.certificates.len();
        let description = format!(
            "职业技能等级证书的名称、批次、培训评价组织和等级，收录 {count} 个，逐个注明来源和日期，可以按批次查找。"
        );
        Page::new(page::CERTIFICATES, "certificates/", "证书目录", &description)
            .below(&[HOME])
            .with("batches", || view::batches(self.portal))
    }

    fn links(&self) -> Page<'_> {
        let description = "有关文件的名称、文号、发文机关与原文地址，注明地址是原文所印、拼合而成、与别的文件共用，还是原文没有给出。";
        Page::new(page::LINKS, "links/", "政策链接", description)
            .below(&[HOME])
            .with("counts", || LinkCounts::of(&self.portal.link_groups))
    }

    fn glossary(&self) -> Page<'_> {
        let terms = some_of(self.portal.glossary.iter().map(|term| term.term.as_str()));
        let description = format!("申报中常见的词，以及容易混淆的说法，逐个解释并注明出处：{terms}。");
        Page::new(page::GLOSSARY, "glossary/", "术语", &description)
            .below(&[HOME])
            .about(Subject::Terms(&self.portal.glossary))
    }

    fn about(&self) -> Page<'_> {
        let disclaimer = &self.portal.settings.disclaimer;
        let description = format!("{disclaimer}这里说明怎样引用和核对，并提供 JSON 格式的开放数据。");
        Page::new(page::ABOUT, "about/", "关于本站", &description)
            .below(&[HOME])
            .about(Subject::Data)
            .with("data_files", || data::FILES)
    }

    fn updates(&self) -> Page<'_> {
        let description = "本站收录了哪些文件、更正了哪些文字、增加了哪些功能，按日期排列，最新的在最前；可以用 Atom 订阅，有变化时收到通知。";
        Page::new(page::UPDATES, "updates/", "更新记录", description).below(&[HOME])
    }

    fn accessibility(&self) -> Page<'_> {
        let description = "本站的无障碍状况：以 WCAG 2.2 AA 级为目标，符合到什么程度、怎样检测、还有什么不足、遇到困难找谁。";
        Page::new(page::ACCESSIBILITY, "accessibility/", "无障碍声明", description).below(&[HOME])
    }

    fn style(&self) -> Page<'_> {
        let description = "本站的视觉规范：颜色、字体、间距，以及按钮、输入框、标记、表格、图等每种组件的各种状态，供修改样式时对照。";
        Page::new(page::STYLE, "style/", "样式规范", description)
            .below(&[HOME])
            .with("verdicts", || rules::view::view(&self.portal.ruleset).verdicts)
            .with("guides", || &self.guides)
    }

    fn site_map(&self, pages: &[Page<'_>]) -> Page<'_> {
        let sections = site_map::sections(pages);
        let description = match self.lists {
            None => {
                "本站的全部页面，按栏目排列：政策文件、各省指南、常见问题、自查的条件和问题、申报日历、证书目录、政策链接、术语。"
            }
            Some(_) => {
                "本站的页面，按栏目排列：政策文件（按地区、年份、文种列出）、各省指南、常见问题、条件自查、申报日历、证书目录、政策链接、术语。"
            }
        };
        Page::new(page::SITE_MAP, "site-map/", "网站地图", description)
            .below(&[HOME])
            .with("sections", move || sections.clone())
    }

    /// It is in the site map, without a query: its canonical address keeps search engines from listing every query, and
    /// they offer the search themselves.
    fn search(&self) -> Page<'_> {
        let description = "在政策条款、办事指南、常见问题和证书中搜索，可以输入一句话、文号、电话或者拼音；每条结果直接打开到有关的条款。";
        Page::new(page::SEARCH, "search/", "搜索", description).below(&[HOME])
    }
}

/// As many names as a description has room for.
pub(crate) fn some_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    const ROOM: usize = 80;
    let mut text = String::new();
    for name in names {
        if !text.is_empty() && text.chars().count() + name.chars().count() > ROOM {
            return format!("{text}等");
        }
        if !text.is_empty() {
            text.push('、');
        }
        text.push_str(name);
    }
    text
}

fn not_found<'a>() -> Page<'a> {
    Page::new(
        page::NOT_FOUND,
        "404.html",
        "没有这个页面",
        "您要找的页面不存在：地址可能输错，或者页面已经移走。可以从首页、政策文件目录或搜索重新进入。",
    )
    .unlisted()
}

fn no_connection<'a>() -> Page<'a> {
    Page::new(
        page::OFFLINE,
        worker::OFFLINE_PAGE,
        "没有连接",
        "现在连不上网站；这里列出这台设备上存有、不用连接也能阅读的页面。",
    )
    .unlisted()
}
