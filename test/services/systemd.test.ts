import { managerContract } from '../contract/manager.ts';
import { sharedSystemd } from '../support/systemd/shared-systemd.ts';
import { testWithSystemd } from '../support/systemd/test-with-systemd.ts';
import { UnitFixture } from '../support/systemd/unit-fixture.ts';

sharedSystemd();

managerContract('systemd', () => new UnitFixture(), testWithSystemd());
