// The state of the map is its address: read here, changed here, and only here written into the history.

export const choiceOf = (address) => new URL(address, location.href).searchParams.get("sel") ?? "";

// The present address (or another) with arguments changed; an empty value leaves one out.
export function changed(changes, base = location.href) {
  const url = new URL(base, location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  url.hash = "";
  return url;
}

// What a form would send, as an address; what only the present picture knows is left out.
export function addressOf(form) {
  const url = new URL(form.getAttribute("action") || location.pathname, location.href);
  url.search = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && name !== "pos"));
  return url;
}

// Whether two addresses show the same picture and differ at most in what is chosen in it.
export function isSamePicture(first, second) {
  const plain = (address) => {
    const url = changed({ v: "", sel: "", pos: "", part: "" }, address);
    url.searchParams.sort();
    return `${url.pathname}?${url.searchParams}`;
  };
  return plain(first) === plain(second);
}

// Whether an address leads only to another place of this page, which the browser does by itself.
export const isThisPage = (address, other = location.href) => address.replace(/#.*/, "") === other.replace(/#.*/, "");

// Whether a link shows the map in the same form (network, table), so that no new page is needed.
export function isThisForm(address) {
  const url = new URL(address, location.href);
  if (url.hash) return false;
  const form = (at) => at.searchParams.get("view") ?? "";
  return url.origin === location.origin && url.pathname === location.pathname && form(url) === form(new URL(location.href));
}

export const push = (address) => history.pushState(null, "", address);

export const replace = (address) => history.replaceState(history.state, "", address);
