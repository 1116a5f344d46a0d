// Day and night: a strip of moments, and for the one chosen a figure that plays it and words on what it is.
import { beginStill, fold, keep, paced, watchTheme } from "./_playing.js";
import { h, marks, put, refill, s, sourcesBlock, uid, urgencyBadge, watch } from "./_prelude.js";
import { makeScene, makeWording, numberList, SAFE, SCENE_STATE } from "./_scene.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_prelude.js").Provenance} Provenance */
/** @typedef {"plain" | "clinical"} Wording */
/** @typedef {{ plain: string, clinical: string }} Worded */
/**
 * @typedef {Worded & { id: string, hour: number, short: string, sign: string, kind: string, note: string, name: string,
 *   clinical_name: string, about: (Worded & { name: string, clinical_name: string }) | null, is_trigger: boolean,
 *   urgency: string, raised: Record<Wording, [string, string][]>,
 *   common: (Worded & { printable: boolean, caution: string })[], flags: Record<string, string>[],
 *   rests: (Provenance & { name: string })[] }} Moment
 * @typedef {{ moments: Moment[], meanings: Record<string, Worded>,
 *   movements: Record<string, import("./_movement_data.js").Movement>,
 *   sources: Record<string, import("./_prelude.js").Source> }} Data
 */

/** Hours between which it is day. */
const DAWN = 6;
const DUSK = 20;
/** What stands on the strip, in a box of 24 by 24. */
const SIGNS = /** @type {Record<string, string>} */ ({
  sun:
    "M12 7a5 5 0 1 0 .01 0ZM12 1V4M12 20V23M1 12H4M20 12H23M4.2 4.2 6.3 6.3M17.7 17.7 19.8 19.8M4.2 19.8 6.3 17.7M17.7 6.3 19.8 4.2",
  cup: "M4 9H17V15A5 5 0 0 1 12 20H9A5 5 0 0 1 4 15ZM17 10H19A2.5 2.5 0 0 1 19 15H17M8 6V3M12.500 6V3",
  plate: "M6 3V21M3 3V8A3 3 0 0 0 9 8V3M18 3C15 4 14 8 14.500 12H18V21V3",
  clock: "M12 3a9 9 0 1 0 .01 0ZM12 7V12L15.500 14",
  bang: "M12 2 14 8 20 5 17.500 11 23 13 17 15 18 21 12.500 17 8 22 8 16 2 15 7 12 4 6 10 8Z",
  shoe: "M3 17V7L7 9C8 12 12 12.500 20 14.500V17ZM3 20H20",
  cloud: "M7 18A4 4 0 0 1 7 10A6 6 0 0 1 18.500 11.500A3.500 3.500 0 0 1 18 18Z",
  moon: "M15 3A9 9 0 1 0 21 15A7.500 7.500 0 0 1 15 3Z",
  bed: "M2 5V20M2 16H22V20M22 16V13A3 3 0 0 0 19 10H9V16M5.500 9.500a1.800 1.800 0 1 0 .01 0Z",
  cot: "M3 6V21M21 6V21M3 9H21M3 18H21M7.500 9V18M12 9V18M16.500 9V18",
});

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  beginStill(model);
  /** @type {Data} */
  const data = model.get("data");
  const strip = makeStrip(model, data);
  const wording = makeWording(model);
  const stage = h("div", { class: "dn-stage" });
  const card = h("div", { class: "dn-card", role: "group", "aria-label": "What it is" });
  const root = h(
    "div",
    { role: "group", class: "myo mv dn", "aria-label": "Day and night" },
    h("div", { class: "mv-head" }, h("h2", { class: "mv-title" }, "A day and a night of jerks"), wording.node),
    strip.node,
    h("div", { class: "dn-board" }, stage, card),
    h("p", { class: "mv-foot" }, `${SAFE} The hours are for the picture only.`),
  );
  /** @type {import("./_scene.js").PlayedScene | null} */
  let scene = null;
  /** @type {ReturnType<typeof fold> | null} */
  let sources = null;
  let shown = "";
  let worded = "";

  const show = (/** @type {Moment} */ moment) => {
    scene?.destroy();
    const movement = data.movements[moment.kind];
    scene = movement ? makeScene(model, movement) : null;
    const note = moment.note ? h("p", { class: "dn-note" }, moment.note) : null;
    refill(stage, ...(note ? [note] : []), ...(scene?.nodes ?? []));
    scene?.start();
  };
  const update = () => {
    const moment = data.moments.find(({ id }) => id === model.get("moment")) ?? data.moments[0];
    if (moment.id !== shown) {
      const isFirst = !shown;
      shown = moment.id;
      if (!isFirst) keep(model, { playing: false, t: 0 });
      show(moment);
    }
    if (worded !== `${moment.id} ${model.get("wording")}`) {
      worded = `${moment.id} ${model.get("wording")}`;
      sources = fold(model, "sources_open", "Sources", () => sourcesOf(data, moment));
      refill(card, ...cardOf(data, moment, model.get("wording")), sources.node);
    }
    sources?.update(moment.id);
    strip.update(moment.id);
    wording.update();
    scene?.update();
  };
  el.replaceChildren(root);
  update();
  const stops = [
    watch(model, ["moment", "sources_open", ...SCENE_STATE], update),
    watchTheme(() => scene?.repaint()),
  ];
  return () => {
    for (const stop of stops) stop();
    strip.destroy();
    scene?.destroy();
  };
}

/**
 * The strip: radio buttons in the order of the day, so that arrows walk along it.
 * @param {Model} model
 * @param {Data} data
 */
function makeStrip(model, data) {
  const name = uid("moment");
  const pace = paced((/** @type {string} */ id) => put(model, "moment", id));
  const boxes = data.moments.map((moment) => {
    const box = h("input", {
      type: "radio",
      name,
      value: moment.id,
      onchange: () => pace.ask(moment.id),
    });
    const isDay = moment.hour >= DAWN && moment.hour < DUSK;
    const label = h(
      "label",
      { class: `dn-moment ${isDay ? "dn-day" : "dn-night"}` },
      box,
      h("span", { class: "dn-hour" }, `${String(moment.hour).padStart(2, "0")}:00`),
      s("svg", { viewBox: "0 0 24 24", class: "dn-sign", "aria-hidden": "true" }, s("path", { d: SIGNS[moment.sign] })),
      h("span", { class: "dn-name" }, moment.short),
    );
    return { moment, box, label };
  });
  const node = h(
    "fieldset",
    { class: "dn-strip" },
    h("legend", { class: "dn-legend" }, "Tap a moment, or walk along with the arrow keys."),
    h("div", { class: "dn-moments" }, boxes.map(({ label }) => label)),
  );
  const update = (/** @type {string} */ chosen) => {
    if (pace.isWaiting()) return;
    for (const { moment, box } of boxes) box.checked = moment.id === chosen;
  };
  return { node, update, destroy: pace.cancel };
}

/**
 * What a moment is, how common, and until when it is harmless.
 * @param {Data} data
 * @param {Moment} moment
 * @param {Wording} wording
 */
function cardOf(data, moment, wording) {
  const isPlain = wording === "plain";
  const heading = h(
    "h3",
    { class: "dn-title" },
    isPlain ? moment.name : moment.clinical_name,
    " ",
    marks(moment.rests[0]),
  );
  const about = moment.about
    ? h(
      "p",
      {},
      h("strong", {}, `${isPlain ? moment.about.name : moment.about.clinical_name}. `),
      moment.about[wording],
    )
    : null;
  return [
    heading,
    h("p", {}, moment[wording]),
    ...(about ? [about] : []),
    ...commonOf(moment, wording),
    ...limitsOf(data, moment, wording),
  ];
}

/**
 * @param {Moment} moment
 * @param {Wording} wording
 */
function commonOf({ common }, wording) {
  return common.map((row) =>
    row.printable
      ? h("p", {}, h("strong", {}, "How common. "), row[wording], " ", h("span", { class: "dn-dim" }, row.caution))
      : h("p", {}, h("strong", {}, "How common. "), row.plain)
  );
}

/**
 * Until when it is harmless; where it never is to be waited out, that.
 * @param {Data} data
 * @param {Moment} moment
 * @param {Wording} wording
 */
function limitsOf(data, moment, wording) {
  const isPlain = wording === "plain";
  const isMild = moment.urgency === "none" || moment.urgency === "routine";
  const signs = moment.raised[wording].map(([sign, word]) => h("li", {}, urgencyBadge(word), ` ${sign}`));
  const flags = moment.flags.map((flag) =>
    h(
      "li",
      {},
      urgencyBadge(flag.urgency),
      ` ${isPlain ? flag.flag_plain : flag.flag_clinical} `,
      h("strong", {}, isPlain ? flag.action_plain : flag.action_clinical),
    )
  );
  const meaning = data.meanings[moment.urgency][wording];
  return [
    h("h4", { class: "dn-until" }, isMild ? "Harmless until …" : "Not to be waited out"),
    h("p", { class: "dn-act" }, urgencyBadge(moment.urgency), ` ${meaning}`),
    h("ul", { class: "dn-limits" }, signs, flags),
  ];
}

/**
 * @param {Data} data
 * @param {Moment} moment
 */
function sourcesOf(data, moment) {
  const blocks = moment.rests.flatMap((row) => [h("h5", {}, row.name), sourcesBlock(row, data.sources)]);
  const movement = data.movements[moment.kind];
  const numbers = movement
    ? [
      h("h5", {}, "The figure"),
      h("p", {}, `${movement.label}, simulated. ${movement.said} What its numbers rest on:`),
      numberList(movement),
    ]
    : [];
  return h("div", {}, blocks, numbers);
}

export default { render };
