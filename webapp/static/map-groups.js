// Groups on the canvas, as the server draws them: a second outline within the figure, and the number in it.

const INNER = 4;
const LETTERS = 11;
// Corners, first angle in degrees, radius in parts of the size.
const CORNERS = { triangle: [3, -90, 1.2], diamond: [4, -90, 1.3], hexagon: [6, 0, 1.2], square: [4, -45, Math.SQRT2] };

export function drawGroups(context, nodes, colours) {
  const font = getComputedStyle(document.body).fontFamily;
  context.save();
  Object.assign(context, { font: `700 ${LETTERS}px ${font}`, textAlign: "center", textBaseline: "alphabetic", lineWidth: 1.4 });
  for (const node of nodes.filter((node) => node.is_group)) {
    outline(context, node, node.size - INNER);
    Object.assign(context, { fillStyle: colours("paper"), strokeStyle: colours("node-line") });
    context.fill();
    context.stroke();
    context.fillStyle = colours("ink");
    context.fillText(String(node.count), node.x, node.y + INNER);
  }
  context.restore();
}

function outline(context, { x, y, figure }, size) {
  context.beginPath();
  if (!(figure in CORNERS)) return context.arc(x, y, size, 0, 2 * Math.PI);
  const [corners, first, radius] = CORNERS[figure];
  for (let corner = 0; corner < corners; corner += 1) {
    const angle = ((first + (360 * corner) / corners) * Math.PI) / 180;
    context.lineTo(x + size * radius * Math.cos(angle), y + size * radius * Math.sin(angle));
  }
  context.closePath();
}
