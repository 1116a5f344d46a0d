// One clock for figure and traces: it runs only when asked, at a share of real speed, and it can be stepped.

/** The longest time between two frames that counts, in seconds: after a pause of the browser the clock does not leap. */
const LONGEST_FRAME = 0.1;

/**
 * @typedef {{
 *   readonly time: number, readonly isPlaying: boolean, readonly seconds: number,
 *   play: () => void, pause: () => void, seek: (time: number) => void, resize: (seconds: number) => void,
 * }} Clock
 */

/**
 * A clock that starts paused at 0.
 * @param {{ seconds: number, speed: () => number, loops: () => boolean, ontick: (time: number) => void,
 *   onstop: (time: number) => void }} spec `ontick` is called at each frame and each seek, `onstop` when it stops
 * @returns {Clock}
 */
export function makeClock({ seconds, speed, loops, ontick, onstop }) {
  let length = seconds;
  let time = 0;
  let isPlaying = false;
  let before = 0;
  let request = 0;

  const clamp = (/** @type {number} */ value) => Math.min(Math.max(value, 0), length);

  const pause = () => {
    if (!isPlaying) return;
    isPlaying = false;
    cancelAnimationFrame(request);
    onstop(time);
  };

  const frame = (/** @type {number} */ now) => {
    if (!isPlaying) return;
    time += Math.min((now - before) / 1000, LONGEST_FRAME) * speed();
    before = now;
    const isOver = time >= length;
    if (isOver) time = loops() ? time % length : length;
    ontick(time);
    if (isOver && !loops()) pause();
    else request = requestAnimationFrame(frame);
  };

  return {
    get time() {
      return time;
    },
    get isPlaying() {
      return isPlaying;
    },
    get seconds() {
      return length;
    },
    play() {
      if (isPlaying) return;
      isPlaying = true;
      if (time >= length) time = 0;
      request = requestAnimationFrame((now) => {
        before = now;
        frame(now);
      });
    },
    pause,
    seek(value) {
      time = clamp(value);
      ontick(time);
    },
    resize(value) {
      length = value;
      time = clamp(time);
    },
  };
}
