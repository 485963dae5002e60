// The table of contents follows the reader: the entry of the part that is being read is marked, and stays in sight.
(function () {
  "use strict";
  var nav = document.querySelector("nav.contents");
  if (!nav || !window.requestAnimationFrame) return;

  var entries = [];
  Array.prototype.forEach.call(nav.querySelectorAll('a[href^="#"]'), function (link) {
    var target = document.getElementById(link.getAttribute("href").slice(1));
    if (target) entries.push({ link: link, target: target });
  });
  var current = null;

  // The last part whose beginning has passed this far below the top of the window.
  var LINE = 120;
  function read() {
    var found = null;
    entries.forEach(function (entry) {
      if (entry.target.getBoundingClientRect().top <= LINE) found = entry;
    });
    return found;
  }
  function keepInSight(link) {
    var top = link.offsetTop - nav.offsetTop;
    if (top < nav.scrollTop || top + link.offsetHeight > nav.scrollTop + nav.clientHeight) {
      nav.scrollTop = top - nav.clientHeight / 2;
    }
  }
  function mark() {
    waiting = false;
    var entry = read();
    if (entry === current) return;
    if (current) current.link.removeAttribute("aria-current");
    if (entry) {
      entry.link.setAttribute("aria-current", "location");
      keepInSight(entry.link);
    }
    current = entry;
  }

  var waiting = false;
  function soon() {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(mark);
  }
  window.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", soon);
  soon();
}());
