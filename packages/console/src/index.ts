// The web console: a static page that speaks to a node through the SDK only.
export {};
