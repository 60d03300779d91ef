/** What the registry says when it says no. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new Refusal(0, "The registry does not answer.");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refusal(response.status, body.detail ?? `The registry answered ${response.status}.`);
  }
  return body;
}

const of = (model) => `/v1/models/${encodeURIComponent(model)}`;

export const models = () => ask("/v1/models").then((it) => it.models);

export const versions = (model, limit, before) =>
  ask(`${of(model)}/versions?limit=${limit}${before ? `&before=${before}` : ""}`);

export const version = (model, which) => ask(`${of(model)}/versions/${which}`);

export const compare = (model, a, b) => ask(`${of(model)}/compare?a=${a}&b=${b}`);

/** Scores of all versions, thinned by the registry where there are many. */
export const course = (model) => ask(`${of(model)}/course`);

/** How the champion adapts; asked again it tells more. */
export const adaptation = (model) => ask(`${of(model)}/adaptation`);

export const answers = (model, body) =>
  ask(`${of(model)}/adapt-and-predict`, { method: "POST", body: JSON.stringify(body) });

/** Promotes or rolls back. The token is sent with this call and kept nowhere. */
export async function change(model, what, token, body) {
  // A header carries printable ASCII alone; a token is nothing else.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Refusal(401, "");
  }
  return ask(`${of(model)}/${what}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}` },
    body: JSON.stringify({ actor: "page", ...body }),
  });
}

const KINDS = ["Registered", "Rejected", "Promoted", "Refused", "RolledBack", "AliasSet", "AliasRemoved", "Pinned", "Unpinned", "Tagged", "Untagged", "ParametersDropped"];

/** Calls back whenever the registry has changed, and after each new connection. */
export function onChange(changed, connected) {
  const stream = new EventSource("/v1/events");
  KINDS.forEach((kind) => stream.addEventListener(kind, changed));
  stream.addEventListener("open", () => {
    connected(true);
    changed();
  });
  stream.addEventListener("error", () => connected(false));
}

/** Calls back with the state of the roles, at once and whenever it has changed. */
export function onStatus(said) {
  new EventSource("/v1/status/events").addEventListener("Status", (event) => said(JSON.parse(event.data)));
}
