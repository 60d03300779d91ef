// What a score means: which way is better, and whose it is.

const SIMPLE = {
  nearestNeighbour: "nearest neighbour",
  supportMean: "mean of the rows",
  lastLabel: "last label",
  threeNearest: "three nearest neighbours",
  supportFit: "linear fit",
  globalModel: "one linear model for all",
};

/** What a simple answer is called. */
export const wordsOf = (key) => SIMPLE[key] ?? key;

const short = (value) => {
  const size = Math.abs(value);
  return size !== 0 && (size < 0.0001 || size >= 100000) ? value.toExponential(2) : String(Number(value.toPrecision(3)));
};

const ACCURACY = {
  key: "accuracy",
  words: "right answers",
  over: "Share of right answers, on average over",
  hint: "Share of right answers on new tasks, before learning from them. Higher is better.",
  better: (a, b) => a > b,
  format: (value) => `${(100 * value).toFixed(1)} %`,
  gap: (a, b) => `${(100 * Math.abs(a - b)).toFixed(1)} points ${a > b ? "more" : "fewer"} right answers than`,
};

const ERROR = {
  key: "mse",
  words: "squared error",
  over: "Squared error, the median of",
  hint: "Squared error on new tasks, before learning from them. Lower is better.",
  better: (a, b) => a < b,
  format: short,
  gap: (a, b) => {
    const [less, more] = a < b ? [a, b] : [b, a];
    const ratio = more / less;
    const way = a < b ? "smaller" : "larger";
    if (!Number.isFinite(ratio)) {
      return `an error ${way} than`;
    }
    return ratio >= 2
      ? `an error ${ratio >= 10 ? Math.round(ratio) : ratio.toFixed(1)} times ${way} than`
      : `an error ${(100 * (a < b ? 1 - less / more : ratio - 1)).toFixed(1)} % ${way} than`;
  },
};

export const measureOfLabels = (labelSpace) => (labelSpace === "NONE" ? ERROR : ACCURACY);

export const measureOfKey = (key) => (key === "accuracy" ? ACCURACY : ERROR);

function scores(of) {
  const simple = Object.entries(SIMPLE)
    .map(([key, words]) => ({ key, words, value: of(key) }))
    .filter((it) => Number.isFinite(it.value));
  return { model: of("window"), untrained: of("untrained"), simple };
}

/** Those of a version. */
export function ofVersion(version) {
  const metrics = version.metrics;
  return {
    ...scores((key) => metrics[`prequential.${key}`]),
    retained: metrics["retained.score"],
    before: metrics["retained.before"],
  };
}

/** Those that the learner has at the moment. */
export function ofWindow(window) {
  const byKey = Object.fromEntries(window.map((it) => [it.key === "model" ? "window" : it.key, it.value]));
  return scores((key) => byKey[key]);
}

/** The best that can be had without learning from other tasks; undefined where nothing was measured. */
export const bestSimple = (it, measure) =>
  it.simple.reduce((best, next) => (best === undefined || measure.better(next.value, best.value) ? next : best), undefined);
