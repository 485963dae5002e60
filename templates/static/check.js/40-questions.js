// One question at a time: the one most conditions wait for, with the reason it is asked; the same form with all other
// questions out of sight. What is waited for is what the module says is missing.
(function () {
  "use strict";
  var page = window.zhinan && window.zhinan.check;
  if (!page) return;
  var find = page.find, findAll = page.findAll;
  var form = find("[data-form]");
  var current = null;
  // The questions that were shown, in order, and those that were left without an answer.
  var trail = [], passed = [];
  var MOST_NAMED = 5;

  function isSingle() { return form.classList.contains("is-single"); }

  // What is waited for: the fields with the titles of the conditions, those first that more wait for.
  function waiting() {
    var entries = {}, undecided = {}, order = findAll("[data-field]", form);
    page.findings(page.said.address).forEach(function (finding) {
      if (finding.verdict !== "unknown") return;
      var card = page.card(finding.id);
      if (!card || card.hidden) return;
      undecided[finding.id] = true;
      finding.missing.forEach(function (fact) {
        var key = Math.max(finding.line, 0) + 1 + "." + fact;
        if (!page.has(entries, key)) entries[key] = { field: page.form.fieldAt(fact) || page.form.fieldAt("l" + key), titles: [] };
        var titles = entries[key].titles;
        var title = page.cardTitle(card);
        if (titles.indexOf(title) < 0) titles.push(title);
      });
    });
    var first = page.said.next ? page.form.fieldAt(page.said.next) : null;
    return { fields: inOrder(byField(entries), first, order), undecided: Object.keys(undecided).length };
  }
  // A question about the school is one field, whichever line waits for it.
  function byField(entries) {
    var fields = [], joined = [];
    Object.keys(entries).forEach(function (key) {
      var entry = entries[key];
      if (!entry.field) return;
      var index = fields.indexOf(entry.field);
      if (index < 0) {
        fields.push(entry.field);
        joined.push(entry);
        return;
      }
      entry.titles.forEach(function (title) {
        if (joined[index].titles.indexOf(title) < 0) joined[index].titles.push(title);
      });
    });
    return joined;
  }
  function inOrder(fields, first, order) {
    return fields.sort(function (one, other) {
      if ((one.field === first) !== (other.field === first)) return one.field === first ? -1 : 1;
      return other.titles.length - one.titles.length || order.indexOf(one.field) - order.indexOf(other.field);
    });
  }

  function showProgress(left) {
    var undecided = left.undecided;
    var all = page.shownCards().length;
    page.setText(find("[data-progress-text]"), undecided ? "还差 " + undecided + " 项条件没有结论" : "全部条件都有结论了");
    var bar = find("[data-progress-bar]");
    bar.max = Math.max(all, 1);
    bar.value = all - undecided;
  }
  function showReason(field, left) {
    var titles = [];
    left.fields.forEach(function (one) { if (one.field === field) titles = one.titles; });
    var isAnswered = !titles.length;
    // An answer already given: the conditions that read it.
    if (isAnswered) {
      var keys = field.dataset.used.trim().split(" ");
      titles = page.shownCards().filter(function (card) {
        return keys.indexOf(card.dataset.condition) >= 0 && card.dataset.verdict !== "not_applicable";
      }).map(page.cardTitle);
    }
    var reason = page.form.keyOf(field) === page.said.next ? page.said.reason : "用于判断 " + titles.length + " 项条件";
    page.setText(find("[data-why-text]"), titles.length ? reason + "：" : "");
    var list = page.empty(find("[data-why-list]"));
    titles.slice(0, MOST_NAMED).forEach(function (title) { page.add(list, "li", "", title); });
    if (titles.length > MOST_NAMED) page.add(list, "li", "", "等 " + titles.length + " 项");
    find("[data-why]").hidden = !titles.length;
  }

  // Shows one question, or the end where there is none; `left` is what is waited for.
  function show(field, moves, left) {
    current = field;
    findAll("[data-field], [data-line], [data-group]", form).forEach(function (element) {
      element.classList.toggle("has-current", Boolean(field) && element.contains(field));
    });
    find("[data-end]").hidden = Boolean(field);
    find("[data-why]").hidden = !field;
    find("[data-step='next']").hidden = find("[data-step='unknown']").hidden = !field;
    find("[data-step='back']").hidden = !trail.length;
    showProgress(left);
    if (field) showReason(field, left);
    else showEnd(left);
    if (!moves) return;
    if (field) page.form.controlOf(field).focus();
    else find("[data-end]").focus();
    form.scrollIntoView({ block: "nearest" });
  }
  function showEnd(left) {
    var skipped = left.fields.filter(function (one) { return passed.indexOf(one.field) >= 0; });
    find("[data-end-text]").textContent = skipped.length
      ? "下面 " + skipped.length + " 个问题暂时没有回答，相关条件显示为“需补充信息”："
      : "要判断的条件都有了结论。";
    var list = page.empty(find("[data-skipped]"));
    skipped.forEach(function (one) {
      var line = one.field.closest("[data-line]");
      var name = (line ? find("[data-line-name]", line).textContent + "　" : "") + one.field.dataset.label;
      var item = page.add(list, "li", "", name + " ");
      page.addButton(item, "", "现在回答", name).addEventListener("click", function () { show(one.field, true, waiting()); });
    });
    list.hidden = !skipped.length;
  }
  function next(left) {
    var fresh = left.fields.filter(function (one) { return passed.indexOf(one.field) < 0; });
    return fresh.length ? fresh[0].field : null;
  }
  // Shows a field, or what comes next where there is none.
  function goOn(field, moves) {
    var left = waiting();
    show(field || next(left), moves, left);
  }

  // Goes on from the question that is shown; gives false where its answer is wrong.
  page.nextQuestion = function () {
    var wrong = page.wrong.filter(function (one) { return one.field === current; });
    page.form.listProblems(wrong);
    if (wrong.length) {
      page.goTo(find("[data-errors]"));
      return;
    }
    trail.push(current);
    if (passed.indexOf(current) < 0) passed.push(current);
    goOn(null, true);
  };
  page.actions.unknown = function () {
    findAll("[data-fact]", current).forEach(function (control) {
      if (control.type === "radio") control.checked = !control.value;
      else control.value = "";
    });
    page.update(true);
    page.nextQuestion();
  };
  page.actions.back = function () {
    page.form.listProblems([]);
    goOn(trail.pop(), true);
  };
  page.actions["another-line"] = function () {
    var line = page.form.addLine();
    page.update(true);
    if (!line) return;
    var left = waiting();
    show(next(left) || find("[data-field]", line), true, left);
  };
  page.showField = function (field) { if (isSingle()) goOn(field, false); };
  page.isSingle = isSingle;

  // Begins anew: the form was filled in from an address or a plan, or emptied.
  page.restart = function () {
    trail = [];
    passed = [];
    if (isSingle()) goOn(null, false);
  };
  page.setMode = function (mode, moves) {
    page.choose("check-mode", mode);
    var single = mode === "single";
    if (single === isSingle()) return;
    form.classList.toggle("is-single", single);
    page.root.classList.toggle("has-single", single);
    find("[data-progress]").hidden = find("[data-steps]").hidden = !single;
    findAll("[data-whole-only]").forEach(function (element) { element.hidden = single; });
    find("[data-why]").hidden = find("[data-end]").hidden = true;
    if (single) {
      trail = [];
      passed = [];
      goOn(null, moves);
    }
  };
  page.afterCheck.push(function () { if (isSingle()) showProgress(waiting()); });
}());
