package bpfmc.explorer.secondopinion.enumerator;

import java.util.Arrays;

/**
 * Memory. Each byte is chosen or not yet, and knows for each agent from which of its loads it was computed; eight aligned bytes of private memory may be an
 * address. Immutable.
 */
final class Bytes {
    private final byte[] bytes;
    private final boolean[] chosen;
    /** By agent, then byte; null when nothing comes from loads. */
    private final long[] loads;
    /** By eight bytes; null when there are no addresses. */
    private final Value[] addresses;
    private final int hash;

    private Bytes(byte[] bytes, boolean[] chosen, long[] loads, Value[] addresses) {
        this.bytes = bytes;
        this.chosen = chosen;
        this.loads = loads;
        this.addresses = addresses;
        this.hash = Arrays.hashCode(bytes) * 31 + Arrays.hashCode(chosen) * 17 + Arrays.hashCode(loads) * 7 + Arrays.hashCode(addresses);
    }

    /** {@return bytes of which none is chosen} */
    static Bytes of(int size) {
        return new Bytes(new byte[size], new boolean[size], null, null);
    }

    int size() {
        return bytes.length;
    }

    boolean chosen(int offset) {
        return chosen[offset];
    }

    boolean chosen(int offset, int size) {
        for (int i = offset; i < offset + size; i++) {
            if (!chosen[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@return little-endian} */
    long number(int offset, int size) {
        long number = 0;
        for (int i = size - 1; i >= 0; i--) {
            number = number << 8 | bytes[offset + i] & 0xff;
        }
        return number;
    }

    long loads(int agent, int offset, int size) {
        long all = 0;
        for (int i = 0; loads != null && i < size; i++) {
            all |= loads[agent * bytes.length + offset + i];
        }
        return all;
    }

    /** {@return all loads of the agent that any byte comes from} */
    long loads(int agent) {
        return loads(agent, 0, bytes.length);
    }

    /** {@return the address that these eight bytes are, or null} */
    Value address(int offset, int size) {
        return addresses == null || size != 8 || offset % 8 != 0 ? null : addresses[offset / 8];
    }

    /** {@return with the bytes not chosen yet chosen as they are in the number} */
    Bytes choosing(int offset, int size, long number) {
        byte[] after = bytes.clone();
        boolean[] now = chosen.clone();
        for (int i = 0; i < size; i++) {
            if (!now[offset + i]) {
                after[offset + i] = (byte) (number >>> 8 * i);
                now[offset + i] = true;
            }
        }
        return new Bytes(after, now, loads, addresses);
    }

    /** {@return with a number stored by the agent} */
    Bytes storing(int agent, int agents, int offset, int size, long number, long from) {
        byte[] after = bytes.clone();
        boolean[] now = chosen.clone();
        for (int i = 0; i < size; i++) {
            after[offset + i] = (byte) (number >>> 8 * i);
            now[offset + i] = true;
        }
        return new Bytes(after, now, stored(agent, agents, offset, size, from), without(offset, size));
    }

    /** {@return with a number in whose place an atomic operation has mixed something of the agent's} */
    Bytes mixing(int agent, int agents, int offset, int size, long number, long from) {
        Bytes after = storing(agent, agents, offset, size, number, 0);
        if (loads == null && from == 0) {
            return after;
        }
        long[] mixed = loads == null ? new long[agents * bytes.length] : loads.clone();
        for (int i = 0; i < size; i++) {
            mixed[agent * bytes.length + offset + i] |= from;
        }
        return new Bytes(after.bytes, after.chosen, mixed, after.addresses);
    }

    Bytes storingAddress(int offset, Value address) {
        Bytes after = storing(0, 1, offset, 8, address.bits(), address.loads());
        Value[] now = after.addresses == null ? new Value[bytes.length / 8] : after.addresses.clone();
        now[offset / 8] = address;
        return new Bytes(after.bytes, after.chosen, after.loads, now);
    }

    private Value[] without(int offset, int size) {
        if (addresses == null) {
            return null;
        }
        Value[] now = addresses.clone();
        Arrays.fill(now, offset / 8, (offset + size - 1) / 8 + 1, null);
        return Arrays.stream(now).allMatch(a -> a == null) ? null : now;
    }

    private long[] stored(int agent, int agents, int offset, int size, long from) {
        if (loads == null && from == 0) {
            return null;
        }
        long[] now = loads == null ? new long[agents * bytes.length] : loads.clone();
        for (int other = 0; other < agents; other++) {
            Arrays.fill(now, other * bytes.length + offset, other * bytes.length + offset + size, other == agent ? from : 0);
        }
        return Arrays.stream(now).allMatch(l -> l == 0) ? null : now;
    }

    /** {@return without what comes from loads of an agent that has ended} */
    Bytes forgetting(int agent) {
        if (loads == null || loads(agent) == 0) {
            return this;
        }
        long[] now = loads.clone();
        Arrays.fill(now, agent * bytes.length, (agent + 1) * bytes.length, 0);
        return new Bytes(bytes, chosen, Arrays.stream(now).allMatch(l -> l == 0) ? null : now, addresses);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b && hash == b.hash && Arrays.equals(bytes, b.bytes) && Arrays.equals(chosen, b.chosen)
                && Arrays.equals(loads, b.loads) && Arrays.equals(addresses, b.addresses);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
