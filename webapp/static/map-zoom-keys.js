// Buttons for those who have no wheel and do not pinch: nearer, farther, all of it.

export function mountKeys(canvas) {
  const keys = document.querySelector("[data-zoom-keys]");
  keys.hidden = false;
  keys.onclick = (event) => {
    const way = event.target.closest("[data-way]")?.dataset.way;
    if (way) canvas.zoom(Number(way));
  };
}

export function hideKeys() {
  const keys = document.querySelector("[data-zoom-keys]");
  if (keys) keys.hidden = true;
}
