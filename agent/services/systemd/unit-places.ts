const unitFolders = ['/etc/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system'];

/** Paths of which one must be there for a unit: "name@one.service" may come from the template "name@.service". */
export function unitPlaces(unit: string): readonly string[] {
  const names = [unit, unit.replace(/@[^.]+/, '@')];
  return names.flatMap((name) => unitFolders.map((folder) => `${folder}/${name}`));
}
