// What a page says to those who do not see it: language, headings, landmarks, tables, pictures. Script and style set aside.

/** Gives a sentence for each fault of the page as it stands. */
export const structure = (page) => page.evaluate(faults);

/** Runs in the page. */
function faults() {
  const found = [];
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  // What is folded away is not there, nor in the way.
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const named = (ids) => (ids ?? "").split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
  const nameOf = (element) => (element.getAttribute("aria-label") ?? named(element.getAttribute("aria-labelledby"))).trim();
  const start = (element) => `<${element.localName} ${[...element.attributes].slice(0, 3).map((one) => `${one.name}="${one.value}"`).join(" ")}>`;

  if (document.documentElement.lang !== "zh-CN") found.push(`language ${document.documentElement.lang}`);
  if (document.title.trim() === "") found.push("no title");

  // Headings go down one step at a time and begin with the only h1.
  let before = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6, [role=heading]").filter(shown)) {
    const level = Number(heading.getAttribute("aria-level") ?? heading.localName[1]);
    if (level > before + 1) found.push(`heading ${level} after ${before}: ${heading.textContent.trim().slice(0, 20)}`);
    if (heading.textContent.trim() === "") found.push(`empty heading ${start(heading)}`);
    before = level;
  }
  const titles = all("h1").filter(shown).length;
  if (titles !== 1) found.push(`${titles} h1`);

  // Landmarks: what a header or footer is depends on what it stands in.
  const ofPage = (element) => !element.parentElement.closest("main, article, section, aside, nav");
  for (const [role, landmarks] of [
    ["banner", all("header, [role=banner]").filter(ofPage)],
    ["main", all("main, [role=main]")],
    ["contentinfo", all("footer, [role=contentinfo]").filter(ofPage)],
  ]) {
    if (landmarks.filter(shown).length !== 1) found.push(`${landmarks.length} of ${role}`);
  }
  for (const [role, selector] of [["navigation", "nav, [role=navigation]"], ["search", "search, [role=search]"], ["region", "[role=region], section[aria-label], section[aria-labelledby]"]]) {
    const landmarks = all(selector).filter(shown);
    const names = landmarks.map(nameOf);
    landmarks.forEach((landmark, index) => {
      // A search may go without a name where it is the only one.
      if (names[index] === "" && (role !== "search" || landmarks.length > 1)) found.push(`${role} without a name: ${start(landmark)}`);
      if (names.indexOf(names[index]) !== index) found.push(`${role} “${names[index]}” stands twice`);
    });
  }
  for (const element of all("body *").filter((one) => one.children.length === 0 && one.textContent.trim() !== "" && shown(one))) {
    if (!element.closest("header, nav, main, footer, .skip-link, [role=dialog], noscript, script, style")) found.push(`outside of every landmark: ${start(element)}`);
  }

  for (const table of all("table, [role=grid]").filter(shown)) {
    if (["presentation", "none"].includes(table.getAttribute("role"))) continue;
    if ((table.caption?.textContent ?? "").trim() === "" && nameOf(table) === "") found.push(`table without a caption: ${start(table)}`);
    const heads = all("th", table);
    if (heads.length === 0) found.push(`table without header cells: ${start(table)}`);
    for (const head of heads) {
      if (!["col", "row", "colgroup", "rowgroup"].includes(head.scope)) found.push(`header cell without a scope: ${head.textContent.trim().slice(0, 20)}`);
    }
  }

  for (const drawing of all("svg")) {
    const isHidden = drawing.closest("[aria-hidden=true]") !== null;
    const text = nameOf(drawing) || drawing.querySelector(":scope > title")?.textContent.trim();
    if (!isHidden && (drawing.getAttribute("role") !== "img" || !text)) found.push(`drawing without a text: ${start(drawing)}`);
  }
  for (const image of all("img")) if (!image.hasAttribute("alt")) found.push(`image without a text: ${start(image)}`);

  const ids = all("[id]").map((element) => element.id);
  for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index))) found.push(`id ${id} stands twice`);
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
    for (const element of all(`[${attribute}]`).filter(shown)) {
      for (const id of element.getAttribute(attribute).split(/\s+/)) {
        if (!document.getElementById(id)) found.push(`${attribute} of ${start(element)} leads to no ${id}`);
      }
    }
  }
  for (const element of all("[tabindex]")) if (element.tabIndex > 0) found.push(`a place of its own in the Tab order: ${start(element)}`);
  return found;
}
