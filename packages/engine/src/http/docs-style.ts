// The style of the API's readable page.
export const docsStyle = `
:root { color-scheme: light dark; --text: #1d2430; --soft: #5b6675; --line: #dfe4ea; --back: #fff; --panel: #f6f8fa; --accent: #0b5cad; --get: #0a6b4f; --post: #0b5cad; --put: #8a4b00; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e8ee; --soft: #a0abb9; --line: #313a46; --back: #14181d; --panel: #1b2128; --accent: #7ab8ff; --get: #5ed0a6; --post: #7ab8ff; --put: #f0b35e; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; display: grid; grid-template-columns: 20rem minmax(0, 1fr); color: var(--text); background: var(--back); font: 15px/1.55 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem 1.25rem 2rem; border-right: 1px solid var(--line); background: var(--panel); font-size: 13px; }
nav h2 { margin: 1.2rem 0 .3rem; font-size: 12px; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li { padding: .12rem 0; overflow-wrap: anywhere; }
nav .name { margin: 0; font-size: 17px; font-weight: 650; }
main { padding: 1.5rem 2.5rem 6rem; max-width: 68rem; }
h1 { margin: 0 0 1rem; font-size: 1.9rem; }
section > h2 { margin: 3rem 0 1rem; padding-bottom: .4rem; border-bottom: 2px solid var(--line); font-size: 1.4rem; }
article { margin: 0 0 2rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 8px; }
article h3 { margin: 0 0 .4rem; font-size: 1.05rem; overflow-wrap: anywhere; }
article h4 { margin: 1.1rem 0 .3rem; font-size: .85rem; color: var(--soft); }
article p { margin: .4rem 0; }
.summary { font-weight: 600; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
code { font: .92em ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; }
.method { display: inline-block; min-width: 2.6rem; font: 700 .78em ui-monospace, monospace; color: var(--soft); }
.method.get { color: var(--get); } .method.post { color: var(--post); } .method.put { color: var(--put); }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.answers td:first-child { width: 4rem; font-weight: 600; }
.problem td { color: var(--soft); }
.optional { color: var(--soft); font-size: .8em; }
:target { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 60rem) { body { display: block; } nav { position: static; height: auto; border-right: 0; } main { padding: 1rem; } }
`;
