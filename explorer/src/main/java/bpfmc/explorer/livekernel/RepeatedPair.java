package bpfmc.explorer.livekernel;

import bpfmc.explorer.livekernel.RepeatedDriver.Chunk;
import bpfmc.model.isa.Size;
import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.MapDefinition;
import com.sun.jna.Memory;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.ImmutableByteList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.eclipse.collections.impl.factory.primitive.ByteLists;

/** A pair whose rounds the kernel repeats by itself, and whose outcomes it counts ({@link RepeatedDriver}). */
final class RepeatedPair implements AutoCloseable {
    private static final String SECTION = "tc";
    private static final int PACKET_BYTES = 64;
    private static final int MOST_OUTCOMES = 1024;

    private final KernelPair pair;
    private final ImmutableMap<Place, Optional<ImmutableByteList>> initial;
    private final ImmutableList<Chunk> chunks;
    private final int bytes;
    private final int control;
    private final int outcomes;
    private final int[] drivers = new int[2];
    private final Memory packet = KernelPair.zeroed(PACKET_BYTES);
    private final Memory[] options = {Options.run(packet), Options.run(packet)};
    private final Memory words = KernelPair.zeroed(RepeatedDriver.CONTROL_BYTES);
    private final Memory none = KernelPair.zeroed(Integer.BYTES);

    private RepeatedPair(KernelPair pair, ImmutableMap<Place, Optional<ImmutableByteList>> initial, ImmutableList<Chunk> chunks) {
        this.pair = pair;
        this.initial = initial;
        this.chunks = chunks;
        this.bytes = chunks.getLast().end();
        this.control = make(MapType.ARRAY, "bpfmc_control", Integer.BYTES, RepeatedDriver.CONTROL_BYTES, 1);
        this.outcomes = make(MapType.HASH, "bpfmc_outcomes", bytes, Long.BYTES, MOST_OUTCOMES);
        var linker = new KernelLinker(map -> map == RepeatedDriver.CONTROL ? control : map == RepeatedDriver.PROGRAMS ? pair.table()
                : map == RepeatedDriver.OUTCOMES ? outcomes : pair.descriptor(map - RepeatedDriver.OBJECT), name -> -1);
        for (int agent = 0; agent < 2; agent++) {
            drivers[agent] = pair.load(RepeatedDriver.of(agent, SECTION, chunks), linker);
        }
    }

    private int make(MapType type, String name, int key, int value, int entries) {
        return KernelPair.required(pair.libbpf().bpf_map_create(type.ordinal(), name, key, value, entries, null));
    }

    /** {@return the pair; empty where its outcomes cannot be told apart inside the kernel} @param initial elements that are always there */
    static Optional<RepeatedPair> of(KernelPair pair, ImmutableMap<Place, Optional<ImmutableByteList>> initial) {
        if (initial.isEmpty() || initial.anySatisfy(Optional::isEmpty)
                || initial.keysView().anySatisfy(p -> pair.object().maps().get(p.map()).keySize() > RepeatedDriver.MOST_KEY)) {
            return Optional.empty();
        }
        MutableList<Chunk> chunks = Lists.mutable.empty();
        initial.forEachKeyValue((place, held) -> addChunks(pair.object().maps().get(place.map()), place, held.get(), chunks));
        return chunks.isEmpty() || chunks.getLast().end() > RepeatedDriver.MOST_BYTES ? Optional.empty() : Optional.of(new RepeatedPair(pair, initial, chunks.toImmutable()));
    }

    /** The bytes of an element but those of its special fields, by aligned numbers as large as they can be, each aligned in the outcome too. */
    private static void addChunks(MapDefinition map, Place place, ImmutableByteList held, MutableList<Chunk> chunks) {
        for (int at = 0; at < held.size();) {
            int here = at;
            var special = map.value().special().detectOptional(f -> f.overlaps(here, 1));
            if (special.isPresent()) {
                at = special.get().offset() + special.get().size();
                continue;
            }
            Size size = Size.DOUBLE;
            while (here % size.bytes() != 0 || here + size.bytes() > held.size() || overlaps(map, here, size.bytes())) {
                size = size == Size.DOUBLE ? Size.WORD : size == Size.WORD ? Size.HALF : Size.BYTE;
            }
            long value = 0;
            for (int i = size.bytes() - 1; i >= 0; i--) {
                value = value << 8 | held.get(at + i) & 0xff;
            }
            int before = chunks.isEmpty() ? 0 : chunks.getLast().end();
            chunks.add(new Chunk(place, place.bytes(map), at, size, value, Math.ceilDiv(before, size.bytes()) * size.bytes()));
            at += size.bytes();
        }
    }

    private static boolean overlaps(MapDefinition map, int offset, int size) {
        return map.value().special().anySatisfy(f -> f.overlaps(offset, size));
    }

    /** Makes everything ready for another batch. @param delays of each agent in nanoseconds, besides a random part */
    void ready(long... delays) {
        pair.set(initial);
        words.clear();
        words.setLong(RepeatedDriver.DELAYS, delays[0]);
        words.setLong(RepeatedDriver.DELAYS + 8, delays[1]);
        KernelPair.required(pair.libbpf().bpf_map_update_elem(control, none, words, 0));
    }

    /** Runs one agent so often, or until the two miss each other. */
    void run(int agent, int times) {
        Options.again(options[agent], packet, times);
        int result = pair.libbpf().bpf_prog_test_run_opts(drivers[agent], options[agent]);
        KernelPair.required(result == Errno.EINTR.result() ? 0 : result);
    }

    /** {@return whether the two have missed each other since it was made ready} */
    boolean broke() {
        try (Memory now = KernelPair.zeroed(RepeatedDriver.CONTROL_BYTES)) {
            KernelPair.required(pair.libbpf().bpf_map_lookup_elem(control, none, now));
            return now.getLong(RepeatedDriver.BROKEN) != 0;
        }
    }

    /** {@return how often each outcome was there} */
    ImmutableMap<ImmutableMap<Place, Optional<ImmutableByteList>>, Long> counted() {
        MutableMap<ImmutableMap<Place, Optional<ImmutableByteList>>, Long> counts = Maps.mutable.empty();
        try (Memory key = KernelPair.zeroed(bytes); Memory next = KernelPair.zeroed(bytes); Memory count = KernelPair.zeroed(Long.BYTES)) {
            for (int result = pair.libbpf().bpf_map_get_next_key(outcomes, null, next); result == 0; result = pair.libbpf().bpf_map_get_next_key(outcomes, key, next)) {
                key.write(0, next.getByteArray(0, bytes), 0, bytes);
                KernelPair.required(pair.libbpf().bpf_map_lookup_elem(outcomes, key, count));
                counts.put(elements(next.getByteArray(0, bytes)), count.getLong(0));
            }
        }
        return counts.toImmutable();
    }

    private ImmutableMap<Place, Optional<ImmutableByteList>> elements(byte[] outcome) {
        MutableMap<Place, byte[]> values = Maps.mutable.empty();
        for (Chunk chunk : chunks) {
            byte[] value = values.getIfAbsentPut(chunk.element(), () -> new byte[pair.object().maps().get(chunk.element().map()).valueSize()]);
            System.arraycopy(outcome, chunk.at(), value, chunk.offset(), chunk.size().bytes());
        }
        return values.collectValues((place, value) -> Optional.<ImmutableByteList>of(ByteLists.immutable.with(value))).toImmutable();
    }

    @Override
    public void close() {
        for (int descriptor : new int[] {drivers[0], drivers[1], control, outcomes}) {
            pair.c().close(descriptor);
        }
    }
}
