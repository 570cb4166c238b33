package bpfmc.model.program;

import bpfmc.model.InputException;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.Sections;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;

/**
 * System calls of user space on a map, as programs: what bpf(2) does between entry and exit, in the same instructions and helper
 * calls (kernel/bpf/syscall.c, map_lookup_elem and its neighbours; bpf_map_copy_value and bpf_map_update_value). So they take part
 * in every interleaving, at task level. Copies go word by word and never touch special fields; with BPF_F_LOCK they hold the
 * element's lock.
 */
public final class SystemCalls {
    /** How such programs are called: "user:" and the call. */
    public static final String PREFIX = "user:";

    private static final String FORMS = "write 'lookup MAP', 'update MAP', 'delete MAP' or 'rewrite MAP' (a lookup, then an update with what it"
            + " read), then flags: lock, noexist, exist, and key=N";
    private static final int LOOKUP = 1;
    private static final int UPDATE = 2;
    private static final int DELETE = 3;
    private static final int SPIN_LOCK = 93;
    private static final int SPIN_UNLOCK = 94;
    private static final int NOEXIST = 1;
    private static final int EXIST = 2;
    private static final int F_LOCK = 4;
    private static final int WORD = 8;

    private final String call;
    private final MapDefinition map;
    private final int flags;
    private final Optional<Integer> key;
    private final List<Instruction> code = new ArrayList<>();
    private final MutableIntObjectMap<Reference> references = IntObjectMaps.mutable.empty();
    private final MutableIntObjectMap<SourceLine> lines = IntObjectMaps.mutable.empty();

    private SystemCalls(String call, MapDefinition map, int flags, Optional<Integer> key) {
        this.call = call;
        this.map = map;
        this.flags = flags;
        this.key = key;
    }

    /**
     * {@return the object with this system call as one more program}
     *
     * @param call "update flows lock"; the key is any one unless "key=N" says which
     * @throws InputException when it is not understood, or is not modelled for this map
     */
    public static BpfObject added(BpfObject object, String call) {
        BpfProgram program = of(object, call);
        return object.programs().anySatisfy(p -> p.name().equals(program.name())) ? object
                : new BpfObject(object.name(), object.license(), object.programs().newWith(program), object.maps(), object.btf(), object.notes());
    }

    /** {@return the name of the program that stands for a system call} */
    public static String name(String call) {
        return PREFIX + String.join(" ", call.strip().split("[\\s:]+"));
    }

    private static BpfProgram of(BpfObject object, String call) {
        String[] words = call.strip().split("[\\s:]+");
        if (words.length < 2) {
            throw new InputException("system call '" + call + "': " + FORMS);
        }
        MapDefinition map = object.maps().detectOptional(m -> m.name().equals(words[1])).orElseThrow(() ->
                new InputException("system call '" + call + "': there is no map '" + words[1] + "'; there are " + object.maps().collect(MapDefinition::name)
                        .makeString(", ")));
        int flags = 0;
        Optional<Integer> key = Optional.empty();
        for (int i = 2; i < words.length; i++) {
            switch (words[i].toLowerCase(Locale.ROOT)) {
                case "lock" -> flags |= F_LOCK;
                case "noexist" -> flags |= NOEXIST;
                case "exist" -> flags |= EXIST;
                default -> key = Optional.of(key(call, words[i]));
            }
        }
        var built = new SystemCalls(words[0], map, flags, key);
        built.requireModelled(call);
        return built.build(name(call));
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
        boolean modelled = map.type() == MapType.ARRAY || map.type() == MapType.HASH || map.type() == MapType.LRU_HASH;
        if (!modelled || map.readOnlyData()) {
            throw new InputException("system call '" + text + "': system calls on maps of type " + map.type()
                    + (map.readOnlyData() ? " that are read-only" : "") + " are not modelled");
        }
        if ((flags & F_LOCK) != 0 && lock().isEmpty()) {
            throw new InputException("system call '" + text + "': the kernel answers -EINVAL: the value of " + map.name() + " has no bpf_spin_lock");
        }
        if ((flags & (NOEXIST | EXIST)) == (NOEXIST | EXIST)) {
            throw new InputException("system call '" + text + "': noexist and exist contradict each other");
        }
    }

    private Optional<ValueLayout.SpecialField> lock() {
        return map.value().special().detectOptional(f -> f.kind() == SpecialKind.SPIN_LOCK);
    }

    private BpfProgram build(String name) {
        switch (call) {
            case "lookup" -> lookup(false);
            case "update" -> update(keyAt(), UPDATE);
            case "delete" -> delete();
            case "rewrite" -> lookup(true);
            default -> throw new InputException("system call '" + call + "' is not known; " + FORMS);
        }
        move(Register.R0, 0);
        code.add(new Instruction.Exit());
        return new BpfProgram(name, Sections.parse("syscall"), Lists.immutable.withAll(code),
                Lists.immutable.with(new Function(name, 0, code.size(), true)), references.toImmutable(), lines.toImmutable());
    }

    // ---- where things lie in the frame

    private int keyAt() {
        return -words(map.keySize());
    }

    private int valueAt() {
        return keyAt() - words(map.valueSize());
    }

    private static int words(int bytes) {
        return (bytes + WORD - 1) / WORD * WORD;
    }

    // ---- code

    private void lookup(boolean thenUpdate) {
        says("BPF_MAP_LOOKUP_ELEM", (flags & F_LOCK) != 0 ? "BPF_F_LOCK" : "0");
        putKey();
        call(LOOKUP);
        int branch = code.size();
        code.add(null);
        code.add(new Instruction.Move(Width.W64, Register.R6, new Operand.Reg(Register.R0)));
        Optional<ValueLayout.SpecialField> lock = (flags & F_LOCK) != 0 ? lock() : Optional.empty();
        lock.ifPresent(l -> lock(l, SPIN_LOCK));
        copyOut();
        lock.ifPresent(l -> lock(l, SPIN_UNLOCK));
        if (thenUpdate) {
            update(keyAt(), UPDATE);
        }
        code.set(branch, new Instruction.Branch(Width.W64, Condition.EQ, Register.R0, new Operand.Imm(0), (short) (code.size() - branch - 1)));
    }

    private void lock(ValueLayout.SpecialField lock, int helper) {
        code.add(new Instruction.Move(Width.W64, Register.R1, new Operand.Reg(Register.R6)));
        code.add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R1, new Operand.Imm(lock.offset())));
        code.add(new Instruction.CallHelper(helper));
    }

    /** Word by word, with what special fields leave of a word in smaller pieces. */
    private void copyOut() {
        for (int at = 0; at < map.valueSize();) {
            Size size = Size.DOUBLE;
            while (size.bytes() > 1 && (at % size.bytes() != 0 || at + size.bytes() > map.valueSize() || special(at, size.bytes()))) {
                size = half(size);
            }
            if (!special(at, size.bytes())) {
                code.add(new Instruction.Load(size, false, Register.R7, Register.R6, (short) at));
                code.add(new Instruction.Store(size, Register.R10, (short) (valueAt() + at), new Operand.Reg(Register.R7)));
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

    private void update(int keyAt, int helper) {
        says("BPF_MAP_UPDATE_ELEM", flagWords());
        if (call.equals("update")) {
            putKey();
        }
        address(Register.R3, valueAt());
        move(Register.R4, flags);
        call(helper);
    }

    private void delete() {
        says("BPF_MAP_DELETE_ELEM", "0");
        putKey();
        call(DELETE);
    }

    private void call(int helper) {
        references.put(code.size(), new Reference.Map(map.index()));
        code.add(new Instruction.LoadImmediate64(Register.R1, Instruction.LoadImmediate64.Pseudo.MAP_FD, 0, 0));
        code.add(null);
        address(Register.R2, keyAt());
        code.add(new Instruction.CallHelper(helper));
    }

    /** The key is any, the same in all calls of the run: it comes from the context. */
    private void putKey() {
        for (int at = 0; at < words(map.keySize()); at += WORD) {
            if (key.isPresent()) {
                move(Register.R7, at == 0 ? key.get() : 0);
            } else {
                code.add(new Instruction.Load(Size.DOUBLE, false, Register.R7, Register.R1, (short) at));
            }
            code.add(new Instruction.Store(Size.DOUBLE, Register.R10, (short) (keyAt() + at), new Operand.Reg(Register.R7)));
        }
    }

    private void address(Register register, int offset) {
        code.add(new Instruction.Move(Width.W64, register, new Operand.Reg(Register.R10)));
        code.add(new Instruction.Alu(Width.W64, AluOp.ADD, register, new Operand.Imm(offset)));
    }

    private void move(Register register, int value) {
        code.add(new Instruction.Move(Width.W64, register, new Operand.Imm(value)));
    }

    private String flagWords() {
        List<String> words = new ArrayList<>();
        Collections.addAll(words, (flags & NOEXIST) != 0 ? "BPF_NOEXIST" : (flags & EXIST) != 0 ? "BPF_EXIST" : "BPF_ANY");
        if ((flags & F_LOCK) != 0) {
            words.add("BPF_F_LOCK");
        }
        return String.join(" | ", words);
    }

    private void says(String command, String flagWords) {
        lines.put(code.size(), new SourceLine("user space", lines.size() + 1, 0, "bpf(" + command + ", " + map.name() + ", "
                + (key.isPresent() ? "{" + key.get() + "}" : "key") + (command.equals("BPF_MAP_DELETE_ELEM") ? "" : ", value, " + flagWords) + ")"));
    }
}
