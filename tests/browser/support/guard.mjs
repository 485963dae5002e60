// A page that is watched for anything an attack would do: a dialog, a script error, a violation of the page's own rules, a
// request to another place.

import { strict as assert } from "node:assert";

import { watch } from "./portal.mjs";

/**
 * Runs `work` with a page of its own and holds it to having done none of that. `origin` is the portal's address; `work` may
 * give a pattern of complaints that are meant.
 */
export async function guarded(newContext, origin, work, options = {}) {
  const context = await newContext({ viewport: { width: 1280, height: 900 }, ...options });
  try {
    const told = [];
    const page = await context.newPage();
    const complaints = watch(page);
    page.on("dialog", (dialog) => {
      told.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    context.on("request", (request) => {
      if (!/^(blob:|data:)/.test(request.url()) && !request.url().startsWith(new URL(origin).origin)) told.push(`request: ${request.url()}`);
    });
    const meant = await work(page);
    assert.deepEqual(told, []);
    assert.deepEqual(complaints.filter((complaint) => !meant?.test(complaint)), []);
  } finally {
    await context.close();
  }
}
