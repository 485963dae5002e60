// Contrast of colours as WCAG 2.2 defines it, for functions that run in the page: `window.contrastTools` has
// `numbers(colour)`, `contrast(one, other)` and `groundOf(element)`.

/** Brings the tools into the page that is open. */
export const bringContrast = (page) => page.evaluate(defineContrast);

/** Runs in the page. */
function defineContrast() {
  const numbers = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [red, green, blue] = numbers(colour).map((value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const groundOf = (element) => {
    for (let part = element; part; part = part.parentElement) {
      const colour = getComputedStyle(part).backgroundColor;
      if (numbers(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  window.contrastTools = { numbers, contrast, groundOf };
}
