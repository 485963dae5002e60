// The text of a PDF as Chromium prints it: enough to look for words, no general reader. White space is left out.

import { inflateSync } from "node:zlib";

/** All text of the document, in the order in which it is drawn; look-alike forms (⾃ for 自) are made plain. */
export function textOfPdf(bytes) {
  const objects = readObjects(bytes.toString("latin1"));
  const maps = new Map();
  for (const [number, object] of objects) {
    const font = /\/ToUnicode (\d+) 0 R/.exec(object.head);
    if (font) maps.set(number, readMap(objects.get(Number(font[1])).text));
  }
  let text = "";
  for (const [, page] of objects) {
    if (!/\/Type \/Page\b/.test(page.head)) continue;
    const contents = /\/Contents (\d+) 0 R/.exec(page.head);
    text += textOf(objects.get(Number(contents[1])).text, fontsOf(page.head, objects), maps);
  }
  return text.normalize("NFKC").replace(/\s/g, "").replace(/[⺀-⻳]/g, (radical) => radicals.get(radical) ?? radical);
}

/** Radicals that a font gives for the characters they are, where Unicode knows no way back. */
const radicals = new Map([..."⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻥鱼⻦鸟⻩黄⻬齐⻮齿⻰龙⻳龟".matchAll(/(.)(.)/gu)].map(([, radical, character]) => [radical, character]));

/** Number of each object with its dictionary and the text of its stream. */
function readObjects(source) {
  const objects = new Map();
  for (const [, number, body] of source.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)\nendobj/g)) {
    const start = body.search(/stream\r?\n/);
    const head = start < 0 ? body : body.slice(0, start);
    let text = "";
    if (start >= 0) {
      const data = Buffer.from(body.slice(body.indexOf("\n", start) + 1, body.lastIndexOf("endstream")), "latin1");
      text = /\/FlateDecode/.test(head) ? inflate(data) : data.toString("latin1");
    }
    objects.set(Number(number), { head, text });
  }
  return objects;
}

function inflate(data) {
  try {
    return inflateSync(data).toString("latin1");
  } catch {
    return "";
  }
}

/** Name of each font on a page with the number of its object. */
function fontsOf(head, objects) {
  const resources = /\/Resources (\d+) 0 R/.exec(head);
  const text = resources ? objects.get(Number(resources[1])).head : head;
  const fonts = /\/Font\s*<<([\s\S]*?)>>/.exec(text)?.[1] ?? "";
  return new Map([...fonts.matchAll(/\/(\S+) (\d+) 0 R/g)].map(([, name, number]) => [name, Number(number)]));
}

/** A table from codes to text (`bfchar`, `bfrange`). */
function readMap(text) {
  const map = new Map();
  const decode = (hex) => Buffer.from(hex, "hex").swap16().toString("utf16le");
  for (const [, block] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code, to] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) map.set(parseInt(code, 16), decode(to));
  }
  for (const [, block] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, low, high, to] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) {
      for (let code = parseInt(low, 16); code <= parseInt(high, 16); code += 1) {
        map.set(code, decode((parseInt(to, 16) + code - parseInt(low, 16)).toString(16).padStart(to.length, "0")));
      }
    }
  }
  return map;
}

/** What a page draws. */
function textOf(content, fonts, maps) {
  let map = new Map();
  let text = "";
  for (const [, font, hex] of content.matchAll(/\/(\S+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/g)) {
    if (font) map = maps.get(fonts.get(font)) ?? new Map();
    else for (let at = 0; at < hex.length; at += 4) text += map.get(parseInt(hex.slice(at, at + 4), 16)) ?? "";
  }
  return text;
}
