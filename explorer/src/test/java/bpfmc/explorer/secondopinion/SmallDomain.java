package bpfmc.explorer.secondopinion;

import bpfmc.explorer.secondopinion.enumerator.Setup.Unknowns;

/** Unknown numbers are one of a few; packets have no byte or all that are asked for. */
record SmallDomain(long... words) implements Unknowns {
    private static final int LONG = 64;

    @Override
    public long[] numbers(Source source, int agent, int offset, int size) {
        return words.clone();
    }

    @Override
    public int[] packetLengths(int agent) {
        return new int[] {0, LONG};
    }
}
