// What leaves the page, because the visitor asks for it: files, the address, paper.
(function () {
  "use strict";
  var script = document.currentScript;
  var page = window.zhinan && window.zhinan.check;
  if (!page) return;
  var find = page.find, findAll = page.findAll;

  page.download = function (extension, type, content) {
    var link = page.make("a");
    var address = URL.createObjectURL(new Blob([content], { type: type }));
    link.href = address;
    link.download = "zhinan-check-" + page.today() + "." + extension;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
  };

  // The declaration as data: `facts` and `lines`, as plan files have them ---------------------------------------

  function declaration() {
    var plan = { name: page.name || "", facts: {}, lines: [] };
    for (var index = 0; index < page.said.lines; index += 1) plan.lines.push({});
    Object.keys(page.said.answers).forEach(function (key) {
      var parts = /^l(\d+)\.(.+)$/.exec(key);
      if (parts) plan.lines[Number(parts[1]) - 1][parts[2]] = page.said.answers[key];
      else plan.facts[key] = page.said.answers[key];
    });
    return plan;
  }
  function cited(card) {
    var source = find(".cite a", card);
    var place = /policies\/([^/]+)\/(?:index\.html)?#(.+)$/.exec(source.href);
    return {
      document: place ? place[1] : "",
      clause: place ? place[2] : "",
      label: source.textContent,
      quote: find(".quote", card).textContent,
      url: source.href
    };
  }
  page.asJson = function () {
    var plan = declaration();
    plan.verdicts = page.findings(page.said.address).filter(function (finding) {
      var card = page.card(finding.id);
      return card && !card.hidden;
    }).map(function (finding) {
      var card = page.card(finding.id);
      var known = page.verdicts[page.rank(finding.verdict)];
      return {
        id: finding.id,
        title: page.cardTitle(card),
        line: finding.line < 0 ? null : finding.line,
        verdict: finding.verdict,
        word: known ? known.word : "",
        missing: finding.missing,
        reason: finding.reason,
        citation: cited(card)
      };
    });
    return JSON.stringify({
      title: document.title,
      address: location.href,
      date: page.today(),
      conditions_hash: page.root.dataset.hash,
      role: page.chosen("check-role"),
      disclaimer: page.root.dataset.disclaimer,
      declarations: [plan]
    }, null, 2) + "\n";
  };
  page.actions.json = function () { page.download("json", "application/json;charset=utf-8", page.asJson()); };

  // Only 是/否, numbers, shares and days stand bare; a JSON string is a YAML string.
  function scalar(value) { return /^(yes|no|\d+|\d+(\.\d+)?%|\d{4}-\d\d-\d\d)$/.test(value) ? value : JSON.stringify(value); }
  function block(answers, indent) {
    return Object.keys(answers).map(function (fact) { return indent + fact + ": " + scalar(answers[fact]) + "\n"; }).join("");
  }
  page.asYaml = function () {
    var plan = declaration();
    var text = "# 自查计划，" + page.today() + "，条件版本 " + page.root.dataset.hash + "\n";
    text += "# " + page.root.dataset.disclaimer + "\n";
    text += "name: " + JSON.stringify(plan.name || "自查计划") + "\n";
    text += Object.keys(plan.facts).length ? "facts:\n" + block(plan.facts, "  ") : "facts: {}\n";
    if (!plan.lines.length) return text + "lines: []\n";
    return text + "lines:\n" + plan.lines.map(function (line) {
      return Object.keys(line).length ? "  - " + block(line, "    ").slice(4) : "  - {}\n";
    }).join("");
  };
  page.actions.plan = function () { page.download("yaml", "application/yaml;charset=utf-8", page.asYaml()); };

  // Tables: the modules of the batch page write them, fetched when the first one is asked for ------------------------

  var tables = null;
  function loadTables() {
    var data = script.dataset;
    if (!tables) {
      tables = window.zhinan.script(data.batch).then(function () {
        return Promise.all([
          window.zhinan.module("zhinan_batch", data.batchWasm, data.batchFallback),
          window.zhinan.bytes(data.rules)
        ]);
      }).then(function (loaded) {
        if (!loaded[0].start(new Uint8Array(loaded[1]))) throw window.zhinan.failure("stale");
        return loaded[0];
      });
      tables.catch(function () { tables = null; });
    }
    return tables;
  }
  function loadWorkbooks() {
    var data = script.dataset;
    return window.zhinan.script(data.xlsx).then(function () {
      return window.zhinan.module("zhinan_xlsx", data.xlsxWasm, data.xlsxFallback);
    });
  }
  function saveTable(work) {
    var note = find("[data-download-note]");
    note.textContent = "正在生成……";
    loadTables().then(work).then(function () { note.textContent = "已生成，请在浏览器的下载里查看。"; }, function (error) {
      note.textContent = "没有生成：" + error.message;
    });
  }
  function notes() {
    return [page.root.dataset.disclaimer, "日期 " + page.today() + "，条件版本 " + page.root.dataset.hash, location.href].join("\n");
  }
  page.actions.csv = function () {
    saveTable(function (batch) { page.download("csv", "text/csv;charset=utf-8", batch.export_one(page.said.address, "csv", notes())); });
  };
  page.actions.xlsx = function () {
    saveTable(function (batch) {
      var packed = batch.export_one(page.said.address, "sheets", notes());
      return loadWorkbooks().then(function (books) {
        page.download("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", books.write(packed));
      });
    });
  };

  // The address -----------------------------------------------------------------------------------------------

  page.actions.copy = function () {
    var note = find("[data-copied]"), place = find("[data-address]"), field = find("[data-address-text]");
    function byHand() {
      place.hidden = false;
      field.value = page.shared();
      field.focus();
      field.select();
      note.textContent = "浏览器不允许自动复制，网址已选中，请按 Ctrl+C。";
    }
    if (!navigator.clipboard || !navigator.clipboard.writeText) {
      byHand();
      return;
    }
    navigator.clipboard.writeText(page.shared()).then(function () {
      place.hidden = true;
      note.textContent = "已复制。";
    }, byHand);
  };

  // Paper -----------------------------------------------------------------------------------------------------

  // Title, address, day, version and every answer; the verdicts print as they stand.
  page.preparePrint = function () {
    var place = page.empty(find("[data-printed]"));
    page.add(place, "p", "", document.title);
    page.add(place, "p", "check-printed-address", location.href);
    page.add(place, "p", "", "打印日期：" + page.dayInWords(page.today()) + "　条件版本：" + page.root.dataset.hash + "　身份：" +
      find("input[name='check-role']:checked").parentNode.textContent.trim());
    var open = [];
    page.add(place, "h3", "", "填写的内容");
    var list = page.add(place, "dl", "check-answers");
    var line = null;
    findAll("[data-form] [data-field]").forEach(function (field) {
      var answer = page.form.answerOf(field);
      if (!answer) {
        if (field.dataset.out !== "yes") open.push(field.dataset.label);
        return;
      }
      var here = field.closest("[data-line]");
      if (here !== line) {
        line = here;
        if (here) page.add(list, "dt", "check-answers-line", find("[data-line-name]", here).textContent);
      }
      page.add(list, "dt", "", field.dataset.label);
      page.add(list, "dd", "", answer);
    });
    var once = open.filter(function (label, index) { return open.indexOf(label) === index; });
    if (once.length) page.add(place, "p", "", "没有填写：" + once.join("、"));
    place.hidden = false;
    page.root.classList.add("has-printed");
  };
  page.actions.print = function () {
    page.preparePrint();
    window.print();
  };
  window.addEventListener("beforeprint", function () { if (page.said) page.preparePrint(); });
}());
