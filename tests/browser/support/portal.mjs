// The portal in a browser: one server and one Chromium for a test file, a fresh context for each test.

import { strict as assert } from "node:assert";
import { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

import { toleratedBy } from "./kernels.mjs";
import { prefix } from "./pages.mjs";
import { serve } from "./server.mjs";
import { chromiumPath, site } from "./settings.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

/** Starts a browser alone; `screenshots.mjs` uses it outside a test. */
export const launch = (executablePath = chromiumPath) => chromium.launch({ executablePath, args: flags });

/**
 * Starts both before the tests of the file, or of the `describe` that it stands in, and stops them afterwards.
 * `folder` is another portal, `server` the options of its server; `isPortable`, it is opened from its folder without one.
 */
export function portal({ executablePath = chromiumPath, folder = site, server = {}, isPortable = false } = {}) {
  const started = {};
  before(async () => {
    if (!isPortable) started.server = await serve(folder, prefix(), server);
    started.browser = await launch(executablePath);
  });
  after(async () => {
    await started.browser?.close();
    await started.server?.close();
  });
  const fileOf = (path) => new URL(path.replace(/(^|\/)(?=$|[?#])/, "$1index.html"), `${pathToFileURL(folder)}/`).href;
  const url = (path = "") => (isPortable ? fileOf(path) : new URL(path, started.server.address).href);
  // A service worker would answer in place of the server that a test looks at; `offline.test.mjs` alone lets it work.
  const newContext = async ({ hasWorker = false, ...options } = {}) => {
    const context = await started.browser.newContext({
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
      ...options,
    });
    if (!hasWorker) await context.addInitScript(() => delete Navigator.prototype.serviceWorker);
    await context.addInitScript(tellViolations);
    return context;
  };

  /** Runs `work` with a page of its own, then holds the page to an empty console and no failed request. */
  const visit = async (options, work) => {
    const context = await newContext(options);
    try {
      const page = await context.newPage();
      const complaints = watch(page);
      await work(page, complaints);
      const tolerated = toleratedBy(version());
      const unexpected = complaints.filter((complaint) => !tolerated.some((pattern) => pattern.test(complaint)));
      assert.deepEqual(unexpected, [], "console and network");
    } finally {
      await context.close();
    }
  };
  const version = () => started.browser.version();
  return { url, newContext, visit, version };
}

/** Runs in each page: what its own rules (Content Security Policy, Trusted Types) refuse is said on the console. */
function tellViolations() {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`violation of ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
}

/** Collects everything a page says on its console, every error and every request that fails. */
export function watch(page) {
  const complaints = [];
  page.on("console", (message) => complaints.push(`console.${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A visitor who goes on before a file has come is no failure.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") {
      complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return complaints;
}
