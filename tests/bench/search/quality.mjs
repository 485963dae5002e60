// How good the first answers are, as far as letters can tell: a page is right where it has the words of the query letter for letter.
// Printed for information; synonyms, slips and pinyin cannot be judged this way.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { answers } from "./drive.mjs";
import { padded } from "./tell.mjs";

const FIRST = 10;
const SHOWN = 5;
const WIDTH = 30;

/** Asks every engine and tells what share of its first answers is right. */
export async function quality(browser, server, engines, queries, html) {
  const pages = readPages(html);
  const result = engines.map((engine) => ({ engine: engine.name, queries: [] }));
  for (const [place, engine] of engines.entries()) {
    const found = await answers(browser, server, engine, queries, FIRST);
    for (const [index, query] of queries.entries()) {
      const right = pagesWith(pages, query);
      result[place].queries.push({ query, literal: right.size, total: found[index].total, ...judged(found[index].hits, right) });
    }
  }
  return result;
}

/** The pages of the site: their words without marks and white space. */
function readPages(html) {
  const pages = new Map();
  for (const section of readdirSync(html)) {
    for (const slug of readdirSync(join(html, section))) {
      const text = readFileSync(join(html, section, slug, "index.html"), "utf8");
      const main = text.slice(text.indexOf("<main"), text.indexOf("</main>")).replace(/<[^>]*>/g, "");
      pages.set(`${section}-${slug}`, plain(unescaped(main)));
    }
  }
  return pages;
}

const unescaped = (text) =>
  text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

function pagesWith(pages, query) {
  const parts = query.trim().split(/\s+/).map(plain);
  return new Set([...pages].filter(([, text]) => parts.every((part) => text.includes(part))).map(([page]) => page));
}

/** The page a result leads to: `/policies/beijing-x/#s1`, `/faq/beijing/#beijing-x` and `/beijing/x/` are one. */
function pageOf(url) {
  const { pathname, hash } = new URL(url, "http://localhost/");
  const parts = pathname.split("/").filter((part) => part !== "" && part !== "site");
  if (parts[0] === "faq") return hash.slice(1);
  return parts[0] === "policies" ? parts[1] : parts.join("-");
}

function judged(hits, right) {
  const first = hits.slice(0, SHOWN).map((hit) => ({ ...hit, right: right.has(pageOf(hit.url)) }));
  const rightPages = new Set(hits.map((hit) => pageOf(hit.url)).filter((page) => right.has(page)));
  const possible = Math.min(FIRST, right.size);
  return {
    right_of_first: `${first.filter((hit) => hit.right).length}/${first.length}`,
    recall: possible === 0 ? null : rightPages.size / possible,
    first,
  };
}

/** Prints the shares, then the first answers to the queries named. */
export function tellQuality(title, engines, shown) {
  console.log(`\n${title}: pages that have the query letter for letter;`);
  console.log(`such pages among the first ${SHOWN} answers · share of ${FIRST} such pages among the first ${FIRST} answers of all`);
  console.log(padded("query", WIDTH) + "pages".padStart(7) + engines.map(({ engine }) => engine.padStart(24)).join(""));
  for (const [index, { query, literal }] of engines[0].queries.entries()) {
    if (literal === 0) continue;
    const cells = engines.map(({ queries }) => {
      const { right_of_first, recall, total } = queries[index];
      return `${right_of_first} · ${recall === null ? "–" : recall.toFixed(2)} of ${total}`.padStart(24);
    });
    console.log(padded(query, WIDTH) + String(literal).padStart(7) + cells.join(""));
  }
  const unknown = engines[0].queries.filter(({ literal }) => literal === 0).length;
  console.log(`${unknown} more queries stand in no page letter for letter`);
  for (const query of shown) {
    console.log(`\n${query}`);
    for (const { engine, queries } of engines) {
      const { first } = queries.find((other) => other.query === query);
      console.log(`  ${engine}${first.length === 0 ? ": nothing" : ""}`);
      for (const { right, title, excerpt } of first) {
        console.log(`    ${right ? "+" : "-"} ${shortened(title)}: ${shortened(excerpt)}`);
      }
    }
  }
}

const shortened = (text) => {
  const line = text.replace(/<[^>]*>/g, "").replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};
