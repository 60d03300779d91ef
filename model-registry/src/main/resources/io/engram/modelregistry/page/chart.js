import { $, count, fill } from "./build.js";
import { line, lineEntry, markEntry, plainAxis, scoreAxis, tone } from "./plot.js";
import { bestSimple, ofVersion } from "./scores.js";

const MARKS = {
  champion: { style: "rectRot", radius: 8, words: "champion", shape: "M7 0l7 7-7 7-7-7z", tone: "--good" },
  promoted: { style: "circle", radius: 4, words: "promoted", shape: "M7 3a4 4 0 100 8 4 4 0 000-8z", tone: "--accent" },
  refused: { style: "crossRot", radius: 5, words: "refused", shape: "M3 3l8 8M11 3l-8 8", tone: "--warn" },
  withdrawn: { style: "triangle", radius: 6, words: "rolled back", shape: "M7 1l6.5 12h-13z", tone: "--bad" },
  registered: { style: "circle", radius: 2, words: "registered", shape: "M7 5a2 2 0 100 4 2 2 0 000-4z", tone: "--accent" },
};
const MOST_QUIET_MARKS = 60;

let chart;
let drawn;

function datasets({ course, measure, status }) {
  const all = course.versions.map((row) => ({ row, scores: ofVersion(row), state: row.state.toLowerCase() }));
  const points = (value) => all.map((it) => ({ x: it.row.version, y: value(it.scores) })).filter((it) => Number.isFinite(it.y));
  const simple = bestSimple(all[all.length - 1].scores, measure);
  const marks = all.filter((it) => Number.isFinite(it.scores.model)).map((it) => it.state);
  const crowded = marks.length > MOST_QUIET_MARKS;
  const quiet = (state) => crowded && (state === "promoted" || state === "registered");
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
      line("answers given", "--live", [{ x: all[all.length - 1].row.version, y: status.live.score }], { pointStyle: "star", pointRadius: 8, borderWidth: 2, order: 4 }),
    );
  }
  return { lines: found.filter((it) => it && it.data.length > 0), marks: [...new Set(marks)].filter((it) => !quiet(it)) };
}

function keyOf(lines, marks) {
  return [...lines.map(lineEntry), ...marks.map((name) => markEntry(MARKS[name].shape, tone(MARKS[name].tone), MARKS[name].words, name === "refused"))];
}

export function showChart(state) {
  const { measure } = state;
  const rows = state.course?.versions ?? [];
  $("course").hidden = rows.length < 2;
  if (rows.length < 2) {
    return;
  }
  drawn = state;
  const { lines, marks } = datasets(state);
  const thinned = state.course.of > rows.length;
  $("course-hint").textContent = `${measure.hint} ${thinned ? `${count(rows.length)} of ${count(state.course.of)} versions: of each stretch the lowest and the highest.` : "Each point is a version."}`;
  const first = ofVersion(rows[0]).model;
  const last = ofVersion(rows[rows.length - 1]).model;
  $("chart").setAttribute("aria-label", `${measure.words} of ${count(state.course.of)} versions, from ${measure.format(first)} at the first shown to ${measure.format(last)} at the newest.`);
  fill($("key"), ...keyOf(lines, marks));
  const scales = {
    x: plainAxis("version", { min: rows[0].version, max: rows[rows.length - 1].version, offset: rows.length < 40 }),
    y: scoreAxis(lines, measure),
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
