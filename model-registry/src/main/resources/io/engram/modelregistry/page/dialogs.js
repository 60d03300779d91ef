import { $, count, el, fill } from "./build.js";
import * as api from "./api.js";

let wanted;

function ask(title, text, button, act) {
  wanted = act;
  $("change-title").textContent = title;
  $("change-text").textContent = text;
  $("change-do").textContent = button;
  $("change-error").textContent = "";
  $("change").showModal();
  $("token").focus();
}

export function askRollBack({ model }, version) {
  const to = version === undefined ? "the champion before" : `version ${version}`;
  ask("Roll back?", `Version ${model.champion} is withdrawn, and ${to} is published again to everybody who uses the model.`, "Roll back", (token, reason) =>
    api.change(model.name, "rollback", token, { ...(version === undefined ? {} : { version }), reason }),
  );
}

export function askPromote({ model }, version) {
  ask(`Promote version ${version}?`, "It becomes the champion and is published to everybody who uses the model.", "Promote", (token, reason) =>
    api.change(model.name, "promote", token, { version, reason }),
  );
}

async function submit(event) {
  event.preventDefault();
  $("change-do").disabled = true;
  $("change-error").textContent = "";
  try {
    await wanted($("token").value.trim(), $("reason").value.trim() || "asked for on the page");
    $("change").close();
  } catch (error) {
    $("change-error").textContent = error.status === 401 ? "This token is not right. Nothing was changed." : error.message;
    $("token").focus();
  } finally {
    $("change-do").disabled = false;
  }
}

const NAMES = { "prequential.window": "score", "retained.score": "kept from before", "retained.before": "the version before, of the same" };

export async function askCompare({ model, measure }, version) {
  $("compare-title").textContent = `Version ${version} beside the champion, ${model.champion}`;
  fill($("compare-head"), ...["", `version ${version}`, `version ${model.champion}`].map((it) => el("th", { scope: "col", class: it ? "number" : null }, it || "What")));
  fill($("compare-rows"));
  $("compare-more").textContent = "…";
  $("compare").showModal();
  try {
    const found = await api.compare(model.name, version, model.champion);
    const show = (value) => (Number.isFinite(value) ? measure.format(value) : "–");
    fill(
      $("compare-rows"),
      ...Object.entries(found.metrics).map(([name, it]) =>
        el("tr", {}, el("th", { scope: "row" }, NAMES[name] ?? name.replace("prequential.", "").replace(/([A-Z])/g, " $1").toLowerCase()), el("td", { class: "number" }, show(it.a)), el("td", { class: "number" }, show(it.b))),
      ),
    );
    const tasks = found.lineage.tasks;
    $("compare-more").textContent = tasks ? `Learned from ${count(tasks.a)} and ${count(tasks.b)} tasks.` : "";
  } catch (error) {
    $("compare-more").textContent = error.message;
  }
}

export function prepareDialogs() {
  $("change-form").addEventListener("submit", submit);
  $("change-cancel").addEventListener("click", () => $("change").close());
  $("change").addEventListener("close", () => {
    $("token").value = "";
    $("reason").value = "";
  });
  $("compare-close").addEventListener("click", () => $("compare").close());
}
