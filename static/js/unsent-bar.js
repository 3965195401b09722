// Says on every page what is not sent yet, sends it, and asks before a sign-out that would leave it behind.

import { drafts, dropUnsent, ofOthers, send, waiting } from "./unsent.js";

const here = document.querySelector("form[data-register]")?.dataset.register;
const registers = (n) => `${n} register${n === 1 ? "" : "s"}`;
const are = (n) => (n === 1 ? "is" : "are");
const They = (n) => (n === 1 ? "It goes" : "They go");
const bar = document.createElement("div");
bar.className = "messages screen-only";
bar.setAttribute("role", "status");
document.querySelector("#main")?.prepend(bar);

function note(text, link, drop) {
  const one = document.createElement("div");
  one.className = "note note-warn";
  const said = document.createElement("p");
  said.append(text);
  if (link) {
    const go = document.createElement("a");
    go.href = link.href;
    go.textContent = link.words;
    said.append(" ", go);
  }
  if (drop) {
    const button = document.createElement("button");
    button.className = "link";
    button.textContent = "Drop my marks";
    button.addEventListener("click", drop);
    said.append(" ", button);
  }
  one.append(said);
  return one;
}

function show() {
  // the page of a register says its own itself
  const others = waiting().filter(({ session }) => session !== here);
  const unsent = others.filter(({ state }) => state === "waiting");
  const away = others.filter(({ state }) => state === "away");
  const stuck = others.filter(({ state }) => state === "differs" || state === "refused");
  const notes = stuck.map(({ session, to, state }) => note(
    state === "differs"
      ? "A register you saved without a connection has been saved by somebody else meanwhile. Nothing is overwritten."
      : "A register you saved without a connection could not be saved as it was.",
    { href: to.replace(/send\/$/, ""), words: "Open it and decide" },
    () => dropUnsent(session),
  ));
  if (unsent.length) notes.push(note(`${registers(unsent.length)} ${are(unsent.length)} not sent yet. ${They(unsent.length)} as soon as there is a connection.`));
  if (away.length) notes.push(note(`${registers(away.length)} ${are(away.length)} not sent yet. ${They(away.length)} when you sign in again.`));
  if (ofOthers()) notes.push(note(`${registers(ofOthers())} of somebody else ${are(ofOthers())} not sent yet. ${They(ofOthers())} when that person signs in on this device.`));
  bar.replaceChildren(...notes);
}

document.addEventListener("unsent", show);
addEventListener("storage", show);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.action.endsWith("/sign-out/") || form.dataset.sure) return;
  const left = waiting().length + drafts().length;
  if (!left) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(left, form);
}, true);

/** Asks whether to sign out with registers left behind; they stay, for this person and on this device only. */
function ask(left, form) {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  dialog.setAttribute("aria-labelledby", "ask-unsent");
  const head = document.createElement("h2");
  head.id = "ask-unsent";
  head.textContent = `${registers(left)} not sent yet`;
  const body = document.createElement("p");
  body.textContent = `What you marked stays on this device, without names. ${They(left)} when you sign in here again. On a device that you will not use again, stay signed in until all is sent.`;
  const row = document.createElement("div");
  row.className = "row";
  const stay = document.createElement("button");
  stay.className = "button button-main";
  stay.textContent = "Stay signed in";
  stay.addEventListener("click", () => dialog.close());
  const leave = document.createElement("button");
  leave.className = "button";
  leave.textContent = "Sign out all the same";
  leave.addEventListener("click", () => { form.dataset.sure = "yes"; form.requestSubmit(); });
  row.append(stay, leave);
  dialog.append(head, body, row);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

show();
send();
