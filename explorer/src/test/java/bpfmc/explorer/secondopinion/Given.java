package bpfmc.explorer.secondopinion;

import bpfmc.explorer.secondopinion.enumerator.Setup.Unknowns;
import java.util.List;

/**
 * Every unknown number is known.
 *
 * @param word what each four bytes of memory hold at first @param marks skb->mark, by agent; the rest of the context is 0
 */
record Given(int word, List<Integer> marks) implements Unknowns {
    static final int MARK = 8;

    @Override
    public long[] numbers(Source source, int agent, int offset, int size) {
        long number = 0;
        for (int i = size - 1; i >= 0; i--) {
            number = number << 8 | byteAt(source, agent, offset + i);
        }
        return new long[] {number};
    }

    private int byteAt(Source source, int agent, int offset) {
        return switch (source) {
            case MEMORY -> word >>> 8 * (offset % 4) & 0xff;
            case CONTEXT -> offset >= MARK && offset < MARK + 4 ? marks.get(agent) >>> 8 * (offset - MARK) & 0xff : 0;
            case PACKET, RANDOM, KEY -> 0;
        };
    }

    @Override
    public int[] packetLengths(int agent) {
        return new int[] {0};
    }
}
