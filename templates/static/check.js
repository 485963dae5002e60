// The check page: loads the checker, keeps the form and hands the checker what stands in it; the checker itself writes
// the results into the page (crates/web-check). `zhinan_check` is the module's glue, a script of its own. Nothing is
// decided here: what the form has to show comes from the module as records of text (crates/web-check/src/records.rs).
// Texts go in as text, never as markup. Written for Chromium 86 and newer, and to fail with a message elsewhere.
(function () {
  "use strict";
  var script = document.currentScript;
  var root = document.querySelector("[data-check]");
  if (!root) return;

  function find(selector, below) { return (below || root).querySelector(selector); }
  function findAll(selector, below) { return Array.prototype.slice.call((below || root).querySelectorAll(selector)); }
  function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
    element.hidden = !text;
  }
  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  // Loading ---------------------------------------------------------------------------------------------------

  function fail(text) {
    setText(find("[data-failure]"), text + "下面的条件清单仍可阅读、打印。");
  }
  function load() {
    var data = script.dataset;
    var module = window.zhinan.module("zhinan_check", data.wasm, data.fallback);
    return Promise.all([module, window.zhinan.bytes(data.rules)]).then(function (loaded) {
      if (!zhinan_check.start(new Uint8Array(loaded[1]), root)) throw window.zhinan.failure("stale");
    });
  }

  // The form --------------------------------------------------------------------------------------------------

  var template = document.getElementById("line-template");
  var lineList = find("[data-line-list]");
  var added = 0;

  function lines() { return lineList ? findAll("[data-line]", lineList) : []; }

  // In the template ids begin with `l0-`; every line ever added has a number of its own.
  function addLine() {
    if (!template || !lineList) return null;
    added += 1;
    var line = document.importNode(template.content, true).querySelector("[data-line]");
    [line].concat(findAll("*", line)).forEach(function (element) {
      ["id", "for", "name", "aria-describedby", "aria-labelledby"].forEach(function (name) {
        var value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace(/(^| )l0-/g, "$1l" + added + "-"));
      });
    });
    lineList.appendChild(line);
    nameLines();
    return line;
  }
  function nameLines() {
    lines().forEach(function (line, index) {
      find("[data-line-name]", line).textContent = "第 " + (index + 1) + " 个证书";
    });
  }

  // Calls `each(control, key)` for every control, with its key in addresses: `province`, `l1.planned`.
  function eachControl(each) {
    findAll("[data-school] [data-fact]").forEach(function (control) { each(control, control.dataset.fact); });
    lines().forEach(function (line, index) {
      findAll("[data-fact]", line).forEach(function (control) {
        each(control, "l" + (index + 1) + "." + control.dataset.fact);
      });
    });
  }
  function readForm() {
    var pairs = ["v=1", "n=" + lines().length];
    eachControl(function (control, key) {
      if (control.type === "radio" && !control.checked) return;
      if (control.value) pairs.push(key + "=" + encodeURIComponent(control.value));
    });
    return "#" + pairs.join("&");
  }
  function writeForm(count, answers) {
    lines().forEach(function (line) { line.remove(); });
    for (var index = 0; index < Math.max(1, count); index += 1) addLine();
    eachControl(function (control, key) {
      var value = Object.prototype.hasOwnProperty.call(answers, key) ? answers[key] : "";
      if (control.type === "radio") control.checked = control.value === value;
      else control.value = value;
    });
  }
  function showProblems(problems) {
    eachControl(function (control, key) {
      var place = find("[data-error]", control.closest("[data-field]"));
      var text = Object.prototype.hasOwnProperty.call(problems, key) ? problems[key] : "";
      setText(place, text);
      if (text) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    });
  }

  // What the module answers -----------------------------------------------------------------------------------

  // Shows the results of a fragment; gives what the form has to show.
  function check(fragment) {
    var said = { address: "#", lines: 0, answers: {}, problems: {}, notes: [] };
    zhinan_check.show(fragment).split("\x1e").forEach(function (record) {
      var fields = record.split("\x1f");
      switch (fields[0]) {
        case "#": said.address = fields[2]; break;
        case "n": said.lines = Number(fields[2]); break;
        case "a": said.answers[fields[1]] = fields[2]; break;
        case "p": said.problems[fields[1]] = fields[2]; break;
        case "o": said.notes.push(fields[2]); break;
      }
    });
    return said;
  }

  // Together --------------------------------------------------------------------------------------------------

  function update(keepAddress) {
    var said = check(readForm());
    showProblems(said.problems);
    if (keepAddress && said.address !== (location.hash || "#")) {
      try {
        history.replaceState(null, "", said.address);
      } catch (refused) {
        // Some embedded browsers refuse; the check does not depend on it.
      }
    }
  }

  // An address without `=` names a place on the page, not a declaration.
  function restore() {
    var fragment = location.hash.indexOf("=") < 0 ? "" : location.hash;
    var said = check(fragment);
    writeForm(said.lines, said.answers);
    var notes = find("[data-notes]");
    notes.textContent = "";
    said.notes.concat(Object.keys(said.problems).map(function (key) { return said.problems[key]; }))
      .forEach(function (text) { notes.appendChild(make("p", "", text)); });
    notes.hidden = !notes.firstChild;
    update(false);
  }

  function act(event) {
    var button = event.target.closest("[data-action]");
    if (!button) return;
    switch (button.dataset.action) {
      case "add-line":
        var line = addLine();
        if (line) find("[data-fact]", line).focus();
        break;
      case "remove-line":
        button.closest("[data-line]").remove();
        nameLines();
        find("[data-action='add-line']").focus();
        break;
      case "clear":
        writeForm(1, {});
        break;
      case "print":
        window.print();
        return;
    }
    update(true);
  }

  function begin() {
    findAll("[data-ready]").forEach(function (element) { element.hidden = false; });
    root.classList.add("is-ready");
    restore();
    root.addEventListener("input", function () { update(false); });
    root.addEventListener("change", function () { update(true); });
    root.addEventListener("click", act);
    find("[data-form]").addEventListener("submit", function (event) { event.preventDefault(); });
    window.addEventListener("hashchange", function () {
      if (location.hash.indexOf("=") >= 0) restore();
    });
    window.addEventListener("beforeprint", function () {
      setText(find("[data-printed]"), document.title + "　" + location.href + "　" + new Date().toLocaleDateString("zh-CN"));
    });
  }

  if (!script || typeof window.zhinan !== "object" || typeof fetch !== "function" || typeof Promise !== "function") {
    fail("当前浏览器（或 IE 模式）不能运行自查：请切换到极速模式，或换用较新的浏览器。");
    return;
  }
  load().then(begin).catch(function (error) {
    fail("自查没有加载成功：" + error.message);
  });
}());
