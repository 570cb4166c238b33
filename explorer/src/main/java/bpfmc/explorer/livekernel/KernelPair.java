package bpfmc.explorer.livekernel;

import bpfmc.model.InputException;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout.SpecialField;
import com.sun.jna.Memory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.ImmutableByteList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.eclipse.collections.impl.factory.primitive.ByteLists;

/**
 * Two programs of one object, loaded, with a driver for each and what it needs to set memory, run both at once, and look at memory.
 * Nothing of it may be used by two threads at once but {@link #run}, by one thread an agent.
 */
public final class KernelPair implements AutoCloseable {
    /** The shortest packet that a test run takes has 14 bytes. */
    private static final int PACKET_BYTES = 64;
    private static final String SECTION = "tc";
    private static final int MISSING = -2;

    private final LiveKernel kernel;
    private final Libbpf libbpf;
    private final CLibrary c;
    private final BpfObject object;
    private final KernelObject loaded;
    private final int control;
    private final int table;
    private final int[] drivers = new int[2];
    private final Memory packet = zeroed(PACKET_BYTES);
    private final Memory[] options = {Options.run(packet), Options.run(packet)};
    private final Memory start = zeroed(Driver.CONTROL_BYTES);
    private final Memory key = zeroed(MapDefinition.LARGEST_KEY);
    private final Memory none = zeroed(Integer.BYTES);
    private final Map<Integer, Integer> descriptors = new HashMap<>();
    private final Memory value;

    private KernelPair(LiveKernel kernel, KernelObject loaded, BpfObject object, ImmutableList<BpfProgram> programs) {
        this.kernel = kernel;
        this.libbpf = kernel.libbpf();
        this.c = kernel.c();
        this.object = object;
        this.value = zeroed(Math.max(8, object.maps().collectInt(MapDefinition::valueStride).maxIfEmpty(8)));
        this.loaded = loaded;
        this.control = required(libbpf.bpf_map_create(MapType.ARRAY.ordinal(), "bpfmc_control", Integer.BYTES, Driver.CONTROL_BYTES, 1, null));
        this.table = required(libbpf.bpf_map_create(MapType.PROG_ARRAY.ordinal(), "bpfmc_programs", Integer.BYTES, Integer.BYTES, 2, null));
        var linker = new KernelLinker(map -> map == Driver.CONTROL ? control : table, name -> -1);
        try (Memory descriptor = new Memory(Integer.BYTES)) {
            for (int agent = 0; agent < 2; agent++) {
                drivers[agent] = kernel.descriptor(Driver.of(agent, SECTION), linker);
                key.setInt(0, agent);
                descriptor.setInt(0, loaded.program(programs.get(agent).name()));
                required(libbpf.bpf_map_update_elem(table, key, descriptor, 0));
            }
        }
    }

    /** {@return the two programs, loaded} @throws InputException when the kernel does not load them, or cannot run them */
    public static KernelPair of(LiveKernel kernel, Path path, BpfObject object, ImmutableList<BpfProgram> programs) {
        KernelObject loaded = kernel.programs(path, programs);
        try {
            return new KernelPair(kernel, loaded, object, programs);
        } catch (InputException e) {
            loaded.close();
            throw e;
        }
    }

    static Memory zeroed(int bytes) {
        Memory memory = new Memory(bytes);
        memory.clear();
        return memory;
    }

    static int required(int result) {
        if (result < 0) {
            throw new InputException("the running kernel refuses what a run of two programs takes: " + LiveKernel.error(result));
        }
        return result;
    }

    /** {@return the descriptor of a map of the object} */
    int descriptor(int map) {
        return descriptors.computeIfAbsent(map, m -> loaded.map(object.maps().get(m).name()));
    }

    /** Puts elements into the maps, or takes their keys out. */
    public void set(ImmutableMap<Place, Optional<ImmutableByteList>> elements) {
        elements.forEachKeyValue((place, bytes) -> {
            key(place);
            if (bytes.isPresent()) {
                value.write(0, bytes.get().toArray(), 0, bytes.get().size());
                required(libbpf.bpf_map_update_elem(descriptor(place.map()), key, value, 0));
            } else {
                int result = libbpf.bpf_map_delete_elem(descriptor(place.map()), key);
                required(result == MISSING ? 0 : result);
            }
        });
    }

    private void key(Place place) {
        byte[] bytes = place.bytes(object.maps().get(place.map()));
        key.write(0, bytes, 0, bytes.length);
    }

    /** {@return what these elements hold; the bytes of locks are 0} */
    public ImmutableMap<Place, Optional<ImmutableByteList>> get(Iterable<Place> places) {
        return Maps.immutable.withAll(Lists.mutable.withAll(places).toMap(p -> p, this::element));
    }

    private Optional<ImmutableByteList> element(Place place) {
        key(place);
        int result = libbpf.bpf_map_lookup_elem(descriptor(place.map()), key, value);
        if (result == MISSING) {
            return Optional.empty();
        }
        required(result);
        MapDefinition map = object.maps().get(place.map());
        byte[] bytes = value.getByteArray(0, map.valueSize());
        for (SpecialField special : map.value().special()) {
            Arrays.fill(bytes, special.offset(), special.offset() + special.size(), (byte) 0);
        }
        return Optional.of(ByteLists.immutable.with(bytes));
    }

    /** {@return the keys that a hash map has} @param map its index */
    public ImmutableList<ImmutableByteList> keys(int map) {
        MutableList<ImmutableByteList> keys = Lists.mutable.empty();
        int bytes = object.maps().get(map).keySize();
        try (Memory next = zeroed(MapDefinition.LARGEST_KEY)) {
            for (int result = libbpf.bpf_map_get_next_key(descriptor(map), null, next); result == 0; result = libbpf.bpf_map_get_next_key(descriptor(map), key, next)) {
                byte[] found = next.getByteArray(0, bytes);
                keys.add(ByteLists.immutable.with(found));
                key.write(0, found, 0, bytes);
            }
        }
        return keys.toImmutable();
    }

    /** Makes the drivers ready for another round. @param delays of each agent in nanoseconds */
    void ready(long... delays) {
        start.clear();
        start.setLong(Driver.DELAYS, delays[0]);
        start.setLong(Driver.DELAYS + 8, delays[1]);
        required(libbpf.bpf_map_update_elem(control, none, start, 0));
    }

    /** {@return what the run of one agent returns; {@link Driver#MISSED} where it did not meet the other} */
    int run(int agent) {
        Options.again(options[agent], packet);
        required(libbpf.bpf_prog_test_run_opts(drivers[agent], options[agent]));
        return options[agent].getInt(Options.RETURNED);
    }

    /** {@return the libraries' side of it} */
    Libbpf libbpf() {
        return libbpf;
    }

    CLibrary c() {
        return c;
    }

    /** {@return the table of the two programs} */
    int table() {
        return table;
    }

    /** {@return the object that the programs are from} */
    BpfObject object() {
        return object;
    }

    /** {@return a program that is put together here, loaded} */
    int load(BpfProgram program, KernelLinker linker) {
        return kernel.descriptor(program, linker);
    }

    /** Keeps the thread that calls on one CPU. */
    void pin(int cpu) {
        try (Memory cpus = zeroed(Cpus.BYTES)) {
            cpus.setByte(cpu / 8, (byte) (1 << cpu % 8));
            required(c.sched_setaffinity(0, Cpus.BYTES, cpus));
        }
    }

    /** {@return the CPUs that this process may run on} */
    ImmutableList<Integer> cpus() {
        return Cpus.allowed(c);
    }

    @Override
    public void close() {
        for (int descriptor : new int[] {drivers[0], drivers[1], table, control}) {
            c.close(descriptor);
        }
        loaded.close();
    }
}
