import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import { findReferences } from '../../../config/find-references.ts';
import { errorMessage } from '../../../os/error-code.ts';
import { resolveSecret, wordReference } from '../../../os/resolve-secret.ts';
import type { DoctorFacts } from '../facts.ts';
import { shellWord } from '../shell-word.ts';

const area = 'configuration';

/** Every secret is where the configuration says, and nobody else's to read. What it is is forgotten at once. */
export async function checkSecrets({
  config,
}: Pick<DoctorFacts, 'config'>): Promise<readonly DoctorFinding[]> {
  const references = findReferences(config);
  return await Promise.all(
    references.map(async ({ path, reference }): Promise<DoctorFinding> => {
      const thing = path.join('.');
      const problem = await resolveSecret(reference).then(() => undefined, errorMessage);
      if (problem === undefined)
        return { area, tone: 'ok', thing, text: `${wordReference(reference)} is there` };
      const why = 'What needs it fails when it is used.';
      if (!('file' in reference)) {
        const cure = 'Set it where Kedge is started, then start Kedge again.';
        return { area, tone: 'bad', thing, text: problem, why, cure };
      }
      const cure = 'Put the secret there, for the user that Kedge runs as alone.';
      const command = `chmod 600 ${shellWord(reference.file)}`;
      return { area, tone: 'bad', thing, text: problem, why, cure, command };
    }),
  );
}
