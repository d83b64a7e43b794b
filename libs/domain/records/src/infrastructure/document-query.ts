const columns = `
  d.id, d.type_code AS "typeCode", d.name, d.kind, d.state, d.submission_form AS "submissionForm",
  d.custodian_agency_code AS "custodianAgencyCode", d.dossier_id AS "dossierId", d.restricted, d.content,
  d.issued_on::text AS "issuedOn", d.issuing_agency_name AS "issuingAgencyName",
  d.issuing_agency_code AS "issuingAgencyCode", d.valid_from::text AS "validFrom", d.valid_to::text AS "validTo",
  d.permanent, d.scope, d.returned_at AS "returnedAt", d.code_owner AS "codeOwner", d.code_subject AS "codeSubject",
  d.code_detail AS "codeDetail", d.code_ordinal AS "codeOrdinal", d.replaces, d.replaced_by AS "replacedBy",
  d.replacement_relation AS "replacementRelation", d.confirmed_by_id AS "confirmedById",
  d.confirmed_by_name AS "confirmedByName", d.confirmed_at AS "confirmedAt", d.revocation, d.created_at AS "createdAt"`;

const versions = `(
  SELECT jsonb_agg(jsonb_build_object('id', v.id, 'number', v.number, 'sha256', v.sha256, 'bytes', v.bytes,
    'mediaType', v.media_type, 'pages', v.pages, 'originalSha256', v.original_sha256, 'signature', v.signature,
    'createdAt', v.created_at) ORDER BY v.number)
  FROM records.document_version v WHERE v.document_id = d.id) AS versions`;

// A paper without an owner has none, not an unknown list of them.
const owners = `(
  SELECT coalesce(jsonb_agg(jsonb_build_object('role', l.role, 'id', o.id, 'groupId', o.group_id, 'kind', o.kind, 'name', o.name,
    'subjectKey', o.subject_key, 'identifier', encode(o.identifier, 'hex'), 'birthDate', o.birth_date, 'sex', o.sex)
    ORDER BY l.position), '[]'::jsonb)
  FROM records.document_owner l JOIN records.owner o ON o.id = l.owner_id WHERE l.document_id = d.id) AS owners`;

/**
 * Documents with their versions and owners in one statement; every part of it is an index look-up by document.
 * @param source what follows FROM; calls the document `d`
 */
export const selectDocuments = (source: string): string => `SELECT ${columns}, ${versions}, ${owners} FROM ${source}`;

/** $1 any owner of a group. All owner records of the person, merged or not. */
export const ownersOfGroup = `SELECT m.id FROM records.owner m
  WHERE m.group_id = (SELECT g.group_id FROM records.owner g WHERE g.id = $1)`;

/** $1 owner, $2 types that a related person finds too (FR-05), $3 types asked for or null for all. */
export const documentsOfOwner = selectDocuments(`(
    SELECT l.document_id, bool_or(l.role IN ('owner', 'co-owner')) AS owned
    FROM records.document_owner l WHERE l.owner_id IN (${ownersOfGroup}) GROUP BY l.document_id
  ) link JOIN records.document d ON d.id = link.document_id
  WHERE (link.owned OR d.type_code = ANY ($2)) AND ($3::text[] IS NULL OR d.type_code = ANY ($3))
  ORDER BY d.created_at DESC, d.id DESC`);

/** $1 document. All that lead to the same newest one, oldest first. */
export const chainOfDocument = selectDocuments(`(
    WITH RECURSIVE forward AS (
      SELECT f.id, f.replaced_by, 0 AS step FROM records.document f WHERE f.id = $1
      UNION ALL
      SELECT n.id, n.replaced_by, w.step + 1 FROM forward w JOIN records.document n ON n.id = w.replaced_by
    ), member AS (
      (SELECT w.id, 0 AS depth FROM forward w ORDER BY w.step DESC LIMIT 1)
      UNION ALL
      SELECT p.id, m.depth + 1 FROM member m JOIN records.document p ON p.replaced_by = m.id
    )
    SELECT id, depth FROM member
  ) chain JOIN records.document d ON d.id = chain.id
  ORDER BY chain.depth DESC, d.issued_on NULLS FIRST, d.created_at, d.id`);
