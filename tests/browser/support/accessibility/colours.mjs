// Forced colours (high contrast of Windows): everything that is told by a surface keeps an edge, drawings keep their lines,
// and the words of buttons, badges and verdicts stay. And reduced motion: nothing moves by itself for longer than a blink.

import { bringContrast } from "./contrast.mjs";

/** Sentences about the page in forced colours, on a light and on a dark ground. */
export async function forcedColours(page) {
  await bringContrast(page);
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    found.push(...(await page.evaluate(faults)).map((fault) => `${colorScheme} ground: ${fault}`));
  }
  await page.emulateMedia({ forcedColors: "none", colorScheme: "light" });
  return found;
}

/** Sentences about what would still move where somebody has asked for less motion. */
export const motion = (page) =>
  page.evaluate(() => {
    const longest = 0.1;
    const found = [];
    const seconds = (list) => Math.max(...list.split(",").map((one) => parseFloat(one) * (/ms/.test(one) ? 0.001 : 1)));
    for (const element of document.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      if (seconds(style.transitionDuration) > longest || (style.animationName !== "none" && seconds(style.animationDuration) > longest)) {
        found.push(`moves: <${element.localName} class="${element.className}">`);
      }
      if (style.scrollBehavior === "smooth") found.push(`scrolls smoothly: <${element.localName}>`);
    }
    return found;
  });

/** Runs in the page. */
function faults() {
  const { numbers, contrast } = window.contrastTools;
  const found = [];
  const isClear = (colour) => colour === "none" || colour === "transparent" || numbers(colour)[3] === 0;
  const probe = document.createElement("p");
  probe.style.backgroundColor = "Canvas";
  document.body.appendChild(probe);
  const ground = getComputedStyle(probe).backgroundColor;
  probe.remove();

  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const say = (element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 16)}`;
  const hasEdge = (element) => {
    const style = getComputedStyle(element);
    return ["Top", "Right", "Bottom", "Left"].some(
      (side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1 && contrast(style[`border${side}Color`], ground) >= 3,
    );
  };
  const edged = ".button, .badge, .card, .notice, .check-verdict, .check-errors, input:not([type=checkbox]):not([type=radio]):not([type=file]), select, textarea, [aria-pressed=true]";
  for (const element of [...document.querySelectorAll(edged)].filter(shown)) {
    if (element.closest(".segments")) continue;
    if (!hasEdge(element)) found.push(`no edge: ${say(element)}`);
  }
  for (const shape of [...document.querySelectorAll("svg :is(path, rect, circle, line, polygon, polyline, text)")].filter(shown)) {
    // The mark of the portal carries no message of its own.
    if (shape.closest("[aria-hidden=true]")) continue;
    const { fill, stroke } = getComputedStyle(shape);
    const isSeen = [fill, stroke].some((colour) => !isClear(colour) && contrast(colour, ground) >= 3);
    if (!isSeen) found.push(`drawing without contrast: ${say(shape)} fill ${fill} stroke ${stroke}`);
    if (shape.localName === "text" && contrast(fill, ground) < 4.5) found.push(`text of a drawing without contrast: ${say(shape)}`);
  }
  return [...new Set(found)];
}
