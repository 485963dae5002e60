// The page for no connection: lists the pages that this device has kept, and goes on when the connection is back.
(function () {
  'use strict';
  var place = document.querySelector('[data-kept]');
  var script = document.querySelector('script[data-worker]');
  if (!place || !script || !window.caches || !window.Promise) { return; }
  var root = script.getAttribute('data-worker').replace(/[^/]*$/, '');
  var link = document.createElement('a');
  link.href = root || './';
  var scope = link.href;

  function plain(html) {
    var names = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
    return html.replace(/&(#x?)?([0-9a-z]+);/gi, function (whole, number, name) {
      if (!number) { return names[name] || whole; }
      return String.fromCodePoint(parseInt(name, number === '#' ? 10 : 16));
    });
  }
  function entryOf(cache, request) {
    return cache.match(request).then(function (answer) { return answer.text(); }).then(function (html) {
      var heading = /<h1[^>]*>([^]*?)<\/h1>/.exec(html);
      var text = heading ? plain(heading[1].replace(/<[^>]*>/g, '')).trim() : '';
      return { address: request.url, text: text || request.url };
    });
  }
  function isPage(address) {
    var path = address.slice(scope.length);
    return address.indexOf(scope) === 0 && path !== 'offline.html' && (path === '' || /(\/|\.html)$/.test(path));
  }
  function entriesOf(name) {
    return caches.open(name).then(function (cache) {
      return cache.keys().then(function (requests) {
        var pages = requests.filter(function (request) { return isPage(request.url); });
        return Promise.all(pages.map(function (request) { return entryOf(cache, request); }));
      });
    });
  }
  function draw(lists) {
    var seen = {};
    var all = [].concat.apply([], lists).filter(function (entry) {
      var isNew = !seen[entry.address];
      seen[entry.address] = true;
      return isNew;
    });
    all.sort(function (a, b) { return a.address < b.address ? -1 : 1; });
    if (!all.length) { return; }
    var list = place.querySelector('ul');
    list.textContent = '';
    all.forEach(function (entry) {
      var way = document.createElement('a');
      way.href = entry.address;
      way.textContent = entry.text;
      list.appendChild(document.createElement('li')).appendChild(way);
    });
    place.querySelector('[data-kept-text]').textContent = '这台设备上存有下面 ' + all.length + ' 个页面，没有连接也能打开：';
  }
  caches.keys().then(function (names) {
    var prefix = 'zhinan ' + scope.replace(/^[a-z]+:\/\/[^/]*/, '') + ' ';
    return Promise.all(names.filter(function (name) { return name.indexOf(prefix) === 0; }).map(entriesOf));
  }).then(draw).catch(function () { /* The page reads without. */ });

  // Nobody fills in anything here.
  window.addEventListener('online', function () { location.reload(); });
}());
