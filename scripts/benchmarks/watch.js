/** Comes before all scripts of a page: notes when something is drawn on a canvas, and how long each frame takes. */
const watched = { first: 0, last: 0, ready: 0, frames: [], timing: false };
window.watched = watched;

let drawnOn = null;
for (const name of ["fill", "stroke"]) {
  const draw = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...how) {
    watched.last = performance.now();
    watched.first ||= watched.last;
    drawnOn = this;
    return draw.apply(this, how);
  };
}

const request = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) => request((time) => (watched.timing ? timed(callback, time) : callback(time)));

function timed(callback, time) {
  const begun = performance.now();
  drawnOn = null;
  callback(time);
  if (!drawnOn) return;
  drawnOn.getImageData(0, 0, 1, 1); // until here a browser may only have noted what is to be drawn
  const duration = performance.now() - begun;
  const frame = watched.frames.at(-1);
  if (frame?.time === time) frame.duration += duration;
  else watched.frames.push({ time, duration });
}

new MutationObserver(() => {
  watched.ready = performance.now();
}).observe(document, { attributeFilter: ["data-ready"], subtree: true });
