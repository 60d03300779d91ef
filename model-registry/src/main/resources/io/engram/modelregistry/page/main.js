import { $, el, fill, say } from "./build.js";
import * as api from "./api.js";
import { measureOfKey, measureOfLabels } from "./scores.js";
import { showHeadline } from "./headline.js";
import { repaint, showChart } from "./chart.js";
import { showVersions, statesOf } from "./versions.js";
import { prepareDialogs } from "./dialogs.js";
import { showPipeline } from "./pipeline.js";
import { prepareTry, showTry } from "./tryit.js";

const MOST_VERSIONS = 500;
const FRESH_VERSIONS = 50;
const PATIENCE_MILLIS = 250;

let chosen;
let seen = blank();
let status;

function blank() {
  return { rows: new Map(), events: [], detail: undefined };
}

/** All of a model the first time; later what is new. */
async function read(name) {
  const known = seen;
  const page = await api.versions(name, known.rows.size === 0 ? MOST_VERSIONS : FRESH_VERSIONS);
  page.versions.forEach((row) => known.rows.set(row.version, row));
  const numbers = [...known.rows.keys()].sort((a, b) => a - b);
  numbers.slice(0, Math.max(0, numbers.length - MOST_VERSIONS)).forEach((it) => known.rows.delete(it));
  for (let more = true; more; ) {
    const next = await api.history(name, known.events.length);
    known.events.push(...next.events);
    more = next.next !== null;
  }
  known.detail ??= page.versions.length > 0 ? await api.version(name, "candidate") : undefined;
}

function choose(models) {
  const names = models.map((it) => it.name);
  if (!names.includes(chosen)) {
    chosen = names[0];
    seen = blank();
  }
  $("model-choice").hidden = names.length < 2;
  if ($("model").options.length !== names.length) {
    fill($("model"), ...names.map((it) => el("option", { value: it }, it)));
    $("model").value = chosen;
  }
  return models.find((it) => it.name === chosen);
}

let context;

async function refresh() {
  const model = choose(await api.models());
  if (model === undefined) {
    context = undefined;
    show();
    return;
  }
  await read(model.name);
  if (model.name !== chosen) {
    return;
  }
  const rows = [...seen.rows.values()].sort((a, b) => a.version - b.version);
  const measure = measureOfLabels(seen.detail?.labelSpace);
  const states = statesOf(model, seen.events);
  context = { model, rows, measure, states, stateOf: states.stateOf };
  show();
}

function show() {
  const measure = context?.measure ?? measureOfKey(status?.measure);
  const rows = context?.rows ?? [];
  showHeadline({ measure, newest: rows[rows.length - 1], status });
  showChart({ ...context, rows, measure, status });
  if (context) {
    showVersions(context);
    const inputs = /^input\((\d+)\)/.exec(seen.detail?.network ?? "")?.[1];
    showTry(context, inputs ? Number(inputs) : undefined);
  }
}

// One refresh at a time; what happens meanwhile is one more.
let busy = false;
let again = false;

function changed() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  refresh()
    .catch((error) => say($("link"), error.message))
    .finally(() =>
      setTimeout(() => {
        busy = false;
        if (again) {
          again = false;
          changed();
        }
      }, PATIENCE_MILLIS),
    );
}

function connected(yes) {
  $("link").classList.toggle("on", yes);
  say($("link"), yes ? "live" : "no connection, trying again…");
}

prepareDialogs();
prepareTry();
$("model").addEventListener("change", () => {
  chosen = $("model").value;
  seen = blank();
  changed();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
api.onChange(changed, connected);
api.onStatus((said) => {
  const live = JSON.stringify(said.live) !== JSON.stringify(status?.live);
  const first = status === undefined || context === undefined;
  status = said;
  showPipeline(said);
  if (live || first) {
    show();
  }
});
