// What the engine offers to other packages' tests and tools.
export {};
