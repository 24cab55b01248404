// The span of years as a slider of two handles over the histogram of the server. Its fields stay the truth:
// the handles write into them, and without script they are the filter.

import { addressOf } from "./map-address.js";
import { barYears, boundOf, isOutside, keptApart } from "./map-moves.js";
import { show, stopAsking } from "./map-swap.js";

const PAUSE_MS = 200;
const GESTURE_MS = 3000; // so long apart, two changes are two steps for the button "back"
let waiting = 0;
let lastChange = -GESTURE_MS;
let step = ""; // how what is not shown yet goes into the history: a later change takes its place, not its step

export function mountTime() {
  const span = document.querySelector("[data-span]");
  const histogram = span?.closest("details").querySelector("svg.years");
  if (!histogram || span.dataset.first === span.dataset.last) return;
  const handles = ["since", "until"].map((name) => handleOf(span, name));
  const rail = document.createElement("div");
  rail.className = "rail";
  rail.append(...handles);
  histogram.after(rail);
  paint(histogram, span, handles);
  rail.addEventListener("input", ({ target, timeStamp }) => {
    const [from, to] = handles;
    [from.value, to.value] = keptApart(from.value, to.value, target === from);
    write(span, handles);
    paint(histogram, span, handles);
    apply(span, timeStamp);
  });
}

function handleOf(span, name) {
  const { first, last } = span.dataset;
  const field = span.querySelector(`[name=${name}]`);
  const handle = document.createElement("input");
  Object.assign(handle, { type: "range", min: first, max: last, step: 1, id: `span-${name}`, className: `handle ${name}` });
  handle.value = field.value || (name === "since" ? first : last);
  handle.setAttribute("aria-label", field.labels[0].textContent.trim());
  handle.setAttribute("aria-valuetext", handle.value);
  return handle;
}

function write(span, [since, until]) {
  const { first, last } = span.dataset;
  span.querySelector("[name=since]").value = boundOf(since.value, first);
  span.querySelector("[name=until]").value = boundOf(until.value, last);
}

function paint(histogram, span, [since, until]) {
  for (const handle of [since, until]) handle.setAttribute("aria-valuetext", handle.value);
  const years = barYears(span.dataset.years, span.dataset.counts);
  histogram.querySelectorAll(".bar").forEach((bar, at) => {
    bar.classList.toggle("out", isOutside(years[at], since.value, until.value));
  });
}

// Shows the span when the hand rests; what belongs to one movement is one step for the button "back".
function apply(span, time) {
  stopAsking();
  clearTimeout(waiting);
  step ||= time - lastChange < GESTURE_MS ? "replace" : "push";
  lastChange = time;
  waiting = setTimeout(async () => {
    if (span.isConnected && (await show(addressOf(span.closest("form")), step))) step = "";
  }, PAUSE_MS);
}
