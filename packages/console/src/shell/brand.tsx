// The project's sign: two ledgers and what goes between them.
import type { ReactNode } from "react";

export function Brand(): ReactNode {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" className="brand-sign" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="brand-ground" />
        <path d="M6.5 20c0-5.5 4.2-9.5 9.5-9.5s9.5 4 9.5 9.5" className="brand-arch" />
        <circle cx="6.5" cy="21" r="3" className="brand-from" />
        <circle cx="25.5" cy="21" r="3" className="brand-to" />
      </svg>
      <span className="brand-name" translate="no">
        Pointbridge
      </span>
    </span>
  );
}
