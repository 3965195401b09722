// The register works without this. With it the count is live, a name can be found, the bar says what is not saved, and
// a save without a connection waits in the browser: see unsent.js.

import { keys } from "./register-keys.js";
import { draftOf, dropDraft, dropUnsent, keep, keepDraft, send, unsentOf, DAYS_OF_DRAFTS } from "./unsent.js";

const form = document.querySelector("form[data-register]");
if (form) {
  const session = form.dataset.register;
  const rows = [...form.querySelectorAll(".mark")];
  const total = rows.length + form.querySelectorAll(".decision").length;
  const count = form.querySelector("[data-count] b");
  const saved = form.querySelector("[data-saved]");
  const version = form.elements.version;
  const rendered = version.value;
  const marks = () => Object.fromEntries(
    [...form.querySelectorAll("input[type=radio]:checked")].map(({ name, value }) => [name.slice(1), value]),
  );
  // what the portal has: of a register that nobody has saved, nothing; of two versions, theirs
  let standing = version.value === "0" ? {} : marks();
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
  const recount = () => { if (count) count.textContent = `${here()} of ${total}`; };
  const back = () => `/sign-in/?next=${encodeURIComponent(location.pathname)}`;

  /** Says how the saved register stands that has not arrived. */
  const sayUnsent = ({ count: marked, state }) => {
    if (state === "waiting") say("n", "unsent", `${marked} not sent yet. Kept here until there is a connection.`, { words: "Send now", press: send });
    if (state === "away") say("n", "unsent", `${marked} not sent yet: you are signed out.`, { words: "Sign in", href: back() });
    if (state === "differs") say("a", "unsent", "Somebody else saved this register meanwhile. Save, and see both.");
    if (state === "refused") say("a", "unsent", "Not saved. Save again, and see why.");
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
    if (keepDraft(session, { version: version.value, marks: marks(), at: Date.now() })) dropUnsent(session);
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
  const changedHere = () => {
    recount();
    keepDraft(session, { version: version.value, marks: marks(), at: Date.now() });
    if (unsentOf(session)) return; // what it says stays true; these marks go with the next save
    say("n", "not-taken", "Changed, not saved yet");
  };
  const setRest = (mark) => {
    if (!mark) return; // what Enter presses: it sets and saves nothing
    for (const row of unmarked()) row.querySelector(`input[value="${mark}"]`).checked = true;
    changedHere();
  };

  form.addEventListener("change", (event) => {
    if (event.target.type === "radio") changedHere();
  });

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "fill") {
      event.preventDefault();
      setRest(button.value);
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
    const entry = { to: form.dataset.to, version: version.value, marks: marks(), reason: form.elements.reason?.value ?? "", count: changed() || total };
    if (!keep(session, entry)) return; // a browser that keeps nothing sends the form as it is
    event.preventDefault();
    dropDraft(session);
    say("n", "unsent", "Sending");
    send();
  });

  document.addEventListener("unsent", () => {
    const entry = unsentOf(session);
    if (entry) sayUnsent(entry);
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
      say("p", "present", detail.saved);
    }
  });

  /** Fills in what this person marked here before and the portal has not. */
  const open = async () => {
    recount();
    if (form.hasAttribute("data-refused")) {
      toDraft();
      const [first] = unmarked();
      if (first) jump(first);
      return;
    }
    if (unsentOf(session)) await send();
    const left = unsentOf(session);
    if (!left && Number(version.value) > Number(rendered)) {
      location.reload(); // what stands now is not what this page shows
      return;
    }
    // it was saved before this page was made, and the page shows what became of it
    version.value = rendered;
    if (left) {
      fill(left.marks);
      version.value = left.version;
      sayUnsent(left);
    }
    const draft = draftOf(session);
    if (!draft || form.querySelector("fieldset:disabled")) return;
    const isOld = Date.now() - draft.at > DAYS_OF_DRAFTS * 86_400_000;
    if (isOld || JSON.stringify(draft.marks) === JSON.stringify(marks())) {
      dropDraft(session);
      return;
    }
    // it leaves children unmarked: here all of them would be present
    if (Object.keys(draft.marks).length < total && !form.hasAttribute("data-open") && form.querySelector("[data-first]")) {
      location.replace("?start=empty");
      return;
    }
    fill(draft.marks);
    if (left) return;
    version.value = draft.version;
    say("n", "not-taken", "Marks you had not saved are filled in.", dropping);
  };
  open();

  const find = form.querySelector("[data-find]");
  if (rows.length && !form.querySelector("fieldset:disabled")) keys(form, rows, find?.querySelector("input"));
  if (find) {
    find.hidden = false;
    const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const names = rows.map((row) => plain(row.querySelector(".mark-name").textContent));
    const box = find.querySelector("input");
    box.addEventListener("input", () => {
      const wanted = plain(box.value.trim());
      rows.forEach((row, i) => { row.hidden = !names[i].includes(wanted); });
    });
    // Enter in the box must not save half a register
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }
}
