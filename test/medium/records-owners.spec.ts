import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Owner } from '#domain/records';
import { confirmation, newDocument, TestDomain } from './records-domain.js';

const birthCertificate = 'KQ.G15.000031';
const marriageCertificate = 'GT.000005';
const decision = 'GT.000002';

let domain: TestDomain;
beforeAll(async () => {
  domain = await TestDomain.start();
});
afterAll(() => domain.stop());

const papersOf = async (owner: Owner): Promise<string[]> =>
  (await domain.records.findByOwner(owner.id)).map(({ id }) => id);

let serial = 0;
/** Somebody nobody else in these tests is. */
const somebody = (name = 'Lê Văn Tám'): Promise<Owner> => {
  serial += 1;
  return domain.person(`0420900${String(serial).padStart(5, '0')}`, name);
};

describe('who a paper belongs to (FR-04)', () => {
  it('is one owner however often and however spaced the number is given', async () => {
    const first = await domain.person('042090000123', 'Nguyễn Văn An', '1990-03-15');
    expect(await domain.person(' 042090 000123 ', 'NGUYỄN VĂN AN')).toEqual(first);
    expect(first).toMatchObject({ maskedIdentifier: '042*****0123', birthDate: '1990-03-15', groupId: first.id });
    expect(await domain.owners.findBySubjectKey(domain.protection.blindIndex('PERSON_PIN', '042090000123'))).toEqual(
      first,
    );
    expect(await domain.owners.get(first.id)).toEqual(first);
  });

  it('is one owner when two desks name a new person at the same moment', async () => {
    const found = await Promise.all(Array.from({ length: 20 }, () => domain.person('042300000999', 'Phan Văn Mới')));
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
  });

  it('takes a 12-digit business code for the person in business (FR-03)', async () => {
    const person = await domain.person('042090000123', 'Nguyễn Văn An');
    expect((await domain.business('042090000123', 'Hộ kinh doanh Nguyễn Văn An')).id).toBe(person.id);
  });

  it('makes a new owner of each without an identifier: a name proves nothing', async () => {
    const unknown = (): Promise<Owner> => domain.owners.resolve({ kind: 'UNKNOWN', value: '' }, { name: 'Lê Văn Tám' });
    const [one, other] = [await unknown(), await unknown()];
    expect(one.id).not.toBe(other.id);
    expect(one.maskedIdentifier).toBe('');
    expect(await domain.owners.find({ kind: 'UNKNOWN', value: '' })).toBeUndefined();
  });

  it('finds by an alias, and never by a part of a number', async () => {
    const owner = await somebody();
    await domain.owners.addAlias(owner.id, { kind: 'PERSON_CMND9', value: '183456789' });
    await domain.owners.addAlias(owner.id, { kind: 'PERSON_CMND9', value: '183456789' });
    expect((await domain.owners.find({ kind: 'PERSON_CMND9', value: '183456789' }))?.id).toBe(owner.id);
    expect(await domain.owners.find({ kind: 'PERSON_CMND9', value: '183456780' })).toBeUndefined();
    const other = await somebody();
    await expect(domain.owners.addAlias(other.id, { kind: 'PERSON_CMND9', value: '183456789' })).rejects.toMatchObject({
      code: 'owner-alias-taken',
    });
    expect(await domain.owners.revealIdentifier(owner.id)).toMatchObject({ kind: 'PERSON_PIN' });
  });

  it('refuses a wrong number and an owner nobody knows', async () => {
    await expect(domain.person('04209000012', 'Ai đó')).rejects.toMatchObject({ code: 'personal-id-invalid' });
    await expect(domain.business('3000000038', 'Công ty')).rejects.toMatchObject({ code: 'business-code-invalid' });
    await expect(domain.owners.get('nobody')).rejects.toMatchObject({ code: 'owner-not-found' });
  });
});

describe('several owners and the persons a paper names (FR-05, FR-76)', () => {
  it('is found by each owner and co-owner', async () => {
    const [husband, wife] = [await somebody(), await somebody()];
    const { id } = await domain.onFile({
      typeCode: marriageCertificate,
      owners: [
        { ownerId: husband.id, role: 'owner' },
        { ownerId: wife.id, role: 'co-owner' },
      ],
    });
    expect([await papersOf(husband), await papersOf(wife)]).toEqual([[id], [id]]);
  });

  it('is found by a parent where the type allows it, and by no relative where it does not', async () => {
    const [child, father] = [await somebody('Nguyễn Minh Khôi'), await somebody('Nguyễn Văn An')];
    const owners = [
      { ownerId: child.id, role: 'owner' },
      { ownerId: father.id, role: 'parent' },
    ] as const;
    const birth = await domain.onFile({ typeCode: birthCertificate, owners });
    await domain.onFile({ typeCode: decision, owners });
    expect(await papersOf(father)).toEqual([birth.id]);
    expect(await papersOf(child)).toHaveLength(2);
  });

  it('is found by those that reading it brought to light, from its confirmation on', async () => {
    const [child, mother] = [await somebody(), await somebody()];
    const { id } = await domain.extracted({
      typeCode: birthCertificate,
      owners: [{ ownerId: child.id, role: 'owner' }],
    });
    expect(await papersOf(mother)).toEqual([]);
    // Named in two fields of the paper, and once more as the owner it has.
    const additionalOwners = [
      { ownerId: mother.id, role: 'parent' },
      { ownerId: mother.id, role: 'parent' },
      { ownerId: child.id, role: 'owner' },
    ] as const;
    const confirmed = await domain.records.confirm(id, { ...confirmation(), additionalOwners });
    expect(confirmed.owners.map(({ owner, role }) => [owner.id, role])).toEqual([
      [child.id, 'owner'],
      [mother.id, 'parent'],
    ]);
    expect(await papersOf(mother)).toEqual([id]);
  });

  it('is listed once, newest first, and by type when asked', async () => {
    const owner = await somebody();
    const both = [
      { ownerId: owner.id, role: 'owner' },
      { ownerId: owner.id, role: 'representative' },
    ] as const;
    const older = await domain.onFile({ typeCode: birthCertificate, owners: both });
    const newer = await domain.onFile({ typeCode: decision, owners: both });
    expect(await papersOf(owner)).toEqual([newer.id, older.id]);
    const found = await domain.records.findByOwner(owner.id, { typeCodes: [birthCertificate] });
    expect(found.map(({ id }) => id)).toEqual([older.id]);
  });
});

describe('a paper of nobody', () => {
  it('is read back with an empty list of owners', async () => {
    const { id } = await domain.records.create({ ...newDocument(), typeCode: 'KQ.G15.000031', owners: [] });
    expect((await domain.records.get(id)).owners).toEqual([]);
  });
});

describe('two records of one owner (FR-04)', () => {
  it('answer with the papers of both after a merge, and each with its own after it was undone', async () => {
    const [pin, passport] = [
      await somebody(),
      await domain.owners.resolve({ kind: 'FOREIGN_PASSPORT', value: 'B7654321' }, { name: 'LE VAN TAM' }),
    ];
    const mine = await domain.onFile({ typeCode: decision, owners: [{ ownerId: pin.id, role: 'owner' }] });
    const yours = await domain.onFile({ typeCode: decision, owners: [{ ownerId: passport.id, role: 'owner' }] });

    await domain.owners.merge(pin.id, passport.id, 'Cùng một người');
    for (const owner of [pin, passport]) expect((await papersOf(owner)).sort()).toEqual([mine.id, yours.id].sort());
    expect((await domain.owners.find({ kind: 'FOREIGN_PASSPORT', value: 'B7654321' }))?.id).toBe(pin.id);
    // What was written before stays as it was written.
    expect((await domain.records.get(yours.id)).owners[0]?.owner).toMatchObject({ id: passport.id, groupId: pin.id });

    await domain.owners.unmerge(passport.id, 'Nhầm người');
    expect([await papersOf(pin), await papersOf(passport)]).toEqual([[mine.id], [yours.id]]);
    expect((await domain.owners.find({ kind: 'FOREIGN_PASSPORT', value: 'B7654321' }))?.id).toBe(passport.id);

    const history = await domain.admin.query(
      'SELECT action, reason FROM records.owner_history WHERE owner_id = $1 ORDER BY at',
      [passport.id],
    );
    expect(history.rows).toEqual([
      { action: 'MERGED_INTO', reason: 'Cùng một người' },
      { action: 'TAKEN_OUT_OF', reason: 'Nhầm người' },
    ]);
  });

  it('an owner taken out takes along what had been merged into it', async () => {
    const [a, b, c] = [await somebody(), await somebody(), await somebody()];
    await domain.owners.merge(b.id, c.id, 'c là b');
    await domain.owners.merge(a.id, b.id, 'b là a');
    const groups = async (): Promise<string[]> => {
      const owners = [];
      for (const { id } of [a, b, c]) owners.push((await domain.owners.get(id)).groupId);
      return owners;
    };
    expect(await groups()).toEqual([a.id, a.id, a.id]);
    await domain.owners.unmerge(b.id, 'b không phải a');
    expect(await groups()).toEqual([a.id, b.id, b.id]);
  });

  it('cannot be merged twice, into itself, or taken out of nothing', async () => {
    const [a, b, c] = [await somebody(), await somebody(), await somebody()];
    const conflict = { code: 'owner-merge-conflict' };
    await expect(domain.owners.merge(a.id, a.id, '-')).rejects.toMatchObject(conflict);
    await domain.owners.merge(a.id, b.id, '-');
    await expect(domain.owners.merge(b.id, a.id, '-')).rejects.toMatchObject(conflict);
    await expect(domain.owners.merge(c.id, b.id, '-')).rejects.toMatchObject(conflict);
    await expect(domain.owners.unmerge(c.id, '-')).rejects.toMatchObject(conflict);
  });
});
