package bpfmc.model.verifier;

import bpfmc.model.call.HelperCalls;
import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.kernel.MapType;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.PathHistory;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.machine.VerifierState.LockClass;
import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a call of a helper leaves behind when nobody else runs: its result by its type, memory that it may write unknown,
 * locks taken and released, a callback entered any number of times.
 */
final class VerifierCalls {
    private final RunConfig config;
    private final Knowledge knowledge;
    private final Consumer<VerifierRun.Entry> later;
    private final VerifierKfuncs kfuncs;

    /** @param later takes functions that run on their own, at another time */
    VerifierCalls(RunConfig config, Knowledge knowledge, Consumer<VerifierRun.Entry> later) {
        this.config = config;
        this.knowledge = knowledge;
        this.later = later;
        this.kfuncs = new VerifierKfuncs(config, this);
    }

    boolean kfunc(VerifierPath way, Consumer<VerifierPath> others) {
        return config.program().references().get(way.machine.pc) instanceof Reference.Kfunc k
                ? kfuncs.call(way, k, others) : finish(way, way.machine.unknownValue(8));
    }

    boolean helper(VerifierPath way, int number, Consumer<VerifierPath> others) {
        Optional<Helper> helper = Helpers.byId(number);
        if (helper.isEmpty()) {
            return finish(way, way.machine.unknownValue(8));
        }
        return switch (helper.get().name()) {
            case "spin_lock" -> acquire(way, LockClass.PLAIN, Value.of(0));
            case "spin_unlock" -> release(way, LockClass.PLAIN);
            case "loop" -> callBack(way, 2, false, others, m -> m.registers[2] = way.machine.registers[3]);
            case "for_each_map_elem" -> forEachElement(way, others);
            case "find_vma" -> callBack(way, 3, false, others, m -> {
                m.registers[1] = Value.to(new Region.Kernel("struct task_struct"), 0);
                m.registers[2] = Value.to(new Region.Kernel("struct vm_area_struct"), 0);
                m.registers[3] = way.machine.registers[4];
            });
            case "user_ringbuf_drain" -> callBack(way, 2, false, others, m -> {
                m.registers[1] = Value.to(new Region.Kernel("struct bpf_dynptr"), 0);
                m.registers[2] = way.machine.registers[3];
            });
            case "timer_set_callback" -> runsLater(way, 2);
            case "kptr_xchg" -> found(way, others, new Origin.Allocated(0, true));
            default -> byPrototype(way, helper.get(), others);
        };
    }

    static boolean finish(VerifierPath way, Value result) {
        return HelperCalls.finish(way.machine, result);
    }

    // ---- locks

    boolean acquire(VerifierPath way, LockClass kind, Value result) {
        if (way.machine.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.Element e) {
            way.custody = way.custody.locked(new VerifierState.Lock(kind, e.slot(), way.machine.pc));
        }
        way.happened(PathHistory.Kind.LOCK);
        return finish(way, result);
    }

    /** After an unlock the program no longer has what it did not own (verifier.c, invalidate_non_owning_refs). */
    boolean release(VerifierPath way, LockClass kind) {
        if (way.machine.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.Element e) {
            way.custody = way.custody.unlocked(kind, e.slot());
        }
        way.happened(PathHistory.Kind.UNLOCK);
        VerifierState custody = way.custody;
        VerifierElements.release(way.machine, slot -> custody.origins().get(slot) instanceof Origin.Allocated a && !a.owned());
        return finish(way, Value.of(0));
    }

    // ---- elements

    /** The call finds something, or nothing. */
    boolean found(VerifierPath way, Consumer<VerifierPath> others, Origin origin) {
        return found(way, others, origin, 0);
    }

    /** @param offset that the address has in what is found */
    boolean found(VerifierPath way, Consumer<VerifierPath> others, Origin origin, int offset) {
        nothing(way, others);
        way.happened(PathHistory.Kind.FOUND);
        return finish(way, VerifierElements.fresh(config, way, origin, offset));
    }

    void nothing(VerifierPath way, Consumer<VerifierPath> others) {
        VerifierPath none = way.copy();
        none.happened(PathHistory.Kind.NOT_FOUND);
        finish(none, Value.of(0));
        others.accept(none);
    }

    private Optional<MapDefinition> map(VerifierPath way, int argument) {
        return handle(way, argument).flatMap(h -> VerifierElements.map(config, h));
    }

    private static Optional<Integer> handle(VerifierPath way, int argument) {
        return way.machine.registers[argument] instanceof Value.Pointer p && p.region() instanceof Region.MapHandle h
                ? Optional.of(h.map()) : Optional.empty();
    }

    private Origin valueOf(int handle) {
        int maps = config.object().maps().size();
        return new Origin.MapValue(handle < maps ? handle : handle - maps, handle >= maps);
    }

    private boolean lookup(VerifierPath way, Consumer<VerifierPath> others) {
        Optional<Integer> handle = handle(way, 1);
        if (handle.isEmpty()) {
            nothing(way, others);
            return finish(way, Value.to(new Region.Kernel("map value"), 0));
        }
        MapType type = map(way, 1).map(MapDefinition::type).orElse(MapType.UNSPEC);
        if (type == MapType.ARRAY_OF_MAPS || type == MapType.HASH_OF_MAPS) {
            nothing(way, others);
            return finish(way, VerifierElements.inner(config, handle.get()));
        }
        return surelyFound(way, type) ? finish(way, VerifierElements.fresh(config, way, valueOf(handle.get())))
                : found(way, others, valueOf(handle.get()));
    }

    /** verifier.c, check_helper_call: get_constant_map_key; only for maps that the object declares itself. */
    private boolean surelyFound(VerifierPath way, MapType type) {
        if (!knowledge.foundAtConstantKeys() || type != MapType.ARRAY && type != MapType.PERCPU_ARRAY
                || handle(way, 1).orElseThrow() >= config.object().maps().size()) {
            return false;
        }
        if (!(way.machine.registers[2] instanceof Value.Pointer p && p.region() instanceof Region.Stack s && p.offset() instanceof Constant at)) {
            return false;
        }
        Value key = way.machine.frames.get(s.frame()).stack().read((int) at.value(), 4, MemoryAccess.unknowns(way.machine));
        if (!(key instanceof Value.Scalar number && number.term() instanceof Constant index)) {
            return false;
        }
        way.restsOn(key);
        return Long.compareUnsigned(index.value(), Math.max(1, map(way, 1).orElseThrow().maxEntries())) < 0;
    }

    // ---- callbacks

    interface Arguments {
        void prepare(Machine m);
    }

    /** Goes on behind the call, or enters the callback, after which the call is judged and executed again. */
    boolean callBack(VerifierPath way, int argument, boolean less, Consumer<VerifierPath> others, Arguments arguments) {
        if (way.machine.registers[argument] instanceof Value.Pointer p && p.region() instanceof Region.Code code
                && way.machine.frames.size() < 8) {
            VerifierPath inside = way.copy();
            Machine m = inside.machine;
            int call = m.pc;
            m.frames.add(VerifierRun.callbackFrame(m));
            Arrays.fill(m.registers, null);
            m.registers[1] = m.unknownValue(8);
            arguments.prepare(m);
            inside.happened(PathHistory.Kind.ENTERS_CALLBACK);
            inside.custody = inside.custody.entered(new VerifierState.Callback(m.depth(), call, less));
            m.pc = code.slot();
            inside.again = true;
            others.accept(inside);
        }
        return finish(way, way.machine.unknownValue(8));
    }

    private boolean forEachElement(VerifierPath way, Consumer<VerifierPath> others) {
        Optional<Integer> handle = handle(way, 1);
        Value element = handle.map(h -> VerifierElements.fresh(config, way, valueOf(h))).orElse(Value.to(new Region.Kernel("map value"), 0));
        return callBack(way, 2, false, others, m -> {
            m.registers[1] = way.machine.registers[1];
            m.registers[2] = Value.to(new Region.Kernel("key"), 0);
            m.registers[3] = element;
            m.registers[4] = way.machine.registers[3];
        });
    }

    /** A callback that runs at another time, with nothing held; it is handed a value of the map that its first argument lies in. */
    boolean runsLater(VerifierPath way, int argument) {
        if (way.machine.registers[argument] instanceof Value.Pointer p && p.region() instanceof Region.Code code) {
            Optional<Origin> origin = way.machine.registers[1] instanceof Value.Pointer timer
                    && timer.region() instanceof Region.Element e
                    ? Optional.ofNullable(VerifierElements.origin(config, way.custody, e.slot())) : Optional.empty();
            later.accept(new VerifierRun.Entry(code.slot(), origin.map(o -> o instanceof Origin.MapValue v && !v.inner() ? v.map() : -1).orElse(-1)));
        }
        return finish(way, way.machine.unknownValue(8));
    }

    // ---- everything else

    private boolean byPrototype(VerifierPath way, Helper h, Consumer<VerifierPath> others) {
        for (int i = 0; i < h.arguments().size(); i++) {
            int argument = i + 1;
            if (h.arguments().get(i).writes()) {
                anything(way.machine, i + 1, h.arguments().get(i).fixedSize().orElseGet(() -> sizeOf(way, argument + 1)));
            }
        }
        if (h.effects().contains(Helper.Effect.CHANGES_PACKET)) {
            way.machine.packet = way.machine.packet.changed(0);
        }
        if (h.effects().contains(Helper.Effect.CHANGES_CONTEXT)) {
            way.machine.context = Cells.EMPTY;
            way.machine.contextVersion++;
        }
        boolean ofMap = h.effects().contains(Helper.Effect.MAP_ELEMENT) || h.effects().contains(Helper.Effect.LOCAL_STORAGE);
        return switch (h.result()) {
            case VOID -> finish(way, Value.of(0));
            case U32 -> finish(way, way.machine.unknownValue(4));
            case S32, U64 -> finish(way, way.machine.unknownValue(8));
            case POINTER -> finish(way, ofMap && handle(way, 1).isPresent()
                    ? VerifierElements.fresh(config, way, valueOf(handle(way, 1).get())) : Value.to(new Region.Kernel("bpf_" + h.name()), 0));
            case POINTER_OR_NULL -> {
                if (ofMap) {
                    yield lookup(way, others);
                }
                nothing(way, others);
                yield finish(way, Value.to(new Region.Kernel("bpf_" + h.name()), 0));
            }
        };
    }

    private static int sizeOf(VerifierPath way, int argument) {
        if (argument > 5) {
            return -1;
        }
        if (way.machine.registers[argument] instanceof Value.Scalar s && s.term() instanceof Constant c) {
            way.restsOn(s);
            return (int) c.value();
        }
        return -1;
    }

    /** Makes the memory an argument points to unknown, the whole frame when its size is. */
    static void anything(Machine m, int argument, int size) {
        if (!(m.registers[argument] instanceof Value.Pointer p)) {
            return;
        }
        switch (p.region()) {
            case Region.Stack s -> {
                Frame frame = m.frames.get(s.frame());
                m.frames.set(s.frame(), frame.withStack(size > 0 && size <= 512 && p.offset() instanceof Constant c
                        ? frame.stack().without((int) c.value(), size, MemoryAccess.unknowns(m)) : VerifierElements.irqFlags(frame.stack())));
            }
            case Region.Memory x -> m.memories.put(x.id(), Cells.EMPTY);
            case Region.Context c -> {
                m.context = Cells.EMPTY;
                m.contextVersion++;
            }
            case Region.Packet x -> m.packet = m.packet.changed(0);
            case Region.PacketEnd x -> { }
            case Region.Element e -> { }
            case Region.MapHandle h -> { }
            case Region.Code c -> { }
            case Region.Kernel k -> { }
        }
    }
}
