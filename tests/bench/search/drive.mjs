// Both engines asked the same queries in one run of one browser, in alternating rounds, because the machine is seldom idle.

const ROUNDS = 3;
const LIMIT = 5;
/** How often a round asks every query again when all files are there. */
const REPETITIONS = 10;

/** Measures every engine with every query; gives the figures of each, in the order of the engines. */
export async function drive(browser, server, engines, queries) {
  const figures = engines.map((engine) => ({
    engine: engine.name,
    queries: queries.map((query) => ({ query, cold: [], opened: [], same: [], other: [] })),
    loaded: { times: [], requests: 0 },
  }));
  for (const engine of engines) await visit(browser, server, engine, queries[0], async () => {});
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let index = 0; index < queries.length; index += 1) {
      const next = (index + 1) % queries.length;
      for (const [place, engine] of engines.entries()) {
        const [asked, further] = [figures[place].queries[index], figures[place].queries[next]];
        await ask(browser, server, engine, asked, further);
      }
    }
    for (const [place, engine] of engines.entries()) {
      const { times, requests } = await askLoaded(browser, server, engine, queries);
      figures[place].loaded.times.push(...times);
      figures[place].loaded.requests += requests;
    }
  }
  return figures;
}

/** The first answers of an engine, in one page with everything loaded on demand. */
export async function answers(browser, server, engine, queries, limit) {
  return visit(browser, server, engine, null, (page) =>
    page.evaluate(
      async ({ queries, limit }) => {
        const ask = await window.engine;
        const found = [];
        for (const query of queries) found.push(await ask(query, limit));
        return found;
      },
      { queries, limit },
    ),
  );
}

/** A page opened from an empty cache and asked `first`, then handed to `work` with what came of it. */
async function visit(browser, server, engine, first, work) {
  const context = await browser.newContext({ locale: "zh-CN" });
  try {
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.addInitScript(engine.script);
    await page.addInitScript(start, { first, limit: LIMIT });
    await page.goto(server.address + engine.page);
    const result = await page.evaluate(() => window.firstAnswer);
    await server.quiet();
    const worked = await work(page, result);
    if (errors.length > 0) throw new Error(`${engine.name}: ${errors.join("; ")}`);
    return worked;
  } finally {
    await context.close();
  }
}

/** Runs in the page: opens the engine as soon as its own scripts have run, and asks. Times count from the opening of the page. */
function start({ first, limit }) {
  const timed = async (ask, query) => {
    const started = performance.now();
    const results = await ask(query, limit);
    return { milliseconds: performance.now() - started, results };
  };
  window.timed = timed;
  const ready = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
  window.engine = ready.then(() => {
    window.startedAt = performance.now();
    return window.openEngine();
  });
  window.firstAnswer = window.engine.then(async (ask) => {
    if (first === null) return null;
    const results = await ask(first, limit);
    return { done: performance.now(), startedAt: window.startedAt, results };
  });
}

/** One visit: the first query from an empty cache, the same again, then another one. */
async function ask(browser, server, engine, asked, further) {
  const spent = (from) => {
    const counted = server.requests.slice(from).filter((request) => engine.counts(request.path));
    const failed = counted.find((request) => request.status >= 400);
    if (failed) throw new Error(`${engine.name}: ${failed.status} for ${failed.path}`);
    return { bytes: counted.reduce((sum, request) => sum + request.bytes, 0), requests: counted.length };
  };
  const again = (page, query) =>
    page.evaluate(async (query) => (await window.timed(await window.engine, query)).milliseconds, query);
  const before = server.requests.length;
  await visit(browser, server, engine, asked.query, async (page, { done, startedAt, results }) => {
    asked.cold.push(done);
    asked.opened.push(startedAt);
    asked.first = spent(before);
    asked.total = results.total;
    asked.same.push(await again(page, asked.query));
    const then = server.requests.length;
    further.other.push(await again(page, further.query));
    await server.quiet();
    further.further = spent(then);
  });
}

/** Milliseconds of each answer when no file is wanting any more, and the requests that were made all the same. */
async function askLoaded(browser, server, engine, queries) {
  return visit(browser, server, engine, queries[0], async (page) => {
    const all = (repetitions) =>
      page.evaluate(
        async ({ queries, repetitions }) => {
          const ask = await window.engine;
          const times = [];
          for (let repetition = 0; repetition < repetitions; repetition += 1) {
            for (const query of queries) times.push((await window.timed(ask, query)).milliseconds);
          }
          return times;
        },
        { queries, repetitions },
      );
    await all(2);
    await server.quiet();
    const before = server.requests.length;
    const times = await all(REPETITIONS);
    await server.quiet();
    return { times, requests: server.requests.length - before };
  });
}
