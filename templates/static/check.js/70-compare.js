// Several declarations side by side: those kept under a name, and the present one under another province or year, or
// under the conditions of a portal published earlier where the build was given one.
(function () {
  "use strict";
  var script = document.currentScript;
  var page = window.zhinan && window.zhinan.check;
  if (!page) return;
  var find = page.find;
  // What another province or year changes; both are ids of facts, which never change.
  var OTHER = ["province", "year"];

  // Controls of the same kind as in the form, with the present answers.
  function otherControls() {
    return OTHER.map(function (fact) { return document.getElementById("other-" + fact); }).filter(Boolean);
  }
  function makeOtherControls() {
    var place = find("[data-other-fields]");
    OTHER.forEach(function (fact) {
      var original = document.getElementById("q-" + fact);
      if (!original) return;
      var label = page.add(place, "label", "check-filter");
      page.add(label, "span", "", original.closest("[data-field]").dataset.label);
      var control = original.cloneNode(true);
      control.id = "other-" + fact;
      control.removeAttribute("aria-describedby");
      delete control.dataset.fact;
      label.appendChild(control);
    });
    find("[data-other-form]").hidden = !otherControls().length;
  }
  function showOtherAnswers() {
    otherControls().forEach(function (control) {
      if (control === document.activeElement || control.dataset.touched) return;
      control.value = document.getElementById(control.id.replace("other-", "q-")).value;
    });
  }

  function withAnswers(address, answers) {
    var pairs = address.replace(/^#/, "").split("&").filter(function (pair) {
      return pair && !page.has(answers, pair.split("=")[0]);
    });
    Object.keys(answers).forEach(function (fact) {
      if (answers[fact]) pairs.push(fact + "=" + encodeURIComponent(answers[fact]));
    });
    return "#" + pairs.join("&");
  }
  function shown(control) {
    return control.localName === "select" ? control.options[control.selectedIndex].textContent : control.value + "年";
  }

  function say(text) { find("[data-compare-note]").textContent = text; }
  page.submits = page.submits || {};
  page.submits.keep = function () {
    var field = find("[data-keep-name]");
    var name = field.value.trim() || "方案 " + (page.plans.length + 1);
    name = page.addPlan(name, page.said.address);
    field.value = "";
    say("已记下“" + name + "”，现在有 " + page.plans.length + " 份可以比较。");
  };
  page.submits.other = function () {
    var answers = {}, names = [];
    otherControls().forEach(function (control) {
      answers[control.id.replace("other-", "")] = control.value.trim();
      if (control.value) names.push(shown(control));
    });
    var name = page.addPlan(names.join(" ") || "没有填省份和年度", withAnswers(page.said.address, answers));
    say("已加一列“" + name + "”。");
  };

  // Earlier conditions ---------------------------------------------------------------------------------------

  var earlier = null;
  var withEarlier = find("[data-with-earlier]");
  function chooseEarlier() {
    if (!withEarlier.checked || earlier) {
      page.showComparison();
      return;
    }
    say("正在读取从前的条件……");
    window.zhinan.bytes(script.dataset.earlier).then(function (bytes) {
      earlier = new Uint8Array(bytes);
      say(page.findings(page.said.address, earlier).length
        ? "已加一列“从前的条件”。"
        : "从前的条件是另一版程序生成的，不能对照。");
      page.showComparison();
    }).catch(function (error) {
      withEarlier.checked = false;
      say(error.message);
    });
  }

  // The table -------------------------------------------------------------------------------------------------

  // The worst verdict of each condition; the module's order is kept.
  function worst(address, rules) {
    var verdicts = {};
    page.findings(address, rules).forEach(function (finding) {
      var before = verdicts[finding.id];
      if (!before || page.rank(finding.verdict) < page.rank(before)) verdicts[finding.id] = finding.verdict;
    });
    return verdicts;
  }
  function counts(verdicts) {
    return page.verdicts.map(function (verdict) {
      var count = Object.keys(verdicts).filter(function (id) {
        var card = page.card(id);
        return verdicts[id] === verdict.id && card && !card.hidden;
      }).length;
      return verdict.id === "not_applicable" || !count ? "" : verdict.word + " " + count;
    }).filter(Boolean).join("，") || "没有适用的条件";
  }

  page.showComparison = function () {
    var wrap = find("[data-compare-wrap]");
    var hasPlans = page.plans.length > 0;
    var isEarlier = Boolean(withEarlier && withEarlier.checked && earlier);
    wrap.hidden = find("[data-compare-tools]").hidden = !hasPlans && !isEarlier;
    page.empty(wrap);
    if (wrap.hidden || !page.said) return;
    var columns = [{ name: "现在的填写", address: page.said.address, plan: -1 }].concat(page.plans.map(function (plan, index) {
      return { name: plan.name, address: plan.address, plan: index };
    }));
    if (isEarlier) columns.splice(1, 0, { name: "从前的条件", address: page.said.address, plan: -1, rules: earlier });
    columns.forEach(function (column) { column.verdicts = worst(column.address, column.rules); });
    var table = page.add(wrap, "table", "check-table");
    page.add(table, "caption", "visually-hidden", "各方案逐条的结论");
    var head = page.add(page.add(table, "thead"), "tr");
    page.add(head, "th", "", "条件").scope = "col";
    columns.forEach(function (column) {
      var cell = page.add(head, "th", "", column.name);
      cell.scope = "col";
      page.add(cell, "span", "check-table-counts", counts(column.verdicts));
      if (column.plan < 0) return;
      page.addButton(cell, "open-plan", "打开", column.name).dataset.plan = String(column.plan);
      page.addButton(cell, "remove-plan", "移除", column.name).dataset.plan = String(column.plan);
    });
    var onlyDiffering = find("[data-differing]").checked;
    page.findAll("[data-document]").sort(function (one, other) {
      return Number(one.dataset.document) - Number(other.dataset.document);
    }).forEach(function (section) { addRows(table, section, columns, onlyDiffering); });
    if (!find("tbody", wrap)) page.add(wrap, "p", "muted", onlyDiffering ? "各方案的结论都相同。" : "没有适用的条件。");
  };
  function addRows(table, section, columns, onlyDiffering) {
    var rows = page.findAll("[data-condition]", section).filter(function (card) {
      if (card.hidden) return false;
      var found = columns.map(function (column) { return column.verdicts[card.id]; });
      var applies = found.some(function (verdict) { return verdict !== "not_applicable"; });
      var differs = found.some(function (verdict) { return verdict !== found[0]; });
      return applies && (differs || !onlyDiffering);
    });
    if (!rows.length) return;
    var body = page.add(table, "tbody");
    var title = page.add(page.add(body, "tr"), "th", "check-table-document", find("h3 a", section).textContent);
    title.colSpan = columns.length + 1;
    title.scope = "rowgroup";
    rows.forEach(function (card) {
      var row = page.add(body, "tr");
      var head = page.add(row, "th", "", page.cardTitle(card));
      head.scope = "row";
      columns.forEach(function (column) {
        var cell = page.add(row, "td");
        // A condition that the earlier ones did not have.
        if (!page.addVerdict(cell, column.verdicts[card.id])) page.add(cell, "span", "muted", "没有这一条");
      });
    });
  }

  page.root.addEventListener("change", function (event) {
    if (event.target === find("[data-differing]")) page.showComparison();
    if (withEarlier && event.target === withEarlier) chooseEarlier();
    if (otherControls().indexOf(event.target) >= 0) event.target.dataset.touched = "yes";
  });
  makeOtherControls();
  page.afterCheck.push(function () {
    showOtherAnswers();
    if (page.plans.length || earlier) page.showComparison();
  });
}());
