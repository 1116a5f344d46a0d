// The first script of every page: where the others put what they bring, and the reader's colours before anything is
// painted.
/** @type {any} */ (globalThis).myoteachSite = { data: {}, explorers: {}, questions: {}, search: [] };
document.body.classList.add("js");

try {
  const chosen = localStorage.getItem("myoteach-colours");
  if (chosen) document.body.dataset.jpThemeLight = chosen;
} catch {
  // a browser that keeps nothing follows the system
}
