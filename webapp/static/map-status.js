// What changes is told to those who do not see it; the place for it outlives the parts of the page.

const place = document.createElement("p");
place.className = "vh";
place.dataset.status = "";
place.setAttribute("role", "status");
place.setAttribute("aria-live", "polite");
document.body.append(place);

export function tell(text) {
  place.textContent = text.replace(/\s+/g, " ").trim();
}
