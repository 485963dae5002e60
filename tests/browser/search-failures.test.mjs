// What cannot be fetched or read: each kind of failure has its sentence, shows no result, and ends when it is mended.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { deflateSync, inflateSync } from "node:zlib";

import { isFallback } from "./support/kernels.mjs";
import { portal } from "./support/portal.mjs";
import { answered, asked, hits, isFocused, wide } from "./support/search.mjs";

const { url, visit, version } = portal();
const right = "policies/sx-2024/#s6-6";

const sentences = {
  network: /没有取到：请检查网络后重试/,
  stale: /网站刚刚更新过.*请刷新页面/,
  damaged: /取到的文件不完整：请重试/,
};

// Ways in which a file can fail: what a route answers instead of it.
const missing = (route) => route.fulfill({ status: 404, body: "" });
const refused = (route) => route.fulfill({ status: 503, body: "" });
const unreachable = (route) => route.abort("connectionrefused");
const altered = (alter) => async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: alter(await response.body()) });
};
const flipped = altered((bytes) => {
  bytes[bytes.length >> 1] ^= 4;
  return bytes;
});
const cut = altered((bytes) => bytes.subarray(0, bytes.length - 9));
const emptied = altered(() => Buffer.alloc(0));
const page404 = altered(() => Buffer.from("<!doctype html><p>登录校园网</p>"));
// Byte 4 of a block is its version. A portal as small as the shipped one has a file for each block.
const otherVersion = altered((bytes) => {
  const block = inflateSync(bytes);
  block[4] += 1;
  return deflateSync(block);
});

const files = {
  directory: /search-directory\.bin/,
  terms: /search-terms\.[^/]*\.bin/,
  texts: /search-texts\.[^/]*\.bin/,
  // WebAssembly, or plain JavaScript where that is refused.
  module: /web_search(\.[^/]*\.wasm|_fallback\.[^/]*\.js)/,
};

const cases = [];
for (const file of ["directory", "terms", "texts"]) {
  cases.push(
    [file, "is missing", missing, "stale"],
    [file, "is refused", refused, "network"],
    [file, "cannot be reached", unreachable, "network"],
    [file, "has a flipped bit", flipped, "damaged"],
    [file, "is cut", cut, "damaged"],
    [file, "is empty", emptied, "damaged"],
    [file, "is a page of the network instead", page404, "damaged"],
    [file, "is of another version", otherVersion, "stale"],
  );
}
cases.push(["module", "is missing", missing, "stale"], ["module", "cannot be reached", unreachable, "network"]);

describe("B05: a file of the search", () => {
  for (const [file, name, fault, expected] of cases) {
    it(`that ${name} is told as ${expected}: ${file}`, async () => {
      await visit(wide, async (page, complaints) => {
        await page.route(files[file], fault);
        await page.goto(url(asked("双随机")));
        const status = page.locator("#search-status.is-error");
        await status.waitFor();
        // Why a script does not come is told to nobody.
        const reason = file === "module" && isFallback(version()) ? "network" : expected;
        assert.match(await status.innerText(), sentences[reason]);
        assert.equal(await page.locator(".result").count(), 0, "no result");
        assert.ok(await page.locator("#search-start").isVisible(), "the way by the lists");
        await page.unroute(files[file]);
        const retry = page.getByRole("button", { name: reason === "stale" ? "刷新页面" : "重试" });
        await retry.focus();
        await page.keyboard.press("Enter");
        await answered(page, /找到/);
        assert.ok((await hits(page)).some((address) => address.endsWith(right)));
        assert.equal(await page.locator("#search-status.is-error").count(), 0);
        // Complaints of the browser about what was done to it; a fault of the scripts would be an `error:`.
        assert.deepEqual(complaints.filter((complaint) => complaint.startsWith("error:")), []);
        complaints.length = 0;
      });
    });
  }

  it("that is gone because the portal has changed is looked for in the directory of today", async () => {
    await visit(wide, async (page, complaints) => {
      // With which part of what the browser keeps the directory may be answered.
      await page.addInitScript(() => {
        window.directories = [];
        const { fetch } = window;
        window.fetch = (address, options) => {
          if (String(address).includes("search-directory")) window.directories.push(options.cache);
          return fetch(address, options);
        };
      });
      await page.route(files.terms, async (route) => {
        const { length } = await page.evaluate(() => window.directories);
        await (length < 2 ? missing(route) : route.continue());
      });
      await page.goto(url(asked("双随机")));
      await answered(page, /找到/);
      assert.ok((await hits(page)).some((address) => address.endsWith(right)));
      assert.equal(await page.locator("#search-status.is-error").count(), 0);
      const caches = await page.evaluate(() => window.directories);
      assert.deepEqual(caches, ["default", "reload"], "what the browser kept is not asked the second time");
      complaints.length = 0;
    });
  });

  it("that belongs to another place of the index is told as stale", async () => {
    await visit(wide, async (page, complaints) => {
      let other;
      // Files of one block: of a file with several a part would be cut from bytes that are too few, which is damage.
      await page.route(/search-terms\.[^/?]*\.bin$/, async (route) => {
        const response = await route.fetch();
        const body = await response.body();
        other ??= body;
        // Without the headers of the right file, whose length may be another.
        await route.fulfill({ status: 200, body: other });
      });
      await page.goto(url(asked("双随机 申报时间 考核费用")));
      await page.locator("#search-status.is-error").waitFor();
      assert.match(await page.locator("#search-status").innerText(), sentences.stale);
      assert.equal(await page.locator(".result").count(), 0);
      complaints.length = 0;
    });
  });

  it("that fails later takes the earlier results away", async () => {
    await visit(wide, async (page, complaints) => {
      await page.goto(url(asked("双随机")));
      await answered(page, /找到/);
      await page.route(files.terms, unreachable);
      await page.locator("#search-box").fill("考核费用由谁出");
      await page.keyboard.press("Enter");
      await page.locator("#search-status.is-error").waitFor();
      assert.equal(await page.locator(".result").first().isVisible(), false);
      complaints.length = 0;
    });
  });

  it("that more results need leaves those that are there", async () => {
    await visit(wide, async (page, complaints) => {
      await page.goto(url(asked("申报")));
      await answered(page, /找到/);
      await page.route(files.texts, unreachable);
      await page.locator("#search-more").click();
      await page.locator("#search-more-status", { hasText: "请检查网络" }).waitFor();
      assert.equal((await hits(page)).length, 10);
      await page.unroute(files.texts);
      await page.locator("#search-more").click();
      await page.locator(".result-link").nth(10).waitFor();
      assert.ok(await isFocused(page.locator(".result-link").nth(10)));
      complaints.length = 0;
    });
  });
});

describe("a damaged file that the browser keeps", () => {
  let isDamaged = true;
  const alter = (path, bytes) => (isDamaged && files.texts.test(path) ? bytes.subarray(0, bytes.length >> 1) : bytes);
  const { url, visit } = portal({ server: { maxAge: 3600, alter } });

  it("is fetched again, not taken from the browser's store", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("双随机")));
      await page.locator("#search-status.is-error", { hasText: "不完整" }).waitFor();
      isDamaged = false;
      await page.getByRole("button", { name: "重试" }).click();
      await answered(page, /找到/);
      assert.ok((await hits(page)).some((address) => address.endsWith(right)));
    });
  });
});

describe("a browser that cannot unpack the index", () => {
  it("says what to do instead, and leaves the plain form", async () => {
    await visit(wide, async (page) => {
      await page.addInitScript(() => delete window.DecompressionStream);
      await page.goto(url("policies/sx-2024/"));
      assert.equal(await page.locator("#site-search").getAttribute("role"), null);
      await page.locator("#site-search").fill("双随机");
      await page.keyboard.press("Enter");
      await page.locator("#search-status.is-error", { hasText: "请切换到极速模式" }).waitFor();
      assert.ok(await page.locator("#search-start").isVisible());
      assert.equal(await page.locator("#search-retry").isVisible(), false);
    });
  });
});
