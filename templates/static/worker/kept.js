// The service worker: keeps what a visitor read, so that it can be read again without a connection. Before this text stands
// `PORTAL`, with the version (a hash of all content) and the address of the list of what is kept at once.
//
// Pages come from the network as long as it answers; what is shown is never older than it must be. So does the directory of the
// search index, which names the parts of today. Files with a hash in their name never change, and come from what is kept. Two
// caches for each version: `shell`, filled when the version is installed, and `read`, filled by reading and bounded. Those of
// other versions go when a version takes over.
(function () {
  'use strict';
  const MOST_PAGES = 200;
  const MOST_FILES = 600;
  // Of the pages read under another version so many are fetched anew.
  const MOST_CARRIED = 40;
  const AT_ONCE = 6;

  const scope = new URL(self.registration.scope);
  // Several portals may share an origin.
  const PREFIX = 'zhinan ' + scope.pathname + ' ';
  const SHELL = PREFIX + 'shell ' + PORTAL.version;
  const READ = PREFIX + 'read ' + PORTAL.version;

  function addressOf(path) { return new URL(path, scope).href; }
  // Path below the scope; null for what is none of ours.
  function pathOf(address) {
    const url = new URL(address);
    const isOurs = url.origin === scope.origin && url.pathname.startsWith(scope.pathname);
    return isOurs ? url.pathname.slice(scope.pathname.length) : null;
  }
  function isAsset(path) { return /^assets\/.*\.[0-9a-f]{10}(\.[^/]*)?$/.test(path); }
  function isDirectory(path) { return path === 'assets/search-directory.bin'; }
  function isPage(path) { return path === '' || path.endsWith('/') || path.endsWith('.html'); }
  function without(address) { return address.split(/[?#]/)[0]; }
  function isGood(answer) { return answer.status === 200 && answer.type === 'basic' && !answer.redirected; }

  // Scripts, styles, modules and conditions have the beginning of their SHA-256 in their name: what a disk has damaged is fetched
  // again. Files of the index are held to checksums of their own by those who read them.
  async function isSound(address, answer) {
    const named = /\.([0-9a-f]{10})\.(js|css|wasm|bin)$/.exec(address);
    if (!named || /\/search-[a-z]+\.[0-9a-f]+\.bin$/.test(address)) return true;
    const digest = await crypto.subtle.digest('SHA-256', await answer.clone().arrayBuffer());
    const hex = Array.from(new Uint8Array(digest), function (byte) { return ('0' + byte.toString(16)).slice(-2); }).join('');
    return hex.startsWith(named[1]);
  }
  async function kept(address) {
    for (const name of [READ, SHELL]) {
      const found = await caches.match(address, { cacheName: name, ignoreVary: true });
      if (found && await isSound(address, found)) return found;
    }
    return undefined;
  }

  /* Installing */

  async function inTurn(items, work) {
    const rest = items.slice();
    async function next() {
      while (rest.length) await work(rest.shift());
    }
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  }
  // Files never change; a page has to be that of this version, whatever the browser's own cache says.
  async function fetched(path) {
    const answer = await fetch(addressOf(path), { cache: isAsset(path) ? 'default' : 'no-cache' });
    if (!isGood(answer)) throw new Error(path + ': ' + answer.status);
    return answer;
  }
  // The page for no connection is shown in place of pages of any depth: its addresses lead to the root from everywhere.
  async function forAnyDepth(answer) {
    const html = await answer.text();
    return new Response(html.split('="./').join('="' + scope.pathname), { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  }
  async function othersOfThisPortal() {
    const names = await caches.keys();
    return names.filter(function (name) { return name.startsWith(PREFIX) && name !== SHELL && name !== READ; });
  }
  async function install() {
    const list = await (await fetched(PORTAL.list)).json();
    const shell = await caches.open(SHELL);
    await inTurn([list.page].concat(list.pages, list.loaded), async function (path) {
      const same = isAsset(path) ? await caches.match(addressOf(path)) : undefined;
      const answer = same || await fetched(path);
      await shell.put(addressOf(path), path === list.page ? await forAnyDepth(answer) : answer);
    });
    for (const name of await othersOfThisPortal()) {
      if (name.startsWith(PREFIX + 'read ')) await carry(await caches.open(name), list.assets);
    }
  }
  // What was read under another version stays readable under this one: files that are the same are copied, pages and
  // files of another content are fetched. It is an extra: what does not come is left out.
  async function carry(before, assets) {
    const read = await caches.open(READ);
    const here = new Set(assets);
    const nameOf = function (path) { return path.replace(/\.[0-9a-f]{10}(?=\.[^/]*$)/, ''); };
    const latest = new Map();
    for (const path of assets) latest.set(nameOf(path), latest.has(nameOf(path)) ? null : path);
    const requests = await before.keys();
    const pages = requests.filter(function (request) { return isPage(pathOf(request.url)); }).slice(-MOST_CARRIED);
    const files = requests.filter(function (request) { return isAsset(pathOf(request.url)) || isDirectory(pathOf(request.url)); });
    await inTurn(files.concat(pages), async function (request) {
      const path = pathOf(request.url);
      const next = latest.get(nameOf(path));
      try {
        if (isAsset(path) && here.has(path)) await read.put(request.url, await before.match(request));
        else if (isPage(path) || isDirectory(path)) await read.put(request.url, await fetched(path));
        else if (next) await read.put(addressOf(next), await fetched(next));
      } catch (error) { /* Left out. */ }
    });
  }
  async function activate() {
    const names = await othersOfThisPortal();
    await Promise.all(names.map(function (name) { return caches.delete(name); }));
    await self.clients.claim();
  }

  /* Keeping */

  async function keep(address, answer) {
    try {
      const read = await caches.open(READ);
      // What is put anew is the youngest.
      await read.delete(address, { ignoreVary: true });
      await read.put(address, answer);
      const requests = await read.keys();
      for (const [isOne, most] of [[isPage, MOST_PAGES], [isAsset, MOST_FILES]]) {
        const all = requests.filter(function (request) { return isOne(pathOf(request.url)); });
        for (const request of all.slice(0, Math.max(0, all.length - most))) await read.delete(request);
      }
    } catch (error) { /* No room, or cut off on the way: it is not kept. */ }
  }
  // A range of bytes is kept as a whole answer of its own address, and only if it is what was asked for.
  async function keepRange(request, answer) {
    const asked = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('Range'));
    const place = answer.headers.get('Content-Range') || '';
    if (!asked || !new URL(request.url).search || !place.startsWith('bytes ' + asked[1] + '-' + asked[2] + '/')) return;
    try {
      const bytes = await answer.arrayBuffer();
      if (bytes.byteLength !== asked[2] - asked[1] + 1) return;
      await keep(request.url, new Response(bytes, { headers: { 'Content-Range': place } }));
    } catch (error) { /* Cut off on the way. */ }
  }

  /* Answering */

  // What the network answers, nothing without a connection; a good answer that is wanted is kept.
  async function asked(event, address, isWanted) {
    let answer;
    try {
      answer = await fetch(event.request);
    } catch (error) { /* No connection. */ }
    if (answer && isGood(answer) && isWanted(answer)) event.waitUntil(keep(address, answer.clone()));
    return answer;
  }
  function isHtml(answer) { return (answer.headers.get('Content-Type') || '').startsWith('text/html'); }
  async function answerPage(event) {
    const address = without(event.request.url);
    const answer = await asked(event, address, isHtml);
    if (answer && answer.status < 500) return answer;
    const own = await kept(address);
    if (own || answer) return own || answer;
    // A server would have led to the folder.
    if (!address.endsWith('/') && await kept(address + '/')) return Response.redirect(address + '/');
    const page = await kept(addressOf('offline.html'));
    return page ? new Response(page.body, { status: 503, headers: page.headers }) : Response.error();
  }
  async function answerDirectory(event) {
    const address = without(event.request.url);
    const answer = await asked(event, address, function () { return true; });
    if (answer && answer.status < 500) return answer;
    return await kept(address) || answer || Response.error();
  }
  // `reload` is asked for where the bytes that are kept turned out to be wrong.
  async function answerFile(event) {
    const request = event.request;
    const address = without(request.url);
    const found = request.cache === 'reload' ? undefined : await kept(address);
    if (found) return found;
    const answer = await fetch(request);
    if (isGood(answer)) event.waitUntil(keep(address, answer.clone()));
    return answer;
  }
  // Whoever asks for a range takes the whole file as well.
  async function answerRange(event) {
    const request = event.request;
    const isDoubted = request.cache === 'reload';
    const whole = isDoubted ? undefined : await kept(without(request.url));
    if (whole) return whole;
    const part = isDoubted ? undefined : await kept(request.url);
    if (part) return new Response(part.body, { status: 206, headers: part.headers });
    const answer = await fetch(request);
    if (answer.status === 206) event.waitUntil(keepRange(request, answer.clone()));
    else if (isGood(answer)) event.waitUntil(keep(without(request.url), answer.clone()));
    return answer;
  }

  /* What pages say: take over now; take over if no other page is open; keep what was loaded before you were there. */

  async function takeOverAlone() {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (pages.length <= 1) await self.skipWaiting();
  }
  async function keepLoaded(addresses) {
    await inTurn(addresses, async function (address) {
      const path = pathOf(address);
      if (path === null || !(isPage(path) || isAsset(path) || isDirectory(path)) || await kept(without(address))) return;
      try {
        await keep(without(address), await fetched(path));
      } catch (error) { /* Left out. */ }
    });
  }

  self.addEventListener('install', function (event) { event.waitUntil(install()); });
  self.addEventListener('activate', function (event) { event.waitUntil(activate()); });
  self.addEventListener('message', function (event) {
    if (event.data.kind === 'take-over') event.waitUntil(self.skipWaiting());
    if (event.data.kind === 'take-over-alone') event.waitUntil(takeOverAlone());
    if (event.data.kind === 'keep') event.waitUntil(keepLoaded(event.data.addresses));
  });
  self.addEventListener('fetch', function (event) {
    const request = event.request;
    const path = pathOf(request.url);
    if (request.method !== 'GET' || path === null) return;
    if (isAsset(path)) {
      event.respondWith(request.headers.has('Range') ? answerRange(event) : answerFile(event));
    } else if (isDirectory(path)) {
      event.respondWith(answerDirectory(event));
    } else if (request.mode === 'navigate' && !/\.(?!html$)[^./]*$/.test(path)) {
      event.respondWith(answerPage(event));
    }
  });
}());
