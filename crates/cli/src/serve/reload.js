// Reloads the page when the portal was built anew; while the content has errors, shows them over the last good page.
(function () {
  // Nothing of a preview is kept by the browser: see templates/static/offline.js.
  document.documentElement.setAttribute("data-preview", "");
  var source = new EventSource("/__zhinan/events");
  var overlay = null;

  function add(parent, name, text) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    return parent.appendChild(element);
  }
  function addButton(parent, text, act) {
    var button = add(parent, "button", text);
    button.type = "button";
    button.className = "button";
    button.addEventListener("click", act);
  }
  function remove() {
    if (overlay) document.body.removeChild(overlay);
    overlay = null;
  }
  function show(told) {
    remove();
    overlay = document.createElement("section");
    overlay.className = "notice notice-warn";
    overlay.setAttribute("role", "alert");
    overlay.setAttribute("data-overlay", "");
    overlay.style.cssText = "position:fixed;z-index:1000;left:0;right:0;bottom:0;margin:0;max-height:60vh;overflow:auto;max-width:none";
    add(add(overlay, "p"), "strong", told.title);
    if (told.sentence) add(overlay, "p", told.sentence);
    var list = add(overlay, "ol");
    told.problems.forEach(function (problem, number) {
      var item = add(list, "li");
      add(add(item, "p"), "strong", problem.severity + "[" + problem.code + "] " + problem.message);
      add(add(item, "p"), "code", problem.place);
      if (problem.source) add(item, "pre", problem.source);
      if (problem.help) add(item, "p", told.words.help + "：" + problem.help);
      addButton(add(item, "p"), told.words.open, function () { fetch("/__zhinan/open/" + number, { method: "POST" }); });
    });
    addButton(add(overlay, "p"), told.words.close, remove);
    document.body.appendChild(overlay);
  }

  source.addEventListener("reload", function () { location.reload(); });
  source.addEventListener("problem", function (event) { show(JSON.parse(event.data)); });
})();
