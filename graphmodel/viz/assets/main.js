/** Puts the page together: by now everything listens, so the filters can be applied and the map be drawn. */
import "./accessible.js";
import "./details.js";
import "./downloads.js";
import "./keyboard.js";
import "./legend.js";
import "./pointer.js";
import "./print.js";
import "./search.js";
import "./sliders.js";
import "./status.js";
import "./table.js";
import "./years.js";
import { findOrganization, graph } from "./data.js";
import { byId } from "./dom.js";
import { drawnLabels } from "./drawing.js";
import { applyFilters } from "./filters.js";
import { followAddress } from "./navigation.js";
import { marksOf } from "./panels.js";
import { currentView, network, showAll, zoom } from "./view.js";

byId("net").setAttribute("aria-label", graph.title);
byId("zoom-in").addEventListener("click", () => zoom(1.3));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
byId("zoom-fit").addEventListener("click", () => showAll({ animate: true }));

/**
 * For scripts that look at the map from outside: where an organization is on the screen, in a comparison in each panel;
 * and which names are drawn.
 */
window.graphmodel = {
  placeOf: (id, panel = 0) => currentView().toScreen(marksOf(findOrganization(id))[panel]),
  labels: () => drawnLabels().map(({ text, box }) => ({ text, box })),
};

applyFilters();
network.setSize("100%", "100%"); // a message may have taken some of the map's height
showAll();
network.redraw();
followAddress();
byId("net").dataset.ready = "true";
