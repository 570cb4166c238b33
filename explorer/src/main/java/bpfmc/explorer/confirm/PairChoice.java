package bpfmc.explorer.confirm;

import bpfmc.explorer.livekernel.Place;
import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Pairs;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.model.InputException;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.ProgramType;
import bpfmc.model.machine.InputRange;
import bpfmc.model.memory.Given;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.value.Key;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableByteList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.eclipse.collections.impl.factory.Sets;
import org.eclipse.collections.impl.factory.primitive.ByteLists;
import org.eclipse.collections.impl.list.primitive.IntInterval;

/** Which pairs of programs are run, and what is known of memory and inputs when they begin. */
final class PairChoice {
    /** A larger array takes longer to be set and looked at than to be run over. */
    private static final long MOST_BYTES = 4096;
    private static final int PACKET_BYTES = 64;
    private static final int LENGTH = 0;
    /** mark, priority, tc_index, cb and hash (struct __sk_buff). */
    private static final ImmutableList<Integer> ZEROS = Lists.immutable.with(8, 32, 44, 48, 52, 56, 60, 64, 68);
    /** Helpers that leave the packet and its context alone: they look up, update and delete elements, take locks, and tell the time, random numbers, CPU and task. */
    private static final ImmutableSet<Integer> PACKET_STAYS = Sets.immutable.with(1, 2, 3, 5, 7, 8, 14, 93, 94, 125);
    private static final ImmutableList<String> REGIONS = Lists.immutable.with("bpf_res_spin_", "bpf_rcu_read_", "bpf_preempt_", "bpf_local_irq_");

    /** What a test run gives a tc program, as far as it is the same whenever it is made (net/bpf/test_run.c, bpf_prog_test_run_skb); of all else nothing is known. */
    static final ImmutableList<InputRange> INPUTS = ZEROS.collect(at -> new InputRange(at, Integer.BYTES, 0, 0)).newWith(new InputRange(LENGTH, Integer.BYTES, PACKET_BYTES, PACKET_BYTES));

    private PairChoice() {}

    /** {@return every pair of these programs that share a map, on two CPUs} */
    static ImmutableList<Scenario> of(BpfObject object, ImmutableList<BpfProgram> programs, KernelVersion kernel) {
        return Pairs.of(new ScenarioSpace(object, programs, IntInterval.zeroTo(Math.max(0, object.maps().size() - 1)).toSet().toImmutable(), 2, 1, CpuRules.DEFAULT.in(kernel), Contexts.OF_SECTIONS));
    }

    /** @throws InputException in one phrase, why the scenario cannot be run */
    static void require(Scenario scenario) {
        scenario.agents().each(a -> {
            BpfProgram program = a.program();
            if (program.section().type() != ProgramType.SCHED_CLS) {
                throw new InputException("only tc programs are, and " + program.name() + " is none");
            }
            program.references().forEachValue(r -> {
                if (r instanceof Reference.Map m) {
                    require(scenario.object().maps().get(m.map()));
                } else if (r instanceof Reference.Data d) {
                    require(scenario.object().maps().get(d.map()));
                } else if (r instanceof Reference.KernelSymbol s) {
                    throw new InputException(program.name() + " reads the kernel's variable " + s.name());
                }
            });
        });
    }

    /** {@return whether a run leaves its packet as it was, but for what a driver puts back, so that the next one may have the same} */
    static boolean packetStays(Scenario scenario) {
        return scenario.agents().allSatisfy(a -> a.program().code().allSatisfy(i -> !(i instanceof Instruction.CallHelper h) || PACKET_STAYS.contains(h.helper()))
                && a.program().references().allSatisfy(r -> !(r instanceof Reference.Kfunc k) || REGIONS.anySatisfy(k.name()::startsWith)));
    }

    private static void require(MapDefinition map) {
        if (map.type() != MapType.ARRAY && map.type() != MapType.HASH) {
            throw new InputException("only programs over arrays, hash maps and global data are, and " + map.name() + " is a map of type " + map.type());
        }
        if (map.sizeUnknown() || map.type() == MapType.ARRAY && map.maxEntries() * map.valueSize() > MOST_BYTES) {
            throw new InputException("map " + map.name() + (map.sizeUnknown() ? " has a size that only its loader knows" : " has more than " + MOST_BYTES + " bytes, too many to be set each time"));
        }
        map.value().special().reject(f -> f.kind() == SpecialKind.SPIN_LOCK || f.kind() == SpecialKind.RES_SPIN_LOCK).each(f -> {
            throw new InputException("the values of " + map.name() + " hold a " + f.kind().structName() + ", which is not set here");
        });
    }

    /**
     * {@return the bytes of each element that is there at first: data as in the object, arrays of zeros, and of each hash map the key of zeros,
     * with zeros} What is stated of memory replaces that; a hash map of which anything is stated has no other keys.
     */
    static ImmutableMap<Place, Optional<ImmutableByteList>> memory(Scenario scenario, ImmutableList<Given> stated) {
        MutableMap<Place, Optional<ImmutableByteList>> memory = Maps.mutable.empty();
        for (MapDefinition map : scenario.object().maps().select(m -> used(scenario, m) && !m.readOnlyData())) {
            if (map.data().isPresent()) {
                memory.put(new Place(map.index(), Key.of(0)), Optional.of(ByteLists.immutable.with(map.data().get().contents().clone())));
            } else if (map.type() == MapType.ARRAY) {
                for (long i = 0; i < map.maxEntries(); i++) {
                    memory.put(new Place(map.index(), Key.of(i)), zeros(map));
                }
            } else if (stated.noneSatisfy(g -> g.map() == map.index())) {
                memory.put(new Place(map.index(), Key.of(new byte[map.keySize()])), zeros(map));
            }
        }
        for (Given given : stated) {
            MapDefinition map = scenario.object().maps().get(given.map());
            Place place = new Place(given.map(), given.key());
            if (given.isAbsent()) {
                memory.put(place, Optional.empty());
                continue;
            }
            byte[] bytes = memory.getOrDefault(place, zeros(map)).orElseThrow().toArray();
            for (int i = 0; i < given.size(); i++) {
                bytes[given.offset() + i] = (byte) (given.value() >>> 8 * i);
            }
            memory.put(place, Optional.of(ByteLists.immutable.with(bytes)));
        }
        return memory.toImmutable();
    }

    private static Optional<ImmutableByteList> zeros(MapDefinition map) {
        return Optional.of(ByteLists.immutable.with(new byte[map.valueSize()]));
    }

    private static boolean used(Scenario scenario, MapDefinition map) {
        return scenario.agents().anySatisfy(a -> a.program().references().anySatisfy(r -> r instanceof Reference.Map m && m.map() == map.index()
                || r instanceof Reference.Data d && d.map() == map.index()));
    }
}
