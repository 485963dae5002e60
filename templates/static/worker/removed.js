// The service worker of a portal that is not to be kept (`offline: false` in portal.yaml): it stands at the address of the
// one that keeps, so that every visitor's browser gets it, removes everything that was kept, and then itself.
(function () {
  'use strict';
  const PREFIX = 'zhinan ' + new URL(self.registration.scope).pathname + ' ';
  async function remove() {
    const names = await caches.keys();
    const ours = names.filter(function (name) { return name.startsWith(PREFIX); });
    await Promise.all(ours.map(function (name) { return caches.delete(name); }));
    await self.registration.unregister();
  }
  self.addEventListener('install', function () { self.skipWaiting(); });
  self.addEventListener('activate', function (event) { event.waitUntil(remove()); });
}());
