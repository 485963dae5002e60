// The figures of a site as a table for people: a column for each engine, and how many times as much ours is.

const WIDTH = 50;
const COLUMN = 18;

const sorted = (values) => [...values].sort((one, other) => one - other);
const quantile = (values, share) => sorted(values)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)];
export const median = (values) => {
  const inOrder = sorted(values);
  const middle = inOrder.length >> 1;
  return inOrder.length % 2 === 1 ? inOrder[middle] : (inOrder[middle - 1] + inOrder[middle]) / 2;
};

/** The times of answers with everything loaded, in short. */
export const summary = ({ times, requests }) => ({
  milliseconds_median: median(times),
  milliseconds_99th: quantile(times, 0.99),
  requests,
});

/** What is told of an engine, each a name, a number and the number of digits behind its point. */
function lines({ build, queries, loaded }, answered) {
  const of = (part) => queries.filter(({ query }) => answered.has(query)).map(part);
  const kilobytes = (part) => of((query) => part(query).bytes / 1024);
  const times = (name) => of((query) => median(query[name]));
  const found = queries.filter((query) => query.total > 0).length;
  const all = (part) => queries.map(part);
  return [
    ["build, wall time, s", build.seconds, 1],
    ["build, most memory, MB", build.peak_kilobytes / 1024, 0],
    ["index alone, s", build.index_seconds, 1],
    ["index, files", build.index_files, 0],
    ["index, KB", build.index_bytes / 1024, 0],
    ["queries with an answer", found, 0],
    ["all queries: to first excerpts, KB, median", median(all((query) => query.first.bytes / 1024)), 1],
    ["answered by all: to first excerpts, KB, median", median(kilobytes((query) => query.first)), 1],
    ["… most", Math.max(...kilobytes((query) => query.first)), 1],
    ["… requests, median", median(of((query) => query.first.requests)), 0],
    ["further query, KB, median", median(kilobytes((query) => query.further)), 1],
    ["… most", Math.max(...kilobytes((query) => query.further)), 1],
    ["cold, page open to excerpts, ms, median", median(times("cold")), 0],
    ["… of these until the engine is begun", median(times("opened")), 0],
    ["another query, ms, median", median(times("other")), 1],
    ["the same query again, ms, median", median(times("same")), 2],
    ["everything loaded, ms, median", median(loaded.times), 2],
    ["… 99th", quantile(loaded.times, 0.99), 2],
    ["… requests all the same", loaded.requests, 0],
  ];
}

/** Prints the table of a site. */
export function table(title, engines) {
  const answered = new Set(
    engines[0].queries
      .map(({ query }) => query)
      .filter((query) => engines.every((engine) => engine.queries.find((other) => other.query === query).total > 0)),
  );
  const columns = engines.map((engine) => lines(engine, answered));
  console.log(`\n${title}; ${engines[0].queries.length} queries, ${answered.size} of them answered by every engine`);
  console.log(row("", engines.map((engine) => engine.engine), engines.length > 1 ? "ratio" : ""));
  for (const [index, [name]] of columns[0].entries()) {
    const values = columns.map((column) => column[index][1]);
    const digits = columns[0][index][2];
    const shown = values.map((value) => (value === null ? "–" : value.toLocaleString("en-US", fixed(digits))));
    const [ours, theirs] = values;
    const ratio = ours !== null && theirs ? (ours / theirs).toFixed(2) : "";
    console.log(row(name, shown, ratio));
  }
}

const fixed = (digits) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });
const row = (name, cells, last) =>
  (name.padEnd(WIDTH) + cells.map((cell) => cell.padStart(COLUMN)).join("") + last.padStart(8)).trimEnd();

/** The queries one by one: bytes to the first excerpts and results in all. */
export function byQuery(engines) {
  console.log();
  console.log(row("query: KB to first excerpts · results in all", engines.map((engine) => engine.engine), ""));
  for (const [index, { query }] of engines[0].queries.entries()) {
    const cells = engines.map(({ queries }) => `${(queries[index].first.bytes / 1024).toFixed(1)} · ${queries[index].total}`);
    console.log(padded(query, WIDTH) + row("", cells, "").slice(WIDTH));
  }
}

/** Padded to a width on a terminal, where Chinese characters take two places. */
export function padded(text, width) {
  const wide = [...text].filter((character) => character > "\u2000").length;
  return text + " ".repeat(Math.max(0, width - text.length - wide));
}
