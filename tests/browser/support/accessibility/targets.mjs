// WCAG 2.5.8: what can be pressed is at least 24 by 24 px, or stands so far from other targets that a circle of 24 px about
// it meets none, or is a link within a sentence. Main controls (buttons, fields, the menu, heads of folds) are 44 px high.

/** A sentence for each target that is too small. */
export const targets = (page) => page.evaluate(faults);

/** Runs in the page. */
function faults() {
  const least = 24;
  const main = ".button, .button-quiet, .site-nav a, .brand, .fold > summary, select, textarea, [role=option], input:not([type=checkbox]):not([type=radio])";
  const pressed = "a[href], button, input, select, textarea, summary, [role=option], [role=tab], [tabindex='0']:not([role=region])";
  const say = (element, box) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${(element.textContent.trim() || element.id).slice(0, 16)}: ${Math.round(box.width)} × ${Math.round(box.height)}`;

  /** A box with a label around it is as large as both. */
  const boxOf = (element) => {
    const own = element.getBoundingClientRect();
    const label = element.localName === "input" && element.closest("label");
    return label ? label.getBoundingClientRect() : own;
  };
  const all = [...document.querySelectorAll(pressed)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled)
    .filter((element) => !element.matches(".skip-link"))
    .map((element) => ({ element, box: boxOf(element) }));

  /** Its height is that of the line of text it stands in. */
  const isInSentence = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement.closest("a, button") && /[\p{L}\p{N}]/u.test(node.data)) return true;
    }
    return false;
  };
  const centre = ({ box }) => ({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
  const isSmall = ({ box }) => box.width < least - 0.01 || box.height < least - 0.01;
  /** A circle about the small one meets no other target, nor the circle of another small one. */
  const isFree = (one) => {
    const { x, y } = centre(one);
    return all.every((other) => {
      if (other === one || other.element.contains(one.element) || one.element.contains(other.element)) return true;
      if (isSmall(other)) return Math.hypot(centre(other).x - x, centre(other).y - y) >= least;
      const dx = Math.max(other.box.left - x, 0, x - other.box.right);
      const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
      return Math.hypot(dx, dy) >= least / 2;
    });
  };
  const found = [];
  for (const one of all) {
    if (one.element.matches(main) && one.box.height < 43.99) found.push(`main control below 44 px: ${say(one.element, one.box)}`);
    else if (isSmall(one) && !isInSentence(one.element) && !isFree(one)) found.push(`target below 24 px: ${say(one.element, one.box)}`);
  }
  return [...new Set(found)];
}
