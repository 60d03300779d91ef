import { $, count, el, fill, say } from "./build.js";
import { markEntry, plainAxis, tone } from "./plot.js";

// Told apart by shape as well as by colour.
const GROUPS = {
  best: { words: "best third", style: "circle", radius: 5, tone: "--good", shape: "M7 2a5 5 0 100 10 5 5 0 000-10z" },
  middle: { words: "middle third", style: "triangle", radius: 6, tone: "--accent", shape: "M7 1l6.5 12h-13z" },
  worst: { words: "worst third", style: "rectRot", radius: 6, tone: "--bad", shape: "M7 0l7 7-7 7-7-7z" },
  none: { words: "not scored", style: "crossRot", radius: 4, tone: "--untrained", shape: "M3 3l8 8M11 3l-8 8" },
};
const FEWEST = 3;

let chart;
let drawn;

/** Thirds by score; tasks of equal scores are in the same one, the better. */
function groupsOf(places, measure) {
  const sorted = places.map((it) => it.score).filter(Number.isFinite).sort((a, b) => (measure.better(a, b) ? -1 : measure.better(b, a) ? 1 : 0));
  const cut = (part) => sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
  const cuts = [cut(1 / 3), cut(2 / 3)];
  const groupOf = (score) => {
    if (!Number.isFinite(score)) {
      return "none";
    }
    return !measure.better(cuts[0], score) ? "best" : !measure.better(cuts[1], score) ? "middle" : "worst";
  };
  return { groupOf, cuts };
}

function wordsOf(group, { cuts, measure }) {
  const than = measure.better(1, 0) ? ["at least", "below"] : ["at most", "above"];
  const told = { best: `${than[0]} ${measure.format(cuts[0])}`, middle: `${than[0]} ${measure.format(cuts[1])}`, worst: `${than[1]} ${measure.format(cuts[1])}` };
  return told[group] ? `${GROUPS[group].words}: ${told[group]}` : GROUPS[group].words;
}

const scoreOf = (place, measure) => (Number.isFinite(place.score) ? measure.format(place.score) : "not scored");

function datasetsOf(places, groupOf) {
  return Object.entries(GROUPS)
    .map(([name, group]) => ({
      name,
      data: places.filter((it) => groupOf(it.score) === name),
      pointStyle: group.style,
      pointRadius: group.radius,
      pointHoverRadius: group.radius + 3,
      backgroundColor: `${tone(group.tone)}b0`,
      borderColor: tone(group.tone),
      borderWidth: 1.5,
    }))
    .filter((it) => it.data.length > 0);
}

export function showMap(study, measure) {
  const places = study?.places ?? [];
  drawn = { study, measure };
  $("map").hidden = places.length < FEWEST;
  if (places.length < FEWEST) {
    return;
  }
  const keys = new Set(places.map((it) => it.key)).size;
  say(
    $("map-hint"),
    `${count(places.length)} tasks of ${keys === 1 ? "one key" : `${count(keys)} keys`}. Those that lie close have alike features and labels; the axes are the two directions in which tasks differ most. Point at one for its key and its ${measure.words} after adapting.`,
  );
  const { groupOf, cuts } = groupsOf(places, measure);
  const datasets = datasetsOf(places, groupOf);
  $("map-chart").setAttribute("aria-label", `Map of ${count(places.length)} tasks, ${datasets.map((it) => `${count(it.data.length)} in the ${GROUPS[it.name].words}`).join(", ")}. The same stands in the table below.`);
  fill($("map-key"), ...datasets.map((it) => markEntry(GROUPS[it.name].shape, tone(GROUPS[it.name].tone), wordsOf(it.name, { cuts, measure }), it.name === "none")));
  drawTable(places, groupOf, measure);
  drawChart(datasets);
}

function drawTable(places, groupOf, measure) {
  say($("map-measure"), measure.words);
  const number = (text) => el("td", { class: "number" }, text);
  fill(
    $("map-rows"),
    ...places.map((it) =>
      el("tr", {}, el("th", { scope: "row" }, it.key), number(scoreOf(it, measure)), el("td", {}, GROUPS[groupOf(it.score)].words), number(it.x.toPrecision(3)), number(it.y.toPrecision(3))),
    ),
  );
}

function drawChart(datasets) {
  const bare = { grid: { color: tone("--line") }, ticks: { display: false } };
  const scales = { x: plainAxis("where tasks differ most", bare), y: plainAxis("where they differ next", bare) };
  if (chart) {
    chart.data.datasets = datasets;
    chart.options.scales = scales;
    chart.update();
    return;
  }
  chart = new Chart($("map-chart"), {
    type: "scatter",
    data: { datasets },
    options: {
      animation: false,
      maintainAspectRatio: false,
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { title: () => "", label: (item) => `${item.raw.key}: ${scoreOf(item.raw, drawn.measure)}` } },
      },
      scales,
    },
  });
}

export function repaintMap() {
  if (drawn) {
    showMap(drawn.study, drawn.measure);
  }
}
