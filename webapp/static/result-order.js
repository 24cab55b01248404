// The order of rows by their ranks in a column, as the server gives them; -1 where nothing is bound.

// Places of the rows in their new order; what is not bound comes last either way.
export function orderOf(ranks, isDescending) {
  const places = [...ranks.keys()];
  const bound = places.filter((at) => ranks[at] >= 0);
  bound.sort((a, b) => (isDescending ? ranks[b] - ranks[a] : ranks[a] - ranks[b]));
  return [...bound, ...places.filter((at) => !(ranks[at] >= 0))];
}
