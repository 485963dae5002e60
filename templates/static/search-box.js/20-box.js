// The box of the search, on every page: suggestions while somebody types, recent queries while it is empty. An editable
// combobox with list autocomplete as the ARIA Authoring Practices describe it, for every `form[data-search]`.
//
// A chosen suggestion is sent by the form like a typed query, so that the page decides what happens. Nothing is fetched
// before the first key, and nothing happens while an input method composes. `zhinan.openSearch()` brings the module and the
// index, by the addresses in the data-* attributes of this script. Browsers that cannot search keep the plain form.
(function () {
  'use strict';
  var zhinan = window.zhinan;
  var script = document.querySelector('script[data-search-box]');
  if (!zhinan || !script || !window.Promise || !window.fetch || !window.DecompressionStream) { return; }

  var TYPING_MS = 120;
  var SPEAKING_MS = 500;
  var REST_MS = 10000;
  var MOST = 8;

  function setting(name) { return script.getAttribute('data-' + name) || ''; }
  var kinds = {};
  setting('kinds').split(';').forEach(function (pair) { kinds[pair.split('=')[0]] = pair.split('=')[1]; });
  zhinan.kindLabel = function (kind) { return kinds[kind] || ''; };

  zhinan.openSearch = function () {
    return Promise.all([
      zhinan.module || zhinan.script(setting('modules')),
      zhinan.openIndex || zhinan.script(setting('index')),
      window.zhinan_search || zhinan.script(setting('glue'))
    ]).then(function () {
      return zhinan.openIndex({ wasm: setting('wasm'), fallback: setting('fallback'), directory: setting('directory') });
    });
  };

  // A new last child.
  function make(parent, name, className, text) {
    var element = document.createElement(name);
    if (className) { element.className = className; }
    if (text) { element.textContent = text; }
    return parent.appendChild(element);
  }
  zhinan.make = make;

  function combobox(form) {
    var box = form.querySelector('[name=q]');
    var field = box.parentNode;
    var popup = make(field, 'div', 'search-popup');
    var list = make(popup, 'ul', 'search-options');
    var recent = make(popup, 'p', 'search-recent', '最近的搜索只保存在本机。');
    var clear = make(recent, 'button', 'button-quiet', '清除');
    var status = make(field, 'span', 'visually-hidden');
    var texts = [];
    var active = -1;
    var isOpen = false;
    var isComposing = false;
    var turn = 0;
    var failed = 0;
    var typing, speaking;

    popup.hidden = true;
    list.id = box.id + '-options';
    list.setAttribute('role', 'listbox');
    clear.type = 'button';
    status.setAttribute('role', 'status');
    box.setAttribute('role', 'combobox');
    box.setAttribute('aria-autocomplete', 'list');
    box.setAttribute('aria-controls', list.id);
    box.setAttribute('aria-expanded', 'false');

    function say(text) {
      clearTimeout(speaking);
      speaking = setTimeout(function () { status.textContent = text; }, SPEAKING_MS);
    }
    function close() {
      turn += 1;
      clearTimeout(typing);
      move(-1);
      isOpen = false;
      popup.hidden = true;
      box.setAttribute('aria-expanded', 'false');
      say('');
    }
    // Draws the list; `fill` draws what stands in an option.
    function show(all, fill, name) {
      move(-1);
      list.textContent = '';
      texts = all.map(function (one, index) {
        var option = make(list, 'li', 'search-option');
        option.id = list.id + '-' + index;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        return fill(option, one);
      });
      if (!texts.length) { close(); return; }
      recent.hidden = name !== '最近的搜索';
      list.setAttribute('aria-label', name);
      isOpen = true;
      popup.hidden = false;
      box.setAttribute('aria-expanded', 'true');
      say(texts.length + ' 条' + name + '，用上下方向键选择');
    }
    function move(to) {
      var before = list.children[active];
      var now = list.children[to];
      if (before) { before.setAttribute('aria-selected', 'false'); }
      active = now ? to : -1;
      if (!now) { box.removeAttribute('aria-activedescendant'); return; }
      now.setAttribute('aria-selected', 'true');
      box.setAttribute('aria-activedescendant', now.id);
      if (now.offsetTop < list.scrollTop) { list.scrollTop = now.offsetTop; }
      var below = now.offsetTop + now.offsetHeight - list.clientHeight;
      if (below > list.scrollTop) { list.scrollTop = below; }
    }
    function choose(index) {
      box.value = texts[index];
      form.requestSubmit();
    }

    /* What stands in the list */

    function showRecent() {
      show(zhinan.recent.list(), function (option, text) { return make(option, 'span', '', text).textContent; }, '最近的搜索');
    }
    // The typed part of a suggestion stands out.
    function showSuggestions(typed, all) {
      show(all, function (option, one) {
        var text = make(option, 'span', 'search-option-text');
        var at = one.text.toLowerCase().indexOf(typed.toLowerCase());
        if (at < 0) { at = one.text.length; }
        text.appendChild(document.createTextNode(one.text.slice(0, at)));
        if (at < one.text.length) { make(text, 'b', '', one.text.slice(at, at + typed.length)); }
        text.appendChild(document.createTextNode(one.text.slice(at + typed.length)));
        if (zhinan.kindLabel(one.kind)) {
          option.appendChild(document.createTextNode(' '));
          make(option, 'span', 'badge', zhinan.kindLabel(one.kind));
        }
        return one.text;
      }, '搜索建议');
    }
    // Suggestions are an extra: where they fail, the query can still be sent, and the results page says what is wrong.
    function suggest(direction) {
      var typed = box.value.trim();
      turn += 1;
      var mine = turn;
      if (!typed || Date.now() - failed < REST_MS) { close(); return; }
      zhinan.openSearch().then(function (search) { return search.suggest(typed, MOST); }).then(function (all) {
        if (mine !== turn || box.value.trim() !== typed || document.activeElement !== box) { return; }
        showSuggestions(typed, all.filter(function (one) { return one.text !== typed; }));
        step(direction);
      }, function () {
        failed = Date.now();
        if (mine === turn) { close(); }
      });
    }
    // Opens the list that fits; `direction` says which end of it is taken.
    function open(direction) {
      if (box.value.trim()) { suggest(direction); return; }
      showRecent();
      step(direction);
    }
    function step(direction) {
      if (!isOpen || !direction) { return; }
      var next = active + direction;
      move(next < 0 ? texts.length - 1 : next % texts.length);
    }

    /* Typing and keys */

    function typed() {
      clearTimeout(typing);
      move(-1);
      if (!box.value.trim() || !recent.hidden) { close(); }
      typing = setTimeout(suggest, TYPING_MS);
    }
    box.addEventListener('compositionstart', function () {
      isComposing = true;
      close();
      // The module comes while the first word is composed.
      zhinan.openSearch().catch(function () { failed = Date.now(); });
    });
    box.addEventListener('compositionend', function () { isComposing = false; typed(); });
    box.addEventListener('input', function (event) { if (!isComposing && !event.isComposing) { typed(); } });
    box.addEventListener('click', function () { if (!isOpen && !box.value.trim()) { showRecent(); } });
    box.addEventListener('keydown', function (event) {
      if (isComposing || event.isComposing || event.keyCode === 229) {
        // The key that ends a composition sends nothing.
        if (event.key === 'Enter') { event.preventDefault(); }
        return;
      }
      if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      var key = event.key;
      if (key === 'ArrowDown' || key === 'ArrowUp') {
        var direction = key === 'ArrowDown' ? 1 : -1;
        if (event.altKey) {
          if (direction < 0) { close(); } else if (!isOpen) { open(0); }
        } else if (isOpen) { step(direction); } else { open(direction); }
      } else if (key === 'Enter' && active >= 0) {
        choose(active);
      } else if (key === 'Escape' && isOpen) {
        close();
      } else if (key === 'Escape' && box.value) {
        box.value = '';
        box.dispatchEvent(new Event('input', { bubbles: true }));
      } else {
        // The caret moves in the box, and the choice is given up.
        if (key === 'Home' || key === 'End' || key === 'ArrowLeft' || key === 'ArrowRight') { move(-1); }
        return;
      }
      event.preventDefault();
    });
    form.addEventListener('submit', function (event) {
      if (isComposing) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      close();
      zhinan.recent.add(box.value);
    });
    // Pressing into the list leaves the focus in the box.
    popup.addEventListener('mousedown', function (event) { event.preventDefault(); });
    list.addEventListener('click', function (event) {
      var option = event.target.closest('[role=option]');
      if (option) { choose(Array.prototype.indexOf.call(list.children, option)); }
    });
    clear.addEventListener('click', function () {
      zhinan.recent.clear();
      box.focus();
      close();
      say('最近的搜索已清除');
    });
    popup.addEventListener('keydown', function (event) {
      if (event.key === 'Escape') {
        box.focus();
        close();
      }
    });
    field.addEventListener('focusout', function (event) {
      isComposing = false;
      if (!field.contains(event.relatedTarget)) { close(); }
    });
  }
  Array.prototype.forEach.call(document.querySelectorAll('form[data-search]'), combobox);
}());
