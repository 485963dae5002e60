// What the results can be narrowed to, with counts: kind, place, year. `zhinan.searchFacets(fold, choose)` gives
// `{ show(found, filter) }`; `choose(name, value)` is called with a filter that was switched on, or with `null`. On narrow
// screens the filters are folded, so that the results come first; of long lists all but the first are.
(function () {
  'use strict';
  var zhinan = window.zhinan = window.zhinan || {};
  var make = zhinan.make;

  var MOST = 8;
  var facets = [
    { name: 'kind', counts: 'kinds', title: '类别', label: function (count) { return zhinan.kindLabel(count.value) || count.label; } },
    { name: 'province', counts: 'provinces', title: '地区', label: function (count) { return count.label || '全国'; } },
    { name: 'year', counts: 'years', title: '年份', label: function (count) { return count.label + ' 年'; } }
  ];

  zhinan.searchFacets = function (fold, choose) {
    var part = fold.querySelector('[data-facets]');
    var summary = fold.querySelector('[data-facets-chosen]');
    var narrow = window.matchMedia('(max-width: 48rem)');
    // Facets of which the whole list was opened.
    var isUnfolded = {};
    function refold() { fold.open = !narrow.matches; }
    narrow.addListener(refold);
    refold();

    function buttonOf(parent, facet, count, isChosen, least) {
      var button = make(parent, 'button', 'facet');
      button.type = 'button';
      button.setAttribute('aria-pressed', String(isChosen));
      button.setAttribute('data-facet', facet.name + '=' + count.value);
      make(button, 'span', 'facet-label', facet.label(count));
      make(button, 'span', 'facet-count', least + count.count);
      button.addEventListener('click', function () {
        choose(facet.name, isChosen ? null : facet.name === 'year' ? Number(count.value) : count.value);
      });
    }
    function draw(facet, found, filter) {
      var chosen = filter[facet.name];
      var counts = found[facet.counts].filter(function (count) { return count.value !== '0'; });
      function isChosen(count) { return chosen !== null && count.value === String(chosen); }
      // What was chosen can always be given up again.
      if (chosen !== null && !counts.some(isChosen)) {
        counts = counts.concat([{ value: String(chosen), label: String(chosen), count: 0 }]);
      }
      if (counts.length < 2 && chosen === null) { return 0; }
      var set = make(part, 'fieldset');
      make(set, 'legend', '', facet.title);
      var least = found.exact ? '' : '≥ ';
      // One more than the first ones takes no more room than the fold that would hide it.
      var first = counts.length > MOST + 1 ? MOST : counts.length;
      var buttons = make(set, 'div', 'facet-list');
      counts.slice(0, first).forEach(function (count) { buttonOf(buttons, facet, count, isChosen(count), least); });
      if (first < counts.length) {
        var rest = make(set, 'details', 'facet-rest');
        make(rest, 'summary', '', '其余 ' + (counts.length - first) + ' 项');
        rest.open = isUnfolded[facet.name] || counts.slice(first).some(isChosen);
        rest.addEventListener('toggle', function () { isUnfolded[facet.name] = rest.open; });
        buttons = make(rest, 'div', 'facet-list');
        counts.slice(first).forEach(function (count) { buttonOf(buttons, facet, count, isChosen(count), least); });
      }
      return chosen === null ? 0 : 1;
    }

    return {
      show: function (found, filter) {
        var active = document.activeElement;
        var focused = active && part.contains(active) ? active.getAttribute('data-facet') : null;
        part.textContent = '';
        var chosen = facets.reduce(function (sum, facet) { return sum + draw(facet, found, filter); }, 0);
        summary.textContent = chosen ? '（已选 ' + chosen + ' 项）' : '';
        fold.hidden = !part.firstChild;
        Array.prototype.forEach.call(part.querySelectorAll('.facet'), function (button) {
          if (focused !== null && button.getAttribute('data-facet') === focused) { button.focus(); }
        });
      }
    };
  };
}());
