// Groups on the canvas, as the server draws them: a second outline within the figure, and the number in it.

const INNER = 4;
const LETTERS = 11;
// Corners, first angle in degrees, radius in parts of the size.
const CORNERS = { triangle: [3, -90, 1.2], diamond: [4, -90, 1.3], hexagon: [6, 0, 1.2], square: [4, -45, Math.SQRT2] };

export function drawGroups(context, nodes, colours) {
  const font = getComputedStyle(document.body).fontFamily;
  context.save();
  Object.assign(context, { font: `700 ${LETTERS}px ${font}`, textAlign: "center", textBaseline: "alphabetic", lineWidth: 1.4 });
  for (const node of nodes.filter(({ is_group: isGroup }) => isGroup)) {
    outline(context, node, node.size - INNER);
    Object.assign(context, { fillStyle: colours("paper"), strokeStyle: colours("node-line") });
    context.fill();
    context.stroke();
    context.fillStyle = colours("ink");
    context.fillText(String(node.count), node.x, node.y + INNER);
  }
  context.restore();
}

function outline(context, node, size) {
  context.beginPath();
  if (!(node.figure in CORNERS)) return context.arc(node.x, node.y, size, 0, 2 * Math.PI);
  for (const [x, y] of cornersOf(node, size)) context.lineTo(x, y);
  context.closePath();
}

// The corners of a figure of a size, as [x, y]; none of a circle.
export function cornersOf({ x, y, figure }, size) {
  const [corners, first, radius] = CORNERS[figure] ?? [0, 0, 0];
  return Array.from({ length: corners }, (_, corner) => {
    const angle = ((first + (360 * corner) / corners) * Math.PI) / 180;
    return [x + size * radius * Math.cos(angle), y + size * radius * Math.sin(angle)];
  });
}
