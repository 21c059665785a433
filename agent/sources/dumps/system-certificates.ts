import { exists } from '../../os/files.ts';

/** The file of those that this machine trusts: dump tools ask for one by name. */
export async function systemCertificates(): Promise<string> {
  const debian = '/etc/ssl/certs/ca-certificates.crt';
  return (await exists(debian)) ? debian : '/etc/pki/tls/certs/ca-bundle.crt';
}
