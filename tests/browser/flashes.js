// Measures flashes as WCAG 2.3.1 defines them, on frames a sixtieth of a second apart. Put into the page by a test.
//
// A transition is a change of relative luminance by a tenth of its range or more, against the direction of the last one,
// with the darker side below 0.8; or the like of saturated red. Two make a flash. A pixel counts for as long as it has
// had more than three flashes in the last second, whenever in that second they were: stricter than the criterion, which
// adds up only areas that flash concurrently. The result is the worst share of such pixels in any window of a third of
// the screen's width and height, where the criterion allows a quarter.
(() => {
  /** Transitions that make more than three flashes. */
  const MOST = 8;
  /** Frames between two looks at the last second. */
  const EVERY = 6;
  const linear = Float32Array.from({ length: 256 }, (_, value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });

  const makeChannel = (size, step, darkest) => ({
    step,
    darkest,
    low: new Float32Array(size),
    high: new Float32Array(size),
    way: new Int8Array(size),
    // The frames of the last transitions of every pixel, as a ring.
    ring: new Int32Array(size * MOST).fill(-1000),
    next: new Uint8Array(size),
  });

  const follow = (channel, pixel, value, frame, started) => {
    const { low, high, way, step } = channel;
    if (!started) {
      low[pixel] = high[pixel] = value;
      return;
    }
    if (value > high[pixel]) high[pixel] = value;
    if (value < low[pixel]) low[pixel] = value;
    const rises = way[pixel] <= 0 && value - low[pixel] >= step && low[pixel] < channel.darkest;
    const falls = way[pixel] >= 0 && high[pixel] - value >= step && value < channel.darkest;
    if (!rises && !falls) return;
    way[pixel] = rises ? 1 : -1;
    low[pixel] = high[pixel] = value;
    channel.ring[pixel * MOST + channel.next[pixel]] = frame;
    channel.next[pixel] = (channel.next[pixel] + 1) % MOST;
  };

  /** The worst share, over windows of a third of the screen, of pixels that flash. */
  const worstShare = (channel, width, height, frame) => {
    const sums = new Int32Array((width + 1) * (height + 1));
    for (let y = 0; y < height; y += 1) {
      let row = 0;
      for (let x = 0; x < width; x += 1) {
        const pixel = y * width + x;
        row += channel.ring[pixel * MOST + channel.next[pixel]] > frame - 60 ? 1 : 0;
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
      }
    }
    const [w, h] = [Math.round(width / 3), Math.round(height / 3)];
    let worst = 0;
    for (let y = 0; y + h <= height; y += 8) {
      for (let x = 0; x + w <= width; x += 8) {
        const at = (column, line) => sums[line * (width + 1) + column];
        worst = Math.max(worst, at(x + w, y + h) - at(x, y + h) - at(x + w, y) + at(x, y));
      }
    }
    return worst / (w * h);
  };

  window.makeMeter = (width = innerWidth / 2, height = innerHeight / 2) => {
    const light = makeChannel(width * height, 0.1, 0.8);
    const red = makeChannel(width * height, 20, Infinity);
    const worst = { general: 0, red: 0, frames: 0 };
    const before = new Uint32Array(width * height);
    return {
      worst,
      push({ data }) {
        const frame = worst.frames;
        const whole = new Uint32Array(data.buffer);
        for (let pixel = 0; pixel < width * height; pixel += 1) {
          if (frame > 0 && whole[pixel] === before[pixel]) continue;
          const [r, g, b] = [linear[data[4 * pixel]], linear[data[4 * pixel + 1]], linear[data[4 * pixel + 2]]];
          follow(light, pixel, 0.2126 * r + 0.7152 * g + 0.0722 * b, frame, frame > 0);
          const saturated = r > 0 && r / (r + g + b) >= 0.8;
          follow(red, pixel, saturated ? Math.max((r - g - b) * 320, 0) : 0, frame, frame > 0);
        }
        before.set(whole);
        worst.frames += 1;
        if (frame % EVERY !== EVERY - 1) return;
        worst.general = Math.max(worst.general, worstShare(light, width, height, frame));
        worst.red = Math.max(worst.red, worstShare(red, width, height, frame));
      },
    };
  };

  // A camera that draws the player's pictures small and fast from what stands in the page: its paths with their
  // computed colours, and its canvases. A test holds it against real screenshots.
  window.makeCamera = (width = innerWidth / 2, height = innerHeight / 2) => {
    const film = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    const scale = width / innerWidth;
    const paper = getComputedStyle(document.querySelector(".mv")).backgroundColor;
    const looks = new Map();
    const lookOf = (node) => {
      const key = `${node.style.getPropertyValue("--pale")} ${node.parentNode.style.getPropertyValue("--pale")}`;
      const known = looks.get(node) ?? looks.set(node, {}).get(node);
      if (!known[key]) {
        const { fill, stroke, strokeWidth, vectorEffect, strokeDasharray, font } = getComputedStyle(node);
        known[key] = { fill, stroke, wide: parseFloat(strokeWidth), fixed: vectorEffect !== "none", strokeDasharray, font };
      }
      return known[key];
    };
    const shapeOf = (node) => {
      const of = (name) => Number(node.getAttribute(name) ?? 0);
      if (node.tagName === "path") return new Path2D(node.getAttribute("d") ?? "");
      const path = new Path2D();
      const [rx, ry] = node.tagName === "circle" ? [of("r"), of("r")] : [of("rx"), of("ry")];
      path.ellipse(of("cx"), of("cy"), rx, ry, 0, 0, 2 * Math.PI);
      return path;
    };
    // Where a picture stands does not change while it is filmed.
    const boxes = new Map();
    const boxOf = (node) => boxes.get(node) ?? boxes.set(node, node.getBoundingClientRect()).get(node);
    const bases = new Map();
    const baseOf = (svg) => bases.get(svg) ?? bases.set(svg, svg.getScreenCTM()).get(svg);
    const matrixOf = (svg, node) => {
      const base = new DOMMatrix([scale, 0, 0, scale, 0, 0]).multiply(baseOf(svg));
      const moved = node.parentNode.getAttribute("transform");
      return moved ? base.multiply(new DOMMatrix(moved.replace(/translate\((\S+) (\S+)\)/, "translate($1px, $2px)"))) : base;
    };
    const placed = (path, matrix) => {
      const out = new Path2D();
      out.addPath(path, matrix);
      return out;
    };
    const drawText = (node, matrix, look) => {
      film.save();
      film.transform(...["a", "b", "c", "d", "e", "f"].map((name) => matrix[name]));
      film.fillStyle = look.fill;
      film.font = look.font;
      film.textAlign = "center";
      film.fillText(node.textContent, Number(node.getAttribute("x")), Number(node.getAttribute("y")));
      film.restore();
    };
    const drawShape = (svg, node) => {
      const matrix = matrixOf(svg, node);
      const look = lookOf(node);
      if (node.tagName === "text") return drawText(node, matrix, look);
      const path = placed(shapeOf(node), matrix);
      const clip = node.getAttribute("clip-path");
      film.save();
      if (clip) film.clip(placed(shapeOf(document.getElementById(clip.slice(5, -1)).firstChild), matrix));
      if (look.stroke !== "none") {
        film.strokeStyle = look.stroke;
        film.lineWidth = look.wide * (look.fixed ? scale : matrix.a);
        film.setLineDash(look.strokeDasharray === "none" ? [] : look.strokeDasharray.split(",").map((n) => parseFloat(n) * scale));
        film.stroke(path);
      }
      if (look.fill !== "none") {
        film.fillStyle = look.fill;
        film.fill(path);
      }
      film.restore();
    };
    const drawPicture = (svg) => {
      const box = boxOf(svg);
      film.save();
      film.beginPath();
      film.rect(box.x * scale, box.y * scale, box.width * scale, box.height * scale);
      film.clip();
      for (const node of svg.querySelectorAll("path, circle, ellipse, text")) {
        if (!node.closest("[hidden], clipPath")) drawShape(svg, node);
      }
      film.restore();
    };
    return {
      film,
      shoot() {
        film.fillStyle = paper;
        film.fillRect(0, 0, width, height);
        for (const svg of document.querySelectorAll(".mv svg")) if (!svg.closest("[hidden]")) drawPicture(svg);
        for (const canvas of document.querySelectorAll(".mv canvas")) {
          const box = boxOf(canvas);
          film.drawImage(canvas, box.x * scale, box.y * scale, box.width * scale, box.height * scale);
        }
        return film.getImageData(0, 0, width, height);
      },
    };
  };
})();
