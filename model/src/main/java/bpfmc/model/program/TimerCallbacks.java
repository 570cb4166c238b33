package bpfmc.model.program;

import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.ExecutionContexts;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.ProgramType;
import bpfmc.model.kernel.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Callbacks of timers, as programs of their own: what the kernel does when the timer of an element expires (kernel/bpf/helpers.c,
 * bpf_timer_cb), in softirq, with the map, the key and the element. The timer of any element may have been started before: so it may
 * expire at any time, but never while its callback runs.
 */
public final class TimerCallbacks extends KernelCode {
    /** How such programs are called: "timer:", the callback's function, and ":" and the map where it is a callback of several maps' timers. */
    public static final String PREFIX = "timer:";

    private static final Section SECTION = new Section(ExecutionContexts.TIMER, ProgramType.SYSCALL, "", "", false, true);

    private final BpfProgram owner;

    private TimerCallbacks(BpfProgram owner, MapDefinition map) {
        super(map, Optional.empty());
        this.owner = owner;
    }

    /** A function that a program hands to a timer. @param slot where it begins in the program @param map whose values hold the timer */
    public record Use(BpfProgram program, int slot, int map) {}

    /**
     * {@return the object with a program for each callback, and each map of whose timers it is one} A function of one map's timers is
     * called by its name, one of several maps' with the map's name behind. Where functions of one name differ there is none.
     */
    public static BpfObject added(BpfObject object, ImmutableList<Use> uses) {
        Map<String, ImmutableList<Callback>> byName = new LinkedHashMap<>();
        uses.select(u -> followed(object.maps().get(u.map()))).collect(u -> new Callback(u.program(), u.program().functionAt(u.slot()), object.maps().get(u.map())))
                .each(c -> byName.merge(c.function().name(), Lists.immutable.with(c), ImmutableList::newWithAll));
        MutableList<BpfProgram> programs = object.programs().toList();
        byName.values().stream().filter(all -> all.allSatisfy(all.getFirst()::isSame)).forEach(all -> {
            ImmutableList<MapDefinition> maps = all.collect(Callback::map).distinct();
            maps.each(map -> programs.add(new TimerCallbacks(all.getFirst().owner(), map)
                    .calling(all.getFirst().function(), maps.size() > 1 ? ":" + map.name() : "")));
        });
        return new BpfObject(object.name(), object.license(), programs.toImmutable(), object.maps(), object.btf(), object.notes());
    }

    /** {@return the program that runs when a timer of the map expires whose callback this function is} */
    public static Optional<BpfProgram> callback(BpfObject object, String function, int map) {
        ImmutableList<String> names = Lists.immutable.with(PREFIX + function, PREFIX + function + ":" + object.maps().get(map).name());
        return object.programs().detectOptional(p -> names.contains(p.name()) && isOf(p, map));
    }

    /** {@return whether a callback is known of the map's timers} */
    public static boolean known(BpfObject object, int map) {
        return object.programs().anySatisfy(p -> p.name().startsWith(PREFIX) && isOf(p, map));
    }

    private static boolean isOf(BpfProgram callback, int map) {
        return IntStream.range(0, callback.functions().getFirst().end())
                .anyMatch(slot -> callback.references().get(slot) instanceof Reference.Map m && m.map() == map);
    }

    /** A function of one program; programs that share it have a copy each, and static functions of several files may have one name. */
    private record Callback(BpfProgram owner, Function function, MapDefinition map) {
        boolean isSame(Callback other) {
            return code().equals(other.code()) && owner.lineAt(function.start()).equals(other.owner.lineAt(other.function.start()));
        }

        /** Calls, and addresses of functions, lead to other places in every copy. */
        private List<Object> code() {
            List<Object> told = new ArrayList<>();
            for (int slot = function.start(); slot < function.end(); slot++) {
                Instruction instruction = owner.code().get(slot);
                Reference reference = owner.references().get(slot);
                boolean placed = instruction instanceof Instruction.CallSubprogram || reference instanceof Reference.Function;
                told.add(placed ? "" : instruction);
                told.add(placed ? "" : reference);
            }
            return told;
        }
    }

    /** A value holds one timer at most (kernel/bpf/btf.c, btf_get_field_type). */
    private static boolean followed(MapDefinition map) {
        boolean keyed = map.type() == MapType.ARRAY || map.type() == MapType.HASH || map.type() == MapType.LRU_HASH;
        return keyed && map.value().special().count(f -> f.kind() == SpecialKind.TIMER) == 1;
    }

    /** @param suffix of the name */
    private BpfProgram calling(Function callback, String suffix) {
        lines.put(0, new SourceLine("kernel", 1, 0, "timer of " + map.name() + "[key] expires"));
        putKey();
        callKernel("bpf_timer_cb", this::mapAndKey);
        int test = code.size();
        code.add(null);
        move(Register.R3, Register.R0);
        mapAndKey();
        int call = code.size();
        code.add(null);
        callKernel("bpf_timer_cb_end", this::mapAndKey);
        code.set(test, new Instruction.Branch(Width.W64, Condition.EQ, Register.R0, new Operand.Imm(0), offset(test, code.size())));
        move(Register.R0, 0);
        code.add(new Instruction.Exit());
        int start = code.size();
        code.set(call, new Instruction.CallSubprogram(start + callback.start() - call - 1));
        String name = PREFIX + callback.name() + suffix;
        MutableList<Function> functions = Lists.mutable.with(new Function(name, 0, start, true));
        owner.functions().each(f -> functions.add(new Function(f.name(), start + f.start(), start + f.end(), f.global())));
        owner.references().forEachKeyValue((slot, r) -> references.put(start + slot, r instanceof Reference.Function f ? new Reference.Function(start + f.slot()) : r));
        owner.lines().forEachKeyValue((slot, line) -> lines.put(start + slot, line));
        code.addAll(owner.code().castToList());
        return new BpfProgram(name, SECTION, Lists.immutable.withAll(code), functions.toImmutable(), references.toImmutable(), lines.toImmutable(),
                Maps.immutable.with(name, 0, owner.name(), start), owner.types());
    }
}
