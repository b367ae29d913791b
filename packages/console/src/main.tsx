// The page's beginning: language, colours, data, routes.
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { isSignedOut } from "./api/index.ts";
import { startTranslation } from "./i18n/index.ts";
import { getPreferences } from "./preferences/index.ts";
import { router } from "./router.tsx";
import { sessionKey } from "./shell/index.ts";
import { markStyles, ThemeProvider } from "./theme/index.ts";

markStyles();
startTranslation(getPreferences().language);

/** A session that ended while a page was open: the gate asks anew and shows the sign-in page. */
function onError(error: unknown): void {
  if (isSignedOut(error)) queries.setQueryData(sessionKey, null);
}

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    // The SDK tries again by itself where that is safe.
    queries: { retry: false, staleTime: 2_000, gcTime: 60_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no place for the console");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <ThemeProvider>
        <RouterProvider router={router} />
      </ThemeProvider>
    </QueryClientProvider>
  </StrictMode>,
);
