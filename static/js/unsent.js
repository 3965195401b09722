// Registers that are still to be sent, kept in the browser: sessions, keys of children, marks, ids, and the tokens of
// children who were added to one. Never a name.
//
// What was saved stands under "unsent:<person>:<session>" until the portal has answered; what was marked and not saved
// stands under "draft:<person>:<session>". Each save has an id of its own: sent twice, it has one effect.

const me = document.body.dataset.person;
const FIRST_WAIT = 3_000;
const LONGEST_WAIT = 60_000;
const GIVE_UP = 20_000; // ms for one answer
export const DAYS_OF_DRAFTS = 14; // after which a coordinator's register is locked
let wait = FIRST_WAIT;
let timer;
let token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

const read = (key) => {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
};

/** Writes an entry, or removes it; returns whether the browser kept it. */
function write(key, entry) {
  try {
    if (entry) localStorage.setItem(key, JSON.stringify(entry));
    else localStorage.removeItem(key);
  } catch {
    return false;
  }
  document.dispatchEvent(new Event("unsent"));
  return true;
}

const keys = (kind, person) => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(person ? `${kind}:${person}:` : `${kind}:`)).sort();
  } catch {
    return [];
  }
};

export const unsentOf = (session) => read(`unsent:${me}:${session}`);
export const draftOf = (session) => read(`draft:${me}:${session}`);
export const keepDraft = (session, draft) => write(`draft:${me}:${session}`, draft);
export const dropDraft = (session) => write(`draft:${me}:${session}`, null);
export const dropUnsent = (session) => write(`unsent:${me}:${session}`, null);

/** Returns the registers of this person that wait, each with its session. */
export const waiting = () => keys("unsent", me).map((key) => ({ session: key.split(":")[2], ...read(key) }));
export const drafts = () => keys("draft", me);
/** Returns how many registers of other people wait on this device. */
export const ofOthers = () => keys("unsent").length - (me ? keys("unsent", me).length : 0);

/** Keeps a register until the portal has it; returns false where the browser keeps nothing. */
export function keep(session, { to, version, marks, tokens, reason, count }) {
  const before = unsentOf(session);
  // an earlier save may have arrived without our knowing: this one says that it comes after it
  const after = before ? [...before.after, before.save].slice(-50) : [];
  const save = crypto.randomUUID();
  return write(`unsent:${me}:${session}`, { save, after, to, version, marks, tokens, reason, count, state: "new" });
}

/** Sends what waits, one register after the other, in one tab at a time; then again later, should anything be left. */
export async function send() {
  clearTimeout(timer);
  if (!me) return;
  const all = async () => {
    for (const { session, state } of waiting()) {
      if (state !== "differs" && state !== "refused") await sendOne(`unsent:${me}:${session}`, session);
    }
  };
  await (navigator.locks ? navigator.locks.request("unsent", all) : all());
  if (waiting().some(({ state }) => state === "waiting")) {
    timer = setTimeout(send, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  } else {
    wait = FIRST_WAIT;
  }
}

async function sendOne(key, session) {
  const entry = read(key);
  if (!entry) return;
  let state = "waiting";
  let answer;
  let said = {};
  try {
    answer = await post(entry);
    state = stateAfter(answer);
    if (answer.status === 403 && await isMe()) {
      answer = await post(entry);
      state = answer.status === 403 ? "refused" : stateAfter(answer);
    }
    if (state === "sent") said = await answer.json().catch(() => ({}));
  } catch {
    // no connection, or none in time: it may have arrived, and is sent again
  }
  // nothing is waited for from here on: what is saved in between would go with what was sent
  const now = read(key);
  if (!now) return;
  // saved again meanwhile: that one goes now, and says after which it comes
  if (now.save !== entry.save) return sendOne(key, session);
  if (state !== "sent") {
    write(key, { ...now, state });
    return;
  }
  write(key, null);
  document.dispatchEvent(new CustomEvent("sent", { detail: { session, marks: entry.marks, ...said } }));
}

function post({ to, save, after, version, marks, tokens, reason }) {
  const body = new URLSearchParams({ person: me, save, after: after.join(" "), version, reason });
  for (const [child, mark] of Object.entries(marks)) body.append(`m${child}`, mark);
  for (const [child, sign] of Object.entries(tokens ?? {})) body.append(`w${child}`, sign);
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  return fetch(to, { method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout(GIVE_UP) });
}

/** Asks who is signed in now, and takes that person's token; returns whether it is who this page was made for. */
async function isMe() {
  const answer = await fetch("/account/here/", { redirect: "manual", signal: AbortSignal.timeout(GIVE_UP) });
  if (answer.status !== 200) return false;
  const here = await answer.json();
  token = here.token;
  return String(here.person) === me;
}

function stateAfter({ type, status }) {
  if (status === 200) return "sent";
  if (type === "opaqueredirect" || status === 401 || status === 403) return "away";
  if (status === 409) return "differs";
  return status === 429 || status >= 500 ? "waiting" : "refused";
}

// nobody opens an old register again to have its draft dropped
for (const key of keys("draft")) {
  if (!(Date.now() - read(key)?.at < DAYS_OF_DRAFTS * 86_400_000)) write(key, null);
}

addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
