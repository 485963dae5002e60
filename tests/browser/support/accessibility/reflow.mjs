// WCAG 1.4.10 (reflow at 320 px, which is 1280 px at 400 %) and 1.4.12 (text spacing): nothing scrolls sideways but tables
// and drawings in a region of their own that the keyboard reaches and that has a name; no text is cut, none lies over other.

/** Sentences about the page at its present width. */
export const reflow = (page) => page.evaluate(faults);

/** The same with the line, paragraph, letter and word spacing of WCAG 1.4.12. */
export async function textSpacing(page) {
  await page.evaluate(() => {
    const style = document.createElement("style");
    style.id = "text-spacing";
    style.textContent =
      "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }";
    document.head.appendChild(style);
  });
  const found = await page.evaluate(faults);
  await page.evaluate(() => document.getElementById("text-spacing").remove());
  return found.map((fault) => `with wider text: ${fault}`);
}

/** Runs in the page. */
function faults() {
  const found = [];
  const say = (element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 20)}`;
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth > width) {
    const beyond = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > width + 1);
    found.push(`scrolls sideways: ${beyond.slice(0, 3).map(say).join("; ")}`);
  }
  const scrolls = (style) => /auto|scroll/.test(style.overflowX);
  // Read to others only: a box of one pixel.
  const unseen = (box) => box.width <= 1.5 || box.height <= 1.5;
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest("svg, select, datalist") || element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (unseen(box) || style.visibility === "hidden") continue;
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && scrolls(style) && element.localName !== "textarea") {
      const isTable = element.matches("table") || element.querySelector("table, svg") !== null;
      const name = element.getAttribute("aria-label") ?? element.getAttribute("aria-labelledby");
      if (!isTable) found.push(`scrolls sideways by itself and is neither table nor drawing: ${say(element)}`);
      if (element.tabIndex < 0 && element.querySelector("a, button, input, [tabindex='0']") === null) found.push(`scrolls, but not by keyboard: ${say(element)}`);
      // A grid says its own name, and its cells are walked through by arrows.
      const isGrid = element.querySelector(":scope > [role=grid]") !== null;
      if (!isGrid && (!name || !element.getAttribute("role"))) found.push(`scrolls without role and name: ${say(element)}`);
    }
    const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    if (texts.length === 0) continue;
    const isCut = (way) => /hidden|clip/.test(way === "X" ? style.overflowX : style.overflowY);
    if (isCut("X") && element.scrollWidth > element.clientWidth + 1) found.push(`text cut at the side: ${say(element)}`);
    if (isCut("Y") && element.scrollHeight > element.clientHeight + 1) found.push(`text cut below: ${say(element)}`);
    if (style.display === "inline" || scrolls(style) || /auto|scroll/.test(style.overflowY)) continue;
    // Text that leaves its own box lies over what comes next; white space at the end of a line may hang.
    const hanging = parseFloat(style.fontSize) * 1.25;
    for (const node of texts) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      if (text.bottom > box.bottom + 6 || text.right > box.right + hanging) found.push(`text leaves its box: ${say(element)}`);
    }
  }
  return [...new Set(found)];
}
