// What all charts share: colours of the style sheet, axes, and a key below that needs no canvas.
import { el } from "./build.js";

export const tone = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function line(label, colour, data, more = {}) {
  return { label, data, borderColor: tone(colour), backgroundColor: tone(colour), borderWidth: 2, pointRadius: 0, pointHitRadius: 12, clip: 8, spanGaps: true, tension: 0, ...more };
}

/** Of scores; logarithmic where errors differ by far. A low chart has no room for long words. */
export function scoreAxis(lines, measure, low = false) {
  const values = lines.flatMap((it) => it.data.map((point) => point.y));
  const spread = Math.max(...values) / Math.min(...values);
  const logarithmic = measure.key === "mse" && Math.min(...values) > 0 && spread > 20;
  const tenfold = low ? " (log)" : ", each line ten times";
  return {
    type: logarithmic ? "logarithmic" : "linear",
    title: { display: true, text: `${measure.words}${logarithmic ? tenfold : ""}`, color: tone("--quiet") },
    grid: { color: tone("--line") },
    border: { display: false },
    ticks: {
      color: tone("--quiet"),
      maxTicksLimit: 7,
      callback: (value) => (!logarithmic || Number.isInteger(Number(Math.log10(value).toFixed(6))) ? measure.format(value).replace(".0 %", " %") : ""),
    },
  };
}

/** Of whatever stands below. */
export const plainAxis = (text, more = {}) => ({
  type: "linear",
  title: { display: true, text, color: tone("--quiet") },
  grid: { display: false },
  border: { color: tone("--line") },
  ...more,
  ticks: { color: tone("--quiet"), precision: 0, maxTicksLimit: 12, ...more.ticks },
});

function entry(drawing, words) {
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="14" viewBox="0 0 24 14">${drawing}</svg>`;
  const picture = document.importNode(new DOMParser().parseFromString(markup, "image/svg+xml").documentElement, true);
  picture.setAttribute("aria-hidden", "true");
  return el("li", {}, picture, words);
}

export const lineEntry = (it) =>
  entry(`<path d="M1 7h22" stroke="${it.borderColor}" stroke-width="${it.borderWidth}" stroke-dasharray="${(it.borderDash ?? []).join(" ")}"/>`, it.label);

/** @param shape a path of 14 by 14 */
export const markEntry = (shape, colour, words, open = false) =>
  entry(`<path transform="translate(5 0)" d="${shape}" fill="${open ? "none" : colour}" stroke="${colour}" stroke-width="1.6"/>`, words);
