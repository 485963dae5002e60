// Has the browser keep the portal for reading without a connection (service-worker.js), and says when there is no connection,
// or a newer version of the portal than the page shows. Browsers allow it on https and on this machine alone; elsewhere nothing happens.
//
// Nothing is reloaded without being asked: somebody may be filling in a form. A page that came after the new version had
// been published is not behind it; there the new version takes over in silence.
(function () {
  'use strict';
  var script = document.querySelector('script[data-worker]');
  var zhinan = window.zhinan;
  if (!script || !zhinan || !zhinan.register || !window.isSecureContext || !navigator.serviceWorker) { return; }
  if (location.protocol !== 'https:' && location.protocol !== 'http:') { return; }
  // A version that is found within so many milliseconds was looked for when this page was opened.
  var FRESH_MS = 5000;
  var workers = navigator.serviceWorker;
  var line = null;

  /* The line */

  // Stands in the page before it says anything, so that it is read out then.
  var status = document.createElement('div');
  status.className = 'update-line';
  status.setAttribute('role', 'status');
  document.body.appendChild(status);

  function button(text, look, action) {
    var element = document.createElement('button');
    element.type = 'button';
    element.className = look;
    element.textContent = text;
    element.addEventListener('click', action);
    line.appendChild(element);
  }
  function close() {
    status.textContent = '';
    line = null;
    document.documentElement.className = document.documentElement.className.replace(' has-update-line', '');
  }
  function say(text) {
    if (line) { close(); }
    line = document.createElement('p');
    line.appendChild(document.createTextNode(text));
    status.appendChild(line);
    // What has the focus is not hidden behind the line.
    document.documentElement.className += ' has-update-line';
  }
  function show(registration) {
    say('网站内容已更新：');
    button('刷新', 'button button-primary', function () { refresh(registration); });
    button('以后再说', 'button-quiet', close);
  }
  // Dates may have changed since a page was kept.
  function tellOfConnection() {
    // The page for no connection says it by itself.
    var isSaid = /(^| )page-offline( |$)/.test(document.body.className);
    if (navigator.onLine === false && workers.controller && !isSaid) {
      say('现在没有连接，看到的是这台设备上存有的内容，可能不是最新的。');
      button('知道了', 'button-quiet', close);
    } else if (line && !line.querySelector('.button-primary')) { close(); }
  }
  function refresh(registration) {
    if (!registration.waiting) { location.reload(); return; }
    workers.addEventListener('controllerchange', function () { location.reload(); });
    registration.waiting.postMessage({ kind: 'take-over' });
  }

  /* Versions */

  function follow(registration, isBehind) {
    var coming = registration.installing || registration.waiting;
    function tell() {
      if (coming.state !== 'installed' || !workers.controller) { return; }
      if (isBehind) { show(registration); } else { coming.postMessage({ kind: 'take-over-alone' }); }
    }
    if (!coming) { return; }
    coming.addEventListener('statechange', tell);
    tell();
  }
  // The first page is there before the worker is: it is kept as well, with what it has loaded.
  function keepThisPage() {
    var loaded = performance.getEntriesByType('resource').map(function (entry) { return entry.name; });
    workers.ready.then(function (registration) {
      registration.active.postMessage({ kind: 'keep', addresses: [location.href].concat(loaded) });
    });
  }
  function start() {
    // A preview that is built anew with every change (`zhinan serve`): a kept page would be a trap there.
    if (document.documentElement.hasAttribute('data-preview')) {
      workers.getRegistrations().then(function (all) { all.forEach(function (one) { one.unregister(); }); });
      return;
    }
    if (!workers.controller) { keepThisPage(); }
    window.addEventListener('online', tellOfConnection);
    window.addEventListener('offline', tellOfConnection);
    tellOfConnection();
    zhinan.register(script.getAttribute('data-worker')).then(function (registration) {
      follow(registration, false);
      registration.addEventListener('updatefound', function () { follow(registration, performance.now() > FRESH_MS); });
    }).catch(function () { /* Not kept; the portal does without. */ });
  }
  if (document.readyState === 'complete') { start(); } else { window.addEventListener('load', start); }
}());
