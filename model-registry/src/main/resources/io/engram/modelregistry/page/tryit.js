import { $, el, fill } from "./build.js";
import * as api from "./api.js";

let current;

const lines = (text) =>
  text
    .split("\n")
    .map((line, i) => ({ cells: line.trim().split(/\s*[,;\t]\s*|\s+/), at: i + 1, empty: line.trim() === "" }))
    .filter((it) => !it.empty);

function numbers(cells, at, where) {
  return cells.map((cell) => {
    const value = Number(cell);
    if (cell === "" || !Number.isFinite(value)) {
      throw new Error(`${where}, line ${at}: "${cell}" is no number.`);
    }
    return value;
  });
}

/** What is sent; throws with the line that cannot be read. */
export function question(rows, questions, ofNumbers) {
  const support = lines(rows).map(({ cells, at }) => {
    const label = cells[cells.length - 1];
    return {
      features: numbers(cells.slice(0, -1), at, "Labeled rows"),
      label: ofNumbers ? numbers([label], at, "Labeled rows")[0] : label,
    };
  });
  const asked = lines(questions).map(({ cells, at }) => numbers(cells, at, "Questions"));
  if (asked.length === 0) {
    throw new Error("There is no question yet: one row a line.");
  }
  return { support, questions: asked };
}

function answerRow(answer, asked) {
  const words =
    answer.values !== undefined
      ? answer.values.map((it) => Number(it.toPrecision(4))).join(", ")
      : answer.label;
  const sure =
    answer.probabilities !== undefined ? `${(100 * answer.probabilities[answer.label]).toFixed(0)} % sure` : "";
  return el("tr", {}, el("td", {}, asked.length > 8 ? `${asked.slice(0, 8).join(", ")} …` : asked.join(", ")), el("th", { scope: "row" }, words), el("td", {}, sure));
}

async function submit(event) {
  event.preventDefault();
  const button = event.submitter;
  try {
    const body = question($("rows").value, $("questions").value, current.measure.key === "mse");
    button.disabled = true;
    const said = await api.answers(current.model.name, body);
    fill(
      $("answers"),
      el(
        "div",
        { class: "wide", tabindex: "0", role: "region", "aria-label": "Answers" },
        el("table", {}, el("thead", {}, el("tr", {}, ...["Question", "Answer", "Certainty"].map((it) => el("th", { scope: "col" }, it)))), el("tbody", {}, ...said.answers.map((it, i) => answerRow(it, body.questions[i])))),
      ),
      el("p", { class: "quiet" }, `Version ${said.version}, adapted to ${said.adaptedOn} rows.`),
    );
  } catch (error) {
    fill($("answers"), el("p", { class: "error" }, error.message));
  } finally {
    button.disabled = false;
  }
}

/** Rows of a made-up wave, for a model of one number in and one out. */
function example() {
  const wave = (x) => 3 * Math.sin(x + 1);
  const xs = [-4.5, -3.2, -2.1, -1.4, -0.3, 0.6, 1.7, 2.6, 3.8, 4.7];
  $("rows").value = xs.map((x) => `${x}, ${wave(x).toFixed(3)}`).join("\n");
  $("questions").value = [-4, -1, 1, 3].join("\n");
}

/** @param inputs how many numbers a row has, where that is known */
export function showTry(context, inputs) {
  current = context;
  $("try").hidden = context.model.champion === null;
  $("try-example").hidden = !(inputs === 1 && context.measure.key === "mse");
}

export function prepareTry() {
  $("try-form").addEventListener("submit", submit);
  $("try-example").addEventListener("click", example);
}
