// The page around the explorers: colours, folds that open for a link or for paper.

/** Let the reader choose light or dark, and remember it. */
export function colours() {
  const list = /** @type {HTMLSelectElement | null} */ (document.getElementById("theme"));
  if (!list) return;
  list.value = document.body.dataset.jpThemeLight ?? "";
  list.addEventListener("change", () => {
    if (list.value) document.body.dataset.jpThemeLight = list.value;
    else delete document.body.dataset.jpThemeLight;
    try {
      if (list.value) localStorage.setItem("myoteach-colours", list.value);
      else localStorage.removeItem("myoteach-colours");
    } catch {
      // a browser that keeps nothing forgets it with the page
    }
  });
  /** @type {HTMLElement} */ (list.closest("label")).hidden = false;
}

/** What the address points to; a link that was cut or mangled on its way points nowhere. */
function anchor() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

/** Open the folds around what a link points to, and all of them for paper. */
export function folds() {
  const reveal = () => {
    const target = document.getElementById(anchor());
    if (!target) return;
    let closed = false;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
      closed ||= !fold.open;
      fold.open = true;
    }
    if (closed) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
  /** @type {HTMLDetailsElement[]} */
  const opened = [];
  addEventListener("beforeprint", () => {
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const closed = document.querySelectorAll("details:not(.code, [open])");
    opened.push(...closed);
    for (const fold of closed) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened.splice(0)) fold.open = false;
  });
}
