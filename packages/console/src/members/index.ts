// The page about members.
export { Members } from "./members.tsx";
