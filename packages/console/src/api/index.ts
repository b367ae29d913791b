// The node as pages see it: the SDK's client, who is signed in, and the systems that most pages name.
export { client, isSignedOut, signIn } from "./client.ts";
export { CallerProvider, IfMay, useCaller } from "./session.tsx";
export { useSystemOptions, useSystems } from "./systems.ts";
