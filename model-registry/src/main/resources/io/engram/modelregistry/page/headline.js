import { $, count, el, fill, say } from "./build.js";
import { bestSimple, ofVersion, ofWindow } from "./scores.js";

/** One sentence: whether it learns, and whether that is better than what is simple. */
export function verdictOf(scores, measure) {
  const best = bestSimple(scores, measure);
  const { model, untrained } = scores;
  if (!Number.isFinite(model)) {
    return { mood: "", mark: "…", text: "Nothing has been scored yet.", why: "The first scores come with the first complete tasks." };
  }
  const learns = !Number.isFinite(untrained) || measure.better(model, untrained);
  const beats = best === undefined || measure.better(model, best.value);
  const gap = (other, words) => `On new tasks it has ${measure.gap(model, other)} ${words}.`;
  if (!learns) {
    return { mood: "bad", mark: "✕", text: "It is not better than untrained.", why: gap(untrained, "the same model before any learning") };
  }
  if (!beats) {
    const same = model === best.value;
    return {
      mood: "bad",
      mark: "✕",
      text: `It ${Number.isFinite(untrained) ? "learns, but is" : "is"} not better than ${best.words}.`,
      why: same ? `Both have ${measure.format(model)}.` : gap(best.value, `${best.words}, the best simple method`),
    };
  }
  if (best !== undefined) {
    return {
      mood: "good",
      mark: "✓",
      text: "It learns, and it is better than every simple method.",
      why: gap(best.value, `${best.words}, the best of them`),
    };
  }
  return Number.isFinite(untrained)
    ? { mood: "good", mark: "✓", text: "It learns: it is better than untrained.", why: gap(untrained, "the same model before any learning") }
    : { mood: "", mark: "…", text: "It is scored, but there is nothing to compare with.", why: "" };
}

export function showHeadline({ measure, newest, status }) {
  // Roles apart do not say what their scores measure: before the first version nobody knows which way is better.
  const scores = newest ? ofVersion(newest) : ofWindow(status?.measure ? status.window : []);
  const verdict = verdictOf(scores, measure);
  $("hero").className = `card hero ${verdict.mood}`;
  say($("mark"), verdict.mark);
  say($("verdict"), verdict.text);
  say($("why"), verdict.why);
  const best = bestSimple(scores, measure);
  const live = status?.live;
  const figure = (name, words, value) =>
    Number.isFinite(value) ? el("div", { class: name }, el("dt", {}, words), el("dd", {}, measure.format(value))) : null;
  fill(
    $("figures"),
    ...[
      figure("big", `Engram, ${measure.words}`, scores.model),
      best ? figure("best", best.words, best.value) : null,
      figure("untrained", "untrained", scores.untrained),
      live ? figure("live", `answers given (${count(live.scored)} scored)`, live.score) : null,
      figure("retained", "on what it learned before", scores.retained),
    ].filter((it) => it !== null),
  );
  say(
    $("measured"),
    newest
      ? `${measure.hint} Version ${count(newest.version)}, the newest, learned from ${count(newest.tasks)} tasks.`
      : Number.isFinite(scores.model)
        ? `${measure.hint} There is no version yet.`
        : "",
  );
}
