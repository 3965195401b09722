// While a report is being made its line is fetched again every few seconds. Without this script a link does the same.

const PAUSE = 3000;

async function look() {
  const box = document.querySelector("[data-jobs]");
  // a press in the list is not taken away from under the finger
  if (!document.hidden && !box.contains(document.activeElement)) {
    const answer = await fetch(location.href, { headers: { "X-By-Itself": "1" } }).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-jobs]");
      const ready = (list) => list.querySelectorAll("a.button").length;
      if (ready(fresh) > ready(box)) document.querySelector("[data-ready]").textContent = "A report is ready.";
      box.replaceWith(document.adoptNode(fresh));
    }
  }
  const now = document.querySelector("[data-jobs]");
  now.querySelector("[data-by-hand]")?.remove();
  if (now.hasAttribute("data-unfinished")) setTimeout(look, PAUSE);
}

document.querySelector("[data-by-hand]")?.remove();
setTimeout(look, PAUSE);
