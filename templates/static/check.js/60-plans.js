// Declarations kept under a name, and what is stored on this machine where the visitor asks for it. Where storing is
// refused (private windows, some file:// pages) they are kept until the page is closed, and the page says so.
(function () {
  "use strict";
  var page = window.zhinan && window.zhinan.check;
  if (!page) return;
  var find = page.find;
  var KEY = "zhinan-check";
  var MOST = 20;

  // Each {name, address, date}.
  page.plans = [];

  function stored() {
    try {
      var kept = JSON.parse(localStorage.getItem(KEY) || "null");
      return kept && typeof kept === "object" ? kept : null;
    } catch (refused) {
      return null;
    }
  }
  function isRemembered() { return find("[data-remember]").checked; }
  function note(text) { find("[data-remember-note]").textContent = text; }

  // Stores everything, or nothing where the box is not ticked.
  page.keep = function () {
    if (!isRemembered()) return true;
    try {
      localStorage.setItem(KEY, JSON.stringify({
        address: page.said ? page.address() : "#",
        plans: page.plans,
        ticks: page.ticks,
        date: page.today()
      }));
      return true;
    } catch (refused) {
      find("[data-remember]").checked = false;
      note("浏览器不允许保存（可能是无痕窗口，或从本机文件打开）；记下的方案在关闭网页前有效。");
      return false;
    }
  };
  function drop() {
    try {
      localStorage.removeItem(KEY);
    } catch (refused) {
      // Then there is nothing to remove.
    }
  }

  // A plan comes from the store as whatever somebody may have put there.
  function isPlan(plan) { return plan && typeof plan.name === "string" && typeof plan.address === "string"; }

  // Takes over what is stored; gives the address of the last declaration, "" where there is none.
  page.recall = function () {
    var kept = stored();
    if (!kept) return "";
    find("[data-remember]").checked = true;
    page.plans = (Array.isArray(kept.plans) ? kept.plans : []).filter(isPlan).slice(0, MOST);
    Object.keys(kept.ticks || {}).forEach(function (name) { page.ticks[name] = true; });
    note("上次保存于 " + page.dayInWords(String(kept.date || page.today())) + "。");
    return typeof kept.address === "string" && kept.address.indexOf("=") > 0 ? kept.address : "";
  };

  // Keeping and opening ---------------------------------------------------------------------------------------

  page.addPlan = function (name, address) {
    var base = name, number = 2;
    while (page.plans.some(function (plan) { return plan.name === name; })) {
      name = base + "（" + number + "）";
      number += 1;
    }
    if (page.plans.length >= MOST) page.plans.shift();
    page.plans.push({ name: name, address: address, date: page.today() });
    page.keep();
    page.showPlans();
    return name;
  };
  page.removePlan = function (index) {
    page.plans.splice(index, 1);
    page.keep();
    page.showPlans();
  };
  page.openPlan = function (index) {
    var plan = page.plans[index];
    if (plan) page.open(plan.address);
  };

  page.showPlans = function () {
    var list = page.empty(find("[data-plans]"));
    page.plans.forEach(function (plan, index) {
      var item = page.add(list, "li");
      page.add(item, "span", "check-plan-name", plan.name);
      page.add(item, "span", "check-hint", "　" + page.dayInWords(plan.date || page.today()) + "记下 ");
      page.addButton(item, "open-plan", "打开", plan.name).dataset.plan = String(index);
      page.addButton(item, "remove-plan", "删除", plan.name).dataset.plan = String(index);
    });
    list.hidden = !page.plans.length;
    if (page.showComparison) page.showComparison();
  };
  page.actions["open-plan"] = function (button) { page.openPlan(Number(button.dataset.plan)); };
  page.actions["remove-plan"] = function (button) { page.removePlan(Number(button.dataset.plan)); };
  page.actions.forget = function () {
    drop();
    find("[data-remember]").checked = false;
    page.plans = [];
    page.ticks = {};
    page.showTicks();
    page.showPlans();
    note("已清除，这台设备上不再保存任何填写。");
  };

  page.root.addEventListener("change", function (event) {
    if (event.target !== find("[data-remember]")) return;
    if (!event.target.checked) {
      drop();
      note("不再保存；已存的内容已删除。");
    } else if (page.keep()) {
      note("已保存在这台设备的浏览器里，以后的修改也会保存。");
    }
  });
  page.afterCheck.push(function () { page.keep(); });
}());
