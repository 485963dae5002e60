// The check page, last of its parts: loads the checker, hands it what stands in the form, and lets the parts of the
// page show what it says. The checker itself writes the results into the page (crates/web-check); what the form has to
// show comes back as records of text (crates/web-check/src/records.rs). `zhinan_check` is the module's glue.
(function () {
  "use strict";
  var script = document.currentScript;
  var page = window.zhinan && window.zhinan.check;
  if (!page) return;
  var root = page.root, find = page.find, findAll = page.findAll;

  // Loading ---------------------------------------------------------------------------------------------------

  function fail(text) {
    page.setText(find("[data-failure]"), text + "下面的条件清单仍可阅读、打印。");
  }
  function load() {
    var data = script.dataset;
    var module = window.zhinan.module("zhinan_check", data.wasm, data.fallback);
    return Promise.all([module, window.zhinan.bytes(data.rules)]).then(function (loaded) {
      if (!zhinan_check.start(new Uint8Array(loaded[1]), root)) throw window.zhinan.failure("stale");
      page.module = zhinan_check;
    });
  }

  // What the module answers -----------------------------------------------------------------------------------

  // While the page begins, cards are written in parts of so many, and then laid out in parts, so that it does not stand
  // still; later all at once.
  var WRITTEN = 12, LAID_OUT = 3;
  var ALL = 100000;
  // What the cards show: two declarations with one address have the same results.
  var shown = null;
  function key(said) { return said.address + " " + said.lines; }
  function showCards(fragment, said) {
    if (key(said) === shown) return;
    shown = key(said);
    page.module.cards(fragment, 0, ALL);
  }
  function showCardsInParts(fragment, said) {
    var from = 0;
    return run(function again() {
      var isMore = page.module.cards(fragment, from, from + WRITTEN);
      from += WRITTEN;
      if (isMore) return again;
      shown = key(said);
    });
  }
  // Cards out of sight are only laid out from now on (pages/check-parts.css).
  function layOutCards(count) {
    findAll(".check-condition:not(.is-laid)").filter(function (card, index) {
      return index < count || card.hidden;
    }).forEach(function (card) { card.classList.add("is-laid"); });
    return find(".check-condition:not(.is-laid)") ? function () { return layOutCards(count); } : null;
  }

  // Shows which documents a fragment concerns; gives what the form has to show.
  function check(fragment) {
    var said = { address: "#", lines: 0, answers: {}, problems: {}, notes: [], totals: [], next: "", reason: "" };
    page.module.show(fragment, page.chosen("check-role")).split("\x1e").forEach(function (record) {
      var fields = record.split("\x1f");
      switch (fields[0]) {
        case "#": said.address = fields[2]; break;
        case "n": said.lines = Number(fields[2]); break;
        case "a": said.answers[fields[1]] = fields[2]; break;
        case "p": said.problems[fields[1]] = fields[2]; break;
        case "o": said.notes.push(fields[2]); break;
        case "t": said.totals.push({ label: fields[1], text: fields[2] }); break;
        case "q": said.next = fields[1]; said.reason = fields[2]; break;
      }
    });
    return said;
  }

  // Together --------------------------------------------------------------------------------------------------

  // The address of what is filled in, with the role where it is not the first.
  page.address = function () {
    var role = page.chosen("check-role");
    var isFirst = role === find("input[name='check-role']").value;
    if (isFirst) return page.said.address;
    return page.said.address === "#" ? "#v=1&role=" + role : page.said.address + "&role=" + role;
  };
  function keepAddress() {
    var address = page.address();
    if (address === (location.hash || "#")) return;
    try {
      history.replaceState(null, "", address);
    } catch (refused) {
      // Some embedded browsers refuse; the check does not depend on it.
    }
  }
  function takeForm() {
    var fragment = page.form.read();
    page.said = check(fragment);
    showCards(fragment, page.said);
    page.wrong = page.form.showProblems(page.said.problems);
    page.form.nameLines();
  }
  function finish(isDone) {
    if (isDone) keepAddress();
    if (!find("[data-errors]").hidden) page.form.listProblems(page.wrong);
  }
  page.update = function (isDone) {
    takeForm();
    page.afterCheck.forEach(function (show) { show(page.said); });
    finish(isDone);
  };

  // The role is the page's own; the module leaves it aside.
  function takeRole(fragment) {
    var role = /[#&]role=([a-z_]+)/.exec(fragment);
    var known = role && find("input[name='check-role'][value='" + role[1] + "']");
    page.choose("check-role", known ? role[1] : find("input[name='check-role']").value);
    return fragment.replace(/([#&])role=[^&]*&?/, "$1").replace(/&$/, "");
  }
  // What a declaration is called, where its address says so; the form has no question for it.
  function nameIn(fragment) {
    var name = /[#&]name=([^&]*)/.exec(fragment);
    try {
      return name ? decodeURIComponent(name[1].replace(/\+/g, " ")) : "";
    } catch (malformed) {
      return "";
    }
  }
  // Fills the form from a fragment, and tells what of it was not understood.
  function fill(fragment) {
    page.name = nameIn(fragment);
    var said = check(takeRole(fragment));
    page.form.write(said.lines, said.answers);
    var notes = page.empty(find("[data-notes]"));
    said.notes.concat(Object.keys(said.problems).map(function (key) { return said.problems[key]; }))
      .forEach(function (text) { page.add(notes, "p", "", text); });
    notes.hidden = !notes.firstChild;
  }
  page.open = function (fragment) {
    fill(fragment);
    page.update(fragment !== location.hash);
    page.restart();
  };
  // An address without `=` names a place on the page, not a declaration.
  function declared() { return location.hash.indexOf("=") < 0 ? "" : location.hash; }

  // What people do --------------------------------------------------------------------------------------------

  function showResults() {
    page.form.listProblems(page.wrong);
    page.goTo(find(page.wrong.length ? "[data-errors]" : "#check-results-title"));
  }
  page.actions.results = showResults;
  page.actions["add-line"] = function () {
    var line = page.form.addLine();
    if (line) find("[data-fact]", line).focus();
  };
  page.actions["remove-line"] = function (button) {
    button.closest("[data-line]").remove();
    page.form.nameLines();
    find("[data-action='add-line']").focus();
  };
  page.actions.clear = function () {
    page.form.write(1, {});
    page.form.listProblems([]);
    page.restart();
  };

  // What a folded choice of role and mode says.
  function tellSetup() {
    find("[data-setup-text]").textContent = findAll("[data-setup] input:checked").map(function (radio) {
      return radio.parentNode.textContent.trim();
    }).join("，");
  }

  var changing = ["add-line", "remove-line", "clear", "show-idle"];
  function act(event) {
    var jump = event.target.closest("[data-jump]");
    if (jump) {
      // The address holds the declaration; a plain link would put the place there instead.
      event.preventDefault();
      page.goTo(document.getElementById(jump.hash.slice(1)));
      return;
    }
    var button = event.target.closest("[data-action]");
    if (!button || !page.has(page.actions, button.dataset.action)) return;
    page.actions[button.dataset.action](button);
    if (changing.indexOf(button.dataset.action) >= 0) page.update(true);
  }
  function change(event) {
    var control = event.target;
    if (control.name === "check-mode") page.setMode(control.value, false);
    if (control.name === "check-role") {
      page.update(true);
      page.restart();
    }
    tellSetup();
    if (!control.dataset.fact) {
      if (control === find("[data-filter]")) page.update(false);
      return;
    }
    if (control.dataset.fact && control.type !== "radio") page.form.fillBatch(control);
    page.update(true);
  }
  function submit(event) {
    event.preventDefault();
    if (!root.classList.contains("is-ready")) return;
    var form = event.target;
    if (form === find("[data-keep-form]")) page.submits.keep();
    else if (form === find("[data-other-form]")) page.submits.other();
    else if (page.isSingle()) page.nextQuestion();
    else showResults();
  }

  // Beginning: in steps, with the screen between them ------------------------------------------------------------

  // Goes on when what was done stands on the screen; at once where nobody sees the page.
  function afterFrame(then) {
    if (document.hidden) setTimeout(then);
    else requestAnimationFrame(function () { setTimeout(then); });
  }
  // Runs steps one after another. A step may give another one, which comes next.
  function inTurn(steps) {
    return steps.reduce(function (before, step) { return before.then(function () { return run(step); }); }, Promise.resolve());
  }
  function run(step) {
    return new Promise(afterFrame).then(step).then(function (next) { return next ? run(next) : null; });
  }

  function begin() {
    var kept = page.recall();
    var first = declared() || kept;
    function listen() {
      root.addEventListener("input", function (event) { if (event.target.dataset.fact) page.update(false); });
      root.addEventListener("change", change);
      root.addEventListener("click", act);
      window.addEventListener("hashchange", function () { if (declared()) page.open(declared()); });
    }
    // The parts below form and results, one after another.
    function showParts() {
      var part = find("[data-ready].check-part[hidden]");
      if (!part) return null;
      part.hidden = false;
      return showParts;
    }
    function chooseMode() {
      if (window.matchMedia && matchMedia("(max-width: 48rem)").matches) {
        page.setMode("single", false);
        find("[data-setup]").open = false;
      }
      tellSetup();
    }
    function beReady() {
      findAll("[data-ready]:not([data-whole-only])").forEach(function (element) { element.hidden = false; });
      findAll("[data-ready][data-whole-only]").forEach(function (element) { element.hidden = page.isSingle(); });
      root.classList.add("is-ready");
    }
    return inTurn([
      // What somebody has filled in while the module came is not emptied.
      function () {
        if (first) fill(first);
        else page.form.addLine();
      },
      function () {
        var fragment = page.form.read();
        return function () { return showCardsInParts(fragment, check(fragment)); };
      },
      function () {
        takeForm();
        listen();
      }
    ].concat(page.afterCheck.map(function (show) {
      return function () { show(page.said); };
    })).concat([
      function () {
        finish(first !== location.hash);
        // Someone else's declaration does not push one's own out of the store.
        if (kept && declared() && kept !== location.hash) page.addPlan("上次的填写", kept);
        page.showPlans();
      },
      showParts,
      chooseMode,
      beReady,
      function () { return layOutCards(LAID_OUT); }
    ]));
  }

  if (!script || typeof window.zhinan !== "object" || typeof fetch !== "function" || typeof Promise !== "function") {
    fail("当前浏览器（或 IE 模式）不能运行自查：请切换到极速模式，或换用较新的浏览器。");
    return;
  }
  root.addEventListener("submit", submit);
  load().then(begin).catch(function (error) {
    fail("自查没有加载成功：" + error.message);
    layOutCards(ALL);
  });
}());
