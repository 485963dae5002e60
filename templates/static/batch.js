// The batch page: reads a table, shows its wrong cells, the matrix of verdicts, and saves both.
//
// Nothing is decided here: crates/web-batch reads and judges, crates/web-xlsx opens and makes workbooks and is fetched only
// for those. Texts go in as text, never as markup. Of the matrix only one page of rows is in the document at a time.
(function () {
  "use strict";
  var script = document.currentScript;
  var root = document.querySelector("[data-batch]");
  if (!root || !script) return;

  var MOST_BYTES = 10 * 1024 * 1024;
  var ROWS_PER_PAGE = 50;
  var OPEN = { not_met: true, unknown: true, judge: true };

  function find(selector, below) { return (below || root).querySelector(selector); }
  function findAll(selector, below) { return Array.prototype.slice.call((below || root).querySelectorAll(selector)); }
  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }
  function add(parent, tag, className, text) { return parent.appendChild(make(tag, className, text)); }
  function empty(element) { while (element.firstChild) element.removeChild(element.firstChild); }
  function show(element, isShown) { element.hidden = !isShown; }
  function say(text) { find("[data-status]").textContent = text; }
  function fail(text) {
    var place = find("[data-failure]");
    place.textContent = text;
    show(place, Boolean(text));
  }
  // Lets the browser draw what was said before the next piece of work.
  function pause() { return new Promise(function (resolve) { setTimeout(resolve, 0); }); }

  // Of the conditions and verdicts, what the page itself knows: in the order of the module, verdicts from the best.
  var conditions = findAll("[data-conditions] > li").map(function (item, index) {
    return { index: index, title: item.textContent, document: item.dataset.document, actor: item.dataset.actor };
  });
  var verdicts = findAll("[data-verdicts] > li").map(function (item) {
    return { id: item.dataset.id, shape: item.dataset.shape, word: item.textContent };
  }).reverse();

  var module = null;
  // What is on show: all rows, those the filters let through, the columns, the number of the page.
  var rows = [];
  var shownRows = [];
  var shownColumns = [];
  var page = 0;
  var problemRows = {};
  // Each new table makes what still runs for the one before it void.
  var turn = 0;

  // Reading ---------------------------------------------------------------------------------------------------

  function workbooks() {
    return window.zhinan.script(script.dataset.xlsx).then(function () {
      return window.zhinan.module("zhinan_xlsx", script.dataset.xlsxWasm, script.dataset.xlsxFallback);
    });
  }
  function decoded(bytes) {
    var named = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "";
    if (named) return new TextDecoder(named).decode(bytes);
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch (notUtf8) {
      return new TextDecoder("gb18030").decode(bytes);
    }
  }
  function readFile(file) {
    if (file.size > MOST_BYTES) {
      refuse("文件超过 10 MB。请只保留要检查的那张表，或分成几个文件。");
      return;
    }
    turn += 1;
    var mine = turn;
    say("正在读取“" + file.name + "”……");
    var reader = new FileReader();
    reader.onerror = function () { refuse("读不了这个文件：请确认它没有被其他程序占用。"); };
    reader.onload = function () {
      if (mine !== turn) return;
      var bytes = new Uint8Array(reader.result);
      if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
        workbooks().then(function (made) {
          if (mine !== turn) return;
          var packed = made.read(bytes);
          if (packed.charAt(0) === "!") refuse(packed.slice(1));
          else take(function () { return module.read_sheet(packed); });
        }).catch(function (error) { refuse(error.message); });
      } else if (bytes[0] === 0xd0 && bytes[1] === 0xcf) {
        refuse("这是旧格式或设有密码的工作簿。请另存为没有密码的 .xlsx 后再试。");
      } else {
        take(function () { return module.read_text(decoded(bytes)); });
      }
    };
    reader.readAsArrayBuffer(file);
  }

  function refuse(text) {
    clear();
    fail(text);
    say("");
  }
  function clear() {
    turn += 1;
    fail("");
    rows = [];
    problemRows = {};
    show(find("[data-problems]"), false);
    show(find("[data-results]"), false);
    closeDetail(false);
  }

  // `read` gives the module's summary of what it read; then the declarations are judged, some at a time.
  function take(read) {
    clear();
    var mine = turn;
    var progress = find("[data-progress]");
    say("正在检查……");
    pause().then(function () {
      var summary = JSON.parse(read());
      if (summary.refusal) return refuse(summary.refusal);
      showProblems(summary);
      progress.max = Math.max(1, summary.declarations);
      progress.value = 0;
      show(progress, true);
      var step = function () {
        if (mine !== turn) return null;
        var left = module.check(100);
        progress.value = summary.declarations - left;
        return left > 0 ? pause().then(step) : finish(summary);
      };
      return step();
    }).catch(function (error) {
      refuse("检查没有完成（" + error.message + "）：请刷新页面后再试。");
    }).then(function () { show(progress, false); });
  }
  function finish(summary) {
    rows = JSON.parse(module.matrix()).map(function (row) {
      return { declaration: row[0], line: row[1], number: row[2], name: row[3], title: row[4], verdicts: row[5] };
    });
    var text = "已检查 " + summary.declarations + " 份申报，" + summary.rows + " 行；";
    text += summary.problem_count ? "有 " + summary.problem_count + " 个格子需要改正，检查时按“不清楚”处理。" : "没有需要改正的格子。";
    say(text);
    page = 0;
    find("[data-filters]").reset();
    showTotals();
    filter();
    show(find("[data-results]"), rows.length > 0);
  }

  // Wrong cells -----------------------------------------------------------------------------------------------

  function showProblems(summary) {
    summary.problem_rows.forEach(function (row) { problemRows[row] = true; });
    var body = find("[data-problem-rows]");
    empty(body);
    summary.problems.forEach(function (problem) {
      var row = add(body, "tr");
      var head = add(row, "th", "", problem.place);
      head.setAttribute("scope", "row");
      [problem.name, problem.text, problem.help].forEach(function (text) { add(row, "td", "", text); });
    });
    var listed = summary.problems.length;
    find("[data-problems-text]").textContent = "共 " + summary.problem_count + " 个格子" +
      (listed < summary.problem_count ? "，列出前 " + listed + " 个，全部见问题清单" : "") +
      "。其余内容照常检查；这些格子按“不清楚”处理，不会当作“否”。";
    show(find("[data-problems]"), summary.problem_count > 0);
  }

  // Filters ---------------------------------------------------------------------------------------------------

  function verdictAt(row, column) { return verdicts[row.verdicts.charCodeAt(column) - 48]; }
  function chosen(name) {
    var control = find("[data-filter='" + name + "']");
    return control.type === "checkbox" ? control.checked : control.value;
  }
  function filter() {
    var verdict = chosen("verdict");
    var wanted = function (one) {
      return (!verdict || one.id === verdict) && (!chosen("problems") || OPEN[one.id] === true);
    };
    var isFree = !verdict && !chosen("problems");
    var kept = conditions.filter(function (one) {
      return (!chosen("document") || one.document === chosen("document")) && (!chosen("actor") || one.actor === chosen("actor"));
    });
    shownRows = rows.filter(function (row) {
      return isFree || kept.some(function (one) { return wanted(verdictAt(row, one.index)); });
    });
    // A condition that applies to no row says nothing; neither does one without the verdict asked for.
    shownColumns = kept.filter(function (one) {
      return shownRows.some(function (row) {
        var found = verdictAt(row, one.index);
        return isFree ? found.id !== "not_applicable" : wanted(found);
      });
    });
    page = Math.min(page, Math.max(0, Math.ceil(shownRows.length / ROWS_PER_PAGE) - 1));
    closeDetail(false);
    draw();
  }

  // The matrix ------------------------------------------------------------------------------------------------

  function addVerdict(parent, verdict, text) {
    var badge = add(parent, "span", "check-verdict");
    badge.setAttribute("data-verdict", verdict.id);
    add(badge, "span", "check-shape", verdict.shape).setAttribute("aria-hidden", "true");
    add(badge, "span", "", text || verdict.word);
  }
  function showTotals() {
    var counts = verdicts.map(function () { return 0; });
    rows.forEach(function (row) {
      for (var at = 0; at < row.verdicts.length; at += 1) counts[row.verdicts.charCodeAt(at) - 48] += 1;
    });
    var place = find("[data-totals]");
    empty(place);
    // From the worst to the best.
    verdicts.slice().reverse().forEach(function (verdict) {
      var count = counts[verdicts.indexOf(verdict)];
      if (!count) return;
      addVerdict(place, verdict, verdict.word + " " + count + " 处");
      place.appendChild(document.createTextNode(" "));
    });
  }
  function rowName(row) {
    var number = row.number ? "第 " + row.number + " 行" : "";
    return [number, row.name, row.title].filter(Boolean).join("　") || "未命名的申报";
  }
  function draw() {
    var table = find("[data-matrix]");
    empty(table);
    var first = page * ROWS_PER_PAGE;
    var part = shownRows.slice(first, first + ROWS_PER_PAGE);
    var hasSome = part.length > 0 && shownColumns.length > 0;
    if (hasSome) {
      drawHead(table);
      var body = add(table, "tbody");
      part.forEach(function (row, index) { drawRow(body, row, first + index); });
      find("td", table).tabIndex = 0;
    }
    table.setAttribute("aria-rowcount", String(shownRows.length + 1));
    table.setAttribute("aria-colcount", String(shownColumns.length + 1));
    show(find("[data-matrix-wrap]"), hasSome);
    var pages = Math.ceil(shownRows.length / ROWS_PER_PAGE);
    show(find("[data-pages]"), pages > 1);
    find("[data-page]").textContent = "第 " + (page + 1) + " 页，共 " + pages + " 页";
    find("[data-action='previous']").disabled = page === 0;
    find("[data-action='next']").disabled = page + 1 >= pages;
    find("[data-shown]").textContent = hasSome
      ? "列出 " + shownRows.length + " 行、" + shownColumns.length + " 项条件（对各行都不适用的条件不列）。点一格看理由和原文；用方向键在格子间移动，回车打开。"
      : "没有符合筛选的结论。";
  }
  function drawHead(table) {
    var head = add(add(table, "thead"), "tr");
    head.setAttribute("aria-rowindex", "1");
    add(head, "th", "batch-corner", "行").setAttribute("scope", "col");
    shownColumns.forEach(function (one) { add(head, "th", "", one.title).setAttribute("scope", "col"); });
  }
  function drawRow(body, row, index) {
    var line = add(body, "tr");
    line.setAttribute("aria-rowindex", String(index + 2));
    var head = add(line, "th", "", rowName(row));
    head.setAttribute("scope", "row");
    if (problemRows[row.number]) add(head, "span", "batch-mark", " ! 有待改正的格子");
    shownColumns.forEach(function (one) {
      var verdict = verdictAt(row, one.index);
      var cell = add(line, "td");
      cell.tabIndex = -1;
      cell.setAttribute("data-verdict", verdict.id);
      cell.setAttribute("data-row", String(index));
      cell.setAttribute("data-column", String(one.index));
      add(cell, "span", "check-shape", verdict.shape).setAttribute("aria-hidden", "true");
      cell.appendChild(document.createTextNode(" " + verdict.word));
    });
  }

  // One cell may be reached by Tab; from there the arrow keys lead to the others.
  function moveTo(cell) {
    if (!cell) return;
    findAll("td[tabindex='0']", find("[data-matrix]")).forEach(function (other) { other.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus();
  }
  function moved(cell, key) {
    var line = cell.parentNode;
    var at = cell.cellIndex;
    var cellOf = function (other) { return other ? other.cells[at] : null; };
    switch (key) {
      case "ArrowLeft": return at > 1 ? line.cells[at - 1] : null;
      case "ArrowRight": return line.cells[at + 1];
      case "ArrowUp": return cellOf(line.previousElementSibling);
      case "ArrowDown": return cellOf(line.nextElementSibling);
      case "Home": return line.cells[1];
      case "End": return line.cells[line.cells.length - 1];
      default: return undefined;
    }
  }
  function onMatrixKey(event) {
    var cell = event.target.closest("td[data-row]");
    if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      openDetail(cell);
      return;
    }
    var next = moved(cell, event.key);
    if (next === undefined) return;
    event.preventDefault();
    moveTo(next);
  }

  // The detail of a cell --------------------------------------------------------------------------------------

  var opened = null;

  function openDetail(cell) {
    closeDetail(false);
    var row = shownRows[Number(cell.dataset.row)];
    var text = module.detail(row.declaration, row.line === null ? -1 : row.line, Number(cell.dataset.column));
    if (!text) return;
    var told = JSON.parse(text);
    var place = find("[data-detail]");
    empty(place);
    opened = cell;
    cell.setAttribute("aria-selected", "true");
    var title = add(place, "h3", "", told.title);
    title.id = "batch-detail-title";
    title.tabIndex = -1;
    add(place, "p", "small muted", rowName(row));
    addVerdict(add(place, "p"), { id: told.verdict, shape: told.shape, word: told.word });
    add(place, "p", "check-reason", told.reason + "。");
    if (told.hints.length) {
      add(place, "p", "check-hints-title", "可以这样改变：");
      var list = add(place, "ul", "check-hints");
      told.hints.forEach(function (hint) { add(list, "li", "", hint); });
    }
    add(place, "blockquote", "quote", told.quote);
    var cite = add(place, "p", "cite", "依据：");
    add(cite, "a", "", told.document + "　" + told.clause).href = window.zhinan.page(root.dataset.root + told.url);
    var buttons = add(place, "p", "batch-buttons");
    var address = module.fragment(row.declaration);
    if (address.length > 1) add(buttons, "a", "button", "在自查页打开这份申报").href = window.zhinan.page(root.dataset.root + "check/" + address);
    var close = add(buttons, "button", "button", "关闭");
    close.type = "button";
    close.setAttribute("data-action", "close");
    show(place, true);
    place.parentNode.classList.add("is-open");
    title.focus();
  }
  function closeDetail(isBack) {
    var cell = opened;
    opened = null;
    show(find("[data-detail]"), false);
    find("[data-detail]").parentNode.classList.remove("is-open");
    if (!cell) return;
    cell.removeAttribute("aria-selected");
    if (isBack) moveTo(cell);
  }

  // Saving ----------------------------------------------------------------------------------------------------

  var types = {
    csv: "text/csv;charset=utf-8",
    json: "application/json",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  };
  function save(name, form, content) {
    var link = make("a");
    var address = URL.createObjectURL(new Blob([content], { type: types[form] }));
    link.href = address;
    link.download = name + "." + form;
    link.hidden = true;
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
    say("已保存“" + link.download + "”。");
  }
  // `content` gives the text of a form of the module; that of a workbook is made into one.
  function saveAs(name, form, content) {
    fail("");
    say("正在生成文件……");
    pause().then(function () {
      if (form !== "xlsx") return save(name, form, content(form));
      return workbooks().then(function (made) {
        var bytes = made.write(content("sheets"));
        if (!bytes.length) throw new Error("没有做成工作簿：请改用 CSV。");
        save(name, form, bytes);
      });
    }).catch(function (error) {
      say("");
      fail(error.message);
    });
  }
  function notes() {
    return root.dataset.disclaimer + "\n" + document.title + "　" + new Date().toLocaleDateString("zh-CN");
  }

  // Together --------------------------------------------------------------------------------------------------

  function act(event) {
    var cell = event.target.closest("td[data-row]");
    if (cell) {
      moveTo(cell);
      openDetail(cell);
      return;
    }
    var button = event.target.closest("button");
    if (!button) return;
    var data = button.dataset;
    if (data.template) saveAs("批量自查模板", data.template, function (form) { return module.template(form); });
    if (data.export) {
      saveAs("批量自查结论", data.export, function (form) {
        return module.export_batch(form, form === "json" ? root.dataset.disclaimer : notes());
      });
    }
    switch (data.action) {
      case "paste":
        take(function () { return module.read_text(find("[data-paste]").value); });
        break;
      case "problems": save("需要改正的格子", "csv", module.problems_csv()); break;
      case "print": window.print(); break;
      case "close": closeDetail(true); break;
      case "previous": turnPage(-1); break;
      case "next": turnPage(1); break;
    }
  }
  function turnPage(by) {
    page += by;
    closeDetail(false);
    draw();
    var wrap = find("[data-matrix-wrap]");
    wrap.scrollTop = 0;
    wrap.focus();
  }
  function fromAddress() {
    if (location.hash.indexOf("=") < 0) return;
    var fragment = location.hash;
    take(function () { return module.take(fragment); });
  }

  function begin() {
    findAll("[data-ready]").forEach(function (element) { show(element, true); });
    root.classList.add("is-ready");
    var actors = find("[data-filter='actor']");
    var known = {};
    conditions.forEach(function (one) {
      if (known[one.actor]) return;
      known[one.actor] = true;
      add(actors, "option", "", one.actor).value = one.actor;
    });
    root.addEventListener("click", act);
    find("[data-filters]").addEventListener("change", function () { page = 0; filter(); });
    find("[data-filters]").addEventListener("submit", function (event) { event.preventDefault(); });
    find("[data-matrix]").addEventListener("keydown", onMatrixKey);
    find("[data-detail]").addEventListener("keydown", function (event) {
      if (event.key === "Escape") closeDetail(true);
    });
    var input = find("[data-file]");
    input.addEventListener("change", function () {
      if (input.files[0]) readFile(input.files[0]);
      // The same file may be chosen again after it was mended.
      input.value = "";
    });
    var drop = find("[data-drop]");
    ["dragenter", "dragover"].forEach(function (name) {
      drop.addEventListener(name, function (event) {
        event.preventDefault();
        drop.classList.add("is-over");
      });
    });
    ["dragleave", "drop"].forEach(function (name) {
      drop.addEventListener(name, function () { drop.classList.remove("is-over"); });
    });
    drop.addEventListener("drop", function (event) {
      var files = event.dataTransfer.files;
      if (!files.length) return;
      event.preventDefault();
      readFile(files[0]);
    });
    window.addEventListener("hashchange", fromAddress);
    fromAddress();
  }

  function load() {
    if (!window.zhinan) return Promise.reject(new Error("页面所需的文件没有取到：请刷新页面。"));
    return Promise.all([
      window.zhinan.module("zhinan_batch", script.dataset.wasm, script.dataset.fallback),
      window.zhinan.bytes(script.dataset.rules)
    ]).then(function (loaded) {
      module = loaded[0];
      if (!module.start(new Uint8Array(loaded[1]))) throw new Error("网站刚刚更新过：请刷新页面。");
    });
  }
  if (typeof Promise !== "function" || typeof TextDecoder !== "function") {
    fail("当前浏览器（或 IE 模式）不能运行批量自查：请切换到极速模式，或换用较新的浏览器。");
    return;
  }
  load().then(begin).catch(function (error) { fail("批量自查没有加载成功：" + error.message); });
}());
