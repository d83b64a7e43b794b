import { expect } from '@jest/globals';
import type { Answer } from './api.js';

export const ward = 'H27.05.12';

export const an = {
  kind: 'person',
  personalId: '042090000123',
  name: 'Nguyễn Văn An',
  birthDate: '1990-03-15',
  sex: 'male',
} as const;

export const khoi = {
  kind: 'person',
  personalId: '042219000789',
  name: 'Nguyễn Minh Khôi',
  birthDate: '2019-06-05',
  sex: 'male',
} as const;

export const songLa = { kind: 'business', businessCode: '3000000037', name: 'CÔNG TY TNHH SÔNG LA' } as const;

/** The personal numbers that the tests bring in; none may come back in a message, an address or a proof. */
export const personalNumbers = /042090000123|042190000456|042219000789|04221900078|04209000012/;

const vietnamese = /[ăâđêôơưạảãàáậầấẩẫắằặẳẵệềếểễẹẻẽèéộồốổỗọỏõòóợờớởỡựừứửữụủũùúịỉĩìíỵỷỹỳý]/iu;

export interface Refusal {
  readonly status: number;
  readonly code: unknown;
}

/**
 * Asks twice, without and with `Accept-Language: en`, and holds what every refusal owes its caller: a problem document
 * (RFC 9457) in the language asked for, the same code in both, and no personal number anywhere in it.
 */
export const refusal = async (
  ask: (headers: Readonly<Record<string, string>>) => Promise<Answer>,
): Promise<Refusal> => {
  const [first, second] = [await ask({}), await ask({ 'accept-language': 'en' })];
  for (const answer of [first, second]) {
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.at('status')).toBe(answer.status);
    expect(answer.bytes.toString()).not.toMatch(personalNumbers);
    expect(answer.headers.get('location')).toBeNull();
  }
  expect(String(first.at('detail'))).toMatch(vietnamese);
  expect(String(second.at('detail'))).toMatch(/^[\x20-\x7E]+$/);
  const { status } = first;
  const code = first.at('code');
  expect([second.status, second.at('code')]).toEqual([status, code]);
  return { status, code };
};
