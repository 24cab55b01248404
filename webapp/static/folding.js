// On a phone the long sections of a long page are folded under their headings, but for the first one, unless it is huge,
// and for one that stands alone.

const NARROW = window.matchMedia("(max-width: 40rem)");
const LONG_PAGE = 8; // screens
const LONG_SECTION = 1.25;
const LONG_FIRST = 5;

const folded = () => document.querySelectorAll("details.section-fold");

function foldUnder(heading) {
  const details = document.createElement("details");
  details.className = "section-fold";
  const summary = document.createElement("summary");
  heading.before(details);
  summary.append(heading);
  details.append(summary);
  while (details.nextSibling) details.append(details.nextSibling);
}

function named(fragment) {
  try {
    return document.getElementById(decodeURIComponent(fragment));
  } catch {
    return null; // a lone percent sign
  }
}

// What an address or a link of this page leads to is shown, however deep it is folded.
function showTarget() {
  const target = named(location.hash.slice(1));
  if (!target) return;
  const within = target.matches("section") ? target.querySelector(":scope > details.section-fold") : null;
  let isHidden = false;
  for (let part = within ?? target.closest("details"); part; part = part.parentElement.closest("details")) {
    isHidden ||= !part.open;
    part.open = true;
  }
  if (isHidden) target.scrollIntoView();
}

/** Fold what is long on a narrow screen; wider ones show all. */
export function foldLongSections() {
  const screen = window.innerHeight;
  if (NARROW.matches && document.documentElement.scrollHeight > LONG_PAGE * screen) {
    const sections = [...document.querySelectorAll("main section")].filter(
      (section) => section.firstElementChild?.matches("h2") && !section.parentElement.closest("section"),
    );
    const most = (place) => (place ? LONG_SECTION : LONG_FIRST) * screen;
    const long = sections.filter((section, place) => section.offsetHeight > most(place) && sections.length > 1);
    for (const section of long) foldUnder(section.firstElementChild);
    NARROW.addEventListener("change", () => {
      for (const part of folded()) part.open = !NARROW.matches;
    });
  }
  if (location.hash) showTarget();
  window.addEventListener("hashchange", showTarget);
}
