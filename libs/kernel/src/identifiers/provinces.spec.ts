import { describe, expect, it } from '@jest/globals';
import { birthRegistrationProvinces, provinceCodesThatChangedMeaning, provinces } from './provinces.js';

describe('the province tables', () => {
  it('hold the 63 provinces of personal numbers and the 34 of today', () => {
    expect(birthRegistrationProvinces.size).toBe(63);
    expect(provinces.size).toBe(34);
    expect(new Set(birthRegistrationProvinces.values()).size).toBe(63);
    expect(new Set(provinces.values()).size).toBe(34);
  });

  it('name exactly the seven codes whose meaning changed', () => {
    // Huế changed its name, not its place.
    const sameMeaning = new Map([['Thừa Thiên Huế', 'Huế']]);
    const changed = [...provinces]
      .map(([code, since2025]) => ({
        code,
        inPersonalIds: birthRegistrationProvinces.get(`0${code}`) ?? '',
        since2025,
      }))
      .filter(({ inPersonalIds, since2025 }) => (sameMeaning.get(inPersonalIds) ?? inPersonalIds) !== since2025);
    expect(changed).toEqual(provinceCodesThatChangedMeaning);
    expect(changed).toHaveLength(7);
  });
});
