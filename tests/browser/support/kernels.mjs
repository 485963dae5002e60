// What old kernels say on the console of every page, whatever the page does; known by their version.

// They do not know the source 'wasm-unsafe-eval' of the rules of the pages.
const unknownSource = /script-src' contains an invalid source: ''wasm-unsafe-eval''/;
// Chromium 92 styles the mark of a field with a list by an attribute inside its own shadow tree, which the rules of the
// page then refuse; the list works all the same. The hash is that of this one style.
const markOfLists = /Refused to apply inline style.*sha256-pILX\+5FGCpLRHvNBgtABIdSMmytrYudGxJBUYXY1t0s=/;

// Both are said once more by the listener of the tests: without that source WebAssembly counts as `eval`, and the pages turn to the
// other form of their modules.
const refusedModule = /^console\.error: violation of script-src: eval $/;
const refusedMark = /^console\.error: violation of style-src(-attr)?: inline $/;

const complaints = { 86: [unknownSource, refusedModule], 92: [unknownSource, refusedModule, markOfLists, refusedMark] };

/** The number before the first dot of a version such as `86.0.4240.111`. */
export const majorOf = (version) => Number(version.split(".")[0]);

/** Complaints that a browser of this version makes of every page. */
export const toleratedBy = (version) => complaints[majorOf(version)] ?? [];

/** Whether the rules of the pages make a browser of this version refuse WebAssembly. */
export const isFallback = (version) => majorOf(version) < 97;
