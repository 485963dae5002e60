// Loads scripts when a page needs them: `zhinan.script(address)` adds one, once, and gives a promise. An error has the word
// `network` as its `reason`, and where modules.js is there a sentence for the visitor as its `message`.
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
}());
