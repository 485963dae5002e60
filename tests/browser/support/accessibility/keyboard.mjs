// The keyboard alone: Tab goes through the whole page and out of it again, in the order of the text, and each stop is seen:
// inside the window, not covered, with an outline that stands out from what is around it.

import { bringContrast } from "./contrast.mjs";

/** A sentence for each fault on the way through the page; `stops` of them were looked at. */
export async function keyboard(page) {
  await bringContrast(page);
  const presses = await page.evaluate(begin);
  for (let count = 0; count < presses; count += 1) await page.keyboard.press("Tab");
  return page.evaluate(() => window.keyboardWalk.end());
}

/**
 * Runs in the page: lists what Tab should reach and looks at each stop when the next Tab is pressed, so that only the keys
 * themselves go between the test and the browser.
 */
function begin() {
  const selector = "a[href], area[href], button, input, select, textarea, summary, [tabindex]";
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
  // Year, month, day and the list of a field for a day are stops of their own.
  const partsOf = (element) => (element.type === "date" ? 4 : 1);
  // Of a group of radio buttons Tab reaches the chosen one, or the first.
  const isOfItsGroup = (element) => {
    if (element.type !== "radio") return true;
    const group = [...document.querySelectorAll("input[type=radio]")].filter((one) => one.name === element.name && one.form === element.form);
    return (group.find((one) => one.checked) ?? group.find(isShown)) === element;
  };
  const list = () => [...document.querySelectorAll(selector)].filter((element) => element.tabIndex >= 0 && !element.disabled && isShown(element) && isOfItsGroup(element));
  const found = [];
  const seen = new Set();
  let last = null;
  let hasLeft = false;
  const say = (element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${(element.textContent.trim() || element.id).slice(0, 16)}`;

  const { contrast, groundOf } = window.contrastTools;
  /** The outline of a stop: its own, or that of what stands for it. */
  const isOutlined = (element) =>
    [element, element.nextElementSibling].filter(Boolean).some((one) => {
      const style = getComputedStyle(one);
      const isDrawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      return isDrawn && (style.outlineStyle === "auto" || contrast(style.outlineColor, groundOf(one.parentElement)) >= 3);
    });
  const isUncovered = (element) => {
    const points = [...element.getClientRects()].flatMap((box) => {
      // Of a large one the part within the window counts.
      const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
      const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
      return [[0.5, 0.5], [0.1, 0.3], [0.9, 0.7]].map(([x, y]) => [left + (right - left) * x, top + (bottom - top) * y]);
    });
    return points.some(([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return hit && (element.contains(hit) || hit.contains(element));
    });
  };

  const look = () => {
    const element = document.activeElement;
    if (!element || element === document.body || hasLeft) {
      hasLeft = hasLeft || last !== null;
      return;
    }
    if (seen.has(element)) {
      if (element === last && partsOf(element) > 1) return;
      // The browser of a test has no bar of addresses: behind the last stop comes the first.
      if (element === [...seen][0]) hasLeft = true;
      else found.push(`comes twice: ${say(element)}`);
      return;
    }
    seen.add(element);
    if (last && !(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) found.push(`out of order: ${say(element)} after ${say(last)}`);
    last = element;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) found.push(`cannot be seen: ${say(element)}`);
    const fits = box.height <= innerHeight && box.width <= innerWidth;
    const isInside = fits ? box.top >= -1 && box.bottom <= innerHeight + 1 && box.left >= -1 && box.right <= innerWidth + 1 : box.top < innerHeight && box.bottom > 0;
    if (!isInside) found.push(`outside of the window: ${say(element)} at ${Math.round(box.left)}, ${Math.round(box.top)}`);
    else if (!isUncovered(element)) found.push(`covered: ${say(element)}`);
    if (!isOutlined(element)) found.push(`no outline: ${say(element)}`);
  };
  const watch = (event) => {
    if (event.key === "Tab") look();
  };
  document.addEventListener("keydown", watch, true);

  // What is drawn in another order than it is written makes the keyboard jump about.
  for (const element of document.querySelectorAll("body *")) {
    const style = getComputedStyle(element);
    if ((style.order !== "0" || /reverse/.test(style.flexDirection)) && isShown(element) && (element.matches(selector) || element.querySelector(selector))) found.push(`drawn in another order: ${say(element)}`);
  }
  window.scrollTo(0, 0);
  document.activeElement?.blur();
  getSelection().removeAllRanges();
  // Tab starts at the top, wherever the page has put its starting point before.
  const first = document.createElement("span");
  first.tabIndex = -1;
  document.body.prepend(first);
  first.focus();
  first.remove();
  const wanted = list();
  window.keyboardWalk = {
    end() {
      document.removeEventListener("keydown", watch, true);
      look();
      for (const element of wanted) if (!seen.has(element) && isShown(element)) found.push(`never reached: ${say(element)}`);
      return { stops: seen.size, found };
    },
  };
  return wanted.reduce((sum, element) => sum + partsOf(element), 2);
}
