//! The list of pages: which there are, what each is called, and what its template gets.

use content::Portal;
use rules::Date;

use crate::data;
use crate::page::{self, Page};
use crate::view::{self, Examples, GuideView, LinkCounts, ProvinceWindows, Readers};
use crate::worker;

/// The page above all others.
pub(crate) const HOME: (&str, &str) = ("", "首页");
const POLICIES: (&str, &str) = ("policies/", "政策文件");
const PROVINCES: (&str, &str) = ("provinces/", "各省指南");
const FAQ: (&str, &str) = ("faq/", "常见问题");
const CHECK: (&str, &str) = ("check/", "条件自查");

/// How many questions the home page begins with.
const STARTING_QUESTIONS: usize = 8;

/// What several pages show, made once.
pub(crate) struct Shared<'a> {
    pub(crate) portal: &'a Portal,
    pub(crate) today: Date,
    pub(crate) readers: Readers,
    pub(crate) examples: Examples<'a>,
    guides: Vec<GuideView<'a>>,
    calendar: Vec<ProvinceWindows>,
}

impl<'a> Shared<'a> {
    /// What the pages of this portal share on this day.
    pub(crate) fn new(portal: &'a Portal, today: Date) -> Self {
        Self {
            portal,
            today,
            readers: Readers::of(&portal.ruleset),
            examples: Examples::of(portal),
            guides: view::guides(portal, today),
            calendar: view::windows_by_province(portal, today),
        }
    }

    /// Every page of the portal, in the order of the site map.
    pub(crate) fn pages(&self) -> Vec<Page<'_>> {
        let mut pages = vec![self.home(), self.policies()];
        pages.extend(self.each_policy());
        pages.push(self.provinces());
        pages.extend(self.each_province());
        pages.push(
            Page::new(page::FAQ, FAQ.0, FAQ.1, "按主题整理的常见问题，每条答案注明出处。").below(&[HOME]),
        );
        pages.extend(self.each_topic());
        pages.extend([self.check(), self.batch()]);
        pages.extend(self.check_pages());
        pages.extend([self.calendar(), self.certificates(), self.links(), self.glossary()]);
        pages.extend([self.about(), self.search(), not_found(), no_connection()]);
        pages
    }

    fn home(&self) -> Page<'_> {
        let settings = &self.portal.settings;
        Page::new(page::HOME, "", settings.title.clone(), &settings.description)
            .with("guides", || &self.guides)
            .with("calendar", || {
                self.calendar.iter().filter(|place| place.concerns_schools()).collect::<Vec<_>>()
            })
            .with("questions", || view::starting_questions(self.portal, STARTING_QUESTIONS))
            .with("condition_count", || view::condition_count(self.portal))
    }

    fn policies(&self) -> Page<'_> {
        Page::new(page::POLICIES, POLICIES.0, POLICIES.1, "国家和各省政策文件的全文，每一条款都有固定地址。")
            .below(&[HOME])
            .with("groups", || view::policies_by_place(self.portal))
    }

    fn each_policy(&self) -> impl Iterator<Item = Page<'_>> {
        self.portal.policies.iter().map(|document| {
            Page::new(page::POLICY, document.url.clone(), document.short_title.clone(), &document.summary)
                .below(&[HOME, POLICIES])
                .with("policy", || view::policy_view(self.portal, document))
        })
    }

    fn provinces(&self) -> Page<'_> {
        let description = "各省的办事指南，以及条件、时间、材料、审核环节的对照。";
        Page::new(page::PROVINCES, PROVINCES.0, PROVINCES.1, description)
            .below(&[HOME])
            .with("guides", || &self.guides)
    }

    fn each_province(&self) -> impl Iterator<Item = Page<'_>> {
        self.guides.iter().map(|view| {
            let title = format!("{}办事指南", view.guide.name);
            Page::new(page::PROVINCE, view.guide.url.clone(), title, &view.guide.summary)
                .below(&[HOME, PROVINCES])
                .with("view", move || view)
        })
    }

    fn each_topic(&self) -> impl Iterator<Item = Page<'_>> {
        self.portal.faq.iter().map(|topic| {
            let first: Vec<&str> =
                topic.entries.iter().take(3).map(|entry| entry.question.as_str()).collect();
            Page::new(page::FAQ_TOPIC, topic.url.clone(), topic.title.clone(), &first.join(" "))
                .below(&[HOME, FAQ])
                .with("topic", move || topic)
                .with("provinces", || view::provinces_of(&topic.entries))
        })
    }

    fn check(&self) -> Page<'_> {
        let description = "填写学校和拟申报证书的情况，逐条对照政策条件；填写内容不离开本机。";
        Page::new(page::CHECK, CHECK.0, CHECK.1, description)
            .below(&[HOME])
            .with("check", || rules::view::view(&self.portal.ruleset))
            .with("check_notes", || view::notes_by_condition(self.portal))
            .with("check_materials", || view::materials_by_document(self.portal))
            .with("check_steps", || view::steps_by_document(self.portal))
            .with("check_batches", || view::batches_by_option(self.portal))
    }

    fn batch(&self) -> Page<'_> {
        let description = "把多所学校、多个证书的计划放在一张表里，一次检查全部条件；表格不离开本机。";
        Page::new(page::BATCH, "check/batch/", "批量自查", description)
            .below(&[HOME, CHECK])
            .with("check", || rules::view::view(&self.portal.ruleset))
    }

    fn calendar(&self) -> Page<'_> {
        Page::new(page::CALENDAR, "calendar/", "申报日历", "各省申报、初审、审核的起止日期，附依据条款。")
            .below(&[HOME])
            .with("calendar", || &self.calendar)
    }

    fn certificates(&self) -> Page<'_> {
        let description = "职业技能等级证书的名称、批次、培训评价组织和等级。";
        Page::new(page::CERTIFICATES, "certificates/", "证书目录", description)
            .below(&[HOME])
            .with("batches", || view::batches(self.portal))
    }

    fn links(&self) -> Page<'_> {
        let description = "有关文件的名称、文号、发文机关与原文地址。";
        Page::new(page::LINKS, "links/", "政策链接", description)
            .below(&[HOME])
            .with("counts", || LinkCounts::of(&self.portal.link_groups))
    }

    fn glossary(&self) -> Page<'_> {
        Page::new(page::GLOSSARY, "glossary/", "术语", "申报中常见的词，以及容易混淆的说法。").below(&[HOME])
    }

    fn about(&self) -> Page<'_> {
        Page::new(page::ABOUT, "about/", "关于本站", &self.portal.settings.disclaimer)
            .below(&[HOME])
            .with("data_files", || data::FILES)
    }

    fn search(&self) -> Page<'_> {
        Page::new(page::SEARCH, "search/", "搜索", "在政策条款、办事指南、常见问题和证书中搜索。")
            .below(&[HOME])
            .unlisted()
    }
}

fn not_found<'a>() -> Page<'a> {
    Page::new(page::NOT_FOUND, "404.html", "没有这个页面", "您要找的页面不存在。").unlisted()
}

fn no_connection<'a>() -> Page<'a> {
    Page::new(
        page::OFFLINE,
        worker::OFFLINE_PAGE,
        "没有连接",
        "现在连不上网站；这里列出这台设备上存有的页面。",
    )
    .unlisted()
}
