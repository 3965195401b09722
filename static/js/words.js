// How many words are used follows what is typed. Without this script it is what was kept; the server counts either way.

const box = document.querySelector("[data-words-limit]");
const told = document.querySelector("[data-words-told]");
const PAUSE = 400;
let waiting = 0;

// the rule of evaluation/returns/counting.py: between blanks or long dashes, with a letter or a digit
function words(text) {
  return text.split(/[\s\u2014\u200b]+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
}

function tell() {
  const limit = Number(box.dataset.wordsLimit);
  const used = words(box.value);
  const over = used - limit;
  const numbers = new Intl.NumberFormat("en-GB");
  told.textContent = over > 0
    ? `${numbers.format(used)} of ${limit} words used: ${numbers.format(over)} too many.`
    : `${numbers.format(used)} of ${limit} words used.`;
  told.classList.toggle("over", over > 0);
}

// who listens is told once they pause, not at each letter
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(tell, PAUSE);
});
