// The form: its lines, what stands in it, what is wrong with it.
(function () {
  "use strict";
  var page = window.zhinan && window.zhinan.check;
  if (!page) return;
  var find = page.find, findAll = page.findAll;
  var template = document.getElementById("line-template");
  var lineList = find("[data-line-list]");
  var added = 0;
  // The questions that tell one line from another; ids of facts never change.
  var NAMES = ["certificate", "level"];

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
  // A line is called by its number and by what stands in it: “第 2 个证书：Web前端开发（中级）”.
  function nameLines() {
    lines().forEach(function (line, index) {
      var names = NAMES.map(function (fact) {
        var control = find("[data-fact='" + fact + "']", line);
        return control ? shownAnswer(control) : "";
      }).filter(Boolean);
      var name = names.length > 1 ? names[0] + "（" + names[1] + "）" : names[0];
      find("[data-line-name]", line).textContent = "第 " + (index + 1) + " 个证书" + (name ? "：" + name : "");
    });
  }

  // Controls and keys -----------------------------------------------------------------------------------------

  // Calls `each(control, key)` for every control, with its key in addresses: `province`, `l1.planned`.
  function eachControl(each) {
    findAll("[data-school] [data-fact]").forEach(function (control) { each(control, control.dataset.fact); });
    lines().forEach(function (line, index) {
      findAll("[data-fact]", line).forEach(function (control) {
        each(control, "l" + (index + 1) + "." + control.dataset.fact);
      });
    });
  }
  function fieldOf(control) { return control.closest("[data-field]"); }
  // The field of a key; null where the form has none.
  function fieldAt(key) {
    var parts = /^l(\d+)\.(.+)$/.exec(key);
    var place = parts ? lines()[Number(parts[1]) - 1] : find("[data-school]");
    return place ? find("[data-field='" + (parts ? parts[2] : key) + "']", place) : null;
  }
  function keyOf(field) {
    var line = field.closest("[data-line]");
    return (line ? "l" + (lines().indexOf(line) + 1) + "." : "") + field.dataset.field;
  }
  // Where the keyboard begins in a field: its control, of a radio group the one that is chosen.
  function controlOf(field) { return find("input[type='radio']:checked", field) || find("[data-fact]", field); }

  // An input with suggestions holds a label; addresses and plans carry the id.
  function optionOf(control) {
    if (!control.dataset.options || !control.value) return null;
    var typed = control.value.trim();
    return findAll("option", document.getElementById(control.dataset.options)).filter(function (option) {
      return option.value === typed || option.dataset.id === typed;
    })[0] || null;
  }
  // What a control says, for people; "" where it says nothing.
  function shownAnswer(control) {
    if (control.type === "radio") return control.checked && control.value ? control.parentNode.textContent.trim() : "";
    if (control.localName === "select") return control.value ? control.options[control.selectedIndex].textContent : "";
    if (!control.value) return "";
    if (control.type === "date") return page.dayInWords(control.value);
    var option = optionOf(control);
    if (option) return option.value;
    var unit = control.parentNode.classList.contains("check-number") ? control.parentNode.textContent.trim() : "";
    return control.value.trim() + (unit && control.value.indexOf(unit) < 0 ? " " + unit : "");
  }
  // The answer to a field, for people.
  function answerOf(field) {
    return findAll("[data-fact]", field).map(shownAnswer).filter(Boolean)[0] || "";
  }

  // Reading and writing ---------------------------------------------------------------------------------------

  function readForm() {
    var pairs = ["v=1", "n=" + lines().length];
    eachControl(function (control, key) {
      if (control.type === "radio" && !control.checked) return;
      if (control.value) pairs.push(key + "=" + encodeURIComponent(control.value));
    });
    if (page.name) pairs.push("name=" + encodeURIComponent(page.name));
    return "#" + pairs.join("&");
  }
  function writeForm(count, answers) {
    lines().forEach(function (line) { line.remove(); });
    for (var index = 0; index < Math.max(1, count); index += 1) addLine();
    eachControl(function (control, key) {
      var value = page.has(answers, key) ? answers[key] : "";
      if (control.type === "radio") control.checked = control.value === value;
      else control.value = value;
      var option = optionOf(control);
      if (option) control.value = option.value;
      noteFilled(control, "");
    });
    nameLines();
  }

  // What is wrong ---------------------------------------------------------------------------------------------

  // How many letters differ; small lists of short names only.
  function distance(one, other) {
    var row = [], index;
    for (index = 0; index <= other.length; index += 1) row.push(index);
    for (var at = 1; at <= one.length; at += 1) {
      var before = row[0];
      row[0] = at;
      for (index = 1; index <= other.length; index += 1) {
        var kept = row[index];
        row[index] = Math.min(row[index] + 1, row[index - 1] + 1, before + (one[at - 1] === other[index - 1] ? 0 : 1));
        before = kept;
      }
    }
    return row[other.length];
  }
  function nearest(control) {
    var typed = control.value.trim().toLowerCase();
    var best = "", least = Infinity;
    findAll("option", document.getElementById(control.dataset.options)).forEach(function (option) {
      var name = option.value.toLowerCase();
      // A name that has all that was typed in it is near, however long it is.
      var far = name.indexOf(typed) >= 0 ? 0.5 : distance(typed, name) / Math.max(typed.length, name.length);
      if (far < least) {
        least = far;
        best = option.value;
      }
    });
    return least < 0.7 ? best : "";
  }
  function problemOf(control, text) {
    if (text && control.dataset.options) {
      var name = nearest(control);
      return text + "：目录中没有这个名称" + (name ? "，最接近的是“" + name + "”" : "") + "；不在目录中的请选“其他”。";
    }
    // A day half typed leaves the value empty; only the browser knows.
    if (!text && control.validity && control.validity.badInput) return "日期没有填完整，或没有这一天";
    return text;
  }
  function showProblems(problems) {
    var wrong = [];
    eachControl(function (control, key) {
      var field = fieldOf(control);
      var place = find("[data-error]", field);
      var text = problemOf(control, page.has(problems, key) ? problems[key] : "");
      if (text && control.type === "radio" && wrong.length && wrong[wrong.length - 1].field === field) return;
      page.setText(place, text);
      if (text) {
        control.setAttribute("aria-invalid", "true");
        wrong.push({ field: field, control: control, key: key, text: text });
      } else {
        control.removeAttribute("aria-invalid");
      }
    });
    return wrong;
  }

  // The summary that takes the keyboard when someone asks for results and something is wrong.
  var plainTitle = document.title;
  function listProblems(wrong) {
    var list = page.empty(find("[data-errors-list]"));
    wrong.forEach(function (one) {
      var link = page.add(page.add(list, "li"), "a", "", one.text);
      link.href = "#" + one.control.id;
      link.addEventListener("click", function (event) {
        event.preventDefault();
        if (page.showField) page.showField(one.field);
        one.control.focus();
        one.field.scrollIntoView({ block: "center" });
      });
    });
    find("[data-errors]").hidden = !wrong.length;
    document.title = (wrong.length ? "有误：" : "") + plainTitle;
  }

  // What the catalogue knows ----------------------------------------------------------------------------------

  function noteFilled(control, text) {
    var place = find("[data-filled-note]", fieldOf(control) || control);
    if (place) page.setText(place, text);
    if (!text) delete control.dataset.filled;
  }
  // The batch of a certificate goes into the question for it, unless somebody has answered that.
  function fillBatch(control) {
    var line = control.closest("[data-line]");
    var batch = line && find("[data-fact='batch']", line);
    if (!batch) return;
    if (control === batch) {
      noteFilled(batch, "");
      return;
    }
    if (control.dataset.fact !== "certificate") return;
    if (batch.value && batch.value !== batch.dataset.filled) return;
    var option = control.localName === "select" ? control.options[control.selectedIndex] : optionOf(control);
    var known = option && option.dataset.batch;
    batch.value = known || "";
    noteFilled(batch, known ? "已按证书目录填入“" + known + "”，可以修改。" : "");
    if (known) batch.dataset.filled = known;
  }

  page.form = {
    lines: lines,
    addLine: addLine,
    nameLines: nameLines,
    fieldAt: fieldAt,
    keyOf: keyOf,
    controlOf: controlOf,
    isName: function (field) { return NAMES.indexOf(field.dataset.field) >= 0; },
    answerOf: answerOf,
    read: readForm,
    write: writeForm,
    showProblems: showProblems,
    listProblems: listProblems,
    fillBatch: fillBatch
  };
}());
