// What pages do beyond being read: look, windows of today, folds, filters, the menu on phones.
// Written for old engines, so that Internet Explorer mode can at least say what to do.
(function () {
  'use strict';
  var root = document.documentElement;

  function each(selector, action) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), action);
  }
  // Reading or writing the store fails in private windows and on some file:// pages.
  function stored(key) {
    try { return localStorage.getItem('zhinan-' + key) || ''; } catch (error) { return ''; }
  }
  function store(key, value) {
    try {
      if (value) { localStorage.setItem('zhinan-' + key, value); } else { localStorage.removeItem('zhinan-' + key); }
    } catch (error) { /* The choice holds for this page only. */ }
  }
  function setAttribute(name, value) {
    if (value) { root.setAttribute(name, value); } else { root.removeAttribute(name); }
  }

  var themes = ['', 'light', 'dark'];
  var themeNames = { '': '自动', light: '浅色', dark: '深色' };
  var theme = themes.indexOf(stored('theme')) < 0 ? '' : stored('theme');
  var large = stored('text') === 'large';
  setAttribute('data-theme', theme);
  setAttribute('data-text', large ? 'large' : '');
  root.className += ' has-script';

  function tools() {
    each('[data-theme-switch]', function (button) {
      function show() { button.querySelector('[data-theme-name]').textContent = themeNames[theme]; }
      button.addEventListener('click', function () {
        theme = themes[(themes.indexOf(theme) + 1) % themes.length];
        store('theme', theme);
        setAttribute('data-theme', theme);
        show();
      });
      show();
    });
    each('[data-large-text]', function (button) {
      function show() { button.setAttribute('aria-pressed', String(large)); }
      button.addEventListener('click', function () {
        large = !large;
        store('text', large ? 'large' : '');
        setAttribute('data-text', large ? 'large' : '');
        show();
      });
      show();
    });
    each('[data-nav-toggle]', function (button) {
      var nav = document.getElementById(button.getAttribute('aria-controls'));
      button.addEventListener('click', function () {
        var open = button.getAttribute('aria-expanded') !== 'true';
        button.setAttribute('aria-expanded', String(open));
        nav.className = open ? 'site-nav is-open' : 'site-nav';
      });
    });
    if (window.matchMedia && matchMedia('(max-width: 63.99rem)').matches) {
      each('.contents details', function (contents) { contents.open = false; });
    }
    if (document.documentMode) {
      each('[data-old-browser]', function (note) { note.hidden = false; });
    }
  }

  // Days since 1970-01-01 of a text like 2024-09-04; dates have no zone.
  function day(text) {
    var parts = text ? text.split('-') : [];
    return parts.length === 3 ? Date.UTC(parts[0], parts[1] - 1, parts[2]) / 86400000 : null;
  }

  function inChinese(date) {
    return date.getFullYear() + '年' + (date.getMonth() + 1) + '月' + date.getDate() + '日';
  }

  // What one side can do today, in a sentence.
  function ofSide(actor, known) {
    var mine = known.filter(function (one) { return one.actor === actor; });
    var open = mine.filter(function (one) { return one.isOpen; });
    var ahead = mine.filter(function (one) { return !one.isOpen && !one.isOver; });
    var first = (open.length > 0 ? open : ahead).sort(function (a, b) { return a.nears - b.nears; })[0];
    if (!first) { return '今天没有开放的时间段，等待新的通知。'; }
    var more = open.length > 1 ? '，另有 ' + (open.length - 1) + ' 项' : '';
    return first.name + '：' + first.text + more;
  }

  function windows() {
    var now = new Date();
    var today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86400000;
    var open = 0;
    var ahead = 0;
    var known = [];
    each('[data-window]', function (state) {
      var opens = day(state.getAttribute('data-opens'));
      var closes = day(state.getAttribute('data-closes'));
      var text = '进行中';
      var look = 'badge-ok';
      if (closes !== null && today > closes) {
        text = '已截止';
        look = 'badge-neutral';
      } else if (opens !== null && today < opens) {
        text = '尚未开始（还有 ' + (opens - today) + ' 天）';
        look = 'badge-info';
        ahead += 1;
      } else {
        open += 1;
        if (opens === null) { text = '截止之前'; }
        if (closes === today) { text += '（今天截止）'; } else if (closes !== null) { text += '（还剩 ' + (closes - today) + ' 天）'; }
        if (closes !== null && closes - today < 7) { look = 'badge-warn'; }
      }
      state.textContent = text;
      state.className = 'badge window-state ' + look;
      known.push({
        actor: state.getAttribute('data-actor'),
        name: state.getAttribute('data-name'),
        text: text,
        isOver: closes !== null && today > closes,
        // Of a day without a beginning nobody knows since when it can be met.
        isOpen: opens !== null && today >= opens && (closes === null || today <= closes),
        // The nearer day is told first.
        nears: opens !== null && today < opens ? opens : closes === null ? Infinity : closes
      });
    });
    each('[data-open-of]', function (line) { line.textContent = ofSide(line.getAttribute('data-open-of'), known); });
    each('[data-open-summary]', function (summary) {
      var text = open > 0 ? '有 ' + open + ' 项正在进行' : '没有正在进行的事项';
      if (ahead > 0) { text += '，' + ahead + ' 项尚未开始'; }
      summary.textContent = '今天是' + inChinese(now) + '：' + text + '。往年的日期只作参考，以当年通知为准。';
    });
  }

  // What a sheet of paper says of where it comes from; without scripts it has the address alone, where the portal knows it.
  function paper() {
    function show() {
      var now = new Date();
      each('[data-printed-address]', function (line) {
        line.textContent = '网址：' + location.href + '　打印日期：' + inChinese(now);
      });
    }
    window.addEventListener('beforeprint', show);
    show();
  }

  function folds() {
    function openTarget() {
      var id = '';
      try { id = decodeURIComponent(location.hash.slice(1)); } catch (error) { /* Not a name of ours. */ }
      var target = id && document.getElementById(id);
      for (var part = target; part && part !== document; part = part.parentNode) {
        if (part.tagName === 'DETAILS' && !part.open) {
          part.open = true;
          if (part === target) { part.scrollIntoView(); }
        }
      }
    }
    window.addEventListener('hashchange', openTarget);
    openTarget();
    each('[data-open-all]', function (button) {
      button.addEventListener('click', function () {
        var open = button.textContent === '全部展开';
        each('details.fold', function (fold) { fold.open = open; });
        button.textContent = open ? '全部收起' : '全部展开';
      });
    });
    var opened = [];
    window.addEventListener('beforeprint', function () {
      each('details:not([open])', function (fold) { fold.open = true; opened.push(fold); });
    });
    window.addEventListener('afterprint', function () {
      opened.forEach(function (fold) { fold.open = false; });
      opened = [];
    });
  }

  function filters() {
    each('form[data-filter]', function (form) {
      var list = document.getElementById(form.getAttribute('data-filter'));
      if (!list) { return; }
      var rows = Array.prototype.slice.call(list.querySelectorAll('[data-filter-row]'));
      var groups = Array.prototype.slice.call(list.querySelectorAll('[data-filter-group]'));
      var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
      var input = form.querySelector('[data-filter-text]');
      var choices = Array.prototype.slice.call(form.querySelectorAll('[data-filter-value]'));
      var count = form.querySelector('[data-filter-count]');
      function apply() {
        var words = input ? input.value.toLowerCase().split(/\s+/) : [];
        var shown = 0;
        rows.forEach(function (row, index) {
          var fits = words.every(function (word) { return texts[index].indexOf(word) >= 0; }) &&
            choices.every(function (choice) {
              return !choice.value || row.getAttribute('data-' + choice.getAttribute('data-filter-value')) === choice.value;
            });
          row.hidden = !fits;
          if (fits) { shown += 1; }
        });
        groups.forEach(function (group) { group.hidden = !group.querySelector('[data-filter-row]:not([hidden])'); });
        count.textContent = shown === rows.length ? '共 ' + rows.length + ' 项' : '显示 ' + shown + ' 项，共 ' + rows.length + ' 项';
      }
      form.addEventListener('input', apply);
      form.addEventListener('change', apply);
      form.addEventListener('submit', function (event) { event.preventDefault(); });
      apply();
    });
  }

  function start() {
    tools();
    windows();
    paper();
    folds();
    filters();
  }
  if (document.readyState === 'loading') { document.addEventListener('DOMContentLoaded', start); } else { start(); }
})();
