// sigma reads constants off these classes while it loads. A browser built without WebGL lacks them, and the whole page
// would then fail over a picture it could have replaced by a sentence.
const CONSTANTS = { BOOL: 35670, BYTE: 5120, UNSIGNED_BYTE: 5121, SHORT: 5122, UNSIGNED_SHORT: 5123, INT: 5124, UNSIGNED_INT: 5125, FLOAT: 5126 };
window.WebGL2RenderingContext ??= Object.assign(class {}, CONSTANTS);
window.WebGLRenderingContext ??= Object.assign(class {}, CONSTANTS);
