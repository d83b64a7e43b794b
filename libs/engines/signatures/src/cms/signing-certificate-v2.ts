import { AsnArray, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, GeneralName } from '@peculiar/asn1-x509';
import { oids } from '../asn1/oids.js';

/**
 * ```asn1
 * IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber CertificateSerialNumber }
 * ```
 */
export class IssuerSerial {
  @AsnProp({ type: GeneralName, repeated: 'sequence' })
  issuer: GeneralName[] = [];

  @AsnProp({ type: AsnPropTypes.Any })
  serialNumber: ArrayBuffer = new ArrayBuffer(0);
}

const sha256 = new AlgorithmIdentifier({ algorithm: oids.sha256 });

/**
 * ```asn1
 * ESSCertIDv2 ::= SEQUENCE {
 *   hashAlgorithm AlgorithmIdentifier DEFAULT {algorithm id-sha256},
 *   certHash      OCTET STRING,
 *   issuerSerial  IssuerSerial OPTIONAL }
 * ```
 */
export class EssCertIdV2 {
  @AsnProp({ type: AlgorithmIdentifier, defaultValue: sha256 })
  hashAlgorithm: AlgorithmIdentifier = sha256;

  @AsnProp({ type: OctetString })
  certHash: OctetString = new OctetString();

  @AsnProp({ type: IssuerSerial, optional: true })
  issuerSerial?: IssuerSerial;
}

@AsnType({ type: AsnTypeTypes.Sequence, itemType: EssCertIdV2 })
export class EssCertIdV2List extends AsnArray<EssCertIdV2> {
  constructor(items?: EssCertIdV2[]) {
    super(items);
    Object.setPrototypeOf(this, EssCertIdV2List.prototype);
  }
}

/**
 * The signed attribute that ties a signature to one certificate (RFC 5035, section 3), so that another certificate of
 * the same key cannot be put in its place.
 * ```asn1
 * SigningCertificateV2 ::= SEQUENCE {
 *   certs    SEQUENCE OF ESSCertIDv2,
 *   policies SEQUENCE OF PolicyInformation OPTIONAL }
 * ```
 */
export class SigningCertificateV2 {
  @AsnProp({ type: EssCertIdV2List })
  certs: EssCertIdV2List = new EssCertIdV2List();

  @AsnProp({ type: AsnPropTypes.Any, optional: true })
  policies?: ArrayBuffer;
}
