package bpfmc.explorer.secondopinion.enumerator;

/** The last lookup of a key, which found nothing. @param slot of the call @param inserted whether another run has inserted the key since */
record Miss(int map, long key, int slot, boolean inserted) {}
