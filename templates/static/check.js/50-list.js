// The list of what to prepare: days, papers, things to do, steps of the documents that apply; ticks; the days as .ics.
(function () {
  "use strict";
  var page = window.zhinan && window.zhinan.check;
  if (!page) return;
  var find = page.find, findAll = page.findAll;

  // Ticks by name; kept with the rest where the visitor asks for it (check-plans.js).
  page.ticks = {};
  page.root.addEventListener("change", function (event) {
    var name = event.target.dataset && event.target.dataset.tick;
    if (!name) return;
    if (event.target.checked) page.ticks[name] = true;
    else delete page.ticks[name];
    if (page.keep) page.keep();
  });
  page.showTicks = function () {
    findAll("[data-tick]").forEach(function (box) { box.checked = page.has(page.ticks, box.dataset.tick); });
  };

  // Documents that apply for certain, archived ones left out.
  function applying() {
    return findAll("[data-documents] [data-document]").filter(function (section) {
      return section.dataset.applies === "yes" && !section.hasAttribute("data-archived");
    });
  }
  function cards(sections, wanted) {
    var all = [];
    sections.forEach(function (section) { all = all.concat(findAll("[data-condition]", section)); });
    return all.filter(function (card) {
      return !card.hidden && card.dataset.verdict !== "not_applicable" && wanted(card);
    });
  }
  function isWindow(card) { return Boolean(card.dataset.opens || card.dataset.closes); }

  // The span of a window in words.
  function span(card) {
    var opens = card.dataset.opens, closes = card.dataset.closes;
    if (!opens) return page.dayInWords(closes) + "前";
    return page.dayInWords(opens) + (closes ? "至" + page.dayInWords(closes) : "起");
  }
  function addItem(list, card, more, verdict) {
    var item = page.add(list, "li");
    var label = page.add(item, "label");
    var box = page.add(label, "input");
    box.type = "checkbox";
    box.dataset.tick = card.id;
    var text = page.add(label, "span", "", page.cardTitle(card));
    if (more) page.add(text, "span", "check-list-more", more);
    if (verdict) page.addVerdict(item, card.dataset.verdict);
    var source = find(".cite a", card);
    var link = page.add(item, "a", "check-list-cite", source.textContent.split("　").pop());
    link.href = source.href;
    link.setAttribute("aria-label", "依据：" + source.textContent);
  }
  function fill(selector, body, all, write) {
    var list = find(selector);
    var fresh = list.cloneNode(false);
    all.forEach(function (card) { write(fresh, card); });
    // The list stays as it is where nothing changes, so that ticks and the keyboard stay where they are.
    if (!list.isEqualNode(fresh)) list.parentNode.replaceChild(fresh, list);
    find(body).hidden = !all.length;
  }

  page.afterCheck.push(function () {
    var sections = applying();
    var windows = cards(sections, isWindow);
    var todos = cards(sections, function (card) {
      return card.dataset.kind === "document" || card.dataset.kind === "todo";
    });
    fill("[data-dates]", "[data-list-dates]", windows, function (list, card) {
      addItem(list, card, span(card) + "；" + page.windowText(card), false);
    });
    fill("[data-todos]", "[data-list-todos]", todos, function (list, card) {
      var count = findAll(".check-finding", card).length;
      addItem(list, card, count > 1 ? "共 " + count + " 个证书，取最差的结论" : "", true);
    });
    var ids = sections.map(function (section) { return section.dataset.id; });
    findAll("[data-preparation]").forEach(function (part) {
      part.hidden = ids.indexOf(part.dataset.preparation) < 0;
    });
    find("[data-list-empty]").hidden = sections.length > 0;
    find("[data-list-body]").hidden = !sections.length;
    page.showTicks();
  });

  // The days as a calendar (RFC 5545) -------------------------------------------------------------------------

  function escape(text) { return text.replace(/([\\;,])/g, "\\$1").replace(/\r?\n/g, "\\n"); }
  // Lines of at most 75 bytes, never broken within a character.
  function fold(line) {
    var folded = "", bytes = 0;
    Array.from(line).forEach(function (one) {
      var code = one.codePointAt(0);
      var size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (bytes + size > 75) {
        folded += "\r\n ";
        bytes = 1;
      }
      folded += one;
      bytes += size;
    });
    return folded;
  }
  function basicDay(iso, later) {
    var parts = iso.split("-");
    return new Date(Date.UTC(parts[0], parts[1] - 1, Number(parts[2]) + later)).toISOString().slice(0, 10).replace(/-/g, "");
  }
  function stamp() { return new Date().toISOString().replace(/[-:]/g, "").replace(/\.\d+/, ""); }
  function entry(card) {
    var quote = find(".quote", card).textContent;
    var source = find(".cite a", card);
    return [
      "BEGIN:VEVENT",
      "UID:" + card.id.replace("/", ".") + "@" + (location.hostname || "zhinan.invalid"),
      "DTSTAMP:" + stamp(),
      "DTSTART;VALUE=DATE:" + basicDay(card.dataset.opens || card.dataset.closes, 0),
      "DTEND;VALUE=DATE:" + basicDay(card.dataset.closes || card.dataset.opens, 1),
      "SUMMARY:" + escape(page.cardTitle(card)),
      "DESCRIPTION:" + escape(span(card) + "\n原文：" + quote + "\n依据：" + source.textContent + "\n" + page.root.dataset.disclaimer),
      "URL:" + find("h4 a", card).href,
      "TRANSP:TRANSPARENT",
      "END:VEVENT"
    ];
  }
  page.calendar = function () {
    var windows = cards(applying(), isWindow);
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zhinan//check//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"];
    windows.forEach(function (card) { lines = lines.concat(entry(card)); });
    lines.push("END:VCALENDAR");
    return { count: windows.length, text: lines.map(fold).join("\r\n") + "\r\n" };
  };
  page.actions.calendar = function () {
    var made = page.calendar();
    page.download("ics", "text/calendar;charset=utf-8", made.text);
    find("[data-calendar-note]").textContent = "共 " + made.count + " 项日期。";
  };
}());
