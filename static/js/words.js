// How many words are used follows what is typed. Without this script it is what was kept; the server counts either way.

const box = document.querySelector("[data-words-limit]");
const told = document.querySelector("[data-words-told]");
const PAUSE = 400;
const numbers = new Intl.NumberFormat("en-GB");
let waiting = 0;

// The rule of evaluation/returns/counting.py: between blanks or long dashes, with a letter or a digit. No \s: a script
// takes U+FEFF for a blank, and the server does not.
const BETWEEN = /[\p{White_Space}\p{Cc}\u115f\u1160\u180e\u200b\u2014\u2800\u3164\uffa0\u{1d159}]+/u;
const HAS_LETTER = /[\p{L}\p{N}]/u;

export function wordsIn(text) {
  return text.split(BETWEEN).filter((part) => HAS_LETTER.test(part)).length;
}

function tell() {
  const limit = Number(box.dataset.wordsLimit);
  const most = Number(box.dataset.charactersLimit);
  const used = wordsIn(box.value);
  const over = used - limit;
  const isTooLong = [...box.value.trim()].length > most;
  const said = `${numbers.format(used)} of ${numbers.format(limit)} words used`;
  if (over > 0) {
    told.textContent = `${said}: ${numbers.format(over)} too many.`;
  } else if (isTooLong) {
    told.textContent = `${said}, and more than ${numbers.format(most)} characters: too long.`;
  } else {
    told.textContent = `${said}.`;
  }
  told.classList.toggle("over", over > 0 || isTooLong);
}

// who listens is told once they pause, not at each letter
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(tell, PAUSE);
});
