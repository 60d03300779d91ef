import { $, el, fill } from "./build.js";
import { bestSimple, ofVersion } from "./scores.js";

const MARKS = {
  champion: { style: "rectRot", radius: 8, words: "champion", shape: "M7 0l7 7-7 7-7-7z", tone: "--good" },
  promoted: { style: "circle", radius: 4, words: "promoted", shape: "M7 3a4 4 0 100 8 4 4 0 000-8z", tone: "--accent" },
  refused: { style: "crossRot", radius: 5, words: "refused", shape: "M3 3l8 8M11 3l-8 8", tone: "--warn" },
  withdrawn: { style: "triangle", radius: 6, words: "rolled back", shape: "M7 1l6.5 12h-13z", tone: "--bad" },
  waiting: { style: "circle", radius: 2, words: "registered", shape: "M7 5a2 2 0 100 4 2 2 0 000-4z", tone: "--accent" },
};
const MOST_QUIET_MARKS = 60;

let chart;
let drawn;

const tone = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function line(label, colour, data, more = {}) {
  return { label, data, borderColor: tone(colour), backgroundColor: tone(colour), borderWidth: 2, pointRadius: 0, pointHitRadius: 12, spanGaps: true, tension: 0, ...more };
}

function datasets({ rows, measure, status, stateOf }) {
  const all = rows.map((row) => ({ row, scores: ofVersion(row), state: stateOf(row) }));
  const points = (value) => all.map((it) => ({ x: it.row.version, y: value(it.scores) })).filter((it) => Number.isFinite(it.y));
  const simple = bestSimple(all[all.length - 1].scores, measure);
  const marks = all.filter((it) => Number.isFinite(it.scores.model)).map((it) => it.state);
  const crowded = marks.length > MOST_QUIET_MARKS;
  const quiet = (state) => crowded && (state === "promoted" || state === "waiting");
  const found = [
    line("Engram", "--accent", points((it) => it.model), {
      borderWidth: 3,
      order: 0,
      pointStyle: marks.map((it) => MARKS[it].style),
      pointRadius: marks.map((it) => (quiet(it) ? 0 : MARKS[it].radius)),
      pointHoverRadius: marks.map((it) => MARKS[it].radius + 2),
      pointBackgroundColor: marks.map((it) => tone(MARKS[it].tone)),
      pointBorderColor: marks.map((it) => tone(MARKS[it].tone)),
      pointBorderWidth: 2,
    }),
    simple && line(simple.words, "--best", points((it) => it.simple.find((one) => one.key === simple.key)?.value), { order: 1 }),
    line("untrained", "--untrained", points((it) => it.untrained), { borderDash: [6, 4], order: 2 }),
    line("on what it learned before", "--retained", points((it) => it.retained), { borderDash: [2, 3], order: 3 }),
  ];
  if (Number.isFinite(status?.live?.score)) {
    found.push(
      line("answers given", "--live", [{ x: rows[rows.length - 1].version, y: status.live.score }], { pointStyle: "star", pointRadius: 8, borderWidth: 2, order: 4 }),
    );
  }
  return { lines: found.filter((it) => it && it.data.length > 0), marks: [...new Set(marks)].filter((it) => !quiet(it)) };
}

function scaleOf(lines, measure) {
  const values = lines.flatMap((it) => it.data.map((point) => point.y));
  const spread = Math.max(...values) / Math.min(...values);
  const logarithmic = measure.key === "mse" && Math.min(...values) > 0 && spread > 20;
  return {
    type: logarithmic ? "logarithmic" : "linear",
    title: { display: true, text: `${measure.words}${logarithmic ? ", each line ten times" : ""}`, color: tone("--quiet") },
    grid: { color: tone("--line") },
    border: { display: false },
    ticks: {
      color: tone("--quiet"),
      maxTicksLimit: 7,
      callback: (value) => (!logarithmic || Number.isInteger(Number(Math.log10(value).toFixed(6))) ? measure.format(value).replace(".0 %", " %") : ""),
    },
  };
}

function keyOf(lines, marks) {
  const swatch = (draw) => `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="14" viewBox="0 0 24 14">${draw}</svg>`;
  const picture = (markup) => document.importNode(new DOMParser().parseFromString(markup, "image/svg+xml").documentElement, true);
  const entry = (markup, words) => {
    const drawing = picture(markup);
    drawing.setAttribute("aria-hidden", "true");
    return el("li", {}, drawing, words);
  };
  return [
    ...lines.map((it) =>
      entry(swatch(`<path d="M1 7h22" stroke="${it.borderColor}" stroke-width="${it.borderWidth}" stroke-dasharray="${(it.borderDash ?? []).join(" ")}"/>`), it.label),
    ),
    ...marks.map((name) => {
      const colour = tone(MARKS[name].tone);
      return entry(swatch(`<path transform="translate(5 0)" d="${MARKS[name].shape}" fill="${name === "refused" ? "none" : colour}" stroke="${colour}" stroke-width="1.6"/>`), MARKS[name].words);
    }),
  ];
}

export function showChart(state) {
  const { rows, measure } = state;
  $("course").hidden = rows.length < 2;
  if (rows.length < 2) {
    return;
  }
  drawn = state;
  const { lines, marks } = datasets(state);
  $("course-hint").textContent = `${measure.hint} Each point is a version.`;
  const first = ofVersion(rows[0]).model;
  const last = ofVersion(rows[rows.length - 1]).model;
  $("chart").setAttribute("aria-label", `${measure.words} of ${rows.length} versions, from ${measure.format(first)} at the first shown to ${measure.format(last)} at the newest.`);
  fill($("key"), ...keyOf(lines, marks));
  const scales = {
    x: {
      type: "linear",
      min: rows[0].version,
      max: rows[rows.length - 1].version,
      offset: rows.length < 40,
      title: { display: true, text: "version", color: tone("--quiet") },
      grid: { display: false },
      border: { color: tone("--line") },
      ticks: { color: tone("--quiet"), precision: 0, maxTicksLimit: 12 },
    },
    y: scaleOf(lines, measure),
  };
  if (chart) {
    chart.data.datasets = lines;
    chart.options.scales = scales;
    chart.update();
    return;
  }
  chart = new Chart($("chart"), {
    type: "line",
    data: { datasets: lines },
    options: {
      animation: false,
      maintainAspectRatio: false,
      parsing: false,
      interaction: { mode: "index", axis: "x", intersect: false },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: {
            title: (items) => `version ${items[0].parsed.x}`,
            label: (item) => `${item.dataset.label}: ${drawn.measure.format(item.parsed.y)}`,
          },
        },
      },
      scales,
    },
  });
}

/** In the colours that hold now. */
export function repaint() {
  if (chart) {
    showChart(drawn);
  }
}
