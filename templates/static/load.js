// Loads scripts when a page needs them: `zhinan.script(address)` adds one, once, and gives a promise. An error has the word
// `network` as its `reason`, and where modules.js is there a sentence for the visitor as its `message`.
//
// What few visitors use is loaded when somebody turns to it: see `parts`.
//
// `zhinan.page(address)` is the address of a page as links need it, `zhinan.register(address)` starts a service worker.
//
// Trusted Types: only addresses that stand in a `data-*` attribute of a script of this page may be loaded.
(function () {
  "use strict";
  var zhinan = window.zhinan = window.zhinan || {};

  // Addresses ----------------------------------------------------------------------------------------------------

  function absolute(address) {
    var link = document.createElement("a");
    link.href = address;
    return link.href;
  }
  // Read once, before anything that a page shows could have changed it.
  var listed = {};
  Array.prototype.forEach.call(document.querySelectorAll("script[src]"), function (script) {
    Array.prototype.forEach.call(script.attributes, function (attribute) {
      if (attribute.name.indexOf("data-") === 0 && attribute.value) listed[absolute(attribute.value)] = true;
    });
  });
  function allowed(address) {
    var whole = absolute(address);
    var isPacked = zhinan.portable && zhinan.portable.holds(whole);
    if (listed[whole] !== true && !isPacked) throw new TypeError("not an address of this page: " + whole);
    return whole;
  }
  var policy = window.trustedTypes
    ? window.trustedTypes.createPolicy("zhinan-assets", { createScriptURL: allowed })
    : { createScriptURL: allowed };

  // Scripts ------------------------------------------------------------------------------------------------------

  var scripts = {};
  zhinan.script = function (address) {
    var whole = absolute(address);
    if (!scripts[whole]) {
      scripts[whole] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = policy.createScriptURL(address);
        script.onload = function () { resolve(); };
        script.onerror = function () {
          delete scripts[whole];
          script.parentNode.removeChild(script);
          reject(zhinan.failure ? zhinan.failure("network") : Object.assign(new Error(), { reason: "network" }));
        };
        document.head.appendChild(script);
      });
    }
    return scripts[whole];
  };
  zhinan.register = function (address) { return navigator.serviceWorker.register(policy.createScriptURL(address)); };

  // Links --------------------------------------------------------------------------------------------------------

  // Scripts know pages by their folders, as in `../faq/#login`.
  zhinan.page = function (address) { return zhinan.portable ? zhinan.portable.page(address) : address; };

  // On demand ----------------------------------------------------------------------------------------------------

  // Elements, and the scripts that they need, by the data-* attributes of the script of this file. Links are used by a click;
  // in a field the focus and the arrows count as well. Where a part is held, its address counts only if its scripts do not come.
  var addresses = document.currentScript;
  var parts = [
    { selector: "form[data-search] [name=q]", isField: true, scripts: ["data-search-box"] },
    { selector: ".clause .anchor", scripts: ["data-beside", "data-cite"] },
    { selector: "a.term", isHeld: true, scripts: ["data-beside", "data-terms"] }
  ];
  function fetchPart(part) {
    return part.scripts.reduce(function (before, name) {
      return before.then(function () { return zhinan.script(addresses.getAttribute(name)); });
    }, Promise.resolve());
  }
  // What was done while the scripts of a part were coming is done once more for them: the last click, arrow or typed text.
  function repeat(event) {
    var target = event.target;
    if (document.activeElement === target && isComposing) target.dispatchEvent(new Event("compositionstart"));
    else if (document.activeElement === target && target.value) target.dispatchEvent(new Event("input"));
    else if (event.type === "click") target.click();
    else if (event.type === "keydown") target.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, altKey: event.altKey }));
  }
  function turned(event) {
    var target = event.target;
    if (!target.closest || event.ctrlKey || event.metaKey || event.shiftKey) return;
    var isKey = event.type === "keydown";
    if (isKey && event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    parts.forEach(function (part) {
      if (part.isThere || !target.closest(part.selector) || !addresses.hasAttribute(part.scripts[0])) return;
      if (event.type !== "click" && !part.isField) return;
      if (part.isHeld || isKey) event.preventDefault();
      var isFirst = !part.last;
      part.last = event;
      if (!isFirst) return;
      fetchPart(part).then(function () {
        part.isThere = true;
        repeat(part.last);
      }, function () {
        part.last = null;
        if (part.isHeld) location.hash = target.closest(part.selector).hash;
      });
    });
  }
  // An input method may have begun a word before the script of the box has come.
  var isComposing = false;
  document.addEventListener("compositionstart", function () { isComposing = true; });
  document.addEventListener("compositionend", function () { isComposing = false; });
  // The results page brings the box by itself.
  if (document.querySelector("script[src*='search-box.']")) parts.shift();
  ["focusin", "click", "keydown"].forEach(function (name) { document.addEventListener(name, turned); });
}());
