/** Roles an officer can hold at an agency, as the kernel names them. */
export type OfficerRole = 'clerk' | 'specialist' | 'unit_head' | 'reform_officer' | 'leader' | 'administrator'
