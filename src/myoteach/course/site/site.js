// The last script of every page: mounts the explorers one after the other, and gives the page its search and its colours.
import { browserStorage, Log } from "./_log.js";
import { mounter } from "./_mount.js";
import { answerField } from "./_search.js";
import { colours, folds } from "./_page.js";

const site = /** @type {any} */ (globalThis).myoteachSite;
const storage = browserStorage();
const mount = mounter(site, new Log(storage), storage);

/** @type {Element[]} */
const waiting = [];
for (const place of document.querySelectorAll(".explorer")) {
  const fold = place.closest("details.fold:not([open])");
  if (!fold) waiting.push(place);
  else fold.addEventListener("toggle", () => place.classList.contains("mounted") || mount(place));
}

/** One explorer after the other, so that the page answers between them. */
function mountNext() {
  const place = waiting.shift();
  if (!place) return;
  mount(place);
  setTimeout(mountNext);
}

const found = document.getElementById("found");
if (found) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById("find"));
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  answerField(site.search, field, found);
}
colours();
folds();
mountNext();
