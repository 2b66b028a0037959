/** Stands for node's own modules in a bundle: packages that run in node too ask for them there only. */
export {};
