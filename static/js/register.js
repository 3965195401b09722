// The register works without this. With it the count is live, a name can be found, the bar says what is not saved, and
// a save without a connection waits in the browser: see unsent.js.

import { draftOf, dropDraft, dropUnsent, keep, keepDraft, send, unsentOf, DAYS_OF_DRAFTS } from "./unsent.js";

const form = document.querySelector("form[data-register]");
if (form) {
  const session = form.dataset.register;
  const rows = [...form.querySelectorAll(".mark")];
  // children added to it by name, on this page or before: their keys, signed by the portal. Those without a row wait
  // for their names, which come from the portal only; their marks go with every save meanwhile
  const tokens = Object.fromEntries([...form.querySelectorAll("input[name^=w]")].map(({ name, value }) => [name.slice(1), value]));
  const nameless = {};
  const total = () => Object.values(nameless).length + form.querySelectorAll(".mark, .decision").length - form.querySelectorAll(".choice-x :checked").length;
  const count = form.querySelector("[data-count] b");
  const saved = form.querySelector("[data-saved]");
  const version = form.elements.version;
  const marks = () => ({ ...nameless, ...Object.fromEntries(
    [...form.querySelectorAll("input[type=radio]:checked")].map(({ name, value }) => [name.slice(1), value]),
  ) });
  /** What a draft keeps: what is marked, in which version, and the tokens of those added. */
  const made = () => ({ version: version.value, marks: marks(), tokens, at: Date.now() });
  // on a slow line a child can be pressed before this runs
  const pressed = Object.fromEntries(
    [...form.querySelectorAll(".choice :checked")].filter((choice) => !choice.defaultChecked)
      .map(({ name, value }) => [name.slice(1), value]),
  );
  const isPressed = Object.keys(pressed).length > 0;
  // what the portal has: of a register that nobody has saved, nothing; of two versions, theirs
  let standing = version.value === "0" ? {} : Object.fromEntries(
    [...form.querySelectorAll(".choice input")].filter((choice) => choice.defaultChecked)
      .map(({ name, value }) => [name.slice(1), value]),
  );
  for (const { name, value } of form.querySelectorAll("[data-theirs]")) standing[name.slice(1)] = value;
  const here = () => Object.values(marks()).filter((mark) => mark === "p" || mark === "l").length;
  const changed = () => Object.entries(marks()).filter(([child, mark]) => standing[child] !== mark).length;

  const say = (state, icon, text, link) => {
    if (!saved) return;
    saved.className = `state state-${state} small`;
    const use = saved.querySelector("use");
    use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
    const words = document.createElement("span");
    words.append(text);
    if (link) {
      const go = document.createElement(link.href ? "a" : "button");
      if (link.href) go.href = link.href;
      else go.type = "button";
      go.className = link.href ? "" : "link";
      go.textContent = link.words;
      if (link.press) go.addEventListener("click", link.press);
      words.append(" ", go);
    }
    saved.replaceChildren(...(use ? [saved.querySelector("svg")] : []), words);
  };
  const recount = () => { if (count) count.textContent = `${here()} of ${total()}`; };
  const back = () => `/sign-in/?next=${encodeURIComponent(location.pathname)}`;

  /** Says how the saved register stands that has not arrived. */
  const sayUnsent = ({ count: marked, state }) => {
    if (state === "waiting") say("n", "unsent", `${marked} not sent yet: kept here.`, { words: "Send now", press: send });
    if (state === "away") say("n", "unsent", `${marked} not sent yet: you are signed out.`, { words: "Sign in", href: back() });
    if (state === "differs") say("a", "unsent", "Somebody else saved this register meanwhile. Save, and see both.", dropping);
    if (state === "refused") say("a", "unsent", "Not saved. Save again, and see why.", dropping);
  };

  const fill = (from) => {
    for (const [child, mark] of Object.entries(from)) {
      const choice = form.querySelector(`input[type=radio][name="m${CSS.escape(child)}"][value="${CSS.escape(mark)}"]`);
      if (choice) choice.checked = true;
    }
    recount();
  };
  const drop = () => { dropDraft(session); dropUnsent(session); location.replace(location.pathname); };
  /** What waited is on this page now, as marks that are not saved. */
  const toDraft = () => {
    if (keepDraft(session, made())) dropUnsent(session);
  };
  form.querySelector("[data-drop]")?.addEventListener("click", (event) => {
    event.preventDefault();
    drop();
  });
  const dropping = { words: "Drop them", press: drop };

  const unmarked = () => rows.filter((row) => !row.querySelector(":checked"));
  /** Goes to a child's row, also where the box that finds a name has hidden it. */
  const jump = (row) => {
    for (const each of rows) each.hidden = false;
    row.scrollIntoView({ block: "center" });
    row.querySelector("input").focus({ preventScroll: true });
  };
  /** Keeps what is marked and not saved. */
  const mind = () => {
    recount();
    keepDraft(session, made());
    if (unsentOf(session)) return; // what it says stays true; these marks go with the next save
    say("n", "not-taken", "Changed, not saved yet");
  };
  const setRest = (mark) => {
    if (!mark) return; // what Enter presses: it sets and saves nothing
    for (const row of unmarked()) row.querySelector(`input[value="${mark}"]`).checked = true;
    mind();
  };

  form.addEventListener("change", (event) => {
    if (event.target.type === "radio") mind();
  });

  let isWaitedFor = false; // somebody pressed Save and looks at the page for what comes of it
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "fill") {
      event.preventDefault();
      setRest(button.value);
      return;
    }
    if (button?.dataset.walkIn && !navigator.onLine) {
      event.preventDefault();
      say("n", "unsent", "No connection: a child can be added once there is one. Your marks stay.");
      return;
    }
    // two versions and refusals are shown by the page that answers
    const state = unsentOf(session)?.state;
    if (button && !button.classList.contains("button-main")) return;
    if (state === "differs" || state === "refused") {
      toDraft();
      return;
    }
    const left = unmarked();
    if (left.length) {
      event.preventDefault();
      say("a", "unsent", `Not saved: ${left.length} ${left.length === 1 ? "child has" : "children have"} no mark.`);
      jump(left[0]);
      return;
    }
    const entry = { to: form.dataset.to, version: version.value, marks: marks(), tokens, reason: form.elements.reason?.value ?? "", count: changed() || total() };
    if (!keep(session, entry)) return; // a browser that keeps nothing sends the form as it is
    event.preventDefault();
    dropDraft(session);
    isWaitedFor = true;
    say("n", "unsent", "Sending");
    send();
  });

  document.addEventListener("unsent", () => {
    const entry = unsentOf(session);
    if (!entry) return;
    sayUnsent(entry);
    if (entry.state === "waiting" || entry.state === "away") isWaitedFor = false;
    if (isWaitedFor && (entry.state === "differs" || entry.state === "refused")) {
      toDraft();
      form.submit(); // the page that answers says why, and shows both versions
    }
  });

  document.addEventListener("sent", ({ detail }) => {
    if (detail.session !== session) return;
    version.value = detail.version;
    standing = detail.marks;
    if (form.hasAttribute("data-refused")) {
      const draft = draftOf(session);
      if (draft) keepDraft(session, { ...draft, version: version.value });
      location.replace(location.pathname); // what this page says was refused is saved now
      return;
    }
    form.querySelector("[data-first]")?.remove();
    const draft = draftOf(session);
    if (draft) {
      keepDraft(session, { ...draft, version: version.value });
      say("n", "not-taken", "Changed, not saved yet");
    } else if (detail.is_changed) {
      say("p", "present", `${detail.saved}; changed by somebody else since.`, { words: "Look", href: location.pathname });
    } else {
      const { href, words } = detail.next ?? {};
      say("p", "present", !words ? detail.saved : href ? `${detail.saved}.` : `${detail.saved}. ${words}`, href && { href, words });
    }
  });

  /** Takes up the marks of those added whose rows are not on this page. */
  const adopt = (entry) => {
    for (const [child, token] of Object.entries(entry?.tokens ?? {})) {
      if (tokens[child]) continue;
      tokens[child] = token;
      if (!form.querySelector(`[name="m${CSS.escape(child)}"]`)) nameless[child] = entry.marks[child];
    }
  };
  /** Asks the portal for their rows; names come from there only. */
  const askNames = async () => {
    const asked = { ...nameless };
    if (!Object.keys(asked).length) return;
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    for (const child of Object.keys(asked)) body.append(`w${child}`, tokens[child]);
    const { walkIn } = form.querySelector("[data-walk-in]")?.dataset ?? {};
    const answer = await fetch(walkIn, { method: "POST", body, redirect: "error" }).catch(() => null);
    if (!answer?.ok) return;
    form.querySelector(".marks").insertAdjacentHTML("beforeend", await answer.text());
    rows.push(...[...form.querySelectorAll(".mark")].slice(rows.length));
    for (const child of Object.keys(asked)) {
      delete nameless[child];
      if (!form.querySelector(`#child-${CSS.escape(child)}`)) delete tokens[child];
    }
    fill(asked);
    if (Object.keys(asked).some((child) => !tokens[child])) {
      say("a", "unsent", "A child you had added cannot be added any more. Ask your hub administrator.");
    }
  };
  addEventListener("online", askNames);
  form.addEventListener("formdata", ({ formData }) => {
    for (const [child, mark] of Object.entries(nameless)) {
      formData.set(`m${child}`, mark);
      formData.set(`w${child}`, tokens[child]);
    }
  });

  /** Fills in what this person marked here before and the portal has not; at once, for the next press may follow. */
  const open = () => {
    recount();
    if (form.hasAttribute("data-refused")) {
      toDraft();
      const [first] = unmarked();
      if (first) jump(first);
      return;
    }
    const isKept = form.hasAttribute("data-kept");
    if (isKept) {
      // what came with the search is on the page, and the page may be opened anew
      keepDraft(session, made());
      history.replaceState(null, "", location.pathname);
    }
    const left = unsentOf(session);
    for (const entry of [left, draftOf(session)]) adopt(entry);
    if (left) {
      fill(left.marks);
      version.value = left.version;
      sayUnsent(left);
      send();
    }
    const draft = draftOf(session);
    if (form.querySelector("fieldset:disabled")) return;
    const isOld = draft && Date.now() - draft.at > DAYS_OF_DRAFTS * 86_400_000;
    const isSame = draft && !isPressed && !isKept && JSON.stringify(draft.marks) === JSON.stringify(marks());
    const isHalf = draft && Object.keys(draft.marks).length < total();
    if (isOld || isSame) dropDraft(session);
    else if (isHalf && !form.hasAttribute("data-open") && form.querySelector("[data-first]")) {
      // it leaves children unmarked: here all of them would be present
      keepDraft(session, { ...draft, marks: { ...draft.marks, ...pressed } });
      location.replace("?start=empty");
      return;
    } else if (draft) {
      fill(draft.marks);
      if (!left) {
        version.value = draft.version;
        if (isKept) say("n", "not-taken", "Changed, not saved yet");
        else say("n", "not-taken", "Marks you had not saved are filled in.", dropping);
      }
    }
    if (isPressed) {
      fill(pressed);
      mind();
    }
  };
  open();
  askNames();

  const find = form.querySelector("[data-find]");
  if (rows.length && !form.querySelector("fieldset:disabled")) keys(form, rows, find?.querySelector("input"));
  if (find) {
    find.hidden = false;
    const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const box = find.querySelector("input");
    box.addEventListener("input", () => {
      const wanted = plain(box.value.trim());
      for (const row of rows) row.hidden = !plain(row.querySelector(".mark-name").textContent).includes(wanted);
    });
    // Enter in the box must not save half a register
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }
}

// The register by keyboard. Keys work only while something in the register has the focus, and never with a modifier:
// whoever speaks to the computer, or uses keys of the browser, marks nobody by chance.
// Here, for a file of its own would be a seventh request of a register opened for the first time.

const LETTERS = "plrae";

/** Lets up and down move between children, a letter mark one and move on, and "/" lead to the box that finds a name. */
function keys(form, rows, find) {
  const said = document.createElement("p");
  said.className = "vh";
  said.setAttribute("role", "status");
  form.append(said);
  form.querySelector("[data-keys]").hidden = false;

  const focus = (row) => (row.querySelector("input:checked") ?? row.querySelector("input")).focus();
  /** Moves to the next child shown, or the one before; stays at either end. */
  const move = (from, step) => {
    let at = from + step;
    while (rows[at]?.hidden) at += step;
    if (rows[at]) focus(rows[at]);
  };
  const mark = (row, letter) => {
    const choice = row.querySelector(`input[value="${letter}"]`);
    if (!choice.checked) {
      choice.checked = true;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    }
    said.textContent = `${row.querySelector(".mark-name").textContent}: ${choice.parentElement.textContent}`;
    choice.focus();
  };

  form.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (target === find && key === "ArrowDown") move(-1, 1);
    else if (target.matches("input:not([type=radio]), select, textarea")) return;
    else if (key === "/" && find) find.select();
    else {
      const row = target.closest(".mark");
      if (!row || event.shiftKey) return;
      const letter = key.toLowerCase();
      if (step) move(rows.indexOf(row), step);
      else if (letter.length === 1 && LETTERS.includes(letter)) {
        mark(row, letter);
        move(rows.indexOf(row), 1);
      } else return;
    }
    event.preventDefault();
  });
}
