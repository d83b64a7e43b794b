import { describe, expect, it } from '@jest/globals';
import type { SeedEntry } from './catalogue-entry.js';
import { contentSha256, planSeeding, type StoredVersion } from './plan-seeding.js';

const purpose = (
  validFrom: string,
  text = 'Tiếp nhận',
  end: { validTo?: string; successor?: string } = {},
): SeedEntry => ({
  kind: 'purpose',
  place: 'purposes.json#/0',
  value: { code: 'TTHC_INTAKE', text, validFrom, ...end },
});

const stored = (entry: SeedEntry): StoredVersion => ({
  kind: entry.kind,
  code: entry.value.code,
  validFrom: entry.value.validFrom,
  ...(entry.value.validTo !== undefined && { validTo: entry.value.validTo }),
  contentSha256: contentSha256(entry),
});

describe('seeding a catalogue that has a past (FR-07)', () => {
  it('adds what is new', () => {
    const entry = purpose('2025-07-01');
    expect(planSeeding([], [entry])).toEqual({ inserts: [entry], closings: [], faults: [] });
  });

  it('does nothing about what is known', () => {
    const entry = purpose('2025-07-01');
    expect(planSeeding([stored(entry)], [entry])).toEqual({ inserts: [], closings: [], faults: [] });
  });

  it('ends the open version the day before a new one begins', () => {
    const older = purpose('2025-07-01');
    const newer = purpose('2026-12-01', 'Tiếp nhận hồ sơ');
    const closing = { kind: 'purpose', code: 'TTHC_INTAKE', validFrom: '2025-07-01', validTo: '2026-11-30' };
    expect(planSeeding([stored(older)], [newer])).toEqual({ inserts: [newer], closings: [closing], faults: [] });
  });

  it('ends the open version once when the files say its last day too', () => {
    const older = purpose('2025-07-01', 'Tiếp nhận', { validTo: '2026-11-30' });
    const plan = planSeeding([stored(purpose('2025-07-01'))], [older, purpose('2026-12-01', 'Tiếp nhận hồ sơ')]);
    expect(plan.closings).toHaveLength(1);
    expect(plan.faults).toEqual([]);
  });

  it('ends a version that the files now end, with its successor', () => {
    const ended = purpose('2025-07-01', 'Tiếp nhận', { validTo: '2026-12-31', successor: 'TTHC_PREFILL' });
    expect(planSeeding([stored(purpose('2025-07-01'))], [ended]).closings).toEqual([
      {
        kind: 'purpose',
        code: 'TTHC_INTAKE',
        validFrom: '2025-07-01',
        validTo: '2026-12-31',
        successor: 'TTHC_PREFILL',
      },
    ]);
  });

  it('keeps versions that the files no longer name', () => {
    expect(planSeeding([stored(purpose('2025-07-01'))], [])).toEqual({ inserts: [], closings: [], faults: [] });
  });

  it.each([
    ['rewrite a version', purpose('2025-07-01'), purpose('2025-07-01', 'Khác'), 'differs from the stored version'],
    [
      'move a last day',
      purpose('2025-07-01', 'Tiếp nhận', { validTo: '2026-01-31' }),
      purpose('2025-07-01', 'Tiếp nhận', { validTo: '2026-02-28' }),
      'cannot be moved',
    ],
    [
      'slip a version in before a known one',
      purpose('2025-07-01'),
      purpose('2025-01-01', 'Khác'),
      'overlaps the stored version',
    ],
    [
      'lay a version over an ended one',
      purpose('2025-07-01', 'Tiếp nhận', { validTo: '2026-12-31' }),
      purpose('2026-06-01', 'Khác'),
      'overlaps the stored version',
    ],
  ])('refuses to %s', (_case, known, given, problem) => {
    expect(planSeeding([stored(known)], [given]).faults).toEqual([
      { place: expect.stringContaining('purposes.json#/0'), problem: expect.stringContaining(problem) },
    ]);
  });
});
