// Looks through every section of every page for the words that were typed.

/** @typedef {{ file: string, page: string, head: string, text: string }} Section */

const MOST_HITS = 40;
const AROUND = 90;

/**
 * Sections that hold every word, those first that name one in their heading.
 * @param {Section[]} sections
 * @param {string} asked
 */
export function find(sections, asked) {
  const wanted = asked.toLowerCase().split(/\s+/).filter((word) => word);
  if (!wanted.length) return [];
  const scored = sections.map((section) => ({ section, score: score(section, wanted) })).filter(({ score }) => score);
  return scored.sort((one, two) => two.score - one.score).map(({ section }) => section);
}

/**
 * @param {Section} section
 * @param {string[]} wanted
 */
function score({ page, head, text }, wanted) {
  const [named, body] = [`${page} ${head}`.toLowerCase(), text.toLowerCase()];
  if (!wanted.every((word) => named.includes(word) || body.includes(word))) return 0;
  return wanted.reduce((sum, word) => sum + (named.includes(word) ? 20 : 0) + body.split(word).length / 10, 1);
}

/**
 * A piece of the text around the first word found, as text and marks.
 * @param {string} text
 * @param {string[]} wanted
 */
function excerpt(text, wanted) {
  const small = text.toLowerCase();
  const first = Math.min(...wanted.map((word) => small.indexOf(word)).filter((place) => place >= 0), text.length);
  const start = first === text.length ? 0 : Math.max(0, text.lastIndexOf(" ", first - AROUND) + 1);
  const piece = text.slice(start, start + 3 * AROUND);
  const pattern = new RegExp(`(${wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "gi");
  const parts = piece.split(pattern).map((part, place) => (place % 2 ? element("mark", part) : part));
  return [start ? "… " : "", ...parts, start + 3 * AROUND < text.length ? " …" : ""];
}

/**
 * @param {string} tag
 * @param {...(Node | string)} children
 */
function element(tag, ...children) {
  const node = document.createElement(tag);
  node.append(...children);
  return node;
}

/**
 * Let the page of the search answer its field.
 * @param {Section[]} sections
 * @param {HTMLInputElement} field
 * @param {HTMLElement} place
 */
export function answerField(sections, field, place) {
  const status = element("p");
  status.setAttribute("role", "status");
  const list = element("ol");
  list.className = "hits";
  place.replaceChildren(status, list);
  const show = () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter((word) => word);
    const hits = find(sections, field.value);
    const some = hits.length > MOST_HITS ? `The best ${MOST_HITS} of ${hits.length}` : String(hits.length);
    status.textContent = wanted.length
      ? `${some} ${hits.length === 1 ? "place" : "places"} with “${field.value.trim()}”.`
      : "Type one or more words in the field above.";
    list.replaceChildren(...hits.slice(0, MOST_HITS).map((section) => hit(section, wanted)));
  };
  field.addEventListener("input", show);
  show();
}

/**
 * @param {Section} section
 * @param {string[]} wanted
 */
function hit({ file, page, head, text }, wanted) {
  const link = element("a", head);
  link.setAttribute("href", file);
  return element("li", link, head === page ? "" : element("small", page), element("p", ...excerpt(text, wanted)));
}
