// The results beside the form: whose they are, which are shown, the days that are left, and what was counted.
(function () {
  "use strict";
  var page = window.zhinan && window.zhinan.check;
  if (!page) return;
  var find = page.find, findAll = page.findAll;

  // Roles: whose conditions and questions are shown ----------------------------------------------------------

  function actors() {
    var radio = find("input[name='check-role']:checked");
    return radio ? radio.dataset.actors.trim().split(" ") : [];
  }
  // Cards that belong to the chosen role, of documents that apply or may apply.
  page.shownCards = function () {
    var those = actors();
    return findAll("[data-documents] [data-condition]").filter(function (card) {
      return those.indexOf(card.dataset.actor) >= 0;
    });
  };

  function showRole() {
    var keys = {}, those = actors();
    page.cards().forEach(function (card) {
      card.hidden = those.indexOf(card.dataset.actor) < 0;
      if (!card.hidden) keys[card.dataset.condition] = card;
    });
    findAll("[data-document]").forEach(function (section) {
      section.hidden = !find("[data-condition]:not([hidden])", section);
    });
    return keys;
  }

  // Questions: those of the role, and of these the ones something depends on ----------------------------------

  var showIdle = false;
  function sortQuestions(cards) {
    var idle = 0, shown = 0;
    findAll("[data-form] [data-field]").forEach(function (field) {
      var reading = field.dataset.used.trim().split(" ").map(function (key) { return cards[key]; }).filter(Boolean);
      var isIdle = reading.every(function (card) { return card.dataset.verdict === "not_applicable"; });
      // Of a role's questions those stay that are answered, and that tell one line from another.
      var stays = page.form.answerOf(field) || page.form.isName(field) || field.contains(document.activeElement) ||
        find("[aria-invalid]", field);
      var isOut = !reading.length && !stays;
      field.dataset.out = isOut || (isIdle && !stays && !showIdle) ? "yes" : "";
      if (!isOut && isIdle && !stays) idle += 1;
      if (!field.dataset.out) shown += 1;
    });
    findAll("[data-group]").forEach(function (group) {
      group.classList.toggle("is-out", !find("[data-field]:not([data-out='yes'])", group));
    });
    find("[data-idle]").hidden = !idle;
    page.setText(find("[data-idle-text]"), idle ? "另有 " + idle + " 个问题，现在填写的情况用不到" + (showIdle ? "，也列出了。" : "，没有列出。") : "");
    var button = find("[data-action='show-idle']");
    button.textContent = showIdle ? "不再列出" : "也列出来";
    button.setAttribute("aria-expanded", String(showIdle));
    find("[data-no-questions]").hidden = shown > 0;
  }
  page.actions["show-idle"] = function () { showIdle = !showIdle; };

  // The counts, in the live region and in the bar -------------------------------------------------------------

  // Documents that do not apply are left out; archived ones never block and are counted apart.
  function summarize() {
    var counts = {}, archived = 0, all = 0;
    page.shownCards().forEach(function (card) {
      if (card.closest("[data-archived]")) {
        archived += 1;
      } else {
        counts[card.dataset.verdict] = (counts[card.dataset.verdict] || 0) + 1;
        all += 1;
      }
    });
    var remarks = [];
    if (!all && !archived) remarks.push("没有适用的文件：请核对所在省份、申报年度和身份。");
    if (archived) remarks.push("另有存档文件的 " + archived + " 项条件，仅供参考，不计入");
    if (page.wrong.length) remarks.push("有 " + page.wrong.length + " 处填写需要改正");
    var found = page.verdicts.filter(function (verdict) { return counts[verdict.id]; });
    function text(verdict) { return verdict.word + " " + counts[verdict.id] + " 项"; }
    var place = find("[data-summary]");
    var fresh = place.cloneNode(false);
    found.forEach(function (verdict) {
      page.addVerdict(fresh, verdict.id, text(verdict));
      fresh.appendChild(document.createTextNode(" "));
    });
    if (remarks.length) page.add(fresh, "span", "check-remark", remarks.join("；"));
    // A live region speaks when it changes.
    if (!place.isEqualNode(fresh)) {
      page.empty(place);
      while (fresh.firstChild) place.appendChild(fresh.firstChild);
    }
    find("[data-bar-text]").textContent = found.slice(0, 2).map(function (verdict) {
      return verdict.shape + " " + text(verdict);
    }).join("　");
  }

  // Filter by verdict -----------------------------------------------------------------------------------------

  function filter() {
    var select = find("[data-filter]");
    var counts = {}, left = 0, documents = find("[data-documents]");
    page.cards().forEach(function (card) {
      var verdict = card.dataset.verdict || "";
      var isOut = Boolean(select.value) && verdict !== select.value;
      card.classList.toggle("is-out", isOut);
      if (card.hidden || !documents.contains(card)) return;
      counts[verdict] = (counts[verdict] || 0) + 1;
      if (!isOut) left += 1;
    });
    findAll("[data-document]").forEach(function (section) {
      section.classList.toggle("is-out", !find("[data-condition]:not([hidden]):not(.is-out)", section));
    });
    findAll("option[data-word]", select).forEach(function (option) {
      var text = option.dataset.shape + " " + option.dataset.word + "（" + (counts[option.value] || 0) + "）";
      if (option.textContent !== text) option.textContent = text;
    });
    page.setText(find("[data-none-left]"), select.value && !left ? "没有这一类结论。" : "");
  }

  // Days: where today and the planned day stand in a window ----------------------------------------------------

  // Condition -> sentence, for one day.
  function standing(day) {
    var sentences = {}, parts = day.split("-");
    page.module.windows(page.said.address, Date.UTC(parts[0], parts[1] - 1, parts[2]) / 86400000).split("\n").filter(Boolean).forEach(function (line) {
      var parts = line.split("\t");
      sentences[parts[0]] = parts[1];
    });
    return sentences;
  }
  var sentences = {};
  function onDay(card, day) {
    if (!page.has(sentences, day)) sentences[day] = standing(day);
    return sentences[day][card.id] || "";
  }
  // The sentence on a window; "" where it does not apply.
  page.windowText = function (card) {
    var today = onDay(card, page.today());
    var planned = today && page.said.answers[card.dataset.fact];
    var onPlanned = planned && onDay(card, planned);
    return (onPlanned ? "计划的" + page.dayInWords(planned) + "：" + onPlanned + "。" : "") + (today ? "今天：" + today : "");
  };
  function showDays() {
    sentences = {};
    findAll("[data-window-state]").forEach(function (place) {
      var text = page.windowText(place.closest("[data-condition]"));
      page.setText(place, text && text + "。");
    });
  }

  // Totals the module has computed ----------------------------------------------------------------------------

  function showTotals(said) {
    var list = page.empty(find("[data-totals]"));
    said.totals.forEach(function (total) {
      page.add(list, "dt", "", total.label);
      page.add(list, "dd", "", total.text);
    });
    list.hidden = !said.totals.length;
  }

  page.afterCheck.push(
    function () { sortQuestions(showRole()); },
    function () {
      summarize();
      filter();
    },
    showDays,
    showTotals
  );
}());
