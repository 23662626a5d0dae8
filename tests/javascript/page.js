/** As much of a page as the modules need that neither draw nor listen: its data, its style, a way to measure text. */

export const LETTER = 0.6; // width of each letter, by its size

const element = () => ({
  dataset: {},
  style: {},
  addEventListener() {},
  append() {},
  replaceChildren() {},
  setAttribute() {},
  getContext: () => ({
    measureText(text) {
      return { width: text.length * LETTER * Number.parseFloat(this.font.split(" ")[1]) };
    },
  }),
});

/** From here on the modules of the page read this network. */
export function openPage(network, { address = "" } = {}) {
  const data = { ...element(), textContent: JSON.stringify(network) };
  Object.assign(globalThis, {
    document: {
      body: { clientWidth: 1440 },
      documentElement: element(),
      addEventListener() {},
      createElement: element,
      getElementById: (id) => (id === "graph-data" ? data : element()),
    },
    getComputedStyle: () => ({ fontFamily: "sans-serif", getPropertyValue: (name) => name.slice(2) }),
    history: { state: null },
    location: { hash: address },
    addEventListener() {},
    matchMedia: () => ({ matches: false, addEventListener() {} }),
    Path2D: class {},
  });
}

export const assets = new URL("../../graphmodel/viz/assets/", import.meta.url);

export const load = (name) => import(new URL(name, assets));
