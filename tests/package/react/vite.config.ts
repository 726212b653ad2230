// The app is served from a folder, and keeps to what Vite does by itself.
export default { base: "./" };
