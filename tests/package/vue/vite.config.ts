import vue from "@vitejs/plugin-vue";

export default {
  base: "./",
  // Names with a hyphen are elements of the browser's, not Vue's components.
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag: string) => tag.includes("-") } } })],
};
