const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** What cannot be an id names nothing; PostgreSQL would fail on it instead of finding nothing. */
export const isId = (text: string): boolean => uuid.test(text);
