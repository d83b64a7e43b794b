import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type PaperOnFile, type RankedPaper, settleSupersession } from './supersession.js';

const paper = (documentId: string, issuedOn: string | undefined, changeNumber = 0, live = true): PaperOnFile => ({
  documentId,
  issuedOn,
  changeNumber,
  number: '3000000037',
  symbol: '',
  live,
});

describe('what ends when a paper is confirmed (FR-64)', () => {
  const [first, second, third] = [
    paper('1', '2020-01-01', 1),
    paper('2', '2022-01-01', 2),
    paper('3', '2024-01-01', 3),
  ];

  it('certificate change no. 3 ends nos. 1 and 2', () => {
    expect(settleSupersession('LATEST_ONLY', third, [first, second])).toEqual({ latestId: '3', endedIds: ['1', '2'] });
  });

  it('no. 2 found in a drawer after no. 3 was confirmed ends at once', () => {
    expect(settleSupersession('LATEST_ONLY', second, [third])).toEqual({ latestId: '3', endedIds: ['2'] });
  });

  it('a revoked no. 3 does not bring no. 2 back', () => {
    expect(settleSupersession('LATEST_ONLY', second, [{ ...third, live: false }])).toEqual({
      latestId: '3',
      endedIds: ['2'],
    });
  });

  it('the change number decides between papers of one day', () => {
    const day = '2022-01-01';
    expect(settleSupersession('LATEST_ONLY', paper('b', day, 2), [paper('c', day, 3), paper('a', day, 1)])).toEqual({
      latestId: 'c',
      endedIds: ['a', 'b'],
    });
  });

  it('the same certificate digitised again takes the place of its first scan', () => {
    expect(settleSupersession('LATEST_ONLY', { ...second, documentId: '2 again' }, [second])).toEqual({
      latestId: '2 again',
      endedIds: ['2'],
    });
  });

  it('refuses a certificate without issue date: nobody could tell whether it is the latest', () => {
    expect(() => settleSupersession('LATEST_ONLY', paper('?', undefined), [])).toThrow(
      expect.objectContaining({ code: 'issue-date-required' }),
    );
  });

  it('a land-use certificate with a new change ends the older scan of the same certificate, not of another', () => {
    const parcel = (documentId: string, number: string, changeNumber: number): PaperOnFile => ({
      ...paper(documentId, '2015-06-01', changeNumber),
      number,
      symbol: 'BK',
    });
    expect(
      settleSupersession('VERSIONED', parcel('new', '123456', 1), [
        parcel('old', '123456', 0),
        parcel('x', '777777', 0),
      ]),
    ).toEqual({ latestId: 'new', endedIds: ['old'] });
  });

  it('does not compare versioned papers without a number', () => {
    const unnumbered = { ...paper('a', '2015-06-01'), number: undefined };
    expect(settleSupersession('VERSIONED', { ...unnumbered, documentId: 'b' }, [unnumbered]).endedIds).toEqual([]);
  });

  it('independent papers end nothing', () => {
    expect(settleSupersession('INDEPENDENT', third, [first, second]).endedIds).toEqual([]);
  });

  it('leaves at most one live certificate, the newest, in whatever order they are confirmed', () => {
    const certificate = fc.record({ day: fc.integer({ min: 1, max: 9 }), change: fc.integer({ min: 0, max: 4 }) });
    fc.assert(
      fc.property(fc.array(certificate, { minLength: 1, maxLength: 12 }), (certificates) => {
        const onFile: PaperOnFile[] = [];
        for (const [index, { day, change }] of certificates.entries()) {
          const confirmed: RankedPaper = paper(`${index}`, `2024-01-0${day}`, change);
          const { endedIds } = settleSupersession('LATEST_ONLY', confirmed, onFile);
          onFile.push({ ...confirmed, live: true });
          for (const [place, known] of onFile.entries()) {
            if (endedIds.includes(known.documentId)) onFile[place] = { ...known, live: false };
          }
        }
        const live = onFile.filter((known) => known.live);
        expect(live).toHaveLength(1);
        const rank = ({ issuedOn, changeNumber }: RankedPaper): string => `${issuedOn}/${changeNumber}`;
        expect(rank(live[0] ?? paper('', ''))).toBe(onFile.map(rank).sort().at(-1));
      }),
      { numRuns: 2_000 },
    );
  });
});
