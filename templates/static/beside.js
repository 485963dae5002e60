// Something that opens beside a link: `zhinan.beside({ selector, isFollowed, make })` opens it by a click, one at a time, and
// closes it by the same link or by Escape. `make(link, leave)` puts it into the page and gives it, or nothing where the
// link is to be followed; `leave()` closes it and returns to the link. Where `isFollowed`, the address counts as well.
(function () {
  "use strict";
  var zhinan = window.zhinan;

  zhinan.beside = function (what) {
    var open = null;

    function close() {
      if (!open) return;
      open.link.setAttribute("aria-expanded", "false");
      open.made.parentNode.removeChild(open.made);
      open = null;
    }
    function leave() {
      var link = open.link;
      close();
      link.focus();
    }

    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest(what.selector);
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      var wasOpen = open && open.link === link;
      close();
      var made = wasOpen ? null : what.make(link, leave);
      if ((made || wasOpen) && !what.isFollowed) event.preventDefault();
      if (!made) return;
      open = { link: link, made: made };
      link.setAttribute("aria-expanded", "true");
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && open) leave();
    });
    Array.prototype.forEach.call(document.querySelectorAll(what.selector), function (link) {
      link.setAttribute("aria-expanded", "false");
    });
  };
}());
