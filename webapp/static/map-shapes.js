// Nodes of the whole network for WebGL: the shapes of the legend with their outline, one point each.

import { floatColor, NodeProgram } from "./vendor/sigma.js";

export const FIGURES = ["circle", "square", "triangle", "diamond", "hexagon"];

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_line;
attribute vec2 a_position;
attribute float a_size;
attribute float a_figure;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform mat3 u_matrix;
varying vec4 v_color;
varying vec4 v_line;
varying float v_figure;
varying float v_border;
const float bias = 255.0 / 254.0;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  float radius = 1.3 * a_size / u_sizeRatio;
  gl_PointSize = 2.0 * radius * u_pixelRatio;
  v_border = 1.4 / radius;
  v_figure = a_figure;
  v_line = a_line;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
  v_line.a *= bias;
}`;

// The distance from the middle, 1 at the edge of the figure; a polygon is the hull of its sides.
const FRAGMENT = `
precision mediump float;
varying vec4 v_color;
varying vec4 v_line;
varying float v_figure;
varying float v_border;
float polygon(vec2 p, float corners, float turn) {
  float side = 6.2831853 / corners;
  float angle = atan(p.x, -p.y) + turn * side;
  return cos(floor(0.5 + angle / side) * side - angle) * length(p) / cos(side / 2.0);
}
float reach(vec2 p) {
  if (v_figure < 0.5) return length(p) / 0.77;
  if (v_figure < 1.5) return max(abs(p.x), abs(p.y)) / 0.72;
  if (v_figure < 2.5) return polygon(p, 3.0, 0.5);
  if (v_figure < 3.5) return (abs(p.x) + abs(p.y));
  return polygon(p, 6.0, 0.0) / 0.9;
}
void main(void) {
  float at = reach((gl_PointCoord - 0.5) * 2.0);
  if (at > 1.0) discard;
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  gl_FragColor = at > 1.0 - v_border ? v_line : v_color;
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext;
const number = (name, size = 1) => ({ name, size, type: FLOAT });
const colour = (name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });

export class ShapeProgram extends NodeProgram {
  getDefinition() {
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: POINTS,
      UNIFORMS: ["u_sizeRatio", "u_pixelRatio", "u_matrix"],
      ATTRIBUTES: [number("a_position", 2), number("a_size"), colour("a_color"), colour("a_line"), number("a_figure"), colour("a_id")],
    };
  }

  processVisibleItem(id, start, { x, y, size, color, line, figure }) {
    this.array.set([x, y, size, floatColor(color), floatColor(line), figure, id], start);
  }

  setUniforms({ sizeRatio, pixelRatio, matrix }, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_pixelRatio, pixelRatio);
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
  }
}
