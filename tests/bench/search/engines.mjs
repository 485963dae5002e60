// The two engines as a page meets them. `script` runs in the page before anything else and leaves `window.openEngine`, which gives
// `ask(query, limit)`: a promise of `{ total, hits: [{ url, title, excerpt }] }`. `page` is where it is asked.

import { basename } from "node:path";

/** The scripts that the engine needs; the others are there on every page, or draw boxes, filters and results. */
const SCRIPTS = /^(load|search-index|web_search|web_search_fallback)\.[0-9a-f]+\.js$/;

/** Our own engine: the portal's search page with the portal's own code. */
export const zhinan = {
  name: "Zhinan",
  page: "/site/search/",
  script: () => {
    window.openEngine = async () => {
      if (!window.zhinan?.openIndex) throw new Error("the search page of this portal has no zhinan.openIndex");
      const { wasm, fallback, directory } = document.querySelector("script[data-directory]").dataset;
      const index = await window.zhinan.openIndex({ wasm, fallback, directory });
      const words = (pieces) => (typeof pieces === "string" ? pieces : pieces.map((piece) => piece.text).join(""));
      return async (query, limit) => {
        const results = await index.ask({ q: query, kind: null, province: null, year: null }, limit);
        const hits = results.hits.slice(0, limit).map((hit) => {
          const title = `${words(hit.title)} | ${words(hit.heading)}`;
          return { url: hit.url, title, excerpt: words(hit.excerpt) };
        });
        return { total: results.total, hits };
      };
    };
  },
  /** Which files count: all but the page, its looks, and the scripts that are no part of the engine. */
  counts: (path) =>
    path.startsWith("/site/assets/") &&
    !/\.(css|svg|png|ico)$/.test(path) &&
    (!path.endsWith(".js") || SCRIPTS.test(basename(path))),
};

/** Pagefind, asked from an empty page. */
export const pagefind = (version) => ({
  name: `Pagefind ${version}`,
  page: "/blank/",
  script: () => {
    window.openEngine = async () => {
      const engine = await import("/pagefind/pagefind.js");
      await engine.init();
      return async (query, limit) => {
        const found = await engine.search(query);
        const first = await Promise.all(found.results.slice(0, limit).map((result) => result.data()));
        const hits = first.map(({ url, meta, excerpt }) => ({ url, title: meta.title, excerpt }));
        return { total: found.results.length, hits };
      };
    };
  },
  counts: (path) => path.startsWith("/pagefind/"),
});
