// What changes is told to those who do not see it; the place for it outlives the parts of the page.

import { inOneLine } from "./texts.js";

const place = document.createElement("p");
place.className = "vh";
place.dataset.status = "";
place.setAttribute("role", "status");
place.setAttribute("aria-live", "polite");
document.body.append(place);

export function tell(text) {
  place.textContent = inOneLine(text);
}
