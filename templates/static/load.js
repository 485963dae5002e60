// Loads scripts and browser modules when a page needs them.
//
// `zhinan.script(address)` adds a script once. `zhinan.module(global, wasm, fallback)` makes the module whose script
// defines `global` ready for use: from its WebAssembly, or, where a browser knows none or the rules of the page make it
// refuse (Chromium 86 to 96), from the same module in plain JavaScript, which is loaded only then. Both give a promise;
// an error has a sentence for the visitor as its `message` and one word as its `reason`: `browser`, `network`, `stale`.
//
// Trusted Types: only addresses that stand in a `data-*` attribute of a script of this page may be loaded.
(function () {
  "use strict";
  var zhinan = window.zhinan = window.zhinan || {};
  // Filled by the fallbacks: name of the global variable -> function of the imports.
  zhinan.fallbacks = {};

  var sentences = {
    browser: "当前浏览器（或 IE 模式）不能使用这项功能：请切换到极速模式，或换用较新的 Chrome、Edge 或 Firefox。",
    network: "所需的文件没有取到：请检查网络后刷新页面。",
    stale: "网站刚刚更新过，这一页已经不是最新的：请刷新页面。",
    file: "从本机文件打开时浏览器不允许读取所需的文件：请从网站打开。"
  };
  function failure(reason) {
    var error = new Error(sentences[reason === "network" && location.protocol === "file:" ? "file" : reason]);
    error.reason = reason;
    return error;
  }
  zhinan.failure = failure;

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
    if (listed[whole] !== true) throw new TypeError("not an address of this page: " + whole);
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
          reject(failure("network"));
        };
        document.head.appendChild(script);
      });
    }
    return scripts[whole];
  };

  // Modules ------------------------------------------------------------------------------------------------------

  // Bytes rather than a response: a server may send wasm under any type.
  zhinan.bytes = function (address) {
    if (typeof fetch !== "function") return Promise.reject(failure("browser"));
    return fetch(address).then(function (answer) {
      if (!answer.ok) throw failure(answer.status === 404 ? "stale" : "network");
      return answer.arrayBuffer();
    }, function () { throw failure("network"); });
  };

  // Whether WebAssembly may run here, found out with the smallest module there is.
  var isWasmAllowed = null;
  function askForWasm() {
    if (isWasmAllowed === null) {
      isWasmAllowed = typeof WebAssembly !== "object"
        ? Promise.resolve(false)
        : WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))
          .then(function () { return true; }, function () { return false; });
    }
    return isWasmAllowed;
  }
  function fromWasm(glue, address) {
    return zhinan.bytes(address).then(function (bytes) {
      return WebAssembly.instantiate(bytes, glue.imports());
    }).then(function (made) { return made.instance.exports; });
  }
  function fromFallback(glue, global, address) {
    if (!address) return Promise.reject(failure("browser"));
    return zhinan.script(address).then(function () { return zhinan.fallbacks[global](glue.imports()); });
  }

  var modules = {};
  zhinan.module = function (global, wasm, fallback) {
    var glue = window[global];
    if (!glue) return Promise.reject(failure("network"));
    if (!modules[global]) {
      modules[global] = askForWasm().then(function (isAllowed) {
        if (!isAllowed) return fromFallback(glue, global, fallback);
        return fromWasm(glue, wasm).catch(function (error) {
          // What did not come has a reason; what came and cannot be run has none.
          if (error.reason) throw error;
          return fromFallback(glue, global, fallback);
        });
      }).then(function (exports) {
        glue.connect(exports);
        return glue;
      });
      modules[global].catch(function () { delete modules[global]; });
    }
    return modules[global];
  };
}());
