// The comparison: which provinces stand side by side and which rows are shown. The choice stands in the address after `#`, so
// that it can be shared: `#columns=sx,ah&rows=different`.
(function () {
  "use strict";
  var form = document.querySelector("[data-compare]");
  if (!form) return;
  // More columns than this are too many to begin with.
  var MOST_COLUMNS = 6;
  var boxes = Array.prototype.slice.call(form.querySelectorAll("[data-compare-column]"));
  var rows = form.querySelector("[data-compare-rows]");
  var count = form.querySelector("[data-compare-count]");
  var tables = Array.prototype.slice.call(document.querySelectorAll("table.compare"));

  function fromAddress() {
    var asked = {};
    location.hash.slice(1).split("&").forEach(function (part) {
      var pair = part.split("=");
      try { asked[pair[0]] = decodeURIComponent(pair[1] || ""); } catch (error) { /* Not of ours. */ }
    });
    var ids = asked.columns ? asked.columns.split(",") : null;
    boxes.forEach(function (box, index) {
      box.checked = ids ? ids.indexOf(box.value) >= 0 : index < MOST_COLUMNS;
    });
    rows.value = asked.rows || "";
    if (rows.selectedIndex < 0) rows.value = "";
  }
  function toAddress() {
    var all = boxes.every(function (box, index) { return box.checked === (index < MOST_COLUMNS); });
    var ids = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
    var parts = [];
    if (!all) parts.push("columns=" + ids.join(","));
    if (rows.value) parts.push("rows=" + encodeURIComponent(rows.value));
    try { history.replaceState(null, "", parts.length ? "#" + parts.join("&") : location.pathname + location.search); } catch (error) { /* A file. */ }
  }

  // What the shown provinces say of a matter, so that the mark is true of what is seen.
  function agreement(cells) {
    var said = cells.filter(function (cell) { return cell.querySelector(".compare-item"); });
    if (said.length === 0) return null;
    function words(cell) {
      return Array.prototype.map.call(cell.querySelectorAll(".compare-item > p:first-child"), function (part) {
        return part.textContent;
      }).sort().join("\n");
    }
    var first = words(said[0]);
    var isSame = said.every(function (cell) { return words(cell) === first; });
    if (cells.length > 1 && said.length === 1) return "only";
    if (!isSame) return "different";
    return said.length === cells.length ? "same" : "some";
  }
  var labels = { same: "相同", some: "有写明的相同", different: "不同" };
  var looks = { different: " badge-warn", only: " badge-info" };

  function apply() {
    var chosen = boxes.map(function (box) { return box.checked; });
    var wanted = rows.value ? rows.value.split(" ") : null;
    var shown = 0, all = 0;
    tables.forEach(function (table) {
      var any = false;
      Array.prototype.forEach.call(table.rows, function (row) {
        var cells = Array.prototype.slice.call(row.cells, 1);
        cells.forEach(function (cell, index) { cell.hidden = !chosen[index]; });
        if (!row.hasAttribute("data-agreement")) return;
        var seen = cells.filter(function (cell) { return !cell.hidden; });
        var found = agreement(seen);
        if (found) {
          var label = row.querySelector("[data-agreement-label]");
          var speaker = cells.map(function (cell, index) {
            return !cell.hidden && cell.querySelector(".compare-item") ? boxes[index].parentNode.textContent.trim() : "";
          }).join("");
          label.textContent = labels[found] || "仅" + speaker;
          label.className = "badge agreement" + (looks[found] || "");
        }
        row.hidden = !found || Boolean(wanted && wanted.indexOf(found) < 0);
        all += 1;
        if (!row.hidden) { shown += 1; any = true; }
      });
      table.closest("[data-compare-section]").hidden = !any;
    });
    Array.prototype.forEach.call(document.querySelectorAll("[data-compare-chain]"), function (chain) {
      chain.hidden = !chosen[Number(chain.getAttribute("data-compare-chain"))];
    });
    count.textContent = shown === all ? "共 " + all + " 项" : "显示 " + shown + " 项，共 " + all + " 项";
  }

  form.addEventListener("change", function () { apply(); toAddress(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", function () { fromAddress(); apply(); });
  fromAddress();
  apply();
}());
