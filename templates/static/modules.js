// Fetches files and browser modules. `zhinan.bytes(address)` is what a file holds; `zhinan.module(global, wasm, fallback)` makes
// the module whose script defines `global` ready for use: from its WebAssembly, or, where a browser knows none or the rules of
// the page make it refuse (Chromium 86 to 96), from the same module in plain JavaScript, which is loaded only then. All give
// promises; an error has a sentence for the visitor as its `message` and one word as its `reason`: see `sentences`.
(function () {
  "use strict";
  var zhinan = window.zhinan = window.zhinan || {};

  var sentences = {
    browser: "当前浏览器（或 IE 模式）不能使用这项功能：请切换到极速模式，或换用较新的 Chrome、Edge 或 Firefox。",
    network: "所需的文件没有取到：请检查网络后重试，或刷新页面。",
    damaged: "取到的文件不完整：请重试；仍然不行时请告诉维护者。",
    stale: "网站刚刚更新过，这一页已经不是最新的：请刷新页面。",
    copy: "文件夹里缺少所需的文件：请重新复制整个文件夹（压缩包请先解压）。",
    file: "从本机文件打开时浏览器不允许读取所需的文件：请从网站打开。"
  };
  function failure(reason) {
    var isFolder = reason === "network" && location.protocol === "file:";
    var error = new Error(sentences[!isFolder ? reason : zhinan.portable ? "copy" : "file"]);
    error.reason = reason;
    return error;
  }
  zhinan.failure = failure;

  // Filled by the fallbacks: name of the global variable -> function of the imports.
  zhinan.fallbacks = {};

  function unreachable() { throw failure("network"); }
  // The answer of the server to a request for a file that is there; `options` are those of `fetch`.
  zhinan.answer = function (address, options) {
    if (typeof fetch !== "function") return Promise.reject(failure("browser"));
    return fetch(address, options).then(function (answer) {
      if (!answer.ok) throw failure(answer.status === 404 ? "stale" : answer.status === 416 ? "damaged" : "network");
      return answer;
    }, unreachable);
  };
  // Bytes rather than a response: a server may send wasm under any type.
  zhinan.content = function (answer) { return answer.arrayBuffer().catch(unreachable); };
  zhinan.bytes = function (address, options) {
    if (zhinan.portable) return zhinan.portable.file(address);
    return zhinan.answer(address, options).then(zhinan.content);
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
