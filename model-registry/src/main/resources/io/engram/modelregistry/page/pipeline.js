import { $, count, el, fill, say } from "./build.js";
import { measureOfKey } from "./scores.js";

const STATES = { RUNNING: "running", WAITING: "waiting", STALLED: "stalled", STOPPED: "stopped" };
const FACTS = [
  ["examples", "examples read"],
  ["examplesBehind", "examples still to be read"],
  ["open", "examples waiting for their task to be complete"],
  ["tasks", "tasks learned from"],
  ["tasksBehind", "tasks still to be learned from"],
  ["remembered", "kept in memory, to be learned from again"],
  ["metaUpdates", "learning steps"],
];

export function showPipeline(status) {
  say($("source"), status.source);
  $("pipeline").hidden = status.roles.length === 0;
  const roles = JSON.stringify(status.roles);
  if ($("roles").dataset.shown !== roles) {
    $("roles").dataset.shown = roles;
    fill(
      $("roles"),
      ...status.roles.map((it) => {
        const state = STATES[it.state];
        return el("li", { class: state }, el("strong", {}, it.name), el("span", { class: "state" }, it.detail ? `${state}: ${it.detail}` : state));
      }),
    );
  }
  const facts = FACTS.filter(([key]) => status.progress[key] !== null);
  $("progress-card").hidden = facts.length === 0;
  fill($("progress"), ...facts.flatMap(([key, words]) => [el("dt", {}, words), el("dd", {}, count(status.progress[key]))]));
  showBehind(status);
  showRejected(status);
}

/** Which keys the live score is worst of, beside what is simple. */
function showBehind({ live, measure }) {
  const keys = live?.behind ?? [];
  $("behind").hidden = keys.length === 0;
  const { format } = measureOfKey(measure);
  const number = (text) => el("td", { class: "number" }, text);
  fill(
    $("behind-rows"),
    ...keys.map((it) => el("tr", {}, el("th", { scope: "row" }, it.key), number(format(it.score)), number(format(it.simple)), number(count(it.answers)))),
  );
}

function showRejected({ rejected, progress }) {
  $("rejected").hidden = rejected.length === 0;
  const all = progress.rejected ?? rejected.reduce((sum, it) => sum + it.count, 0);
  say($("rejected-sum"), `${count(all)} ${progress.examples ? `of ${count(progress.examples)} ` : ""}were left out. Everything else is learned from.`);
  fill(
    $("rejected-rows"),
    ...rejected.map((it) => el("tr", {}, el("th", { scope: "row" }, it.reason.replaceAll("-", " ")), el("td", { class: "number" }, count(it.count)), el("td", { class: "words" }, it.example || "–"))),
  );
}
