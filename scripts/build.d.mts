/** Returns the folder of a build of the sources as they are now, building it when it is not there. */
export function ensureBuilt(root: string): Promise<string>
