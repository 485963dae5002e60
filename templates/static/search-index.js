// The index of the search: fetches the parts of it that a question needs, and answers from them. It shows nothing.
//
// `zhinan.openIndex({ wasm, fallback, directory })` gives a promise of `{ ask(asked, limit), suggest(text, limit) }`, both
// of which give promises; `asked` is `{ q, kind, province, year }` with `null` for "any". Errors are those of modules.js. What
// failed is fetched again when it is asked for again. The directory has one address for ever and names parts that never change:
// where the portal no longer has them, the directory is fetched anew.
//
// Every part of the index is packed as a zlib stream. Small files are fetched whole; of large ones the server is asked for
// a range of bytes, and where it knows no ranges and sends everything, everything is kept for the parts to come.
(function () {
  "use strict";
  var zhinan = window.zhinan = window.zhinan || {};

  // Chromium refuses thousands of requests at once.
  var MOST_AT_ONCE = 400;

  // What the module says of bytes that it cannot read. Every other word means that they are damaged.
  var reasons = { version: "stale", "unknown-file": "stale" };
  function tell(error) {
    throw error.reason ? error : zhinan.failure(reasons[error.message] || "damaged");
  }

  // Bytes --------------------------------------------------------------------------------------------------------

  // The browser may show what there is before the work goes on.
  function pause() { return new Promise(function (then) { setTimeout(then); }); }
  function unpack(bytes) {
    var unpacked = new Response(bytes).body.pipeThrough(new DecompressionStream("deflate"));
    return new Response(unpacked).arrayBuffer().then(function (content) { return new Uint8Array(content); });
  }

  // The files beside the directory file.
  function Files(folder) {
    this.folder = folder;
    // Name of a file -> promise of all its bytes, for files of which parts are wanted and the server gives no parts.
    this.kept = {};
    // Name of a file -> promise of the first range of it that was asked for: it shows what the server does.
    this.first = {};
    // Once a server has given a range, it is taken to give them all.
    this.isRanged = false;
    // Files whose bytes were wrong once: the browser's own copy of them is not asked again.
    this.isWrong = {};
  }
  Files.prototype.options = function (name, headers) {
    return { headers: headers || {}, cache: this.isWrong[name] ? "reload" : "default" };
  };
  Files.prototype.whole = function (name) {
    return zhinan.bytes(this.folder + name, this.options(name));
  };
  Files.prototype.keep = function (name, coming) {
    var kept = this.kept;
    kept[name] = coming;
    coming.catch(function () { delete kept[name]; });
    return coming;
  };
  Files.prototype.cut = function (part) {
    var coming = this.kept[part.file] || this.keep(part.file, this.whole(part.file));
    return coming.then(function (bytes) { return bytes.slice(part.from, part.to); });
  };
  Files.prototype.range = function (part) {
    var files = this;
    var header = { Range: "bytes=" + part.from + "-" + (part.to - 1) };
    // Chromium asks for ranges of one address one after another and hardly stores them; with an address of its own each
    // range comes at once and stays. Servers of files do not look at what stands after the question mark.
    var address = this.folder + part.file + "?" + part.from + "-" + part.to;
    return zhinan.answer(address, this.options(part.file, header)).then(function (answer) {
      if (answer.status !== 206) {
        files.keep(part.file, zhinan.content(answer));
        return files.cut(part);
      }
      files.isRanged = true;
      return zhinan.content(answer).then(function (bytes) {
        var place = answer.headers.get("Content-Range") || "";
        // Some servers answer with another range than the one that was asked for.
        var isIt = place.indexOf("bytes " + part.from + "-") === 0 && bytes.byteLength === part.to - part.from;
        return isIt ? bytes : files.cut(part);
      });
    });
  };
  Files.prototype.part = function (part) {
    var files = this;
    var name = part.file;
    if (part.whole) return this.whole(name);
    // A portable copy of the portal has no server that could give ranges.
    if (this.kept[name] || zhinan.portable) return this.cut(part);
    if (this.isRanged) return this.range(part);
    if (this.first[name]) return this.first[name].then(function () { return files.part(part); });
    function done() { delete files.first[name]; }
    this.first[name] = this.range(part);
    this.first[name].then(done, done);
    return this.first[name];
  };
  Files.prototype.doubt = function (name) {
    this.isWrong[name] = true;
    delete this.kept[name];
  };

  // Questions ----------------------------------------------------------------------------------------------------

  function nameOf(part) { return part.file + ":" + part.from; }

  function SearchIndex(index, files) {
    this.index = index;
    this.files = files;
    // Parts on their way.
    this.coming = {};
  }
  SearchIndex.prototype.supply = function (part) {
    var coming = this.coming;
    var files = this.files;
    var index = this.index;
    var name = nameOf(part);
    function done() { delete coming[name]; }
    function bring() {
      return files.part(part).then(unpack).then(function (bytes) { index.supply(part.file, part.from, bytes); });
    }
    if (!coming[name]) {
      coming[name] = bring().catch(function (error) {
        if (error.reason) throw error;
        // It may be the browser's own copy that is wrong.
        files.doubt(part.file);
        return bring();
      }).catch(tell);
      coming[name].then(done, done);
    }
    return coming[name];
  };
  // Asks again and again, and each time fetches what is lacking, until there is an answer. What has been given and is asked
  // for again is not what the directory says.
  SearchIndex.prototype.complete = function (question) {
    var search = this;
    var given = {};
    function give(part) {
      var name = nameOf(part);
      if (given[name]) throw zhinan.failure("damaged");
      given[name] = true;
      return search.supply(part);
    }
    function next() {
      var answer = question();
      if (answer.parts) return Promise.all(answer.parts.slice(0, MOST_AT_ONCE).map(give)).then(pause).then(next);
      return pause().then(function () { return answer; });
    }
    return pause().then(next).catch(tell);
  };
  SearchIndex.prototype.ask = function (asked, limit) {
    var index = this.index;
    function option(value) { return value === null ? undefined : value; }
    return this.complete(function () {
      return index.ask(asked.q, limit, option(asked.kind), option(asked.province), option(asked.year));
    });
  };
  SearchIndex.prototype.suggest = function (text, limit) {
    var index = this.index;
    return this.complete(function () { return index.suggest(text, limit); })
      .then(function (answer) { return answer.suggestions; });
  };

  // Opening ------------------------------------------------------------------------------------------------------

  var opened = {};
  // The browser's own copy of a directory that could not be read is not asked again.
  var isDirectoryWrong = false;
  function open(addresses) {
    if (typeof DecompressionStream !== "function") return Promise.reject(zhinan.failure("browser"));
    var end = addresses.directory.lastIndexOf("/") + 1;
    var name = addresses.directory.slice(end);
    var files = new Files(addresses.directory.slice(0, end));
    if (isDirectoryWrong) files.doubt(name);
    function attempt() {
      return Promise.all([
        zhinan.module("zhinan_search", addresses.wasm, addresses.fallback),
        files.whole(name).then(unpack)
      ]).then(function (come) { return new SearchIndex(come[0].Index.open(come[1]), files); });
    }
    return attempt().catch(function (error) {
      if (error.reason || isDirectoryWrong) throw error;
      files.doubt(name);
      return attempt();
    }).catch(function (error) {
      isDirectoryWrong = !error.reason;
      return tell(error);
    });
  }
  // Parts that are gone were named by an earlier directory, which the browser kept or which was read before the portal changed.
  function renewed(addresses, search) {
    function call(name, values) {
      return search[name].apply(search, values).catch(function (error) {
        if (error.reason !== "stale") throw error;
        isDirectoryWrong = true;
        return open(addresses).then(function (next) {
          search = next;
          return search[name].apply(search, values);
        });
      });
    }
    return {
      ask: function (asked, limit) { return call("ask", [asked, limit]); },
      suggest: function (text, limit) { return call("suggest", [text, limit]); }
    };
  }
  zhinan.openIndex = function (addresses) {
    var key = addresses.directory;
    if (!opened[key]) {
      opened[key] = open(addresses).then(function (search) { return renewed(addresses, search); });
      opened[key].catch(function () { delete opened[key]; });
    }
    return opened[key];
  };
}());
