import { $, el, fill, say } from "./build.js";
import * as api from "./api.js";
import { measureOfKey, measureOfLabels } from "./scores.js";
import { showHeadline } from "./headline.js";
import { repaint, showChart } from "./chart.js";
import { showVersions, wantedRows } from "./versions.js";
import { followAdaptation, repaintAdaptation } from "./adaptation.js";
import { prepareDialogs } from "./dialogs.js";
import { showPipeline } from "./pipeline.js";
import { prepareTry, showTry } from "./tryit.js";

const PATIENCE_MILLIS = 500;

let chosen;
let seen = {};
let status;

/** What the page shows of a model, bounded however long it has been learned: the newest versions, the champion, a thinned course. */
async function read(name, champion) {
  const [page, course] = await Promise.all([api.versions(name, wantedRows()), api.course(name)]);
  const rows = page.versions;
  if (champion !== null && !rows.some((it) => it.version === champion)) {
    rows.push(...(await api.versions(name, 1, champion + 1)).versions);
  }
  seen.detail ??= rows.length > 0 ? await api.version(name, "candidate") : undefined;
  return { rows: rows.sort((a, b) => a.version - b.version), course };
}

function choose(models) {
  const names = models.map((it) => it.name);
  if (!names.includes(chosen)) {
    chosen = names[0];
    seen = {};
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
  const found = await read(model.name, model.champion);
  if (model.name !== chosen) {
    return;
  }
  context = { model, ...found, measure: measureOfLabels(seen.detail?.labelSpace), more: changed };
  show();
}

function show() {
  const measure = context?.measure ?? measureOfKey(status?.measure);
  const rows = context?.rows ?? [];
  showHeadline({ measure, newest: rows[rows.length - 1], status });
  showChart({ ...context, measure, status });
  if (context) {
    showVersions(context);
    followAdaptation(context);
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
  seen = {};
  changed();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  repaint();
  repaintAdaptation();
});
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
