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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** How such programs are called: "timer:" and the callback's function. */
    public static final String PREFIX = "timer:";

    private static final int SET_CALLBACK = 170;
    private static final Section SECTION = new Section(ExecutionContexts.TIMER, ProgramType.SYSCALL, "", "", false, true);

    private final BpfProgram owner;

    private TimerCallbacks(BpfProgram owner, MapDefinition map) {
        super(map, Optional.empty());
        this.owner = owner;
    }

    /**
     * {@return the object with a program for each callback} Where its maps hold several timers, or functions of one name differ, it is
     * not known whose callback a function is, and there is none.
     */
    public static BpfObject added(BpfObject object) {
        ImmutableList<MapDefinition> timed = object.maps().select(m -> m.value().special().anySatisfy(f -> f.kind() == SpecialKind.TIMER));
        if (timed.size() != 1 || timed.getFirst().value().special().count(f -> f.kind() == SpecialKind.TIMER) != 1 || !followed(timed.getFirst())) {
            return object;
        }
        Map<String, ImmutableList<Callback>> byName = new LinkedHashMap<>();
        for (BpfProgram program : object.programs()) {
            for (int slot : callbacks(program)) {
                Callback one = new Callback(program, program.functionAt(slot));
                byName.merge(one.function().name(), Lists.immutable.with(one), ImmutableList::newWithAll);
            }
        }
        MutableList<BpfProgram> programs = object.programs().toList();
        byName.values().stream().filter(all -> all.allSatisfy(all.getFirst()::isSame))
                .forEach(all -> programs.add(new TimerCallbacks(all.getFirst().owner(), timed.getFirst()).calling(all.getFirst().function())));
        return new BpfObject(object.name(), object.license(), programs.toImmutable(), object.maps(), object.btf(), object.notes());
    }

    /** A function of one program; programs that share it have a copy each, and static functions of several files may have one name. */
    private record Callback(BpfProgram owner, Function function) {
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

    private static boolean followed(MapDefinition map) {
        return map.type() == MapType.ARRAY || map.type() == MapType.HASH || map.type() == MapType.LRU_HASH;
    }

    /** {@return the first slots of the functions that are handed to bpf_timer_set_callback, as far as the code just before tells} */
    private static Set<Integer> callbacks(BpfProgram program) {
        Set<Integer> slots = new LinkedHashSet<>();
        for (int call = 0; call < program.size(); call++) {
            if (program.code().get(call) instanceof Instruction.CallHelper h && h.helper() == SET_CALLBACK) {
                handed(program, call).ifPresent(slots::add);
            }
        }
        return slots;
    }

    /** {@return the function in r2 before this slot} Jumps are not followed; at a callback that is not found the run will stop. */
    private static Optional<Integer> handed(BpfProgram program, int call) {
        Register register = Register.R2;
        for (int slot = call - 1; slot >= 0; slot--) {
            Instruction instruction = program.code().get(slot);
            if (instruction instanceof Instruction.LoadImmediate64 load && load.dst() == register) {
                return program.references().get(slot) instanceof Reference.Function f ? Optional.of(f.slot()) : Optional.empty();
            }
            if (instruction instanceof Instruction.Move move && move.dst() == register) {
                if (!(move.src() instanceof Operand.Reg from)) {
                    return Optional.empty();
                }
                register = from.register();
            }
        }
        return Optional.empty();
    }

    private BpfProgram calling(Function callback) {
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
        String name = PREFIX + callback.name();
        MutableList<Function> functions = Lists.mutable.with(new Function(name, 0, start, true));
        owner.functions().each(f -> functions.add(new Function(f.name(), start + f.start(), start + f.end(), f.global())));
        owner.references().forEachKeyValue((slot, r) -> references.put(start + slot, r instanceof Reference.Function f ? new Reference.Function(start + f.slot()) : r));
        owner.lines().forEachKeyValue((slot, line) -> lines.put(start + slot, line));
        code.addAll(owner.code().castToList());
        return new BpfProgram(name, SECTION, Lists.immutable.withAll(code), functions.toImmutable(), references.toImmutable(), lines.toImmutable(),
                Maps.immutable.with(name, 0, owner.name(), start), owner.types());
    }
}
