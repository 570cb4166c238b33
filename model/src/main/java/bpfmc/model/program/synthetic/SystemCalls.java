package bpfmc.model.program.synthetic;

import bpfmc.model.InputException;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.Flags;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.Sections;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.KernelStep;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ProgramOrigin;
import bpfmc.model.program.SourceLine;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;

/**
 * System calls of user space on a map, as programs: what bpf(2) does between entry and exit, in the same instructions and helper
 * calls (kernel/bpf/syscall.c, map_lookup_elem and its neighbours; bpf_map_copy_value and bpf_map_update_value). So they take part
 * in every interleaving, at task level. Copies go word by word and never touch special fields; with BPF_F_LOCK they hold the
 * element's lock.
 */
public final class SystemCalls extends KernelCode {
    /** How such programs are called: "user:" and the call. */
    public static final String PREFIX = "user:";

    private static final String FORMS = "write 'lookup MAP', 'update MAP', 'delete MAP', 'lookup-and-delete MAP', 'rewrite MAP'"
            + " (a lookup, then an update with what it read) or 'replace OUTER INNER', then flags: lock, noexist, exist, and key=N";
    private static final int LOOKUP = helper("map_lookup_elem");
    private static final int UPDATE = helper("map_update_elem");
    private static final int DELETE = helper("map_delete_elem");
    private static final int SPIN_LOCK = 93;
    private static final int SPIN_UNLOCK = 94;

    private static final int MOST_INNER = 64;

    /** Bytes of a program's frame. */
    private static final int FRAME = 512;

    private final String call;
    private final Optional<MapDefinition> replacement;
    private final long flags;

    /** Whether the frame keeps what a lookup has read. */
    private final boolean tells;

    private SystemCalls(boolean tells, String call, MapDefinition map, Optional<MapDefinition> replacement, long flags, Optional<Integer> key) {
        super(map, key);
        this.tells = tells;
        this.call = call;
        this.replacement = replacement;
        this.flags = flags;
    }

    /**
     * {@return the object with this system call as one more program}
     *
     * @param call "update flows lock"; the key is any one unless "key=N" says which
     * @throws InputException when it is not understood, or is not modelled for this map
     */
    public static BpfObject added(BpfObject object, String call) {
        return added(object, call, false);
    }

    /** {@return the same, where the frame keeps what a lookup has read, see {@link #copied}} It has a few states more. */
    public static BpfObject addedToTell(BpfObject object, String call) {
        return added(object, call, true);
    }

    private static BpfObject added(BpfObject object, String call, boolean tells) {
        SystemCalls built = of(object, call, tells);
        String name = name(call);
        if (object.programs().anySatisfy(p -> p.name().equals(name))) {
            return object;
        }
        ImmutableList<MapDefinition> maps = built.replacement.map(inner -> object.maps().collect(m ->
                m.index() == built.map.index() ? m.withReplacement(inner.index()) : m)).orElse(object.maps());
        return new BpfObject(object.name(), object.license(), object.programs().newWith(built.build(name)), maps, object.btf(), object.notes());
    }

    /** {@return the name of the program that stands for a system call} */
    public static String name(String call) {
        return PREFIX + String.join(" ", call.strip().split("[\\s:]+"));
    }

    /** Where a system call leaves what it has read. @param map whose value it is @param offset of its first byte in the call's frame, below 0 */
    public record ReadValue(MapDefinition map, int offset) {}

    /** {@return where the system call leaves what it has read, if it does; empty for one that reads nothing, or more than its frame holds, or of each CPU} */
    public static Optional<ReadValue> copied(BpfObject object, BpfProgram program) {
        if (!(program.origin() instanceof ProgramOrigin.SystemCall written)) {
            return Optional.empty();
        }
        SystemCalls built = of(object, written.call(), true);
        return built.keeps() && (built.call.startsWith("lookup") || built.call.equals("rewrite")) ? Optional.of(new ReadValue(built.map, built.valueAt())) : Optional.empty();
    }

    private static int helper(String name) {
        return Helpers.byName(name).orElseThrow().id();
    }

    private static SystemCalls of(BpfObject object, String call, boolean tells) {
        String[] words = call.strip().split("[\\s:]+");
        if (words.length < 2) {
            throw new InputException("system call '" + call + "': " + FORMS);
        }
        MapDefinition map = map(object, call, words[1]);
        Optional<MapDefinition> replacement = words[0].equals("replace") && words.length > 2 ? Optional.of(map(object, call, words[2])) : Optional.empty();
        long flags = 0;
        Optional<Integer> key = Optional.empty();
        for (int i = replacement.isPresent() ? 3 : 2; i < words.length; i++) {
            switch (words[i].toLowerCase(Locale.ROOT)) {
                case "lock" -> flags |= Flags.LOCK;
                case "noexist" -> flags |= Flags.NOEXIST;
                case "exist" -> flags |= Flags.EXIST;
                default -> key = Optional.of(key(call, words[i]));
            }
        }
        var built = new SystemCalls(tells, words[0], map, replacement, flags, key);
        if (words[0].equals("replace")) {
            built.requireReplaceable(call);
        } else if (map.type() == MapType.PROG_ARRAY) {
            built.requireChangeable(call);
        } else {
            built.requireModelled(call);
        }
        return built;
    }

    private static MapDefinition map(BpfObject object, String call, String name) {
        return object.maps().detectOptional(m -> m.name().equals(name)).orElseThrow(() -> new InputException("system call '" + call
                + "': there is no map '" + name + "'; there are " + object.maps().collect(MapDefinition::name).makeString(", ")));
    }

    private void requireReplaceable(String text) {
        if (replacement.isEmpty()) {
            throw new InputException("system call '" + text + "': which inner map? write 'replace OUTER INNER'");
        }
        if (map.type() != MapType.ARRAY_OF_MAPS || map.initialInner().isEmpty() || map.maxEntries() == 0 || map.maxEntries() > MOST_INNER) {
            throw new InputException("system call '" + text + "': inner maps can be replaced in an ARRAY_OF_MAPS of at most " + MOST_INNER
                    + " entries whose first inner maps the object names, not in " + map.name());
        }
        if (flags != 0) {
            throw new InputException("system call '" + text + "': the kernel answers -EINVAL: an inner map is replaced without flags");
        }
    }

    private void requireChangeable(String text) {
        if (!call.equals("delete") && !call.equals("update")) {
            throw new InputException("system call '" + text + "': of a program array, 'delete' and 'update' are modelled");
        }
        if (flags != 0) {
            throw new InputException("system call '" + text + "': the kernel answers -EINVAL: a program array is changed without flags");
        }
        if (map.programsStay()) {
            throw new InputException("system call '" + text + "': the programs of " + map.name() + " are said to stay (--fixed-programs)");
        }
    }

    private static int key(String call, String word) {
        try {
            if (word.startsWith("key=")) {
                return Integer.parseInt(word.substring("key=".length()));
            }
        } catch (NumberFormatException e) {
            throw new InputException("system call '" + call + "': '" + word + "' is no 32-bit key");
        }
        throw new InputException("system call '" + call + "': '" + word + "' is not understood; " + FORMS);
    }

    private void requireModelled(String text) {
        boolean modelled = switch (map.type()) {
            case ARRAY, HASH, LRU_HASH, PERCPU_ARRAY, PERCPU_HASH, LRU_PERCPU_HASH -> true;
            default -> false;
        };
        if (!modelled || map.readOnlyData()) {
            throw new InputException("system call '" + text + "': system calls on maps of type " + map.type()
                    + (map.readOnlyData() ? " that are read-only" : "") + " are not modelled");
        }
        if ((flags & Flags.LOCK) != 0 && lock().isEmpty()) {
            throw new InputException("system call '" + text + "': the kernel answers -EINVAL: the value of " + map.name() + " has no bpf_spin_lock");
        }
        long allowed = switch (call) {
            case "lookup", "lookup-and-delete" -> Flags.LOCK;
            case "delete" -> 0;
            default -> Flags.LOCK | Flags.NOEXIST | Flags.EXIST;
        };
        if ((flags & ~allowed) != 0) {
            throw new InputException("system call '" + text + "': the kernel answers -EINVAL: a " + call + " takes no "
                    + (allowed == 0 ? "flags" : "noexist or exist")); // kernel/bpf/syscall.c, map_lookup_elem, map_delete_elem, Linux 7.3
        }
        if (call.equals("lookup-and-delete") && array()) {
            throw new InputException("system call '" + text + "': the kernel answers -ENOTSUPP: maps of type " + map.type()
                    + " have no lookup-and-delete");
        }
        if (call.equals("rewrite") && (map.type().perCpu() || -valueAt() > FRAME)) {
            throw new InputException("system call '" + text + "': a rewrite of " + (map.type().perCpu() ? "a per-CPU map" : "a value of "
                    + map.valueSize() + " bytes") + " is not modelled; a lookup and an update are");
        }
        if ((flags & (Flags.NOEXIST | Flags.EXIST)) == (Flags.NOEXIST | Flags.EXIST)) {
            throw new InputException("system call '" + text + "': noexist and exist contradict each other");
        }
    }

    private boolean array() {
        return map.type() == MapType.ARRAY || map.type() == MapType.PERCPU_ARRAY;
    }

    private Optional<ValueLayout.SpecialField> lock() {
        return map.value().special().detectOptional(f -> f.kind() == SpecialKind.SPIN_LOCK);
    }

    private BpfProgram build(String name) {
        switch (map.type() == MapType.PROG_ARRAY ? "change" : call) {
            case "change" -> changePrograms();
            case "lookup" -> lookup(false);
            case "update" -> update();
            case "delete" -> delete();
            case "lookup-and-delete" -> lookupAndDelete();
            case "rewrite" -> lookup(true);
            case "replace" -> replace();
            default -> throw new InputException("system call '" + call + "' is not known; " + FORMS);
        }
        code.add(new Instruction.Exit());
        return new BpfProgram(name, Sections.parse("syscall"), Lists.immutable.withAll(code),
                Lists.immutable.with(new Function(name, 0, code.size(), true)), references.toImmutable(), lines.toImmutable(),
                Maps.immutable.with(name, 0), Optional.empty(), new ProgramOrigin.SystemCall(name.substring(PREFIX.length())));
    }

    // ---- where things lie in the frame

    private int valueAt() {
        return keyAt() - words(map.valueSize());
    }

    // ---- code; what a call returns is in r0

    private void lookup(boolean thenUpdate) {
        says("BPF_MAP_LOOKUP_ELEM", (flags & Flags.LOCK) != 0 ? "BPF_F_LOCK" : "0");
        putKey();
        call(LOOKUP);
        whereFound(() -> {
            copyOut();
            move(Register.R0, 0);
            if (thenUpdate) {
                says("BPF_MAP_UPDATE_ELEM", flagWords());
                callUpdate();
            }
        }, () -> result(Errno.ENOENT));
    }

    /** Under the lock of the bucket (kernel/bpf/hashtab.c, __htab_map_lookup_and_delete_elem). */
    private void lookupAndDelete() {
        says("BPF_MAP_LOOKUP_AND_DELETE_ELEM", (flags & Flags.LOCK) != 0 ? "BPF_F_LOCK" : "0");
        putKey();
        callKernel(KernelStep.LOCK_BUCKET, this::mapAndKey);
        whereFound(() -> {
            copyOut();
            callKernel(KernelStep.DELETE, this::mapAndKey);
        }, () -> result(Errno.ENOENT));
    }

    private void update() {
        says("BPF_MAP_UPDATE_ELEM", flagWords());
        move(Register.R9, Register.R1);
        putKey();
        if (!map.type().perCpu()) {
            callUpdate();
        } else if (array()) {
            call(LOOKUP);
            whereFound(() -> {
                copyInOnEachCpu((flags & Flags.NOEXIST) == 0);
                result((flags & Flags.NOEXIST) == 0 ? 0 : Errno.EEXIST.result());
            }, () -> result(Errno.E2BIG));
        } else {
            updatePerCpuHash();
        }
    }

    /**
     * A key that is in the map is copied to in place, for all CPUs under one hold of the bucket's lock (__htab_percpu_map_update_elem).
     * An insertion that finds the key there after all begins again.
     */
    private void updatePerCpuHash() {
        int again = code.size();
        if ((flags & Flags.NOEXIST) != 0) {
            insertOnAllCpus();
            return;
        }
        callKernel(KernelStep.LOCK_BUCKET, this::mapAndKey);
        whereFound(() -> {
            copyInOnEachCpu(true);
            callKernel(KernelStep.UNLOCK_BUCKET, this::mapAndKey);
        }, () -> {
            if ((flags & Flags.EXIST) != 0) {
                result(Errno.ENOENT);
            } else {
                insertOnAllCpus();
                branch(Condition.EQ, (int) Errno.EEXIST.result(), again);
            }
        });
    }

    private void insertOnAllCpus() {
        callKernel(KernelStep.CPUS, () -> { });
        move(Register.R8, Register.R0);
        callKernel(KernelStep.INSERT, () -> {
            mapAndKey();
            move(Register.R3, Register.R8);
        });
    }

    /** One exchange of a pointer (kernel/bpf/arraymap.c, bpf_fd_array_map_update_elem). */
    private void replace() {
        says("BPF_MAP_UPDATE_ELEM", "BPF_ANY");
        putKey();
        callKernel(KernelStep.FIND_ENTRY, this::mapAndKey);
        whereFound(() -> {
            move(Register.R7, (int) MapDefinition.descriptor(replacement.orElseThrow().index()));
            code.add(new Instruction.StoreRelease(Size.DOUBLE, Register.R6, (short) 0, Register.R7));
            move(Register.R0, 0);
        }, () -> result(Errno.E2BIG));
    }

    /**
     * Takes a program out of a program array, or puts back the one that the object has there. That is no step of its own: each tail call may
     * find the program or none, at any time. Whether there was one to delete, or the array has the index, is any as well.
     */
    private void changePrograms() {
        boolean deletes = call.equals("delete");
        says(deletes ? "BPF_MAP_DELETE_ELEM" : "BPF_MAP_UPDATE_ELEM", "BPF_ANY");
        code.add(new Instruction.Load(Size.DOUBLE, false, Register.R0, Register.R1, (short) words(map.keySize())));
        int test = code.size();
        code.add(null);
        result(deletes ? Errno.ENOENT : Errno.E2BIG);
        code.set(test, new Instruction.Branch(Width.W64, Condition.EQ, Register.R0, new Operand.Imm(0), offset(test, code.size())));
    }

    /** What user space writes is any, for each CPU: it comes from the context, as the key does. */
    private void copyInOnEachCpu(boolean copies) {
        if (copies) {
            onEachCpu(() -> {
                forEachWord((at, size) -> {
                    code.add(new Instruction.Load(size, false, Register.R7, Register.R9, (short) (words(map.keySize()) + at)));
                    code.add(new Instruction.Store(size, Register.R0, (short) at, new Operand.Reg(Register.R7)));
                });
                code.add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R9, new Operand.Imm(words(map.valueSize()))));
            });
        }
    }

    /** {@return whether the value that was read goes into the frame: for the update that follows, or to be told} */
    private boolean keeps() {
        return (tells || call.equals("rewrite")) && !map.type().perCpu() && -valueAt() <= FRAME;
    }

    private void copyOut() {
        Optional<ValueLayout.SpecialField> lock = (flags & Flags.LOCK) != 0 ? lock() : Optional.empty();
        lock.ifPresent(l -> lock(l, SPIN_LOCK));
        if (map.type().perCpu()) {
            onEachCpu(() -> forEachWord((at, size) -> code.add(new Instruction.Load(size, false, Register.R7, Register.R0, (short) at))));
        } else {
            forEachWord((at, size) -> {
                code.add(new Instruction.Load(size, false, Register.R7, Register.R6, (short) at));
                if (keeps()) {
                    code.add(new Instruction.Store(size, Register.R10, (short) (valueAt() + at), new Operand.Reg(Register.R7)));
                }
            });
        }
        lock.ifPresent(l -> lock(l, SPIN_UNLOCK));
    }

    // ---- control

    /** Adds a loop whose body finds in r0 the address of one CPU's value of the element in r6. */
    private void onEachCpu(Runnable body) {
        move(Register.R8, 0);
        int again = code.size();
        callKernel(KernelStep.ON_CPU, () -> {
            move(Register.R1, Register.R6);
            move(Register.R2, Register.R8);
        });
        int test = code.size();
        code.add(null);
        body.run();
        code.add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R8, new Operand.Imm(1)));
        code.add(new Instruction.Jump(false, offset(code.size(), again)));
        code.set(test, new Instruction.Branch(Width.W64, Condition.EQ, Register.R0, new Operand.Imm(0), offset(test, code.size())));
    }

    private void result(Errno error) {
        result(error.result());
    }

    private void result(long value) {
        move(Register.R0, (int) value);
    }

    // ---- steps

    private void lock(ValueLayout.SpecialField lock, int helper) {
        move(Register.R1, Register.R6);
        code.add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R1, new Operand.Imm(lock.offset())));
        code.add(new Instruction.CallHelper(helper));
    }

    private interface Copied {
        void word(int at, Size size);
    }

    /** Word by word, with what special fields leave of a word in smaller pieces. */
    private void forEachWord(Copied copied) {
        for (int at = 0; at < map.valueSize();) {
            Size size = Size.DOUBLE;
            while (size.bytes() > 1 && (at % size.bytes() != 0 || at + size.bytes() > map.valueSize() || special(at, size.bytes()))) {
                size = half(size);
            }
            if (!special(at, size.bytes())) {
                copied.word(at, size);
            }
            at += size.bytes();
        }
    }

    private static Size half(Size size) {
        return switch (size) {
            case DOUBLE -> Size.WORD;
            case WORD -> Size.HALF;
            case HALF, BYTE -> Size.BYTE;
        };
    }

    private boolean special(int offset, int size) {
        return map.value().special().anySatisfy(f -> f.overlaps(offset, size));
    }

    private void callUpdate() {
        mapAndKey();
        address(Register.R3, valueAt());
        move(Register.R4, (int) flags);
        code.add(new Instruction.CallHelper(UPDATE));
    }

    private void delete() {
        says("BPF_MAP_DELETE_ELEM", "0");
        putKey();
        call(DELETE);
    }

    private String flagWords() {
        List<String> words = new ArrayList<>();
        Collections.addAll(words, (flags & Flags.NOEXIST) != 0 ? "BPF_NOEXIST" : (flags & Flags.EXIST) != 0 ? "BPF_EXIST" : "BPF_ANY");
        if ((flags & Flags.LOCK) != 0) {
            words.add("BPF_F_LOCK");
        }
        return String.join(" | ", words);
    }

    private void says(String command, String flagWords) {
        lines.put(code.size(), new SourceLine("user space", lines.size() + 1, 0, "bpf(" + command + ", " + map.name() + ", "
                + keyWord() + (command.equals("BPF_MAP_DELETE_ELEM") ? "" : ", " + replacement.map(MapDefinition::name).orElse("value") + ", " + flagWords) + ")"));
    }
}
