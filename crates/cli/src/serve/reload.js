// Reloads the page when the portal was built anew; shows a message while the content has errors.
(function () {
  // Nothing of a preview is kept by the browser: see templates/static/offline.js.
  document.documentElement.setAttribute("data-preview", "");
  var source = new EventSource("/__zhinan/events");
  var notice = null;
  source.addEventListener("reload", function () {
    location.reload();
  });
  source.addEventListener("problem", function (event) {
    if (!notice) {
      notice = document.createElement("div");
      notice.className = "notice notice-warn";
      notice.setAttribute("role", "alert");
      document.body.insertBefore(notice, document.body.firstChild);
    }
    notice.textContent = event.data;
  });
})();
