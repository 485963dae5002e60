// The search page: loads the search module when somebody begins to search, and shows what it finds.
// Addresses come from the data-* attributes of this script's own tag. Written for Chromium 86 and, so that Internet
// Explorer mode can at least say what to do, in the language of 2009.
(function () {
  'use strict';

  var script = document.querySelector('script[data-search]');
  var form = document.getElementById('search-form');
  if (!script || !form) { return; }
  var box = document.getElementById('search-box');
  var status = document.getElementById('search-status');
  var notes = document.getElementById('search-notes');
  var layout = document.getElementById('search-layout');
  var facets = document.getElementById('search-facets');
  var results = document.getElementById('search-results');
  var start = document.getElementById('search-start');
  var address = {
    wasm: script.getAttribute('data-wasm') || '',
    fallback: script.getAttribute('data-fallback') || '',
    directory: script.getAttribute('data-directory') || '',
    root: script.getAttribute('data-root') || './'
  };
  var pageTitle = document.title;
  var TYPING_MS = 200;
  var PAGE = 10;
  var MOST = 40;
  var kindLabels = {};
  (script.getAttribute('data-kinds') || '').split(';').forEach(function (pair) {
    var at = pair.indexOf('=');
    if (at > 0) { kindLabels[pair.slice(0, at)] = pair.slice(at + 1); }
  });
  var messages = {
    browser: '当前浏览器不能使用站内搜索。如果是 360、QQ 等双核浏览器，请切换到极速模式；也可以改用较新的 Chrome、Edge 或 Firefox。',
    portal: '这份门户没有带上搜索所需的文件。请从下面的目录查找。',
    network: '搜索所需的文件没有取到，请检查网络后重试。',
    stale: '门户刚刚更新过，这一页已经不是最新的。请刷新页面后再搜索。',
    damaged: '搜索所需的文件不完整，请刷新页面；仍然不行时请告诉维护者。'
  };

  /* ---- What is asked: the box and the filters, also in the address ---- */

  function query() {
    return { q: box.value.trim(), kind: filter.kind, province: filter.province, year: filter.year };
  }
  var filter = { kind: null, province: null, year: null };
  var shown = PAGE;

  function parameters() {
    var found = {};
    location.search.replace(/^\?/, '').split('&').forEach(function (pair) {
      var at = pair.indexOf('=');
      if (at < 0) { return; }
      try {
        found[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1).replace(/\+/g, ' '));
      } catch (error) { /* A broken address asks for nothing. */ }
    });
    return found;
  }
  function readAddress() {
    var found = parameters();
    box.value = (found.q || '').slice(0, 200);
    filter.kind = found.kind || null;
    filter.province = found.province === undefined ? null : found.province === '-' ? '' : found.province;
    filter.year = /^\d{4}$/.test(found.year || '') ? Number(found.year) : null;
  }
  function writeAddress(push) {
    var asked = query();
    var parts = [];
    if (asked.q) { parts.push('q=' + encodeURIComponent(asked.q)); }
    if (asked.kind !== null) { parts.push('kind=' + encodeURIComponent(asked.kind)); }
    if (asked.province !== null) { parts.push('province=' + encodeURIComponent(asked.province || '-')); }
    if (asked.year !== null) { parts.push('year=' + asked.year); }
    var next = location.pathname + (parts.length ? '?' + parts.join('&') : '');
    document.title = asked.q ? asked.q + ' - ' + pageTitle : pageTitle;
    if (next === location.pathname + location.search) { return; }
    try {
      history[push ? 'pushState' : 'replaceState'](null, '', next);
    } catch (error) { /* Some browsers refuse this for files; the search goes on. */ }
  }

  /* ---- The module and its files ---- */

  function Failure(message) { this.message = message; }

  // A failure to load, in the words of the search page.
  function translated(error) { throw new Failure(messages[error.reason] || messages.damaged); }

  function bytes(url) {
    var name = url.slice(url.lastIndexOf('/') + 1);
    // A portable copy of the portal brings its files as scripts.
    if (typeof window.zhinanFile === 'function') { return window.zhinanFile(name); }
    return window.zhinan.bytes(url).catch(translated);
  }
  function check() {
    if (!address.directory || !address.wasm) { throw new Failure(messages.portal); }
    if (!window.Promise || !window.zhinan || (!window.fetch && !window.zhinanFile)) { throw new Failure(messages.browser); }
    if (typeof zhinan_search === 'undefined') { throw new Failure(messages.portal); }
  }
  var opening = null;
  function open() {
    if (!opening) {
      var module = window.zhinan.module('zhinan_search', address.wasm, address.fallback).catch(translated);
      opening = Promise.all([module, bytes(address.directory)]).then(function (loaded) {
        return loaded[0].Index.open(new Uint8Array(loaded[1]));
      });
      opening.catch(function () { opening = null; });
    }
    return opening;
  }
  var coming = {};
  function supply(index, name) {
    if (!coming[name]) {
      var folder = address.directory.slice(0, address.directory.lastIndexOf('/') + 1);
      coming[name] = bytes(folder + name).then(function (content) {
        index.supply(name, new Uint8Array(content));
      });
      coming[name].catch(function () { delete coming[name]; });
    }
    return coming[name];
  }
  function ask(index, asked, limit) {
    var call = function (method) {
      var option = function (value) { return value === null ? undefined : value; };
      return index[method](asked.q, limit, option(asked.kind), option(asked.province), option(asked.year));
    };
    var rounds = 0;
    function next() {
      var names = call('needed');
      if (!names.length) { return call('search'); }
      rounds += 1;
      if (rounds > 12) { throw new Failure(messages.damaged); }
      return Promise.all(names.map(function (name) { return supply(index, name); })).then(next);
    }
    return Promise.resolve().then(next);
  }

  /* ---- Searching: the last question asked is the one answered ---- */

  var turn = 0;
  function search() {
    var asked = query();
    turn += 1;
    var mine = turn;
    if (!asked.q) { clear(); return; }
    say(opening ? '正在搜索……' : '正在准备搜索……');
    try {
      check();
    } catch (failure) { fail(failure); return; }
    open().then(function (index) { return ask(index, asked, shown); }).then(function (found) {
      if (mine === turn) { show(asked, found); }
    }).catch(function (failure) {
      if (mine === turn) { fail(failure); }
    });
  }
  function say(text, isError) {
    if (status.textContent !== text) { status.textContent = text; }
    status.className = isError ? 'search-status is-error' : 'search-status';
  }
  function fail(failure) {
    layout.hidden = true;
    start.hidden = false;
    say(failure instanceof Failure ? failure.message : messages.damaged, true);
  }
  function clear() {
    layout.hidden = true;
    start.hidden = false;
    empty(notes);
    say('');
  }

  /* ---- Showing ---- */

  function empty(element) {
    while (element.firstChild) { element.removeChild(element.firstChild); }
  }
  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) { element.className = className; }
    if (text !== undefined) { element.textContent = text; }
    return element;
  }
  function add(parent) {
    for (var index = 1; index < arguments.length; index += 1) { parent.appendChild(arguments[index]); }
    return parent;
  }
  function pieces(parent, list) {
    list.forEach(function (piece) {
      parent.appendChild(piece.marked ? make('mark', '', piece.text) : document.createTextNode(piece.text));
    });
    return parent;
  }
  function plain(list) {
    return list.map(function (piece) { return piece.text; }).join('');
  }
  function show(asked, found) {
    empty(notes);
    found.notes.forEach(function (note) { notes.appendChild(noteOf(note)); });
    start.hidden = true;
    layout.hidden = false;
    showFacets(found);
    empty(results);
    if (!found.hits.length) {
      say('没有找到“' + asked.q + '”。');
      results.appendChild(nothing(asked));
      return;
    }
    say('找到 ' + found.total + ' 条' + (found.total > found.hits.length ? '，先显示 ' + found.hits.length + ' 条。' : '。'));
    groups(found.hits).forEach(function (group, index) { results.appendChild(groupOf(group, index)); });
    if (found.total > found.hits.length && shown < MOST) {
      var more = make('button', 'button', '显示更多');
      more.type = 'button';
      more.addEventListener('click', function () {
        var seen = found.hits.length;
        shown = Math.min(shown + PAGE, MOST);
        search();
        focusWhenThere(seen);
      });
      results.appendChild(more);
    }
  }
  function focusWhenThere(place) {
    var observer = new MutationObserver(function () {
      var link = links()[place];
      if (link) { observer.disconnect(); link.focus(); }
    });
    observer.observe(results, { childList: true });
  }
  function noteOf(note) {
    var line = make('p', 'search-note notice');
    if (note.kind === 'corrected') {
      add(line, document.createTextNode('没有直接找到，已按'), make('strong', '', '“' + note.text + '”'), document.createTextNode('搜索。'));
    } else {
      add(line, document.createTextNode('“' + note.typed + '”和“' + note.word + '”不是一回事。' + note.note + ' '));
      var other = make('a', '', '改搜“' + note.word + '”');
      other.href = '?q=' + encodeURIComponent(note.word);
      line.appendChild(other);
    }
    return line;
  }
  // Hits of one document together, in the order of the best of each.
  function groups(hits) {
    var list = [];
    hits.forEach(function (hit) {
      var key = hit.group || hit.url;
      var known = list.filter(function (group) { return group.key === key; })[0];
      if (known) { known.hits.push(hit); } else { list.push({ key: key, hits: [hit] }); }
    });
    return list;
  }
  function groupOf(group, index) {
    var first = group.hits[0];
    var section = make('section', 'result-group');
    var title = make('h2', '', plain(first.kind === 'policy' ? first.title : first.heading));
    title.id = 'result-group-' + index;
    section.setAttribute('aria-labelledby', title.id);
    var sameYear = group.hits.every(function (hit) { return hit.year === first.year; });
    var samePlace = group.hits.every(function (hit) { return hit.province === first.province; });
    if (first.provinceName && samePlace) { add(title, document.createTextNode(' '), make('span', 'badge badge-info', first.provinceName)); }
    if (first.year && sameYear) { add(title, document.createTextNode(' '), make('span', 'badge', first.year + ' 年')); }
    if (first.archived) { add(title, document.createTextNode(' '), make('span', 'badge badge-warn', '存档')); }
    var list = make('ol');
    group.hits.forEach(function (hit) { list.appendChild(resultOf(hit, samePlace)); });
    return add(section, title, list);
  }
  function resultOf(hit, samePlace) {
    var item = make('li', 'result');
    var link = make('a', 'result-link');
    link.href = address.root + hit.url;
    // A clause is called by its headings, anything else by its own name.
    pieces(link, hit.kind === 'policy' && hit.heading.length ? hit.heading : hit.title);
    var excerpt = pieces(make('p', 'result-excerpt'), hit.excerpt);
    add(item, link, make('span', 'badge result-kind', kindLabels[hit.kind] || hit.kind));
    if (hit.provinceName && !samePlace) { item.appendChild(make('span', 'badge badge-info result-kind', hit.provinceName)); }
    return add(item, excerpt);
  }
  function nothing(asked) {
    var part = make('div', 'search-empty');
    var list = make('ul');
    var advice = ['换一个说法，或只留下最要紧的两三个词', '检查有没有错字；文号可以只输入年份和号数，例如“2024 22号”'];
    if (asked.kind !== null || asked.province !== null || asked.year !== null) { advice.unshift('去掉左边选中的范围'); }
    advice.forEach(function (text) { list.appendChild(make('li', '', text)); });
    var last = make('li', '', '从目录查找：');
    [['faq/', '常见问题'], ['policies/', '政策文件'], ['provinces/', '各省指南']].forEach(function (page, index) {
      var link = make('a', '', page[1]);
      link.href = address.root + page[0];
      if (index) { last.appendChild(document.createTextNode('、')); }
      last.appendChild(link);
    });
    list.appendChild(last);
    return add(part, make('p', '', '可以试试：'), list);
  }
  function showFacets(found) {
    var active = document.activeElement;
    var focused = active && facets.contains(active) ? active.getAttribute('data-facet') : null;
    empty(facets);
    facet('类别', 'kind', found.kinds, function (count) { return kindLabels[count.value] || count.label; });
    facet('地区', 'province', found.provinces, function (count) { return count.label || '全国'; });
    facet('年份', 'year', found.years, function (count) { return count.label + ' 年'; });
    if (focused) {
      var again = facets.querySelector('[data-facet="' + focused + '"]');
      if (again) { again.focus(); }
    }
  }
  function facet(title, name, counts, label) {
    var chosen = filter[name];
    var list = counts.filter(function (count) { return count.value !== '0'; });
    if (list.length < 2 && chosen === null) { return; }
    var set = add(make('fieldset'), make('legend', '', title));
    var buttons = make('div', 'facet-list');
    list.forEach(function (count, index) {
      var value = name === 'year' ? Number(count.value) : count.value;
      var button = make('button', 'facet');
      button.type = 'button';
      button.setAttribute('aria-pressed', String(chosen === value));
      button.setAttribute('data-facet', name + '-' + index);
      add(button, make('span', 'facet-label', label(count)), make('span', 'facet-count', String(count.count)));
      button.addEventListener('click', function () {
        filter[name] = chosen === value ? null : value;
        shown = PAGE;
        writeAddress(true);
        search();
      });
      buttons.appendChild(button);
    });
    facets.appendChild(add(set, buttons));
  }

  /* ---- Typing and keys ---- */

  var composing = false;
  var waiting = 0;
  function changed() {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      shown = PAGE;
      writeAddress(false);
      search();
    }, TYPING_MS);
  }
  box.addEventListener('compositionstart', function () { composing = true; clearTimeout(waiting); });
  box.addEventListener('compositionend', function () { composing = false; changed(); });
  box.addEventListener('input', function (event) {
    if (!composing && !event.isComposing) { changed(); }
  });
  box.addEventListener('focus', function () {
    // The module comes while the first word is typed.
    try { check(); open().catch(function () { /* Told when a search is made. */ }); } catch (failure) { /* Likewise. */ }
  });
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    if (composing) { return; }
    clearTimeout(waiting);
    shown = PAGE;
    writeAddress(true);
    search();
  });
  function links() { return Array.prototype.slice.call(results.querySelectorAll('.result-link')); }
  document.addEventListener('keydown', function (event) {
    if (composing || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) { return; }
    var active = document.activeElement;
    var all = links();
    var place = all.indexOf(active);
    var typing = active && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName);
    var target = null;
    if (event.key === '/' && !typing) {
      target = box;
    } else if (event.key === 'Escape' && place >= 0) {
      target = box;
    } else if (event.key === 'ArrowDown' && (active === box || place >= 0)) {
      target = all[place + 1];
    } else if (event.key === 'ArrowUp' && place >= 0) {
      target = place ? all[place - 1] : box;
    }
    if (!target) { return; }
    event.preventDefault();
    target.focus();
    if (target === box) { box.select(); }
  });
  window.addEventListener('popstate', function () { readAddress(); shown = PAGE; search(); });

  var keys = document.querySelector('[data-search-keys]');
  if (keys) { keys.hidden = false; }
  var typed = box.value;
  readAddress();
  // What was typed before this script arrived counts.
  if (typed && !box.value) { box.value = typed; }
  if (box.value) { writeAddress(false); search(); } else { box.focus(); }
}());
