"""A browser whose storage fails at any call, or gives back a damaged round: the page asks, marks and says so."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from myoteach import load
from myoteach.course.site._questions import Marking
from tests.course.deno import SITE, run_script
from tests.questions.samples import bank

from .harness import SOUND, TOLD, Case, LostError

NAME = "storage of the browser"
_ASKED = ("Q06-001", "Q06-004", "Q06-005", "Q06-006")

_BODY = """
const { Log } = await import("SITE/_log.js");
const { Model } = await import("SITE/_model.js");
const name = "round";

/** A browser's storage in memory; from its `fails`-th call on it refuses, for `long` calls. */
function storage(kept, fails = Infinity, long = Infinity) {
  const values = new Map(Object.entries(kept));
  let calls = 0;
  const guarded = (call) => (...inner) => {
    calls += 1;
    if (calls >= fails && calls < fails + long) throw new DOMException("refused", "SecurityError");
    return call(...inner);
  };
  const made = {
    getItem: guarded((key) => values.get(key) ?? null),
    setItem: guarded((key, value) => void values.set(key, String(value))),
    removeItem: guarded((key) => void values.delete(key)),
    key: guarded((place) => [...values.keys()][place] ?? null),
    values,
  };
  Object.defineProperty(made, "length", { get: guarded(() => values.size) });
  return made;
}

/** Open the page, answer what is not answered yet, ask for all of it again. */
function visit(store) {
  const heard = {};
  let banner = "";
  const model = new Model({ data: { title: "t", vote: false, questions: [] }, at: "", picks: {}, counts: {} });
  model.on("msg:custom", (message) => {
    if (message.type === "told") Object.assign(heard, message.feedback);
    banner = message.banner ?? banner;
  });
  const log = new Log(store, () => 1790000000000);
  const { asked, questions } = given;
  const host = new m.QuizHost(model, { asked, questions, log, storage: store, mode: "quiz", name });
  const round = () => model.get("data").round;
  host.receive({ type: "hello" });
  for (const id of given.asked) {
    for (const { card, key, value } of given.questions[id].parts) {
      const response = value ? [String(value[0])] : key;
      host.receive({ type: "answer", slot: card.id, round: round(), response, confidence: 2, took: 5 });
      model.save_changes();
    }
  }
  const silent = given.asked.flatMap((id) => given.questions[id].parts).filter(({ card }) => !heard[card.id]);
  if (silent.length) return `lost: no verdict on ${silent.map(({ card }) => card.id)}`;
  const slots = given.asked.length + 1;
  const known = new Set(log.reading.attempts.map(({ item }) => item)).size;
  return { banner, known, slots, log };
}

function tried(call) {
  try { return call(); } catch (error) { return `traceback: ${error.stack ?? error}`; }
}

const found = [];
for (let fails = 1; fails <= given.calls; fails++) {
  for (const long of [1, 3, Infinity]) {
    found.push(tried(() => {
      const seen = visit(storage({}, fails, long));
      if (typeof seen === "string") return seen;
      if (seen.known < seen.slots) return `lost: ${seen.known} of ${seen.slots} attempts`;
      return seen.banner ? "told" : "sound";
    }));
  }
}

const whole = storage({});
visit(whole);
const round = JSON.parse(whole.values.get(name));
const leaves = (value, path = []) => typeof value === "object" && value !== null
  ? [path, ...Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))]
  : [path];
const junk = [null, 0, -1, "", "x", [], {}, true, ["x"], { x: 1 }, { response: ["zz"] }, "<img src=x>"];
const damaged = ["", "null", "[]", "5", "{", '"x"', JSON.stringify(round).slice(0, -9)];
for (const path of leaves(round).filter((path) => path.length)) {
  for (const value of [undefined, ...junk]) {
    const changed = structuredClone(round);
    const last = path[path.length - 1];
    const owner = path.slice(0, -1).reduce((inner, key) => inner[key], changed);
    if (value === undefined) delete owner[last];
    else owner[last] = value;
    damaged.push(JSON.stringify(changed));
  }
}
const step = Math.max(1, Math.floor(damaged.length / given.rounds));
for (let place = given.first % step; place < damaged.length; place += step) {
  found.push(tried(() => {
    const seen = visit(storage({ [name]: damaged[place] }));
    return typeof seen === "string" ? `${seen} after ${damaged[place].slice(0, 300)}` : "sound";
  }));
}
return found;
"""


def cases(seed: int, many: int) -> Iterator[Case]:
    """Yield cases: a storage that refuses at the 1st to `many`-th call, and ten times as many damaged rounds."""
    marking = Marking(bank(), load())
    given: dict[str, Any] = {
        "asked": list(_ASKED),
        "questions": {name: marking.entry(name) for name in marking.with_partners(_ASKED)},
        "calls": many,
        "rounds": 10 * many,
        "first": seed,
    }
    with tempfile.TemporaryDirectory() as folder:
        found = run_script("_quiz_host.js", _BODY.replace("SITE", SITE.as_uri()), given, Path(folder))
    for outcome in found:
        yield partial(_said, outcome)


def _said(outcome: str) -> str:
    if outcome.startswith("lost"):
        raise LostError(outcome)
    if outcome.startswith("traceback"):
        raise RuntimeError(outcome)
    return TOLD if outcome == "told" else SOUND
