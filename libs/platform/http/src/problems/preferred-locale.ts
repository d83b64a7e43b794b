export type Locale = 'vi' | 'en';

/** The better liked of Vietnamese and English in an `Accept-Language` header (RFC 9110 s. 12.5.4); Vietnamese when it does not say. */
export const preferredLocale = (header: string | undefined): Locale => {
  const quality: Record<Locale, number> = { vi: 0, en: 0 };
  for (const item of header?.split(',') ?? []) {
    const [range = '', ...parameters] = item.trim().toLowerCase().split(';');
    const q = parameters
      .map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1])
      .find((value) => value !== undefined);
    const language = range.split('-')[0];
    if (language === 'vi' || language === 'en')
      quality[language] = Math.max(quality[language], q === undefined ? 1 : Number(q));
  }
  return quality.en > quality.vi ? 'en' : 'vi';
};
