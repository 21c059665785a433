import { parse } from 'jsonc-parser';
import type { SupportFacts, SupportFile } from '../facts.ts';
import { jsonFile } from '../json-file.ts';
import { redactConfig } from '../redact-config.ts';

export interface ConfigurationFiles {
  readonly files: readonly SupportFile[];
  readonly hidden: readonly string[];
}

/** As it is in force, and as it stands on disk where that is not the same. Comments may say anything: they go. */
export function configurationFiles(facts: SupportFacts): ConfigurationFiles {
  const { config, configText, configProblems } = facts;
  const onDisk: unknown = parse(configText, [], { allowTrailingComma: true });
  const inForce = redactConfig(config ?? {});
  const written = redactConfig(onDisk ?? {});
  const isBad = configProblems.length > 0;
  return {
    files: [
      jsonFile('configuration.json', 'the configuration in force, without secrets', inForce.shown),
      ...(isBad
        ? [
            jsonFile('configuration-on-disk.json', 'the one on disk, which is not valid', {
              problems: configProblems,
              configuration: written.shown,
            }),
          ]
        : []),
    ],
    hidden: [...inForce.hidden, ...written.hidden],
  };
}
