// Draws what was found: hits by document, with the words of the query marked; what else was understood; and where nothing
// was found, what to try. `zhinan.searchResults(part, root, run)` gives `{ show(asked, found), add(found) }`;
// `run(change)` is called with what the next question changes, e.g. `{ kind: null }`. Elements are made by search-box.js.
(function () {
  'use strict';
  var zhinan = window.zhinan = window.zhinan || {};
  var make = zhinan.make;

  function say(parent, text) { parent.appendChild(document.createTextNode(text)); }
  function pieces(parent, list) {
    list.forEach(function (piece) {
      if (piece.marked) { make(parent, 'mark', '', piece.text); } else { say(parent, piece.text); }
    });
  }
  function plain(list) { return list.map(function (piece) { return piece.text; }).join(''); }

  // Hits of one document together, in the order of the best of each.
  function groups(hits) {
    var list = [];
    var places = {};
    hits.forEach(function (hit) {
      var key = hit.group || hit.url;
      if (places[key] === undefined) { places[key] = list.push([]) - 1; }
      list[places[key]].push(hit);
    });
    return list;
  }

  zhinan.searchResults = function (part, root, run) {
    // How often a hit with this key has been drawn, and how many groups.
    var drawn = {};
    var count = 0;

    // A link that asks for a word, without filters.
    function linkTo(word, parent, text) {
      var element = make(parent, 'a', '', text);
      element.href = '?q=' + encodeURIComponent(word);
      element.addEventListener('click', function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
        event.preventDefault();
        run({ q: word, kind: null, province: null, year: null });
      });
    }

    /* Hits */

    // Those that are not drawn yet; the engine may order them anew when it is asked for more.
    function newOnes(hits) {
      var seen = {};
      return hits.filter(function (hit) {
        var key = hit.url + '\n' + plain(hit.title) + '\n' + plain(hit.heading);
        seen[key] = (seen[key] || 0) + 1;
        if (seen[key] <= (drawn[key] || 0)) { return false; }
        drawn[key] = seen[key];
        return true;
      });
    }
    function drawHit(list, hit, isSamePlace) {
      var item = make(list, 'li', 'result');
      var title = make(item, 'a', 'result-link');
      title.href = zhinan.page(root + hit.url);
      // A clause is called by its headings, anything else by its own name.
      pieces(title, hit.kind === 'policy' && hit.heading.length ? hit.heading : hit.title);
      say(item, ' ');
      make(item, 'span', 'badge', zhinan.kindLabel(hit.kind) || hit.kind);
      if (hit.provinceName && !isSamePlace) {
        say(item, ' ');
        make(item, 'span', 'badge badge-info', hit.provinceName);
      }
      pieces(make(item, 'p', 'result-excerpt'), hit.excerpt);
    }
    function drawGroup(hits) {
      var first = hits[0];
      var section = make(part, 'section', 'result-group');
      var title = make(section, 'h2', '', plain(first.kind === 'policy' ? first.title : first.heading));
      function isSame(name) { return hits.every(function (hit) { return hit[name] === first[name]; }); }
      function badge(look, text) {
        say(title, ' ');
        make(title, 'span', 'badge' + look, text);
      }
      count += 1;
      title.id = 'result-group-' + count;
      section.setAttribute('aria-labelledby', title.id);
      if (first.provinceName && isSame('province')) { badge(' badge-info', first.provinceName); }
      if (first.year && isSame('year')) { badge('', first.year + ' 年'); }
      if (first.archived) { badge(' badge-warn', '存档'); }
      var list = make(section, 'ol');
      hits.forEach(function (hit) { drawHit(list, hit, isSame('province')); });
    }
    // Draws the hits that are not there yet, below those that are.
    function add(found) {
      var fresh = newOnes(found.hits);
      groups(fresh).forEach(drawGroup);
      return fresh.length;
    }

    /* Beside the hits */

    function drawNote(note) {
      var line = make(part, 'p', 'search-note notice');
      if (note.kind === 'corrected') {
        say(line, '没有直接找到，已按');
        make(line, 'strong', '', '“' + note.text + '”');
        say(line, '搜索。');
      } else {
        say(line, '“' + note.typed + '”和“' + note.word + '”不是一回事。' + note.note + ' ');
        linkTo(note.word, line, '改搜“' + note.word + '”');
      }
    }
    function drawNothing(asked, found) {
      var isFiltered = asked.kind !== null || asked.province !== null || asked.year !== null;
      if (isFiltered) {
        var line = make(part, 'p', '', '现在只在选中的范围里找。');
        var button = make(line, 'button', 'button', '去掉筛选，再搜一次');
        button.type = 'button';
        button.addEventListener('click', function () { run({ kind: null, province: null, year: null }); });
      }
      if (found.similar.length) {
        make(part, 'h2', 'search-hint-title', '门户里相近的词');
        var words = make(part, 'ul', 'inline-list search-similar');
        found.similar.forEach(function (word) { linkTo(word, make(words, 'li'), word); });
      }
      make(part, 'h2', 'search-hint-title', '可以试试');
      var list = make(part, 'ul');
      make(list, 'li', '', '换一个说法，或只留下最要紧的两三个词');
      make(list, 'li', '', '检查有没有错字；文号可以只输入年份和号数，例如“2024 22号”');
      make(list, 'li', '', '从下面的目录查找，或按下面的咨询方式询问');
    }

    return {
      // Draws the answer to another question; says how many hits there are.
      show: function (asked, found) {
        part.textContent = '';
        drawn = {};
        found.notes.forEach(drawNote);
        if (!found.exact) {
          make(part, 'p', 'muted small', '这个说法很常见，条数只按最相关的部分统计；再加一个词会更准确。');
        }
        if (!found.hits.length) { drawNothing(asked, found); }
        return add(found);
      },
      add: add
    };
  };
}());
