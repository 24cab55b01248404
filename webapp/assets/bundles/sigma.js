// What the whole network imports.
export { default as Graph } from "graphology";
export { Sigma } from "sigma";
export { NodeProgram } from "sigma/rendering";
export { floatColor } from "sigma/utils";
