package bpfmc.model.program.synthetic;

import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.ProgramType;
import bpfmc.model.kernel.Section;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.KernelStep;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ProgramOrigin;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SourceLine;
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
 * Callbacks of timers and work items, as programs of their own: what the kernel does when the timer of an element expires
 * (kernel/bpf/helpers.c, bpf_timer_cb, in softirq), or a kworker comes to its work item (bpf_wq_work), with the map, the key and the
 * element. Either may have been started before: so it may begin at any time, but never while a callback of it runs.
 */
public final class AsyncCallbacks extends KernelCode {
    private final Async async;
    private final BpfProgram owner;

    private AsyncCallbacks(Async async, BpfProgram owner, MapDefinition map) {
        super(map, Optional.empty());
        this.async = async;
        this.owner = owner;
    }

    /** A function that a program hands over. @param slot where it begins in the program @param map whose values it is to be run with */
    public record Use(Async async, BpfProgram program, int slot, int map) {}

    /**
     * {@return the object with a program for each callback, and each map for whose values it is one} A callback for one map is called
     * by its function's name, one for several maps with the map's name behind. Where functions of one name differ there is none.
     */
    public static BpfObject added(BpfObject object, ImmutableList<Use> uses) {
        Map<String, ImmutableList<Callback>> byName = new LinkedHashMap<>();
        uses.select(u -> u.async().in(object.maps().get(u.map())))
                .collect(u -> new Callback(u.async(), u.program(), u.program().functionAt(u.slot()), object.maps().get(u.map())))
                .each(c -> byName.merge(c.async().prefix() + c.function().name(), Lists.immutable.with(c), ImmutableList::newWithAll));
        MutableList<BpfProgram> programs = object.programs().toList();
        byName.forEach((name, all) -> {
            Callback first = all.getFirst();
            ImmutableList<MapDefinition> maps = all.allSatisfy(first::isSame) ? all.collect(Callback::map).distinct() : Lists.immutable.empty();
            maps.each(map -> programs.add(new AsyncCallbacks(first.async(), first.owner(), map)
                    .calling(first.function(), maps.size() > 1 ? name + ":" + map.name() : name)));
        });
        return new BpfObject(object.name(), object.license(), programs.toImmutable(), object.maps(), object.btf(), object.notes());
    }

    /** {@return the names that callbacks may get which a program hands over: of each function whose address it takes} */
    public static ImmutableList<String> namesOf(BpfObject object, BpfProgram program) {
        ImmutableList<String> functions = program.references().toList().toImmutable().selectInstancesOf(Reference.Function.class)
                .collect(r -> program.functionAt(r.slot())).select(f -> f != null).collect(Function::name).distinct();
        return Lists.immutable.with(Async.values()).flatCollect(async -> functions.collect(f -> async.prefix() + f).flatCollect(name ->
                Lists.immutable.with(name).newWithAll(object.maps().select(async::in).collect(m -> name + ":" + m.name()))));
    }

    /** {@return the program that runs with a value of the map whose callback this function is} */
    public static Optional<BpfProgram> callback(BpfObject object, Async async, String function, int map) {
        String name = async.prefix() + function;
        ImmutableList<String> names = Lists.immutable.with(name, name + ":" + object.maps().get(map).name());
        return object.programs().detectOptional(p -> names.contains(p.name()) && isOf(p, map));
    }

    /** {@return whether a callback is known of the map's values} */
    public static boolean known(BpfObject object, Async async, int map) {
        return object.programs().anySatisfy(p -> p.async().filter(async::equals).isPresent() && isOf(p, map));
    }

    private static boolean isOf(BpfProgram callback, int map) {
        return IntStream.range(0, callback.functions().getFirst().end())
                .anyMatch(slot -> callback.references().get(slot) instanceof Reference.Map m && m.map() == map);
    }

    /** A function of one program; programs that share it have a copy each, and static functions of several files may have one name. */
    private record Callback(Async async, BpfProgram owner, Function function, MapDefinition map) {
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

    private BpfProgram calling(Function callback, String name) {
        lines.put(0, new SourceLine("kernel", 1, 0, async.word().formatted(map.name())));
        putKey();
        callKernel(KernelStep.BEGIN_CALLBACK, this::mapAndKey);
        int test = code.size();
        code.add(null);
        move(Register.R3, Register.R0);
        mapAndKey();
        int call = code.size();
        code.add(null);
        callKernel(KernelStep.END_CALLBACK, this::mapAndKey);
        code.set(test, new Instruction.Branch(Width.W64, Condition.EQ, Register.R0, new Operand.Imm(0), offset(test, code.size())));
        move(Register.R0, 0);
        code.add(new Instruction.Exit());
        int start = code.size();
        code.set(call, new Instruction.CallSubprogram(start + callback.start() - call - 1));
        MutableList<Function> functions = Lists.mutable.with(new Function(name, 0, start, true));
        owner.functions().each(f -> functions.add(new Function(f.name(), start + f.start(), start + f.end(), f.global())));
        owner.references().forEachKeyValue((slot, r) -> references.put(start + slot, r instanceof Reference.Function f ? new Reference.Function(start + f.slot()) : r));
        owner.lines().forEachKeyValue((slot, line) -> lines.put(start + slot, line));
        code.addAll(owner.code().castToList());
        return new BpfProgram(name, new Section(async.section(), ProgramType.SYSCALL, "", "", async == Async.WORK, true), Lists.immutable.withAll(code), functions.toImmutable(), references.toImmutable(), lines.toImmutable(),
                Maps.immutable.with(name, 0, owner.name(), start), owner.types(), new ProgramOrigin.Callback(async));
    }
}
