// A term explained where it stands: its meaning, which is at the foot of the page, opens below the paragraph. Without this
// script the word is a link to it.
(function () {
  "use strict";
  if (!Element.prototype.closest) return;
  function meaning(link) { return document.getElementById(link.getAttribute("href").slice(1)); }
  // The meaning, with a way to close it.
  function note(link, leave) {
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
    button.addEventListener("click", leave);
    made.appendChild(button);
    return made;
  }
  function show(link, leave) {
    if (!meaning(link)) return null;
    // After the whole list or table, where no other element may stand.
    var block = link.closest("table, ul, ol, p, blockquote") || link;
    return block.parentNode.insertBefore(note(link, leave), block.nextSibling);
  }

  window.zhinan.beside({ selector: "a.term", isFollowed: false, make: show });
}());
