// A stand-in for a widget's model: traits with listeners, and messages that the page's own host answers.

/** @typedef {(...args: any[]) => void} Call */

/** What an explorer's `render` is given in place of a kernel's model. */
export class Model {
  /** @param {Record<string, any>} traits */
  constructor(traits) {
    this.traits = { ...traits };
    /** @type {Map<string, Set<Call>>} */
    this.calls = new Map();
    /** Hears what the explorer sends, and that it has saved; set by a host. */
    this.heard = (/** @type {any} */ _content, /** @type {ArrayBuffer[]} */ _buffers) => {};
    this.saved = () => {};
  }

  get(/** @type {string} */ name) {
    return this.traits[name];
  }

  /**
   * @param {string} name
   * @param {any} value
   */
  set(name, value) {
    if (Object.is(this.traits[name], value)) return;
    this.traits[name] = value;
    this.tell(`change:${name}`);
  }

  save_changes() {
    this.saved();
  }

  /**
   * @param {any} content
   * @param {unknown} [_callbacks]
   * @param {ArrayBuffer[]} [buffers]
   */
  send(content, _callbacks, buffers = []) {
    queueMicrotask(() => this.heard(content, buffers)); // as with a kernel, the answer never comes before the return
  }

  /**
   * @param {string} event
   * @param {Call} call
   */
  on(event, call) {
    this.calls.set(event, (this.calls.get(event) ?? new Set()).add(call));
  }

  /**
   * @param {string} event
   * @param {Call} call
   */
  off(event, call) {
    this.calls.get(event)?.delete(call);
  }

  /**
   * @param {string} event
   * @param {...any} what
   */
  tell(event, ...what) {
    for (const call of [...(this.calls.get(event) ?? [])]) call(...what);
  }
}
