// What old kernels say on the console of every page, whatever the page does; known by their version.

// They do not know the source 'wasm-unsafe-eval' of the rules of the pages.
const unknownSource = /script-src' contains an invalid source: ''wasm-unsafe-eval''/;
// Chromium 92 styles the mark of a field with a list by an attribute inside its own shadow tree, which the rules of the
// page then refuse; the list works all the same. The hash is that of this one style.
const markOfLists = /Refused to apply inline style.*sha256-pILX\+5FGCpLRHvNBgtABIdSMmytrYudGxJBUYXY1t0s=/;

const complaints = { 86: [unknownSource], 92: [unknownSource, markOfLists] };

/** The number before the first dot of a version such as `86.0.4240.111`. */
export const majorOf = (version) => Number(version.split(".")[0]);

/** Complaints that a browser of this version makes of every page. */
export const toleratedBy = (version) => complaints[majorOf(version)] ?? [];

/** Whether the rules of the pages make a browser of this version refuse WebAssembly. */
export const isFallback = (version) => majorOf(version) < 97;
