import { $, count, el, fill } from "./build.js";
import { line, lineEntry, plainAxis, scoreAxis } from "./plot.js";
import { wordsOf } from "./scores.js";

const charts = {};
let drawn;

function linesOf(curve) {
  const points = (scores) => scores.map((y, i) => ({ x: curve.x[i], y })).filter((it) => Number.isFinite(it.y));
  const dots = { pointRadius: 3 };
  return [
    line("Engram", "--accent", points(curve.model), { borderWidth: 3, pointRadius: 4, order: 0 }),
    line(wordsOf(curve.simple), "--best", points(curve.simpleScore), { ...dots, order: 1 }),
    line("the same network, untrained", "--untrained", points(curve.untrained), { ...dots, borderDash: [6, 4], order: 2 }),
  ].filter((it) => it.data.length > 0);
}

function labelOf(curve, unit, measure) {
  const last = curve.x.length - 1;
  const told = (score) => (Number.isFinite(score) ? measure.format(score) : "no number");
  return `${measure.words} of the champion from ${told(curve.model[0])} after ${count(curve.x[0])} ${unit} to ${told(curve.model[last])} after ${count(curve.x[last])}. The same numbers stand in the table below.`;
}

function drawChart(name, curve, unit, measure) {
  const lines = linesOf(curve);
  $(`${name}-chart`).setAttribute("aria-label", labelOf(curve, unit, measure));
  const scales = { x: plainAxis(unit, { min: curve.x[0], max: curve.x[curve.x.length - 1] }), y: scoreAxis(lines, measure, true) };
  if (charts[name]) {
    charts[name].data.datasets = lines;
    charts[name].options.scales = scales;
    charts[name].update();
    return lines;
  }
  charts[name] = new Chart($(`${name}-chart`), {
    type: "line",
    data: { datasets: lines },
    options: {
      animation: false,
      maintainAspectRatio: false,
      parsing: false,
      interaction: { mode: "x", intersect: false },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: {
            title: (items) => `${unit}: ${count(items[0].parsed.x)}`,
            label: (item) => `${item.dataset.label}: ${drawn.measure.format(item.parsed.y)}`,
          },
        },
      },
      scales,
    },
  });
  return lines;
}

function drawTable(name, curve, unit, measure) {
  const number = (value) => el("td", { class: "number" }, Number.isFinite(value) ? measure.format(value) : "–");
  const columns = [["Engram", curve.model], [wordsOf(curve.simple), curve.simpleScore], ["untrained", curve.untrained]].filter(([, scores]) => scores.some(Number.isFinite));
  fill($(`${name}-head`), el("th", { scope: "col" }, unit), ...columns.map(([words]) => el("th", { scope: "col", class: "number" }, words)));
  fill($(`${name}-body`), ...curve.x.map((x, i) => el("tr", {}, el("th", { scope: "row" }, count(x)), ...columns.map(([, scores]) => number(scores[i])))));
}

function draw(name, curve, unit, measure) {
  drawTable(name, curve, unit, measure);
  return drawChart(name, curve, unit, measure);
}

const drawable = (curve) => curve !== null && curve.model.some(Number.isFinite);

export function showCurves(study, measure) {
  drawn = { study, measure };
  const rows = study !== null && drawable(study.rows);
  const steps = study !== null && drawable(study.steps);
  $("curves").hidden = !rows && !steps;
  $("curves-numbers").hidden = !rows && !steps;
  $("curves").classList.toggle("one", !rows || !steps);
  $("by-rows").hidden = !rows;
  $("by-steps").hidden = !steps;
  $("steps-numbers").hidden = !steps;
  const lines = [...(rows ? draw("rows", study.rows, "labeled rows", measure) : []), ...(steps ? draw("steps", study.steps, "steps", measure) : [])];
  const named = new Map(lines.map((it) => [it.label, it]));
  fill($("curves-key"), ...[...named.values()].map(lineEntry));
}

export function repaintCurves() {
  if (drawn) {
    showCurves(drawn.study, drawn.measure);
  }
}
