// A portable copy of the portal, opened from a folder: browsers fetch nothing there, so that files come as scripts of the
// same name with `.js` behind it, each of which calls `zhinanPacked(name, base64)`. Only a portable copy loads this script,
// and only here it differs: `zhinan.portable` is asked by load.js for links and scripts, and by modules.js for bytes.
(function () {
  'use strict';
  var zhinan = window.zhinan = window.zhinan || {};
  if (!document.currentScript) { return; }
  var own = document.currentScript.src;
  var folder = own.slice(0, own.lastIndexOf('/') + 1);
  var given = {};
  var files = {};
  window.zhinanPacked = function (name, text) { given[name] = text; };

  function decode(text) {
    var letters = atob(text);
    var bytes = new Uint8Array(letters.length);
    for (var at = 0; at < letters.length; at += 1) { bytes[at] = letters.charCodeAt(at); }
    return bytes.buffer;
  }
  zhinan.portable = {
    // The page of a folder.
    page: function (address) {
      var parts = /^([^?#]*\/)([?#].*)?$/.exec(address);
      return parts ? parts[1] + 'index.html' + (parts[2] || '') : address;
    },
    // A promise of the bytes of a file.
    file: function (address) {
      var name = address.slice(address.lastIndexOf('/') + 1);
      if (!files[name]) {
        files[name] = zhinan.script(folder + name + '.js').then(function () {
          var bytes = decode(given[name]);
          delete given[name];
          return bytes;
        });
        files[name].catch(function () { delete files[name]; });
      }
      return files[name];
    },
    // Whether a whole address is that of such a script.
    holds: function (whole) {
      return whole.indexOf(folder) === 0 && /^[\w-]+(\.[0-9a-f]+)?\.(bin|wasm)\.js$/.test(whole.slice(folder.length));
    }
  };
}());
