// What is asked, as the address of the results page says it: `?q=…&kind=…&province=…&year=…`. `zhinan.searchAddress` reads
// and writes it, and keeps with each step of the history how far its results were shown.
(function () {
  'use strict';
  var zhinan = window.zhinan = window.zhinan || {};
  var MOST_LETTERS = 200;

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
  // `{ q, kind, province, year }`, with `null` for a filter that is not set. `-` is the whole country.
  function read() {
    var found = parameters();
    return {
      q: (found.q || '').slice(0, MOST_LETTERS),
      kind: found.kind || null,
      province: found.province === undefined ? null : found.province === '-' ? '' : found.province,
      year: /^\d{4}$/.test(found.year || '') ? Number(found.year) : null
    };
  }
  function textOf(asked) {
    var parts = [];
    if (asked.q) { parts.push('q=' + encodeURIComponent(asked.q)); }
    if (asked.kind !== null) { parts.push('kind=' + encodeURIComponent(asked.kind)); }
    if (asked.province !== null) { parts.push('province=' + encodeURIComponent(asked.province || '-')); }
    if (asked.year !== null) { parts.push('year=' + asked.year); }
    return location.pathname + (parts.length ? '?' + parts.join('&') : '');
  }

  /* The history. Some browsers refuse to write it for files; the search goes on without. */

  function state() { return history.state || {}; }
  function keep(name, value) {
    var next = {};
    Object.keys(state()).forEach(function (key) { next[key] = state()[key]; });
    next[name] = value;
    try { history.replaceState(next, ''); } catch (error) { /* Likewise. */ }
  }
  // A question that is sent is a step of the history. While one is typed, all its stages together are one step.
  function write(asked, isSent) {
    var next = textOf(asked);
    var isSame = next === location.pathname + location.search;
    if (isSame && !(isSent && state().isTyped)) { return; }
    try {
      history[state().isTyped ? 'replaceState' : 'pushState']({ isTyped: !isSent }, '', next);
    } catch (error) { /* Likewise. */ }
  }
  zhinan.searchAddress = { read: read, write: write, state: state, keep: keep };
}());
