let last = 0;

/** An identity for something that the server does not know yet, unlike every other of this page's. */
export function newId(): string {
  last += 1;
  return `new-${last}`;
}
