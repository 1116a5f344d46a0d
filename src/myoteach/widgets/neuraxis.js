// The neuraxis: choose where a jerk starts; see its way, its muscles in order and its bursts, and measure them.
import { h, marks, pick, put, refill, segmented, sourcesBlock, uid, watch } from "./_prelude.js";
import { difference, makeTraces, tenth } from "./_caliper.js";
import { makeClock } from "./_clock.js";
import { makeDrawing } from "./_neuraxis_drawing.js";
import { makeMover, movesInWords } from "./_neuraxis_figure.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_prelude.js").Provenance} Provenance */
/** @typedef {import("./_caliper.js").Trace & { delay: number, nerve: number, rests: string, peak: number }} Muscle */
/**
 * @typedef {{ id: string, number: number, name: string, generator: string, label: string, role: string,
 *   firing: string, kinds: string[],
 *   about: Provenance & { plain: string, clinical: string, examples_plain: string, examples_clinical: string,
 *     status: string, recordings: string },
 *   start: number, end: number, first: number, stimulus: number | null, stimulus_name: string, rate: number, traces: Muscle[],
 *   rules: string[], measured: string[], numbers: [string, string, string][], still: number, movement: any,
 *   moves: import("./_neuraxis_figure.js").Move[] }} Level
 */
/** @typedef {Provenance & { id: string, rule: string, plain: string, measure: string, if_a: string, then_a: string,
 *   if_b: string, then_b: string, accuracy: string, status: string, note: string }} Rule */
/** @typedef {Provenance & { id: string, name: string, value: string, note: string, rests: string }} Measured */
/** @typedef {{ levels: Level[], rules: Record<string, Rule>, measured: Record<string, Measured>,
 *   sources: Record<string, import("./_prelude.js").Source> }} Data */

const STATE = ["level", "wording", "same_scale", "snap", "opened"];
/**
 * Milliseconds of the body in one second of the viewer, while the impulse travels and while the limbs follow: slow enough
 * to be seen; slower where motion is unwelcome.
 */
const PACE = { impulse: 5, limbs: 50 };
const CALM_PACE = { impulse: 1, limbs: 10 };
/** Seconds between two changes of the number of the time while it runs. */
const TEXT_EVERY = 0.1;
/** A spoken sentence waits until the hand rests. */
const HUSH = 350;
const SIMULATED = "Simulated for teaching; no patient’s recording. Nothing here is a diagnosis.";

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  /** @type {Data} */
  const data = model.get("data");
  const widest = {
    start: Math.min(...data.levels.map(({ start }) => start)),
    end: Math.max(...data.levels.map(({ end }) => end)),
  };
  const drawing = makeDrawing({ levels: data.levels, onpick: (id) => choose(model, id) });
  const list = levelList(model, data);
  const wording = wordingSwitch(model);
  const head = h("div", { class: "nx-head" });
  const detail = h("div", { role: "group", class: "nx-detail", "aria-label": "The selected level" });
  const status = h("p", { class: "myo-sr", role: "status" });
  const readout = h("p", { class: "nx-readout" });
  const traces = makeTraces({
    handles: () => model.get("caliper"),
    snaps: () => model.get("snap"),
    onmove: (handles) => put(model, "caliper", handles),
  });
  const mover = makeMover();
  const impulse = makeImpulse(model, data, (time) => {
    drawing.setTime(time);
    traces.setTime(time);
    mover.setTime(time);
  });
  const figure = h("div", {
    role: "group",
    class: "nx-figure",
    "aria-label": "Muscle recordings of one jerk, with a caliper",
  });
  figure.append(impulse.node, traces.node, readout, caliperBar(model), impulse.hint);

  let speech = 0;
  const say = (/** @type {string} */ text) => {
    clearTimeout(speech);
    speech = setTimeout(() => status.textContent = text, HUSH);
  };
  const measure = () => {
    traces.place();
    const [first, second] = model.get("caliper");
    readout.replaceChildren(
      "Caliper: A ",
      h("b", {}, `${tenth(first)} ms`),
      ", B ",
      h("b", {}, `${tenth(second)} ms`),
      ". Between them ",
      h("b", { class: "nx-difference" }, difference([first, second])),
    );
  };
  const draw = () => {
    const level = current(model, data);
    const words = model.get("wording");
    pick(list, level.id);
    pick(wording, words);
    refill(head, ...heading(level, words));
    drawing.show(level.id, level.traces);
    traces.show(level, model.get("same_scale") ? widest : level, words);
    mover.show(level);
    for (const name of ["snap", "same_scale"]) {
      /** @type {HTMLInputElement} */ (figure.querySelector(`[data-key="${name}"]`)).checked = model.get(name);
    }
    impulse.show();
    measure();
    refill(detail, ...about(model, data, level));
  };
  el.replaceChildren(
    h(
      "div",
      { role: "group", class: "myo nx", "aria-label": "Neuraxis: where a jerk starts" },
      h("div", { class: "nx-top" }, h("p", { class: "nx-question" }, "Where does the jerk start?"), wording),
      h(
        "div",
        { class: "nx-stage" },
        h("div", { class: "nx-where" }, drawing.node, list, mover.node),
        h("div", {}, head, figure),
      ),
      status,
      detail,
      h("p", { class: "nx-footer" }, footing(data)),
    ),
  );
  draw();
  const stops = [
    watch(model, STATE, draw),
    watch(model, ["level"], () => say(sentence(current(model, data), model.get("wording")))),
    watch(model, ["caliper"], () => {
      measure();
      say(`${difference(model.get("caliper"))} between the handles.`);
    }),
    watch(model, ["playing"], impulse.show),
    watch(model, ["t"], () => {
      impulse.show();
      const told = arrivedAt(current(model, data), model.get("t"), model.get("wording"));
      if (told) say(told);
    }),
  ];
  return () => {
    clearTimeout(speech);
    impulse.stop();
    mover.stop();
    for (const stop of stops) stop();
  };
}

/**
 * @param {Model} model
 * @param {Data} data
 */
const current = (model, data) => data.levels.find(({ id }) => id === model.get("level")) ?? data.levels[0];

/**
 * Choose a level; an impulse goes back to its start.
 * @param {Model} model
 * @param {string} id
 */
function choose(model, id) {
  model.set("playing", false);
  model.set("t", 0);
  put(model, "level", id);
}

/**
 * @param {Model} model
 * @param {Data} data
 */
function levelList(model, data) {
  const name = uid("level");
  const items = data.levels.map((level) =>
    h(
      "label",
      { class: "nx-level" },
      h("input", {
        type: "radio",
        name,
        value: level.id,
        "data-key": level.id,
        onchange: () => choose(model, level.id),
      }),
      h("span", { class: "nx-number", "aria-hidden": "true" }, String(level.number)),
      h("span", {}, level.name),
    )
  );
  return h(
    "fieldset",
    { class: "nx-levels" },
    h("legend", { class: "myo-sr" }, "Level at which the jerk starts"),
    items,
  );
}

/** @param {Model} model */
function wordingSwitch(model) {
  return segmented({
    quiet: true,
    legend: "Which words lead",
    options: [["plain", "Plain words"], ["clinical", "Clinical"]],
    value: model.get("wording"),
    onpick: (value) => put(model, "wording", value),
  });
}

/**
 * @param {Level} level
 * @param {"plain" | "clinical"} words
 */
function heading(level, words) {
  return [
    h("h2", {}, h("b", {}, `${level.number}. ${words === "plain" ? level.name : sentenceCase(level.generator)}`)),
    h(
      "p",
      { class: "nx-shown" },
      level.role === "mimic" ? h("strong", { class: "nx-mimic" }, "A look-alike") : null,
      `${level.label}, simulated. ${lengths(level)}.`,
    ),
  ];
}

/** @param {string} text */
const sentenceCase = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {Level} level */
function firing(level) {
  const fired = /** @type {(Muscle & { onset: number, duration: number })[]} */ (
    level.traces.filter(({ onset }) => onset !== null)
  );
  return fired.sort((one, other) => one.onset - other.onset);
}

/**
 * What is heard after a choice.
 * @param {Level} level
 * @param {"plain" | "clinical"} words
 */
function sentence(level, words) {
  const fired = firing(level);
  return `${words === "plain" ? level.name : level.generator}. First ${fired[0][words]}, after ${fired[0].onset} ms. ${
    lengths(level)
  }.`;
}

/** @param {Level} level */
function lengths(level) {
  const values = firing(level).map(({ duration }) => Math.round(duration));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const what = level.firing === "single" ? "One potential" : "Bursts";
  return `${what} of ${low === high ? low : `${low} to ${high}`} ms`;
}

// ------------------------------------------------------------------------------------------------------- the caliper

/** @param {Model} model */
function caliperBar(model) {
  const box = (/** @type {string} */ trait, /** @type {string} */ text) => {
    const input = h("input", {
      type: "checkbox",
      "data-key": trait,
      onchange: () => put(model, trait, input.checked),
    });
    return h("label", { class: "nx-check" }, input, h("span", {}, text));
  };
  return h(
    "div",
    { class: "nx-bar" },
    box("snap", "Snap to bursts"),
    box("same_scale", "Same scale at all levels"),
    h("p", { class: "nx-hint" }, "Drag A or B, or tap. Keys: arrows 1 ms, with shift 10."),
  );
}

// ------------------------------------------------------------------------------------------------------- the impulse

/**
 * The clock that impulse, traces and figure share. It runs when asked: by play and pause, from muscle to muscle and on to
 * where the limbs are, or by a slider. Nothing moves before.
 * @param {Model} model
 * @param {Data} data
 * @param {(time: number) => void} ontime
 */
function makeImpulse(model, data, ontime) {
  const pace = matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM_PACE : PACE;
  const level = () => current(model, data);
  let saidAt = 0;
  const clock = makeClock({
    seconds: level().still,
    speed: () => clock.time < lastOnset(level()) ? pace.impulse : pace.limbs,
    loops: () => false,
    ontick: (time) => {
      ontime(time);
      const now = performance.now();
      if (clock.isPlaying && now - saidAt < TEXT_EVERY * 1000) return;
      saidAt = now;
      tell(time);
    },
    onstop: (time) => {
      label();
      model.set("t", tenth(time));
      put(model, "playing", false);
    },
  });
  const stopAt = (/** @type {number} */ time) => {
    clock.pause();
    put(model, "t", time);
  };
  const button = (/** @type {string} */ key, /** @type {string} */ text, /** @type {() => void} */ onclick) =>
    h("button", { type: "button", class: "myo-button", "data-key": key, onclick }, text);
  const play = button("play", "", () => {
    if (clock.isPlaying) return clock.pause();
    clock.play();
    label();
    put(model, "playing", true);
  });
  const next = button("next", "Next muscle", () => stopAt(stopsOf(level()).find((at) => at > model.get("t")) ?? 0));
  const back = button("back", "Back", () => stopAt(0));
  const id = uid("time");
  const time = h("input", { type: "range", id, min: 0, step: 1, value: 0, oninput: () => stopAt(Number(time.value)) });
  const shown = h("span", { class: "nx-time", "aria-hidden": "true" });
  const label = () => play.textContent = clock.isPlaying ? "Pause" : "Let an impulse run";
  const tell = (/** @type {number} */ now) => {
    time.value = String(now);
    time.setAttribute("aria-valuetext", `${Math.round(now)} ms after the discharge`);
    shown.textContent = `${Math.round(now)} ms`;
  };
  const show = () => {
    if (clock.isPlaying && !model.get("playing")) clock.pause();
    clock.resize(level().still);
    time.max = String(level().still);
    if (!clock.isPlaying) clock.seek(model.get("t"));
  };
  label();
  // What is opened again never starts by itself.
  if (model.get("playing")) put(model, "playing", false);
  const slider = h("span", { class: "nx-slider" }, h("label", { for: id }, "Time"), time, shown);
  const hint = `One second here is ${pace.impulse} ms in the body; once all muscles have fired, ${pace.limbs} ms.`;
  return {
    node: h("div", { class: "nx-bar" }, play, next, back, slider),
    hint: h("p", { class: "nx-hint" }, hint),
    show,
    stop: clock.pause,
  };
}

/** @param {Level} level */
const lastOnset = (level) => Math.max(...firing(level).map(({ onset }) => onset));

/**
 * Where the clock stops from step to step: when each muscle fires, then when that which moves most has gone furthest.
 * @param {Level} level
 */
const stopsOf = (level) => [...firing(level).map(({ onset }) => onset), ...level.moves.slice(0, 1).map(({ at }) => at)];

/**
 * What is heard where the clock stops.
 * @param {Level} level
 * @param {number} time
 * @param {"plain" | "clinical"} words
 */
function arrivedAt(level, time, words) {
  const [most] = level.moves;
  if (most && time >= most.at) return `After ${most.at} ms the limbs have followed. ${movesInWords(level)}`;
  const here = firing(level).filter(({ onset }) => onset <= time).at(-1);
  return here ? `${here[words]}, after ${here.onset} ms.` : "";
}

// -------------------------------------------------------------------------------------------------------- the detail

/** @param {Data} data */
function footing(data) {
  const rows = [
    ...data.levels.map(({ about }) => about),
    ...Object.values(data.rules),
    ...Object.values(data.measured),
  ];
  const waiting = rows.filter((row) => !row.reviewed).length;
  return `${SIMULATED} ${waiting} of ${rows.length} rows behind it wait for a clinician’s review.`;
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Level} level
 */
function about(model, data, level) {
  const words = /** @type {"plain" | "clinical"} */ (model.get("wording"));
  const examples = words === "plain" ? level.about.examples_plain : level.about.examples_clinical;
  const rules = level.rules.map((id) => data.rules[id]);
  return [
    h(
      "div",
      { class: "nx-columns" },
      h(
        "section",
        {},
        h("h3", {}, "What starts here"),
        h("p", { class: "nx-lead" }, level.about[words]),
        examples ? h("p", {}, h("strong", {}, "Examples: "), `${examples}.`) : null,
        level.kinds.length > 1
          ? h("p", {}, h("strong", {}, "Also from here: "), `${level.kinds.slice(1).join("; ")}.`)
          : null,
        h("p", {}, h("span", { class: "nx-status" }, level.about.status), " ", marks(level.about)),
      ),
      h(
        "section",
        {},
        h("h3", {}, "How it is recognised"),
        rules.length ? rules.map((rule) => ruleText(rule, words)) : h("p", {}, noRule(level, words)),
      ),
    ),
    h("h3", {}, "Order and delays of this jerk"),
    muscleTable(level, words),
    h(
      "div",
      {},
      fold(model, "moves", "What moves, and how far", () => moveTable(level)),
      fold(model, "measured", "What was measured in people", () => measuredTable(data, level)),
      fold(model, "numbers", "Numbers of the simulation, and what each rests on", () => numberTable(level)),
      fold(model, "sources", "Sources", () => sourceList(data, level)),
    ),
  ];
}

/**
 * @param {Level} level
 * @param {"plain" | "clinical"} words
 */
function noRule(level, words) {
  return words === "plain" || !level.about.recordings
    ? "No rule of the table is about this level. The words beside say what tells it from a jerk."
    : `${sentenceCase(level.about.recordings)}.`;
}

/**
 * @param {Rule} rule
 * @param {"plain" | "clinical"} words
 */
function ruleText(rule, words) {
  const clinical = [
    h("p", {}, h("b", {}, `${rule.rule}. `), `${sentenceCase(rule.measure)}.`),
    h(
      "ul",
      {},
      [[rule.if_a, rule.then_a], [rule.if_b, rule.then_b]].filter(([when]) => when).map(([when, then]) =>
        h("li", {}, `${sentenceCase(when)}: `, h("b", {}, then))
      ),
    ),
    h("p", {}, rule.accuracy ? `Accuracy: ${rule.accuracy}. ` : "", rule.note),
  ];
  return h(
    "div",
    { class: "nx-rule" },
    words === "plain" ? h("p", {}, h("b", {}, `${rule.rule}. `), rule.plain) : clinical,
    h("p", { class: "nx-note" }, `How far it was checked: ${rule.status}. `, marks(rule)),
  );
}

/**
 * @param {string} caption
 * @param {string[]} heads
 * @param {(string | Node)[][]} rows
 */
function table(caption, heads, rows) {
  return h(
    "div",
    { class: "myo-scroll", tabindex: 0, role: "group", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", { class: "myo-sr" }, caption),
      h("thead", {}, h("tr", {}, heads.map((text) => h("th", { scope: "col" }, text)))),
      h(
        "tbody",
        {},
        rows.map(([first, ...cells]) =>
          h("tr", {}, h("th", { scope: "row" }, first), cells.map((cell) => h("td", {}, cell)))
        ),
      ),
    ),
  );
}

/**
 * @param {Level} level
 * @param {"plain" | "clinical"} words
 */
function muscleTable(level, words) {
  const rows = level.traces.map((muscle) => [
    muscle[words],
    muscle.rank === null ? "silent" : `${muscle.rank}`,
    muscle.onset === null ? "" : `${muscle.onset} ms`,
    muscle.duration === null ? "" : `${muscle.duration} ms`,
    `${muscle.delay} ms, ${muscle.nerve} of it in the nerve`,
    muscle.rests,
  ]);
  const heads = ["Muscle", "Order", "Begins after", "Burst lasts", "Way from the start", "The way rests on"];
  return table("Order and delays of this jerk", heads, rows);
}

/** @param {Level} level */
function moveTable(level) {
  if (!level.moves.length) return h("p", {}, movesInWords(level));
  const rows = level.moves.map((
    move,
  ) => [move.part, move.told ? `${move.degrees}°` : "part of the face", `${move.at} ms`]);
  return table("What moves, and how far", ["Part", "Goes at most", "Furthest after"], rows);
}

/**
 * @param {Data} data
 * @param {Level} level
 */
function measuredTable(data, level) {
  const rows = level.measured.map((id) => data.measured[id]).map((row) => [row.name, row.value, row.note, row.rests]);
  return table("What was measured in people", ["What", "Value", "Mind", "Rests on"], rows);
}

/** @param {Level} level */
function numberTable(level) {
  return table("Numbers of the simulation", ["Number", "Value", "Rests on"], level.numbers);
}

/**
 * Everything the level names, once.
 * @param {Data} data
 * @param {Level} level
 */
function sourceList(data, level) {
  const rows = [
    level.about,
    ...level.rules.map((id) => data.rules[id]),
    ...level.measured.map((id) => data.measured[id]),
  ];
  const rules = level.rules.map((id) => data.rules[id]);
  const heads =
    /** @type {[string, Provenance][]} */ ([["This level", level.about], ...rules.map((rule) => [rule.rule, rule])]);
  const others = [...new Set(rows.flatMap((row) => row.sources))];
  return h(
    "div",
    {},
    heads.map(([name, row]) => h("div", {}, h("h4", {}, name), sourcesBlock(row, data.sources))),
    h("p", {}, `${others.length} sources in all, with those of the measurements.`),
  );
}

/**
 * A part that opens and closes; which are open is a trait. What is closed is not built.
 * @param {Model} model
 * @param {string} key
 * @param {string} text
 * @param {() => Node} content
 */
function fold(model, key, text, content) {
  const isOpen = model.get("opened").includes(key);
  const id = uid("fold");
  const others = model.get("opened").filter((/** @type {string} */ other) => other !== key);
  return h(
    "div",
    { class: "nx-fold" },
    h(
      "button",
      {
        type: "button",
        class: "myo-button nx-toggle",
        "data-key": key,
        "aria-expanded": String(isOpen),
        "aria-controls": id,
        onclick: () => put(model, "opened", isOpen ? others : [...others, key]),
      },
      `${isOpen ? "▾" : "▸"} ${text}`,
    ),
    h("div", { id }, isOpen ? content() : null),
  );
}

export default { render };
