// Beside a clause: its address and a citation of it, ready to be copied. Without this script the mark of a clause is a plain link.
(function () {
  "use strict";
  var page = document.querySelector("[data-document]");
  if (!page || !Element.prototype.closest) return;

  function element(name, className, text) {
    var made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }
  function button(text, action) {
    var made = element("button", "button button-small", text);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  // Words --------------------------------------------------------------------------------------------------------

  function address(clause) {
    var canonical = document.querySelector('link[rel="canonical"]');
    return (canonical ? canonical.href : location.href.split("#")[0]) + "#" + clause.id;
  }
  // 发文机关《题名》（文号，日期），条款 三·1
  function source(clause) {
    var about = page.dataset;
    var known = [about.number, about.issued].filter(Boolean).join("，");
    var label = clause.querySelector(".anchor").dataset.label;
    return about.issuer + "《" + about.title + "》" + (known ? "（" + known + "）" : "") + "，条款 " + label;
  }
  function words(clause) {
    var copy = clause.querySelector(".clause-text").cloneNode(true);
    Array.prototype.forEach.call(copy.querySelectorAll(".anchor, .clause-tools, .term-note"), function (part) {
      part.parentNode.removeChild(part);
    });
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  // The clipboard ------------------------------------------------------------------------------------------------

  // On plain http and file:// there is no clipboard object; the old command works there.
  function copyByCommand(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "visually-hidden";
    document.body.appendChild(field);
    field.select();
    var isDone = document.execCommand("copy");
    document.body.removeChild(field);
    return isDone ? Promise.resolve() : Promise.reject(new Error("copy"));
  }
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).catch(function () { return copyByCommand(text); });
    }
    return copyByCommand(text);
  }

  // The tools ----------------------------------------------------------------------------------------------------

  function show(anchor, leave) {
    var clause = anchor.closest(".clause");
    var tools = element("div", "clause-tools", "");
    var said = element("span", "clause-said", "");
    said.setAttribute("role", "status");
    function copier(text) {
      return function (event) {
        var pressed = event.currentTarget;
        copy(text()).then(function () { said.textContent = "已复制"; }, function () { said.textContent = "没有复制成功，请手工选取"; })
          .then(function () { pressed.focus(); });
      };
    }
    tools.appendChild(element("p", "small", source(clause)));
    tools.appendChild(button("复制链接", copier(function () { return address(clause); })));
    tools.appendChild(button("复制引文", copier(function () {
      return "“" + words(clause) + "”——" + source(clause) + "，" + address(clause);
    })));
    tools.appendChild(button("关闭", leave));
    tools.appendChild(said);
    var heading = anchor.closest(".clause-title");
    var before = heading || anchor;
    before.parentNode.insertBefore(tools, before.nextSibling);
    return tools;
  }

  Array.prototype.forEach.call(page.querySelectorAll(".clause .anchor"), function (anchor) {
    anchor.dataset.label = anchor.getAttribute("aria-label").replace(/ 的固定链接$/, "");
    anchor.setAttribute("aria-label", anchor.dataset.label + "：链接与引文");
    anchor.setAttribute("title", "链接与引文");
  });
  window.zhinan.beside({ selector: ".clause .anchor", isFollowed: true, make: show });
}());
