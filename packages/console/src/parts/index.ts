// What pages are put together from.
export { CursorTable } from "./cursor-table.tsx";
export { Field, TextField } from "./field.tsx";
export { Finder } from "./finder.tsx";
export { formatDuration, useFormats } from "./format.ts";
export { CopyButton, Identifier, shorten } from "./identifier.tsx";
export { ListPage } from "./list-page.tsx";
export { Mark, StatusMark, type Tone, toneOf } from "./mark.tsx";
export { type Fact, Facts, Page, Panel } from "./page.tsx";
export { Failed, Loaded, Nothing, StaleError, useFailureText } from "./states.tsx";
export { useNow, When } from "./time.tsx";
export { VerbDialog } from "./verb-dialog.tsx";
