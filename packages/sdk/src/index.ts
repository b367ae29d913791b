// The typed client of a node's HTTP API.
export {};
