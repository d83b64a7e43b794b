import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { Principal } from '#platform/auth';
import { KeyedIdentifierProtection } from '#platform/persistence';
import { documentRefLifeMs, DocumentRefs } from './document-ref.js';

const keys = () => ({ index: randomBytes(32), encryption: randomBytes(32) });
const protection = new KeyedIdentifierProtection(keys());
const refs = new DocumentRefs(protection);
const holder: Principal = { kind: 'client', id: 'mot-cua', name: 'Một cửa', roles: [], scopes: [], agencyCode: 'H27' };
const document = { documentId: '0193f000-0000-7000-8000-000000000001', componentId: 'TP-01' };
const dossier = '0193f000-0000-7000-8000-00000000000d';
const now = new Date('2026-11-23T03:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);

describe('a reference to a candidate', () => {
  it('opens for its holder and dossier, through the last of its 30 minutes', () => {
    const ref = refs.seal(document, holder, dossier, now);
    expect(refs.open(ref, holder, dossier, later(documentRefLifeMs))).toEqual(document);
    expect(refs.open(ref, holder, dossier, later(documentRefLifeMs + 1))).toEqual({ fault: 'EXPIRED' });
  });

  it('says nothing to whoever finds it', () => {
    const ref = refs.seal(document, holder, dossier, now);
    expect(ref).toMatch(/^dr_[\w-]+$/);
    expect(Buffer.from(ref.slice(3), 'base64url').includes(document.documentId)).toBe(false);
    expect(refs.seal(document, holder, dossier, now)).not.toBe(ref);
  });

  it('is worthless to another client, to an account of the same id, and for another dossier', () => {
    const ref = refs.seal(document, holder, dossier, now);
    expect(refs.open(ref, { ...holder, id: 'other' }, dossier, now)).toEqual({ fault: 'FOREIGN' });
    expect(refs.open(ref, { ...holder, kind: 'account' }, dossier, now)).toEqual({ fault: 'FOREIGN' });
    expect(refs.open(ref, holder, '0193f000-0000-7000-8000-00000000000e', now)).toEqual({ fault: 'FOREIGN' });
  });

  it('does not open when altered, cut, made up, or sealed with another key', () => {
    const ref = refs.seal(document, holder, dossier, now);
    const foreign = new DocumentRefs(new KeyedIdentifierProtection(keys())).seal(document, holder, dossier, now);
    const flipped = ref.slice(0, 40) + (ref[40] === 'A' ? 'B' : 'A') + ref.slice(41);
    for (const bad of [flipped, ref.slice(0, 60), 'dr_', 'dr_!!!!', 'x', document.documentId, foreign]) {
      expect(refs.open(bad, holder, dossier, now)).toEqual({ fault: 'UNREADABLE' });
    }
  });

  it('cannot be made from an identifier that was sealed with the same key', () => {
    const identifier = `dr_${protection.encrypt('042090000123').toString('base64url')}`;
    expect(refs.open(identifier, holder, dossier, now)).toEqual({ fault: 'UNREADABLE' });
  });
});
