// The results page: asks what stands in the box and in the filters, shows the answer, and says plainly when there is none.
// The last question asked is the one answered. Written in the language of 2009, so that Internet Explorer mode can at
// least say what to do.
(function () {
  'use strict';
  var zhinan = window.zhinan;
  var form = document.getElementById('search-form');
  var box = document.getElementById('search-box');
  var status = document.getElementById('search-status');
  var retry = document.getElementById('search-retry');
  var layout = document.getElementById('search-layout');
  var part = document.getElementById('search-results');
  var more = document.getElementById('search-more');
  var moreStatus = document.getElementById('search-more-status');
  var elsewhere = document.getElementById('search-elsewhere');
  var start = document.getElementById('search-start');
  var root = form.getAttribute('data-root');
  var pageTitle = document.title;

  var TYPING_MS = 300;
  var BUSY_MS = 400;
  var FIRST = 10;
  var NEXT = 20;

  // The filters in force, how many hits are asked for, and the question whose answer the page shows.
  var filter = { kind: null, province: null, year: null };
  var limit = FIRST;
  var answered = null;
  var turn = 0;
  var waiting, busy;

  function say(text, isError) {
    if (status.textContent !== text) { status.textContent = text; }
    status.className = isError ? 'search-status is-error' : 'search-status';
  }
  function view(name) {
    layout.hidden = name !== 'results';
    start.hidden = name !== 'start' && name !== 'failure';
    retry.hidden = name !== 'failure';
  }
  function wait(isMore) {
    busy = setTimeout(function () {
      if (isMore) { moreStatus.textContent = '正在取……'; } else { say('正在搜索……'); }
      layout.setAttribute('aria-busy', 'true');
    }, BUSY_MS);
  }
  function rest() {
    clearTimeout(busy);
    moreStatus.textContent = '';
    layout.removeAttribute('aria-busy');
  }

  if (!zhinan.failure) {
    say('页面所需的文件没有取到：请检查网络后刷新页面。', true);
    return;
  }
  // A portal that was built without the module of the search has no box for it either.
  if (!document.querySelector('script[data-search-box]')) {
    say('这份门户没有带上搜索所需的文件。请从下面的目录查找。', true);
    return;
  }
  if (!zhinan.openSearch) {
    say(zhinan.failure('browser').message, true);
    return;
  }

  /* Asking */

  function query() { return { q: box.value.trim(), kind: filter.kind, province: filter.province, year: filter.year }; }
  function take(asked) {
    box.value = asked.q;
    filter = { kind: asked.kind, province: asked.province, year: asked.year };
  }
  function isAnswered(asked) { return JSON.stringify(asked) === JSON.stringify(answered); }
  // `isMore`: only more hits of the question that is answered are wanted.
  function search(isMore) {
    var asked = query();
    turn += 1;
    var mine = turn;
    document.title = asked.q ? asked.q + ' - ' + pageTitle : pageTitle;
    rest();
    if (!asked.q) {
      answered = null;
      view('start');
      say('');
      return;
    }
    if (!answered) { view('waiting'); }
    wait(isMore);
    zhinan.openSearch().then(function (index) { return index.ask(asked, limit); }).then(function (found) {
      if (mine === turn) { rest(); show(asked, found, isMore); }
    }, function (error) {
      if (mine === turn) { rest(); fail(error, isMore); }
    });
  }
  function ask(isSent) {
    clearTimeout(waiting);
    limit = FIRST;
    zhinan.searchAddress.write(query(), isSent);
    search(false);
  }
  function run(change) {
    var asked = query();
    Object.keys(change).forEach(function (name) { asked[name] = change[name]; });
    take(asked);
    ask(true);
    status.focus();
  }

  /* Answers */

  var results = zhinan.searchResults(part, root, run);
  var facets = zhinan.searchFacets(document.getElementById('search-facets'), function (name, value) {
    filter[name] = value;
    ask(true);
  });
  function links() { return Array.prototype.slice.call(part.querySelectorAll('.result-link')); }

  function show(asked, found, isMore) {
    var seen = links().length;
    var fresh = isMore ? results.add(found) : results.show(asked, found);
    var shown = isMore ? seen + fresh : fresh;
    var isAll = found.exact ? found.hits.length >= found.total : isMore && !fresh;
    answered = asked;
    view('results');
    facets.show(found, filter);
    status.setAttribute('data-asked', '“' + asked.q + '”：');
    elsewhere.hidden = shown > 0;
    more.parentNode.hidden = isAll || !shown;
    if (!shown) {
      say('没有找到“' + asked.q + '”。');
    } else {
      say((found.exact ? '找到 ' : '至少 ') + found.total + ' 条' + (isAll ? '。' : '，先显示 ' + shown + ' 条。'));
    }
    if (isMore && fresh) { links()[seen].focus(); }
    if (!isMore) { goBack(); }
  }
  function fail(error, isMore) {
    // A fault of this page itself belongs on the console.
    if (!error.reason) { setTimeout(function () { throw error; }); }
    var sentence = error.reason ? error.message : zhinan.failure('damaged').message;
    // The hits that are there stay right when more of them cannot be had, and the button for more asks again.
    if (isMore) {
      moreStatus.textContent = sentence;
      return;
    }
    say(sentence, true);
    answered = null;
    view('failure');
    retry.hidden = error.reason === 'browser';
    retry.textContent = error.reason === 'stale' ? '刷新页面' : '重试';
  }
  more.addEventListener('click', function () {
    if (!isAnswered(query())) { ask(true); return; }
    limit += NEXT;
    search(true);
  });
  retry.addEventListener('click', function () {
    if (retry.textContent === '刷新页面') { location.reload(); return; }
    status.focus();
    search(false);
  });

  /* The way to a result and back */

  part.addEventListener('click', function (event) {
    var link = event.target.closest('.result-link');
    if (!link) { return; }
    zhinan.recent.add(answered.q);
    zhinan.searchAddress.keep('opened', link.getAttribute('href'));
    zhinan.searchAddress.keep('limit', limit);
  });
  // Whoever comes back from a result finds it again.
  function goBack() {
    var opened = zhinan.searchAddress.state().opened;
    if (!opened) { return; }
    zhinan.searchAddress.keep('opened', '');
    links().forEach(function (link) { if (link.getAttribute('href') === opened) { link.focus(); } });
  }
  function readAddress() {
    take(zhinan.searchAddress.read());
    limit = zhinan.searchAddress.state().limit || FIRST;
  }
  // A step within the page, like that to its text, asks nothing new.
  window.addEventListener('popstate', function () {
    if (answered && isAnswered(zhinan.searchAddress.read())) { return; }
    readAddress();
    search(false);
  });

  /* Typing and keys */

  var isComposing = false;
  function typed() {
    clearTimeout(waiting);
    waiting = setTimeout(function () { ask(false); }, TYPING_MS);
  }
  box.addEventListener('compositionstart', function () {
    isComposing = true;
    clearTimeout(waiting);
  });
  box.addEventListener('compositionend', function () { isComposing = false; typed(); });
  box.addEventListener('blur', function () { isComposing = false; });
  box.addEventListener('input', function (event) { if (!isComposing && !event.isComposing) { typed(); } });
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    ask(true);
  });
  // With the list of the box closed, the arrows walk from the box through its results.
  document.addEventListener('keydown', function (event) {
    if (isComposing || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) { return; }
    var active = document.activeElement;
    var all = links();
    var place = all.indexOf(active);
    var isInBox = active === box && box.getAttribute('aria-expanded') === 'false' && isAnswered(query());
    var target = null;
    if (event.key === '/' && !(active && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName))) {
      target = box;
    } else if (event.key === 'Escape' && place >= 0) {
      target = box;
    } else if (event.key === 'ArrowDown' && (isInBox || place >= 0)) {
      target = all[place + 1];
    } else if (event.key === 'ArrowUp' && place >= 0) {
      target = place ? all[place - 1] : box;
    }
    if (!target) { return; }
    event.preventDefault();
    event.stopPropagation();
    target.focus();
    if (target === box) { box.select(); }
  }, true);

  document.querySelector('[data-search-keys]').hidden = false;
  // What was typed before this script arrived counts.
  var early = box.value;
  readAddress();
  box.value = box.value || early;
  if (box.value) { search(false); } else { box.focus(); }
  // The module comes while the first word is typed.
  zhinan.openSearch().catch(function () { /* Told when a search is made. */ });
}());
