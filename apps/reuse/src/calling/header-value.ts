export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * First value of a header, percent-decoded (X-Road sends Vietnamese names that way; a raw header is Latin-1 only).
 * @returns undefined when absent or blank
 */
export const headerValue = (headers: RequestHeaders, name: string): string | undefined => {
  const raw = headers[name];
  const text = (typeof raw === 'string' ? raw : raw?.[0])?.trim();
  if (text === undefined || text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded after all, e.g. a lone "%".
    return text;
  }
};
