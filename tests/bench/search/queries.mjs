// What is asked: the shared queries, where they are there, and some of each kind of our own, chosen by a rule and not by hand.

import { existsSync, readFileSync } from "node:fs";

/** How many of each kind, the first in the file. */
const OF_EACH_KIND = 4;
/** The name of a source text; tables collected from elsewhere are called otherwise. */
const SOURCE_TEXT = /^\d{3}_[0-9a-f]{16}\.txt$/;

/** What Pagefind gets wrong on this text, as somebody wrote it down who knew neither index. */
export const HARD = [
  "〔2024〕22号",
  "跨级申报",
  "云计算平台运维与开发",
  "双师型教师比例",
  "田杰",
  "申报时间",
  "1+X",
  "报名时间",
  "登录",
  "登陆",
  "“双师型”教师",
];

/**
 * The queries of a run, each once. Of our own, those fit whose answer stands in one of the source texts, because these are pages of
 * every generated site, and of the shipped portal.
 */
export function queries(shared, own) {
  const chosen = existsSync(shared) ? JSON.parse(readFileSync(shared, "utf8")).main : [];
  const [head, ...rows] = readFileSync(own, "utf8").trim().split("\n").map((line) => line.split("\t"));
  const column = (name) => head.indexOf(name);
  const byKind = new Map();
  for (const row of rows.filter((row) => SOURCE_TEXT.test(row[column("expected_file")]))) {
    const kind = row[column("kind")];
    byKind.set(kind, [...(byKind.get(kind) ?? []), row[column("query")]]);
  }
  for (const ofKind of byKind.values()) chosen.push(...ofKind.slice(0, OF_EACH_KIND));
  return [...new Set(chosen)];
}
