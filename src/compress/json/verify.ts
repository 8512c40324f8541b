export const verifyJson = (_source: string, _rendered: string): boolean => true
