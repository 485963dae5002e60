// Steps that the tests of the search share.

import { majorOf } from "./kernels.mjs";

export const wide = { viewport: { width: 1280, height: 900 } };
export const phone = { viewport: { width: 390, height: 780 } };

/** Address of the results of a query, with filters as the page itself writes them. */
export const asked = (query, filters = "") => `search/?q=${encodeURIComponent(query)}${filters}`;

/** Types letter by letter, as a visitor does. */
export async function type(page, box, text) {
  await page.locator(box).click();
  await page.keyboard.type(text, { delay: 20 });
}

/** Waits for the list of a box to open and gives its options. */
export async function options(page, box) {
  const list = page.locator(`${box}[aria-expanded=true] ~ .search-popup [role=option]`);
  await list.first().waitFor();
  return list;
}

/** The text of the option that the box points at; `null` for none. */
export const activeOption = (page, box) =>
  page.locator(box).evaluate((input) => {
    const option = document.getElementById(input.getAttribute("aria-activedescendant"));
    if (!option) return null;
    const selected = [...option.parentNode.querySelectorAll("[aria-selected=true]")];
    return selected.length === 1 && selected[0] === option ? option.textContent : "not the selected one";
  });

export const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

/** The results have come: says what the status line says. */
export async function answered(page, pattern = /^(找到|至少|没有找到)/) {
  const status = page.locator("#search-status").filter({ hasText: pattern });
  await status.waitFor();
  return status.innerText();
}

/** Addresses of the hits, in order. */
export const hits = (page) => page.locator(".result-link").evaluateAll((links) => links.map((link) => link.getAttribute("href")));

/**
 * An input method in the focused box: `key(code)` is a key that it takes, `compose(text)` shows what is not written yet,
 * `write(text)` writes. Where the browser cannot be driven so (before Chromium 97), a box hears the same events from here.
 */
export async function inputMethod(page) {
  const driver = await page.context().newCDPSession(page);
  const isOld = majorOf(page.context().browser().version()) < 97;
  return {
    key: (code) => driver.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", windowsVirtualKeyCode: 229, code }),
    compose: (text) =>
      isOld ? page.evaluate(composeByHand, { text }) : driver.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length }),
    write: (text) => (isOld ? page.evaluate(composeByHand, { text, isEnd: true }) : driver.send("Input.insertText", { text })),
  };
}

/** Runs in the page. */
function composeByHand({ text, isEnd = false }) {
  const box = document.activeElement;
  const before = box.composed ?? (box.composed = { value: box.value, isOpen: false });
  const tell = (event) => box.dispatchEvent(event);
  if (!before.isOpen && !isEnd) {
    before.isOpen = true;
    tell(new CompositionEvent("compositionstart", { bubbles: true }));
  }
  const wasOpen = before.isOpen;
  box.value = before.value + text;
  if (wasOpen) tell(new CompositionEvent("compositionupdate", { bubbles: true, data: text }));
  tell(new InputEvent("input", { bubbles: true, data: text, isComposing: wasOpen, inputType: wasOpen ? "insertCompositionText" : "insertText" }));
  if (!isEnd) return;
  delete box.composed;
  if (wasOpen) tell(new CompositionEvent("compositionend", { bubbles: true, data: text }));
}
