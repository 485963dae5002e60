// The check page, first of its parts: what the others share. Each of them puts its part into `zhinan.check`; the last one
// loads the module and lets them work. Nothing is decided in them: verdicts, reasons and texts come from the
// module. Texts go in as text, never as markup. Written for every browser that has WebAssembly.
(function () {
  "use strict";
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
  function add(parent, tag, className, text) { return parent.appendChild(make(tag, className, text)); }
  function empty(element) {
    element.textContent = "";
    return element;
  }
  function addButton(parent, action, text, described) {
    var button = add(parent, "button", "button-quiet", text);
    button.type = "button";
    button.dataset.action = action;
    if (described) button.setAttribute("aria-label", text + "：" + described);
    return button;
  }
  // The value a radio group has; "" where none is chosen.
  function chosen(name) {
    var radio = find("input[name='" + name + "']:checked");
    return radio ? radio.value : "";
  }
  function choose(name, value) {
    findAll("input[name='" + name + "']").forEach(function (radio) { radio.checked = radio.value === value; });
  }
  // The keyboard goes on at this place, and it is in view.
  function goTo(element) {
    element.focus();
    element.scrollIntoView({ block: "start" });
  }
  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }
  function twoDigits(number) { return (number < 10 ? "0" : "") + number; }
  // Today on this machine, as 2024-09-20.
  function today() {
    var now = new Date();
    return now.getFullYear() + "-" + twoDigits(now.getMonth() + 1) + "-" + twoDigits(now.getDate());
  }
  // 2024-09-20 as 2024年9月20日.
  function dayInWords(iso) {
    var parts = iso.split("-");
    return Number(parts[0]) + "年" + Number(parts[1]) + "月" + Number(parts[2]) + "日";
  }

  var page = {
    root: root,
    find: find,
    findAll: findAll,
    setText: setText,
    make: make,
    add: add,
    empty: empty,
    addButton: addButton,
    chosen: chosen,
    choose: choose,
    goTo: goTo,
    has: has,
    today: today,
    dayInWords: dayInWords,
    // Functions to run after every check, with what the module said.
    afterCheck: [],
    // What buttons with `data-action` do, by that name.
    actions: {},
    // What the declaration is called; often nothing.
    name: "",
    // The address of the present form for other people: a portable copy is of no use to them, the portal it was made of is.
    shared: function () {
      return root.dataset.online ? root.dataset.online + location.hash : location.href;
    },
    // What the module said of the form last; `check` in check.js lists it.
    said: null
  };

  // Words and shapes of the verdicts, from the worst to the best.
  page.verdicts = findAll("[data-filter] option[data-word]").map(function (option) {
    return { id: option.value, word: option.dataset.word, shape: option.dataset.shape };
  });
  page.rank = function (verdict) {
    for (var index = 0; index < page.verdicts.length; index += 1) {
      if (page.verdicts[index].id === verdict) return index;
    }
    return page.verdicts.length;
  };
  // A verdict in shape and word, as the module writes it.
  page.addVerdict = function (parent, verdict, text) {
    var known = page.verdicts[page.rank(verdict)];
    if (!known) return null;
    var badge = add(parent, "span", "check-verdict");
    badge.dataset.verdict = verdict;
    add(badge, "span", "check-shape", known.shape).setAttribute("aria-hidden", "true");
    add(badge, "span", "", text || known.word);
    return badge;
  };

  // Findings of any declaration, as the module's lines tell them; `rules` are other conditions than today's. Several
  // parts of the page ask for those of the present form after each change, so these are kept.
  var present = { fragment: null, findings: [] };
  page.findings = function (fragment, rules) {
    if (rules || !page.said || fragment !== page.said.address) return findingsOf(fragment, rules);
    if (present.fragment !== fragment) present = { fragment: fragment, findings: findingsOf(fragment) };
    return present.findings;
  };
  function findingsOf(fragment, rules) {
    var lines = rules ? page.module.verdicts_under(rules, fragment) : page.module.verdicts(fragment);
    return lines.split("\n").filter(Boolean).map(function (text) {
      var parts = text.split("\t");
      return {
        id: parts[0],
        line: Number(parts[1]),
        verdict: parts[2],
        missing: parts[3] ? parts[3].split(",") : [],
        reason: parts[4]
      };
    });
  }
  page.cards = function () { return findAll("[data-condition]"); };
  page.card = function (id) { return document.getElementById(id); };
  page.cardTitle = function (card) { return find("h4", card).textContent; };

  window.zhinan = window.zhinan || {};
  window.zhinan.check = page;
}());
