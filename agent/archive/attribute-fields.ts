import * as z from 'zod';
import {
  type Attribute,
  attributeNameLimit,
  attributesLimit,
  attributeValueLimit,
  bytesOf,
} from '../os/attributes/attribute.ts';
import { bytes, text, textOrBytes } from './byte-text.ts';
import type { MemberHeader } from './member.ts';

/** The keys of a member's line that only few members have. */
export const AttributeFields = z.object({
  sparse: z.literal(true).optional(),
  attributes: z
    .array(z.object({ name: text.optional(), nameB64: bytes.optional(), value: bytes }))
    .optional(),
  acl: z.string().optional(),
  defaultAcl: z.string().optional(),
});

export function encodeAttributes(member: MemberHeader): z.input<typeof AttributeFields> {
  const { sparse, attributes, acl, defaultAcl } = member;
  const encoded = attributes?.map(({ name, value }) => ({
    ...textOrBytes('name', name),
    value: value.toString('base64'),
  }));
  return {
    ...(sparse && { sparse }),
    ...(encoded && { attributes: encoded }),
    ...(acl !== undefined && { acl }),
    ...(defaultAcl !== undefined && { defaultAcl }),
  };
}

/** Throws what is wrong with them. */
export function decodeAttributes({
  sparse,
  attributes,
  acl,
  defaultAcl,
}: z.infer<typeof AttributeFields>): Pick<
  MemberHeader,
  'sparse' | 'attributes' | 'acl' | 'defaultAcl'
> {
  const decoded = attributes?.map(({ name, nameB64, value }) => ({
    name: name ?? nameB64 ?? Buffer.alloc(0),
    value,
  }));
  if (decoded !== undefined) checkAttributes(decoded);
  return {
    ...(sparse && { sparse }),
    ...(decoded && { attributes: decoded }),
    ...(acl !== undefined && { acl }),
    ...(defaultAcl !== undefined && { defaultAcl }),
  };
}

function checkAttributes(attributes: readonly Attribute[]): void {
  const isSound = ({ name, value }: Attribute): boolean =>
    name.length > 0 &&
    name.length <= attributeNameLimit &&
    !name.includes(0) &&
    value.length <= attributeValueLimit;
  if (!attributes.every(isSound) || bytesOf(attributes) > attributesLimit) {
    throw new RangeError('its extended attributes are none that a file can have');
  }
}
