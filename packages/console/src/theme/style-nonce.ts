// Lets components make styles at run time under the page's policy: every style element gets the page's nonce.
// Ant Design takes a nonce for most of its styles, but not for those that it locks the scroll bar with.

/** The nonce as the browser keeps it; the attribute itself reads as empty. */
function readNonce(): string {
  return document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
}

export function markStyles(): void {
  const nonce = readNonce();
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
