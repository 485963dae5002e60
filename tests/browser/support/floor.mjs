// What a style or a script uses that the oldest engine we serve does not know: Chromium 86. The data are MDN's
// (@mdn/browser-compat-data). Lints that npm offers know less of it: eslint-plugin-compat sees no methods (`at`), the data of
// caniuse have no `inset`.
//
// CSS: properties, values, at-rules, media features, selectors, functions, units, nesting. JavaScript: syntax (ES2020), globals,
// static members (`Object.hasOwn`), and members of objects whose type is unknown (`list.at()`), where every type that has a
// member of this name got it after Chromium 86.

import { createRequire } from "node:module";
import { parse as parseScript } from "acorn";
import { full } from "acorn-walk";
import { parse as parseStyle, walk } from "css-tree";

const data = createRequire(import.meta.url)("@mdn/browser-compat-data");
export const floor = 86;

/** Whether Chromium at the floor has a feature, if only in part; `null` where the data know nothing of it. */
function isKnown(feature) {
  const support = feature?.__compat?.support.chrome;
  if (!support) return null;
  const version = (text) => parseFloat(String(text).replace("≤", ""));
  return [support].flat().some(
    (one) => one.version_added && version(one.version_added) <= floor && !(version(one.version_removed) <= floor) && !one.flags && !one.prefix && !one.alternative_name,
  );
}

const isNew = (feature) => isKnown(feature) === false;

// Styles -----------------------------------------------------------------------------------------------------------

const units = { dvh: 108, dvw: 108, svh: 108, svw: 108, lvh: 108, lvw: 108, cqw: 105, cqh: 105, cqi: 105, cqb: 105, lh: 109, rlh: 111, cap: 118, ic: 106 };

/** Features of a style sheet that the floor lacks, each once: `property inset`, `selector :has`, `value text-wrap: balance`. */
export function newInStyle(source) {
  const found = new Set();
  const { properties, "at-rules": rules, selectors, types } = data.css;
  const functions = functionsOf(types);
  let depth = 0;
  walk(parseStyle(source, { onParseError: (error) => found.add(`syntax: ${error.message}`) }), {
    enter(node) {
      if (node.type === "Declaration") {
        // Descriptors of a page are no properties.
        const property = this.atrule?.name === "page" ? rules.page[node.property] : properties[node.property];
        if (isNew(property)) found.add(`property ${node.property}`);
        walk(node.value, (part) => {
          if (part.type === "Identifier" && property && isNew(property[part.name])) found.add(`value ${node.property}: ${part.name}`);
        });
      }
      if (node.type === "Atrule" && isNew(rules[node.name])) found.add(`rule @${node.name}`);
      if (node.type === "Feature" && isNew(rules.media?.[node.name])) found.add(`media feature ${node.name}`);
      if (node.type === "PseudoClassSelector" || node.type === "PseudoElementSelector") {
        if (isNew(selectors[node.name])) found.add(`selector :${node.name}`);
        // A list within :not() came later than :not() itself (88).
        const list = node.name === "not" && node.children?.first;
        if (list && list.type === "SelectorList" && list.children.size > 1) found.add("selector list in :not");
      }
      if (node.type === "Function" && functions.get(node.name) === false) found.add(`function ${node.name}()`);
      if (node.type === "Dimension" && units[node.unit] > floor) found.add(`unit ${node.unit}`);
      if (node.type === "Rule") {
        if (depth > 0) found.add("nesting");
        depth += 1;
      }
    },
    leave(node) {
      if (node.type === "Rule") depth -= 1;
    },
  });
  return [...found];
}

/** Functions of values by name (`min`, `color-mix`) with whether the floor has them, from wherever the data keep them. */
function functionsOf(types) {
  const found = new Map();
  const collect = (node) => {
    for (const [name, one] of Object.entries(node)) {
      if (name === "__compat" || typeof one !== "object") continue;
      if (isKnown(one) !== null) note(found, name.replace(/_function$/, ""), isKnown(one));
      collect(one);
    }
  };
  collect(types);
  return found;
}

/** Of things with one name it is enough that one is known. */
const note = (found, name, known) => found.set(name, known || found.get(name) === true);

// Scripts ----------------------------------------------------------------------------------------------------------

const builtins = data.javascript.builtins;

/** Name of a member of any type -> whether the floor has one of this name. */
const members = new Map();
for (const [name, type] of [...Object.entries(data.api), ...Object.entries(builtins)]) {
  // Types and functions of everybody stand on the global object.
  if (isKnown(type) !== null) note(members, name, isKnown(type));
  for (const [member, one] of Object.entries(type)) {
    if (member !== "__compat" && isKnown(one) !== null) note(members, member.replace(/_static$/, ""), isKnown(one));
  }
}
const values = ["Array", "Date", "Function", "Map", "Number", "Object", "Promise", "RegExp", "Set", "String", "TypedArray"];
const membersOfLanguage = new Set(values.flatMap((type) => Object.keys(builtins[type])).filter((name) => name !== "__compat"));

/**
 * Names of members that scripts give to objects of their own (`zhinan.check = …`): they are not meant for the browser's. Members
 * of lists, texts and other plain values (`at`) are never among them.
 */
export function ownMembers(sources) {
  const names = new Set();
  for (const source of sources) {
    full(parseScript(source, { ecmaVersion: "latest", sourceType: "script" }), (node) => {
      if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression" && !node.left.computed) names.add(node.left.property.name);
      if (node.type === "Property" && !node.computed) names.add(node.key.name ?? node.key.value);
    });
  }
  for (const name of membersOfLanguage) names.delete(name);
  return names;
}

/** Features of a script that the floor lacks, each once; `ecmaVersion` is 5 where Internet Explorer reads it. */
export function newInScript(source, { ecmaVersion = 2020, ours = new Set() } = {}) {
  const found = new Set();
  let tree;
  try {
    tree = parseScript(source, { ecmaVersion, sourceType: "script" });
  } catch (error) {
    return [`syntax: ${error.message}`];
  }
  const own = declaredNames(tree);
  full(tree, (node) => {
    if (node.type === "Identifier" && !own.has(node.name)) {
      const feature = data.api[node.name] ?? builtins[node.name];
      if (isNew(feature)) found.add(`global ${node.name}`);
    }
    if (node.type !== "MemberExpression" || node.computed) return;
    const { object, property } = node;
    const type = object.type === "Identifier" && !own.has(object.name) ? (data.api[object.name] ?? builtins[object.name]) : null;
    const member = type?.[`${property.name}_static`] ?? type?.[property.name];
    if (member) {
      if (isNew(member)) found.add(`member ${object.name}.${property.name}`);
    } else if (members.get(property.name) === false && !ours.has(property.name)) {
      found.add(`member .${property.name}`);
    }
  });
  return [...found];
}

/** Variables, parameters and functions of the script itself. */
function declaredNames(tree) {
  const names = new Set();
  full(tree, (node) => {
    if (node.type === "VariableDeclarator" && node.id.type === "Identifier") names.add(node.id.name);
    if (/Function/.test(node.type)) {
      if (node.id) names.add(node.id.name);
      for (const parameter of node.params) if (parameter.type === "Identifier") names.add(parameter.name);
    }
  });
  return names;
}
