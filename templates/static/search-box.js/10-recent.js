// The last queries of this browser, newest first: `zhinan.recent.list()`, `.add(text)`, `.clear()`. They never leave it.
(function () {
  'use strict';
  var zhinan = window.zhinan = window.zhinan || {};
  var KEY = 'zhinan-recent';
  var MOST = 8;

  // Reading or writing the store fails in private windows and on some file:// pages.
  function list() {
    try {
      return JSON.parse(localStorage.getItem(KEY)).filter(function (text) { return typeof text === 'string'; }).slice(0, MOST);
    } catch (error) { return []; }
  }
  function add(text) {
    text = text.replace(/\s+/g, ' ').trim();
    if (!text) { return; }
    var others = list().filter(function (other) { return other !== text; });
    try { localStorage.setItem(KEY, JSON.stringify([text].concat(others).slice(0, MOST))); } catch (error) { /* Not kept. */ }
  }
  function clear() {
    try { localStorage.removeItem(KEY); } catch (error) { /* Nothing was kept. */ }
  }
  zhinan.recent = { list: list, add: add, clear: clear };
}());
