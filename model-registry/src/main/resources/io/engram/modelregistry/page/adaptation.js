// How the champion adapts to the newest tasks: asked for while somebody looks.
import { $, count, say } from "./build.js";
import * as api from "./api.js";
import { repaintCurves, showCurves } from "./curves.js";
import { repaintMap, showMap } from "./map.js";

const SOON_MILLIS = 1000;
const LATER_MILLIS = 5000;

let followed;
let timer;
let shown;

/** Keeps asking about the champion of a model. */
export function followAdaptation(context) {
  const other = followed?.model.name !== context.model.name;
  followed = context;
  if (other) {
    shown = undefined;
    clearTimeout(timer);
    timer = undefined;
  }
  if (timer === undefined && context.model.champion !== null) {
    ask();
  }
}

async function ask() {
  timer = 0;
  const { model } = followed;
  let millis = LATER_MILLIS;
  if (document.visibilityState === "visible") {
    try {
      const report = await api.adaptation(model.name);
      if (followed.model.name === model.name) {
        show(report);
      }
      millis = report.state === "COMPUTING" && report.study === null ? SOON_MILLIS : LATER_MILLIS;
    } catch (error) {
      say($("adaptation-hint"), error.message);
    }
  }
  if (followed.model.name === model.name) {
    timer = setTimeout(ask, millis);
  }
}

function hintOf(report, measure) {
  const { study } = report;
  if (study === null) {
    return report.state === "COMPUTING" ? "Looking at the newest tasks…" : report.detail;
  }
  if (study.tasks === 0) {
    return "None of the newest tasks fits the champion, or there is none.";
  }
  const tasks = study.tasks === 1 ? "the newest task" : `the ${count(study.tasks)} newest tasks`;
  return `${measure.over} ${tasks}, by version ${count(study.version)}. It may have learned from some of them.`;
}

function show(report) {
  const said = JSON.stringify(report);
  if (said === shown) {
    return;
  }
  shown = said;
  const { measure } = followed;
  $("adaptation").hidden = false;
  say($("adaptation-hint"), hintOf(report, measure));
  showCurves(report.study, measure);
  showMap(report.study, measure);
}

export function repaintAdaptation() {
  repaintCurves();
  repaintMap();
}
