/** Upper limit of the API. */
const MAX_SEATS = 1_000_000;

/** Returns true for a whole number of seats, of at least `least`. */
export const isSeatNumber = (text: string, least: number): boolean =>
  /^\d{1,7}$/.test(text.trim()) && Number(text) >= least && Number(text) <= MAX_SEATS;
