// A term explained where it stands: its meaning, which is at the foot of the page, opens below the paragraph. Without this
// script the word is a link to it.
(function () {
  "use strict";
  if (!Element.prototype.closest) return;
  var open = null;

  function meaning(link) { return document.getElementById(link.getAttribute("href").slice(1)); }
  function close() {
    if (!open) return;
    open.link.setAttribute("aria-expanded", "false");
    open.note.parentNode.removeChild(open.note);
    open = null;
  }
  // The meaning, with a way to close it.
  function note(link) {
    var made = document.createElement("div");
    made.className = "term-note";
    made.setAttribute("role", "note");
    var found = meaning(link);
    var name = document.createElement("strong");
    name.textContent = found.querySelector("dt").textContent;
    made.appendChild(name);
    Array.prototype.forEach.call(found.querySelector("dd").childNodes, function (part) { made.appendChild(part.cloneNode(true)); });
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.textContent = "收起";
    button.addEventListener("click", function () { close(); link.focus(); });
    made.appendChild(button);
    return made;
  }
  function show(link) {
    // After the whole list or table, where no other element may stand.
    var block = link.closest("table, ul, ol, p, blockquote") || link;
    var made = note(link);
    block.parentNode.insertBefore(made, block.nextSibling);
    link.setAttribute("aria-expanded", "true");
    open = { link: link, note: made };
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.term");
    if (!link || !meaning(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    var wasOpen = open && open.link === link;
    close();
    if (!wasOpen) show(link);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !open) return;
    var link = open.link;
    close();
    link.focus();
  });
  Array.prototype.forEach.call(document.querySelectorAll("a.term"), function (link) {
    link.setAttribute("aria-expanded", "false");
  });
}());
