//! Refits the script that wasm-bindgen writes: how the module is come by is left to the page.
//!
//! wasm-bindgen's own way (fetch, compile, instantiate) knows nothing of a browser that refuses WebAssembly, and is a
//! fifth of the script. It is cut out; in its place stand two functions, `imports()` and `connect(exports)`. Whoever
//! loads the module instantiates it in whichever form with the former and hands what it exports to the latter.

/// What takes the place of wasm-bindgen's loading.
const CONNECTION: &str = "exports.imports = __wbg_get_imports;\n\
    exports.connect = function (own) { __wbg_finalize_init({ exports: own }); };\n\
    return exports;";

/// The refitted script, or the text that it was expected to hold.
pub(crate) fn refit(script: &str, global: &str) -> Result<String, &'static str> {
    // With `let` the variable would be no property of the window, and no one could find it by its name.
    let mut text = replace(script, &format!("let {global} ="), &format!("var {global} ="))
        .ok_or("the declaration of the global variable")?;
    text = cut(&text, "let script_src;", "}", "").ok_or("`let script_src;`")?;
    text = cut(
        &text,
        "async function __wbg_load(",
        "return Object.assign(__wbg_init, { initSync }, exports);",
        CONNECTION,
    )
    .ok_or("`__wbg_load` and what follows it")?;
    // The fallback's memory grows into a new buffer and leaves the old one as it was, not empty.
    let (empty, other) = ("Memory0.byteLength === 0", "Memory0.buffer !== wasm.memory.buffer");
    if !text.contains(empty) {
        return Err("the test for an outgrown memory");
    }
    // The same, for views that ask whether their buffer is detached: where browsers know the question, the answer is no.
    let detached = "cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined \
                    && cachedDataViewMemory0.buffer !== wasm.memory.buffer)";
    let text =
        text.replace(empty, other).replace(detached, "cachedDataViewMemory0.buffer !== wasm.memory.buffer");
    if text.contains(".detached") {
        return Err("the test for a detached memory");
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Ok(lines.join("\n") + "\n")
}

/// Replaces what stands there exactly once.
fn replace(text: &str, old: &str, new: &str) -> Option<String> {
    (text.matches(old).count() == 1).then(|| text.replacen(old, new, 1))
}

/// Replaces everything from the only `start` to the first `end` behind it, both included.
fn cut(text: &str, start: &str, end: &str, new: &str) -> Option<String> {
    let (before, rest) = text.split_once(start).filter(|(_, rest)| !rest.contains(start))?;
    let (_, after) = rest.split_once(end)?;
    Some(format!("{before}{new}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "
            let tool = (function(exports) {
            let script_src;
            if (typeof document !== 'undefined') {
                script_src = 1;
            }
            function __wbg_get_imports() { return {}; }
            if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0) {}
            if (cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)) {}
            function __wbg_finalize_init(instance, module) {}
            async function __wbg_load(module, imports) { fetch(module); }
                return Object.assign(__wbg_init, { initSync }, exports);
                })({ __proto__: null });
";

    #[test]
    fn loading_gives_way_to_a_connection() {
        let text = refit(SCRIPT, "tool").expect("it has every part");
        assert_eq!(
            text,
            "var tool = (function(exports) {\n\
             function __wbg_get_imports() { return {}; }\n\
             if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer) {}\n\
             if (cachedDataViewMemory0.buffer !== wasm.memory.buffer) {}\n\
             function __wbg_finalize_init(instance, module) {}\n\
             exports.imports = __wbg_get_imports;\n\
             exports.connect = function (own) { __wbg_finalize_init({ exports: own }); };\n\
             return exports;\n\
             })({ __proto__: null });\n"
        );
    }

    #[test]
    fn a_script_of_another_form_is_refused() {
        assert!(refit(SCRIPT, "other").is_err());
        let known = "buffer.detached === undefined";
        assert!(refit(&SCRIPT.replace(known, "buffer.detached === null"), "tool").is_err());
        for part in ["let script_src;", "async function __wbg_load(", "byteLength"] {
            assert!(refit(&SCRIPT.replace(part, "gone"), "tool").is_err(), "{part}");
        }
    }
}
