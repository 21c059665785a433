/** An extended attribute as the kernel has it, its namespace in front: `user.origin`, `system.posix_acl_access`. */
export interface Attribute {
  readonly name: Buffer;
  readonly value: Buffer;
}

/** Linux: a name has at most 255 bytes, a value 64 KiB. */
export const attributeNameLimit = 255;
export const attributeValueLimit = 64 << 10;

/** Of one file, names and values together; more is not kept, so that its tar header stays below a frame. */
export const attributesLimit = 512 << 10;

export const accessAcl = 'system.posix_acl_access';
export const defaultAcl = 'system.posix_acl_default';

export function bytesOf(attributes: readonly Attribute[]): number {
  return attributes.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
}
