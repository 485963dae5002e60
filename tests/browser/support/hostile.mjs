// A portal whose author means harm: every free text of a small portal carries texts of `tests/attack/xss.txt`. Which texts are
// free is read off the schemas for editors, so that a field that is added later is attacked as well.

import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseDocument, visit as visitYaml } from "yaml";

import { root, web, zhinan } from "./settings.mjs";

/** The texts, one by one. */
export const payloads = readFileSync(join(root, "tests/attack/xss.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("# "));

// What has to be what it is: quotes stand in their document, the others name something or are counted in.
const fixed = new Set(["quote", "lead_in", "group", "province", "topic", "code", "unit"]);

const schemaOf = (path) => {
  const folders = { policies: "policy", provinces: "guide", faq: "faq" };
  const name = path.endsWith(".yaml") ? path.split("/").pop().slice(0, -".yaml".length) : folders[path.split("/")[0]];
  return name && JSON.parse(readFileSync(join(root, "content/.schemas", `${name}.json`), "utf8"));
};

/** Whether a place of a file, as its keys and indexes, holds a free text. */
function isFree(schema, keys) {
  let part = schema;
  for (const key of keys) {
    part = typeof key === "number" ? part?.items : (part?.properties?.[key] ?? part?.additionalProperties);
    if (part?.$ref) part = part.$ref.slice(2).split("/").reduce((node, step) => node[step], schema);
  }
  return Array.isArray(part?.type) && part.type.join() === "string,number" && !keys.some((key) => fixed.has(key));
}

function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/**
 * Writes the content into `folder`. `next()` gives the text that is put behind the next free text. Gives what was put where:
 * `place` and `text`.
 */
export function writeHostileContent(folder, next) {
  cpSync(join(root, "crates/content/example"), folder, { recursive: true });
  const attacked = [];
  for (const file of filesOf(folder).sort()) {
    const path = relative(folder, file);
    const schema = schemaOf(path);
    const whole = readFileSync(file, "utf8");
    const [head, body] = file.endsWith(".md") ? whole.split(/^---\n/m).slice(1) : [whole, null];
    let yaml = head;
    if (schema) {
      const document = parseDocument(head);
      visitYaml(document, {
        Scalar(key, node, ancestors) {
          if (key === "key" || typeof node.value !== "string") return;
          const keys = keysTo(node, ancestors);
          if (!isFree(schema, keys)) return;
          const text = `⟦${attacked.length}⟧${next()}`;
          attacked.push({ place: `${path}: ${keys.join(".")}`, text });
          // What stands between 「」 is the label of a fact, and labels are attacked as well.
          node.value = node.value.replace(/「.*?」/g, "") + text;
          node.type = "QUOTE_DOUBLE";
        },
      });
      yaml = document.toString({ lineWidth: 0 });
    }
    writeFileSync(file, body === null ? yaml : `---\n${yaml}---\n${body}\n${path.startsWith("policies") ? "" : `### 小标题 {onclick=alert(1) style="color:red" .title}\n\n${hostileBody(next)}`}`);
  }
  const policy = join(folder, "policies/ex-2025.md");
  const clause = payloads.map((payload, index) => `（${index + 4}）另附：${inMarkdown(payload)}。`);
  // A quote with markup in it, of a clause that has the same.
  const quoted = '申报不收费<img src=x onerror="alert(1)">';
  for (const name of ["policies/ex-2025.md", "provinces/ex/fees.yaml", "check/ex-2025/statements.yaml"]) {
    const text = readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, name), text.replace(name.endsWith(".md") ? "申报不收费" : /quote: 申报不收费/, name.endsWith(".md") ? quoted : `quote: '${quoted}'`));
  }
  writeFileSync(policy, `${readFileSync(policy, "utf8")}\n## 四、附则\n\n${clause.join("\n\n")}\n\n${hostileBody(next)}`);
  return attacked;
}

function keysTo(node, ancestors) {
  const keys = [];
  const path = [...ancestors, node];
  path.forEach((one, index) => {
    if (one.key?.value !== undefined && one.value !== undefined) keys.push(one.key.value);
    else if (Array.isArray(one.items) && one.constructor.name === "YAMLSeq") keys.push(one.items.indexOf(path[index + 1]));
  });
  return keys;
}

/** A text as Markdown that means it literally, but for what looks like HTML, which an author may well write. */
const inMarkdown = (text) => text.replace(/[[\]\\`*_|{]/g, "\\$&");

/** Everything that a text of the portal may be made of. */
function hostileBody(next) {
  const one = () => inMarkdown(next());
  return [
    `段落 ${one()}。`,
    `- 列表 ${one()}\n- **着重 ${one()}。**`,
    `> 引用 ${one()}。`,
    `| 甲 ${one()} | 乙 |\n|:--|--:|\n| ${one()} | ${one()} |`,
    `\`代码 ${next().replaceAll("`", "")}\``,
    `\`\`\`${next().replace(/[`\s]/g, "")}\n${next()}\n\`\`\``,
    `[${one()}](https://evil.example/"onmouseover=alert(1)) <https://evil.example/?'onfocus='alert(1)>`,
    `![${one()}](https://evil.example/x.png "onerror=alert(1)")`,
    `[题](https://evil.example/ "${next().replaceAll('"', "'")}")`,
    "",
  ].join("\n\n");
}

/** Builds it by the command, with these options more; what looks like HTML is warned of, errors fail. */
export function buildHostile(content, out, ...more) {
  const options = ["--content", content, "--templates", join(root, "templates"), "--web", web, "--out", out, "--format", "short", "--lang", "en"];
  const { status, stderr, stdout } = spawnSync(zhinan, ["build", ...options, ...more], { encoding: "utf8", maxBuffer: 1 << 28 });
  const errors = `${stdout}${stderr}`.split("\n").filter((line) => !line.includes("warning["));
  if (status !== 0) throw new Error(errors.join("\n"));
}
