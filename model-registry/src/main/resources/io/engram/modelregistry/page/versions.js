import { $, count, el, fill, when } from "./build.js";
import { bestSimple, ofVersion } from "./scores.js";
import { askCompare, askPromote, askRollBack } from "./dialogs.js";

const FIRST_ROWS = 8;
const WORDS = { champion: "champion", promoted: "was champion", refused: "refused", withdrawn: "rolled back", registered: "registered" };
const MOST_ROWS = 500;
let shown = FIRST_ROWS;

/** How many versions the table asks for. */
export const wantedRows = () => Math.min(MOST_ROWS, Math.max(50, shown));

function actions(row, state, context) {
  const { model } = context;
  const buttons = [];
  if (row.version !== model.champion && model.champion !== null) {
    buttons.push(el("button", { type: "button", onclick: () => askCompare(context, row.version), "aria-label": `Compare version ${row.version} with the champion` }, "Compare"));
  }
  if (row.version !== model.champion && row.parametersKept && !model.pinned) {
    const back = model.rollbackTo.includes(row.version);
    buttons.push(
      el(
        "button",
        { type: "button", onclick: () => (back ? askRollBack(context, row.version) : askPromote(context, row.version)), "aria-label": `${back ? "Roll back to" : "Promote"} version ${row.version}` },
        back ? "Roll back to" : "Promote",
      ),
    );
  }
  return buttons;
}

export function showVersions(context) {
  const { rows, measure, model } = context;
  $("versions").hidden = rows.length === 0;
  if (rows.length === 0) {
    return;
  }
  const simple = bestSimple(ofVersion(rows[rows.length - 1]), measure);
  const retains = rows.some((row) => Number.isFinite(ofVersion(row).retained));
  const number = (value) => el("td", { class: "number" }, Number.isFinite(value) ? measure.format(value) : "–");
  const heads = ["version", "state", measure.words, simple?.words, "untrained", retains ? "kept from before" : undefined, "tasks", "when"];
  fill(
    $("versions-head"),
    ...heads.map((it, i) => (it === undefined ? null : el("th", { scope: "col", class: i > 1 && i < 7 ? "number" : null }, it))).filter((it) => it),
    el("th", { scope: "col" }, "Do"),
  );
  const newestFirst = [...rows].reverse();
  const seen = newestFirst.filter((row, i) => i < shown || row.version === model.champion);
  // A row that somebody stands on stays where the keyboard is.
  const at = document.activeElement?.getAttribute("aria-label");
  fill(
    $("versions-rows"),
    ...seen.map((row) => {
      const scores = ofVersion(row);
      const state = row.state.toLowerCase();
      return el(
        "tr",
        {},
        el("th", { scope: "row" }, count(row.version)),
        el("td", {}, el("span", { class: `tag ${state}`, title: state === "refused" ? row.reason : null }, WORDS[state])),
        number(scores.model),
        simple ? number(scores.simple.find((it) => it.key === simple.key)?.value) : null,
        number(scores.untrained),
        retains ? number(scores.retained) : null,
        el("td", { class: "number" }, count(row.tasks)),
        el("td", {}, when(row.registeredAt)),
        el("td", {}, ...actions(row, state, context)),
      );
    }),
  );
  if (at && $("versions-rows").contains(document.activeElement) === false) {
    [...$("versions-rows").querySelectorAll("button")].find((it) => it.getAttribute("aria-label") === at)?.focus();
  }
  $("more").hidden = shown >= Math.min(model.versions, MOST_ROWS);
  $("more").onclick = () => {
    shown += 50;
    context.more();
  };
  $("undo").hidden = model.rollbackTo.length === 0 || model.pinned;
  $("undo").onclick = () => askRollBack(context, undefined);
}
