package bpfmc.explorer.secondopinion;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.explorer.secondopinion.Assembler.Label;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.program.ValueLayout.SpecialField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Random systems of two or three runs of small programs. They touch elements of an array with and without its lock, global data, and a hash
 * map of one or two entries: lookups, insertions of every kind, deletions, by keys that are constants, inputs, loaded, or known by a branch.
 * What they load they carry through registers, the stack, the packet, the context, calls, and other maps before they store it, or compare
 * and exchange it.
 */
final class RandomObjects {
    static final int LOCKED = 0;
    static final int HASH = 1;
    static final int DATA = 2;
    static final int SCRATCH = 3;
    static final int GUARDED = 4;
    static final int RESILIENT = 5;
    private static final int VALUE = 16;
    private static final int MARK = 8;
    private static final int CONTROL_BLOCK = 48;
    private static final int KEY = -8;
    private static final int NEW_VALUE = -24;
    private static final int CARRY = -32;
    private static final int OTHER = -40;
    private static final Register BASE = Register.R6;
    private static final Register VALUE_REGISTER = Register.R8;
    private static final Register CONTEXT = Register.R9;

    private final Random random;
    private final int room;
    private final boolean packets;
    private final Assembler code = new Assembler();
    /** Callbacks of which the address is taken already. */
    private final List<Runnable> callbacks = new ArrayList<>();
    private Label end = new Label();
    private boolean inCallback;
    private boolean exact = true;

    private RandomObjects(Random random, int room, boolean packets) {
        this.random = random;
        this.room = room;
        this.packets = packets;
    }

    /** @param exact whether bpfmc follows every number that the programs store: nothing goes through calls or packets */
    record RandomSystem(Scenario scenario, boolean exact) {}

    /** {@return the next system} */
    static RandomSystem next(Random random) {
        int room = 1 + random.nextInt(2);
        boolean preallocated = random.nextInt(4) > 0;
        MutableList<BpfProgram> programs = Lists.mutable.empty();
        MutableList<AgentPlace> agents = Lists.mutable.empty();
        boolean[] exact = {true};
        int shape = random.nextInt(8);
        int cpus = shape == 0 ? 1 : shape == 1 ? 3 : 2;
        for (int cpu = 0; cpu < cpus; cpu++) {
            boolean nested = cpus == 1 || cpus == 2 && cpu == 1 && random.nextInt(4) == 0;
            ContextLevel level = nested && random.nextBoolean() ? ContextLevel.TASK : ContextLevel.SOFTIRQ;
            agents.add(new AgentPlace(program(random, level, room, cpus == 3, programs, exact), cpu, level, 0));
            if (nested) {
                ContextLevel above = level == ContextLevel.TASK && random.nextBoolean() ? ContextLevel.SOFTIRQ : ContextLevel.NMI;
                agents.add(new AgentPlace(program(random, above, room, true, programs, exact), cpu, above, 1));
            }
        }
        var object = new BpfObject("random.o", "", programs.toImmutable(), maps(room, preallocated), Optional.empty(), Lists.immutable.empty());
        return new RandomSystem(new Scenario(object, agents.toImmutable(), cpus), exact[0]);
    }

    static ImmutableList<MapDefinition> maps(int room) {
        return maps(room, true);
    }

    private static ImmutableList<MapDefinition> maps(int room, boolean preallocated) {
        long flags = preallocated ? 0 : MapDefinition.NO_PREALLOC;
        ValueLayout locked = locked(SpecialKind.SPIN_LOCK);
        return Lists.immutable.with(map(LOCKED, MapType.ARRAY, locked, 2, 0), map(HASH, MapType.HASH, ValueLayout.opaque(8), room, flags),
                new MapDefinition(DATA, ".bss", MapType.ARRAY, 4, VALUE, 1, 0, ValueLayout.opaque(VALUE), ValueLayout.opaque(4),
                        Optional.of(new MapDefinition.DataSection(MapDefinition.DataSection.Kind.BSS, new byte[VALUE])), Optional.empty()),
                map(SCRATCH, MapType.PERCPU_ARRAY, ValueLayout.opaque(8), 1, 0), map(GUARDED, MapType.HASH, locked, room, flags),
                map(RESILIENT, MapType.ARRAY, locked(SpecialKind.RES_SPIN_LOCK), 2, 0));
    }

    private static ValueLayout locked(SpecialKind lock) {
        return new ValueLayout(VALUE, "", Lists.immutable.with(new SpecialField(lock, 0, 4)), Lists.immutable.empty(), (o, s) -> Optional.empty());
    }

    private static MapDefinition map(int index, MapType type, ValueLayout value, int entries, long flags) {
        return new MapDefinition(index, "m" + index, type, 4, value.size(), entries, flags, value, ValueLayout.opaque(4), Optional.empty(), Optional.empty());
    }

    private static BpfProgram program(Random random, ContextLevel level, int room, boolean small, MutableList<BpfProgram> programs, boolean[] exact) {
        String section = switch (level) {
            case TASK -> "cgroup_skb/egress";
            case SOFTIRQ -> "tc";
            case HARDIRQ, NMI -> "freplace/f";
        };
        var known = programs.select(p -> p.section().name().equals(section));
        if (known.notEmpty() && random.nextInt(2) == 0) {
            return known.get(random.nextInt(known.size()));
        }
        var one = new RandomObjects(random, room, level != ContextLevel.NMI);
        BpfProgram program = one.build("p" + programs.size(), section, small);
        exact[0] &= one.exact;
        programs.add(program);
        return program;
    }

    private BpfProgram build(String name, String section, boolean small) {
        code.move(CONTEXT, Register.R1).move(VALUE_REGISTER, 1);
        for (int n = small ? 1 : 1 + random.nextInt(2); n > 0; n--) {
            fragment();
        }
        code.label(end).exit();
        inCallback = true;
        callbacks.forEach(Runnable::run);
        return code.program(name, section);
    }

    private void fragment() {
        switch (random.nextInt(15)) {
            case 0 -> {
                find(LOCKED);
                maybeLocked(() -> touch(4));
            }
            case 8 -> guarded();
            case 9 -> copied();
            case 10 -> sized();
            case 11 -> looped();
            case 12, 13 -> walked();
            case 14 -> resilient();
            case 1, 2 -> {
                find(HASH);
                touch(0);
            }
            case 3 -> insertOrDelete();
            case 4 -> {
                code.data(BASE, DATA, 0);
                touch(0);
            }
            case 5, 6 -> carried();
            default -> exchange();
        }
    }

    // ---- accesses

    private void maybeLocked(Runnable section) {
        int way = random.nextInt(8);
        if (way < 5) {
            code.move(Register.R1, BASE).call(93);
        }
        section.run();
        if (way < 5 && way > 0 || way == 5) {
            code.move(Register.R1, BASE).call(94);
        }
    }

    /** A section under a lock that may be refused, and another one in it; what was returned goes on. */
    private void resilient() {
        Label refused = new Label();
        find(RESILIENT);
        code.move(Register.R1, BASE).resilient("bpf_res_spin_lock").move(VALUE_REGISTER, Register.R0);
        if (random.nextInt(6) > 0) {
            code.branch(Condition.NE, Register.R0, 0, refused);
        }
        touch(4);
        if (random.nextBoolean()) {
            Label second = new Label();
            key();
            arguments(RESILIENT);
            code.call(1).branch(Condition.EQ, Register.R0, 0, second).move(Register.R7, Register.R0).move(Register.R1, Register.R7)
                    .resilient("bpf_res_spin_lock").branch(Condition.NE, Register.R0, 0, second).store(Size.WORD, Register.R7, 8, 2)
                    .move(Register.R1, Register.R7).resilient("bpf_res_spin_unlock").label(second);
        }
        if (random.nextInt(6) > 0) {
            code.move(Register.R1, BASE).resilient("bpf_res_spin_unlock");
        }
        code.label(refused);
    }

    private void touch(int from) {
        int offset = from + 4 * random.nextInt(from == 0 ? 2 : 3);
        switch (random.nextInt(6)) {
            case 0 -> code.store(Size.WORD, BASE, offset, random.nextInt(3));
            case 1 -> {
                code.load(Size.WORD, VALUE_REGISTER, BASE, offset);
                if (random.nextBoolean()) {
                    Label there = new Label();
                    code.branch(Condition.EQ, VALUE_REGISTER, random.nextInt(2), there).move(VALUE_REGISTER, 7).label(there);
                }
            }
            case 2 -> code.store(Size.WORD, BASE, offset, VALUE_REGISTER);
            case 3 -> code.load(Size.WORD, Register.R5, BASE, offset).alu(AluOp.ADD, Register.R5, 1).store(Size.WORD, BASE, offset, Register.R5);
            case 4 -> code.load(Size.DOUBLE, VALUE_REGISTER, BASE, offset / 8 * 8 + (from == 0 ? 0 : 8 - offset / 8 * 8));
            default -> code.atomic(random.nextBoolean() ? AtomicOp.ADD : AtomicOp.XCHG, true, Size.WORD, BASE, offset, VALUE_REGISTER);
        }
    }

    /** Accesses of every size to the same few bytes. */
    private void sized() {
        code.data(BASE, DATA, 0);
        Size size = Size.values()[random.nextInt(Size.values().length)];
        int offset = size.bytes() * random.nextInt(8 / size.bytes());
        switch (random.nextInt(4)) {
            case 0 -> code.store(size, BASE, offset, random.nextInt(3));
            case 1 -> code.load(size, VALUE_REGISTER, BASE, offset);
            default -> {
                Size other = Size.values()[random.nextInt(Size.values().length)];
                code.load(size, Register.R7, BASE, offset).alu(AluOp.ADD, Register.R7, 1)
                        .store(other, BASE, other.bytes() * random.nextInt(8 / other.bytes()), Register.R7);
            }
        }
    }

    /** An entry of a hash map with its own lock, touched, inserted, or deleted. */
    private void guarded() {
        switch (random.nextInt(4)) {
            case 0 -> {
                key();
                code.store(Size.DOUBLE, Register.R10, NEW_VALUE, 0).store(Size.DOUBLE, Register.R10, NEW_VALUE + 8, VALUE_REGISTER);
                arguments(GUARDED);
                code.stack(Register.R3, NEW_VALUE).move(Register.R4, random.nextInt(3)).call(2);
            }
            case 1 -> {
                key();
                arguments(GUARDED);
                code.call(3);
            }
            default -> {
                find(GUARDED);
                maybeLocked(() -> touch(4));
            }
        }
    }

    /** Copies by the kernel, piece by piece: from global data into a map, or to the stack; a key in global data. */
    private void copied() {
        switch (random.nextInt(4)) {
            case 0 -> {
                key();
                arguments(LOCKED);
                code.data(Register.R3, DATA, 0).move(Register.R4, random.nextInt(3)).call(2);
            }
            case 1 -> {
                key();
                arguments(HASH);
                code.data(Register.R3, DATA, 8 * random.nextInt(2)).move(Register.R4, random.nextInt(3)).call(2);
            }
            case 2 -> code.map(Register.R1, HASH).data(Register.R2, DATA, 4 * random.nextInt(4)).call(1).branch(Condition.EQ, Register.R0, 0, end)
                    .store(Size.DOUBLE, Register.R0, 0, VALUE_REGISTER);
            default -> {
                find(LOCKED);
                code.map(Register.R1, LOCKED).stack(Register.R2, KEY).move(Register.R3, BASE).move(Register.R4, 0).call(2);
            }
        }
    }

    // ---- keys

    /** Puts a key on the stack, and may leave the program where it is another. */
    private void key() {
        switch (inCallback ? 2 + random.nextInt(5) : random.nextInt(7)) {
            case 0 -> code.load(Size.WORD, Register.R5, CONTEXT, MARK).alu(AluOp.AND, Register.R5, 1).store(Size.WORD, Register.R10, KEY, Register.R5);
            case 1 -> code.load(Size.WORD, Register.R5, CONTEXT, MARK).alu(AluOp.AND, Register.R5, 3).branch(Condition.NE, Register.R5, 1, end)
                    .store(Size.WORD, Register.R10, KEY, random.nextBoolean() ? Register.R5 : Register.R5);
            case 2 -> code.data(Register.R4, DATA, 12).load(Size.WORD, Register.R5, Register.R4, 0).alu(AluOp.AND, Register.R5, 1)
                    .store(Size.WORD, Register.R10, KEY, Register.R5);
            default -> code.store(Size.WORD, Register.R10, KEY, random.nextInt(2));
        }
    }

    private void arguments(int map) {
        code.map(Register.R1, map).stack(Register.R2, KEY);
    }

    private void find(int map) {
        key();
        arguments(map);
        code.call(1).branch(Condition.EQ, Register.R0, 0, end).move(BASE, Register.R0);
    }

    private void insertOrDelete() {
        int way = random.nextInt(4);
        if (way == 0) {
            key();
            arguments(HASH);
            code.call(3);
        } else if (way == 1) {
            missedThenInserted();
        } else {
            key();
            code.store(Size.DOUBLE, Register.R10, NEW_VALUE, VALUE_REGISTER);
            update(random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            code.branch(random.nextBoolean() ? Condition.EQ : Condition.NE, Register.R0, 0, end);
        }
    }

    private void update(int flags) {
        arguments(HASH);
        code.stack(Register.R3, NEW_VALUE).move(Register.R4, flags).call(2);
    }

    /** Looks a key up, and inserts it where it was not found: by the same number, or by another one that is known to be equal. */
    private void missedThenInserted() {
        code.load(Size.WORD, Register.R7, CONTEXT, MARK).alu(AluOp.AND, Register.R7, 3).store(Size.WORD, Register.R10, KEY, Register.R7);
        arguments(HASH);
        code.call(1).branch(Condition.NE, Register.R0, 0, end).store(Size.DOUBLE, Register.R10, NEW_VALUE, 1);
        if (random.nextBoolean()) {
            code.branch(Condition.NE, Register.R7, 1, end);
        }
        if (random.nextBoolean()) {
            code.store(Size.WORD, Register.R10, KEY, 1);
        }
        update(random.nextInt(4) == 0 ? 1 : 0);
    }

    // ---- callbacks

    /** bpf_loop, of a few turns, or of as many as an input says. */
    private void looped() {
        Label callback = new Label();
        code.store(Size.DOUBLE, Register.R10, CARRY, VALUE_REGISTER);
        if (random.nextInt(3) == 0) {
            code.load(Size.WORD, Register.R1, CONTEXT, MARK).alu(AluOp.AND, Register.R1, 1);
        } else {
            code.move(Register.R1, random.nextInt(3));
        }
        code.function(Register.R2, callback).stack(Register.R3, CARRY).move(Register.R4, 0).call(181);
        callbacks.add(() -> callback(callback, Register.R2, () -> {
            code.data(BASE, DATA, 0);
            touch(0);
        }));
        takenBack();
    }

    /** bpf_for_each_map_elem over an array, global to its CPU or not, or a hash map. */
    private void walked() {
        Label callback = new Label();
        int map = new int[] {LOCKED, SCRATCH, HASH, HASH, GUARDED}[random.nextInt(5)];
        exact &= map != HASH && map != GUARDED;
        code.store(Size.DOUBLE, Register.R10, CARRY, VALUE_REGISTER).map(Register.R1, map).function(Register.R2, callback).stack(Register.R3, CARRY)
                .move(Register.R4, 0).call(164);
        callbacks.add(() -> callback(callback, Register.R4, () -> element(map)));
        takenBack();
    }

    private void element(int map) {
        code.move(BASE, Register.R3).load(Size.WORD, Register.R5, Register.R2, 0).store(Size.WORD, Register.R10, KEY, Register.R5);
        int way = random.nextInt(map == HASH || map == GUARDED ? 6 : 4);
        if (way == 4) {
            arguments(map);
            code.call(3);
        } else if (way == 5) {
            if (random.nextBoolean()) {
                key();
            }
            code.store(Size.DOUBLE, Register.R10, NEW_VALUE, 2).store(Size.DOUBLE, Register.R10, NEW_VALUE + 8, VALUE_REGISTER);
            arguments(map);
            code.stack(Register.R3, NEW_VALUE).move(Register.R4, random.nextInt(3)).call(2);
        } else if (map == LOCKED || map == GUARDED) {
            maybeLocked(() -> touch(4));
        } else {
            touch(0);
        }
        if (way == 4 && random.nextBoolean()) {
            code.store(Size.WORD, BASE, map == HASH ? 0 : 4, 1);
        }
    }

    /** A callback begins with what its context holds in {@link #VALUE_REGISTER}, and may leave there what it holds then. */
    private void callback(Label begins, Register context, Runnable body) {
        end = new Label();
        code.callback(begins).move(CONTEXT, context).load(Size.DOUBLE, VALUE_REGISTER, CONTEXT, 0);
        body.run();
        if (random.nextBoolean()) {
            code.store(Size.DOUBLE, CONTEXT, 0, VALUE_REGISTER);
        }
        code.label(end);
        switch (random.nextInt(4)) {
            case 0 -> code.move(Register.R0, 1);
            case 1 -> code.move(Register.R0, VALUE_REGISTER).alu(AluOp.AND, Register.R0, 1);
            default -> code.move(Register.R0, 0);
        }
        code.leave();
    }

    private void takenBack() {
        if (random.nextBoolean()) {
            code.load(Size.DOUBLE, VALUE_REGISTER, Register.R10, CARRY);
        }
    }

    // ---- values that come back

    /** Loads a number, carries it somewhere, and stores it where it was, one more. */
    private void carried() {
        switch (random.nextInt(4)) {
            case 0 -> {
                code.data(BASE, DATA, 0);
                code.load(Size.DOUBLE, VALUE_REGISTER, BASE, 0);
                carry();
                code.data(BASE, DATA, 0).store(Size.DOUBLE, BASE, 0, VALUE_REGISTER);
            }
            case 1, 2 -> {
                find(LOCKED);
                section(() -> code.load(Size.DOUBLE, VALUE_REGISTER, BASE, 8));
                carry();
                section(() -> code.store(Size.DOUBLE, BASE, 8, VALUE_REGISTER));
            }
            default -> {
                find(HASH);
                code.load(Size.DOUBLE, VALUE_REGISTER, BASE, 0);
                carry();
                if (random.nextBoolean()) {
                    code.store(Size.DOUBLE, Register.R10, NEW_VALUE, VALUE_REGISTER);
                    update(random.nextInt(3));
                } else {
                    code.store(Size.DOUBLE, BASE, 0, VALUE_REGISTER);
                }
            }
        }
    }

    private void section(Runnable inside) {
        code.move(Register.R1, BASE).call(93);
        inside.run();
        code.move(Register.R1, BASE).call(94);
    }

    private void carry() {
        int ways = packets ? 12 : 8;
        switch (random.nextInt(ways)) {
            case 0 -> code.store(Size.DOUBLE, Register.R10, CARRY, VALUE_REGISTER).load(Size.DOUBLE, VALUE_REGISTER, Register.R10, CARRY);
            case 1 -> throughScratch();
            case 2 -> code.data(Register.R4, DATA, 8).store(Size.DOUBLE, Register.R4, 0, VALUE_REGISTER).load(Size.DOUBLE, VALUE_REGISTER, Register.R4, 0);
            case 3 -> throughReadKernel();
            case 4 -> throughChecksum();
            case 5 -> throughHash();
            case 6 -> asKey();
            case 7 -> asOffset();
            case 8 -> code.store(Size.WORD, CONTEXT, random.nextBoolean() ? MARK : CONTROL_BLOCK, VALUE_REGISTER)
                    .load(Size.WORD, VALUE_REGISTER, CONTEXT, random.nextInt(4) == 0 ? MARK : CONTROL_BLOCK);
            case 9 -> throughPacket();
            case 10 -> throughPacketCalls();
            default -> { }
        }
        code.alu(AluOp.ADD, VALUE_REGISTER, 1);
    }

    private void throughScratch() {
        code.store(Size.WORD, Register.R10, OTHER, 0).map(Register.R1, SCRATCH).stack(Register.R2, OTHER).call(1)
                .branch(Condition.EQ, Register.R0, 0, end).store(Size.DOUBLE, Register.R0, 0, VALUE_REGISTER)
                .load(Size.DOUBLE, VALUE_REGISTER, Register.R0, 0);
    }

    private void throughReadKernel() {
        exact = false;
        code.store(Size.DOUBLE, Register.R10, CARRY, VALUE_REGISTER).store(Size.DOUBLE, Register.R10, NEW_VALUE, 0).stack(Register.R1, NEW_VALUE)
                .move(Register.R2, 8).stack(Register.R3, CARRY).call(113).load(Size.DOUBLE, VALUE_REGISTER, Register.R10, NEW_VALUE);
    }

    private void throughChecksum() {
        exact = false;
        code.store(Size.DOUBLE, Register.R10, CARRY, VALUE_REGISTER).move(Register.R1, 0).move(Register.R2, 0).stack(Register.R3, CARRY)
                .move(Register.R4, 8).move(Register.R5, 0).call(28).move(VALUE_REGISTER, Register.R0);
    }

    private void throughHash() {
        code.store(Size.DOUBLE, Register.R10, NEW_VALUE, VALUE_REGISTER).store(Size.WORD, Register.R10, OTHER, 0)
                .map(Register.R1, HASH).stack(Register.R2, OTHER).stack(Register.R3, NEW_VALUE).move(Register.R4, 0).call(2)
                .map(Register.R1, HASH).stack(Register.R2, OTHER).call(1).branch(Condition.EQ, Register.R0, 0, end)
                .load(Size.DOUBLE, VALUE_REGISTER, Register.R0, 0);
    }

    /** What is loaded chooses the element that is read next. */
    private void asKey() {
        code.alu(AluOp.AND, VALUE_REGISTER, 1).store(Size.WORD, Register.R10, OTHER, VALUE_REGISTER)
                .map(Register.R1, random.nextBoolean() ? HASH : LOCKED).stack(Register.R2, OTHER).call(1).branch(Condition.EQ, Register.R0, 0, end)
                .load(Size.WORD, VALUE_REGISTER, Register.R0, 4);
    }

    /** What is loaded chooses the bytes that are read next. */
    private void asOffset() {
        code.alu(AluOp.AND, VALUE_REGISTER, 4).data(Register.R4, DATA, 8).alu(AluOp.ADD, Register.R4, VALUE_REGISTER)
                .load(Size.WORD, VALUE_REGISTER, Register.R4, 0);
    }

    private void throughPacket() {
        exact = false;
        code.load(Size.WORD, Register.R2, CONTEXT, 76).load(Size.WORD, Register.R3, CONTEXT, 80).move(Register.R4, Register.R2)
                .alu(AluOp.ADD, Register.R4, 8).branch(Condition.GT, Register.R4, Register.R3, end)
                .store(Size.DOUBLE, Register.R2, 0, VALUE_REGISTER).load(Size.DOUBLE, VALUE_REGISTER, Register.R2, 0);
    }

    private void throughPacketCalls() {
        exact = false;
        code.store(Size.DOUBLE, Register.R10, CARRY, VALUE_REGISTER).store(Size.DOUBLE, Register.R10, NEW_VALUE, 0)
                .move(Register.R1, CONTEXT).move(Register.R2, 0).stack(Register.R3, CARRY).move(Register.R4, 8).move(Register.R5, 0).call(9)
                .branch(Condition.NE, Register.R0, 0, end)
                .move(Register.R1, CONTEXT).move(Register.R2, 0).stack(Register.R3, NEW_VALUE).move(Register.R4, 8).call(26)
                .branch(Condition.NE, Register.R0, 0, end).load(Size.DOUBLE, VALUE_REGISTER, Register.R10, NEW_VALUE);
    }

    /** Loads, and exchanges if what is there is that, something loaded again, or a number. */
    private void exchange() {
        if (random.nextBoolean()) {
            code.data(BASE, DATA, 0);
        } else {
            find(random.nextBoolean() ? HASH : LOCKED);
        }
        int offset = 4;
        observe(Register.R7, offset);
        switch (random.nextInt(3)) {
            case 0 -> code.move(Register.R0, Register.R7);
            case 1 -> observe(Register.R0, offset);
            default -> code.move(Register.R0, random.nextInt(3));
        }
        code.alu(AluOp.ADD, Register.R7, 1).atomic(AtomicOp.CMPXCHG, true, Size.WORD, BASE, offset, Register.R7);
    }

    private void observe(Register into, int offset) {
        if (random.nextBoolean()) {
            code.move(into, 0).atomic(AtomicOp.ADD, true, Size.WORD, BASE, offset, into);
        } else {
            code.load(Size.WORD, into, BASE, offset);
        }
    }
}
