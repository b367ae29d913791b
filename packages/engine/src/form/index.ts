// The form of what comes in, over HTTP or in a file: read, judged, and told where it departs from a schema.
export { type Body, readBody } from "./body.ts";
export { pointerToken } from "./faults.ts";
export { Check, Form, FormError, malformed } from "./form.ts";
