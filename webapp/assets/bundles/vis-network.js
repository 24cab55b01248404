// What the map imports. `esnext` is the build without old-browser polyfills, a style injector or `Function(...)`.
export { DataSet, DataView } from "vis-data/esnext";
export { Network } from "vis-network/esnext";
import "vis-network/styles/vis-network.min.css";
