package bpfmc.explorer.check.witness;

import bpfmc.explorer.system.BpfSystem;
import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.machine.CurrentTask;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.ValueLayout.Field;
import bpfmc.model.value.Apply;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Extract;
import bpfmc.model.value.Place;
import bpfmc.model.value.Sum;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Terms over the unknowns of all agents, each unknown by where it comes from: "CPU1 skb->mark", "CPU0 bpf_get_prandom_u32() at :25".
 *
 * @param elements what the element of a slot is called, "flows[7]"; "" for a data section
 */
public record TermNames(BpfSystem system, IntFunction<String> elements) {
    private static final int WORD = 8;

    /** {@return the term} @param signed whether a known number is one of a signed type @param size its bytes */
    String of(Term term, boolean signed, int size) {
        return term instanceof Constant c && signed ? String.valueOf(c.value() << 64 - 8 * size >> 64 - 8 * size) : of(term);
    }

    String of(Term term) {
        return switch (term) {
            case Constant c -> Long.toUnsignedString(c.value());
            case Symbol s -> named(s, 0, s.bytes());
            case Extract e when e.term() instanceof Symbol s -> named(s, e.offset(), e.bytes());
            case Extract e when e.offset() == 0 && e.term() instanceof Sum s -> sum(s, e.bytes());
            case Extract e -> of(e.term()) + (e.offset() == 0 ? "" : " >> " + 8 * e.offset()) + " as u" + 8 * e.bytes();
            case Sum s -> sum(s, Long.BYTES);
            case Apply a -> a.operator().unary() ? unary(a) : a.operator().name().toLowerCase(Locale.ROOT) + "(" + of(a.left()) + ", " + of(a.right()) + ")";
        };
    }

    /** A number that is narrow and signed is told as the number that it is; how wide it is is its field's business. */
    private String unary(Apply a) {
        return switch (a.operator()) {
            case SEXT8, SEXT16, SEXT32 -> of(a.left());
            default -> a.operator().name().toLowerCase(Locale.ROOT) + "(" + of(a.left()) + ")";
        };
    }

    /** @param bytes of the sum that count: as many of its unknowns matter */
    private String sum(Sum sum, int bytes) {
        String text = sum.products().collect(p -> (p.coefficient() == 1 ? "" : p.coefficient() + " * ")
                + (p.term() instanceof Symbol s ? named(s, 0, Math.min(bytes, s.bytes())) : of(p.term()))).makeString(" + ");
        return sum.constant() == 0 ? text : text + (sum.constant() > 0 ? " + " + sum.constant() : " - " + -sum.constant());
    }

    /** {@return the bytes of an unknown, from this offset} */
    private String named(Symbol s, int offset, int bytes) {
        boolean whole = offset == 0 && bytes == s.bytes();
        return switch (s.kind()) {
            case CONTEXT -> who(s) + context(s, offset, bytes);
            case PACKET -> who(s) + (s.detail() == Symbol.LENGTH ? "packet length" : s.detail() == Symbol.METADATA ? "metadata length" : "packet[" + (s.detail() + offset) + ".." + (s.detail() + offset + bytes - 1) + "]"
                    + (s.index() == 0 ? "" : " as changed"));
            case TASK -> who(s) + task(s) + part(whole, offset, bytes);
            case ELEMENT -> "old " + element(s, offset, bytes);
            case READ_ONLY -> constant(s, offset, bytes);
            case FRESH, EXPORTED -> who(s) + made(s) + (s.index() == 0 ? "" : " #" + (s.index() + 1)) + part(whole, offset, bytes);
            case ADDRESS -> who(s) + "address of " + switch (Place.of(s).of()) {
                case ELEMENT, ARRAY_ELEMENT -> element(s);
                case MAP -> system.scenario().object().maps().get(s.index()).name();
                case STACK -> "the stack";
                case CONTEXT -> "the context";
                case PACKET -> "the packet";
                case MEMORY -> "memory " + s.index();
                case CODE -> "a function";
            } + part(whole, offset, bytes);
            case UNWRITTEN -> who(s) + "unwritten memory[" + (s.detail() + offset) + "]";
            case CONSTANT_RESULT -> who(s) + Helpers.byId(s.index()).map(h -> "bpf_" + h.name()).orElse("helper") + "()" + part(whole, offset, bytes);
            case KERNEL_SYMBOL -> "kernel symbol " + s.index() + part(whole, offset, bytes);
            case UNFOLLOWED -> who(s) + "unknown" + part(whole, offset, bytes);
            case MONOTONIC_CLOCK, BOOT_CLOCK, COARSE_CLOCK, TAI_CLOCK, JIFFIES -> who(s) + "clock" + place(program(s), s.detail()) + part(whole, offset, bytes);
        };
    }

    private String constant(Symbol s, int offset, int bytes) {
        MapDefinition section = system.scenario().object().maps().get(s.index());
        return section.value().fieldAt(s.detail() + offset, bytes).map(f -> f.name()).orElse(section.name() + "[" + (s.detail() + offset) + "]");
    }

    private static String task(Symbol s) {
        return switch (CurrentTask.of(s)) {
            case TID -> "thread";
            case TGID -> "process";
            case UID -> "user";
            case GID -> "group";
            case ADDRESS -> "current task";
            case COMM -> "comm[" + s.detail() + ".." + (s.detail() + s.bytes() - 1) + "]";
            case CGROUP -> "cgroup";
            case ANCESTOR_CGROUP -> "cgroup at level " + s.detail();
        };
    }

    private static String part(boolean whole, int offset, int bytes) {
        return whole || offset == 0 ? "" : ", bytes " + offset + " to " + (offset + bytes - 1);
    }

    private String who(Symbol s) {
        if (s.owner() < 0) {
            return "";
        }
        var agents = system.scenario().agents();
        int cpu = agents.get(s.owner()).cpu();
        return "CPU" + cpu + " " + (agents.count(a -> a.cpu() == cpu) > 1 ? agents.get(s.owner()).program().name() + " " : "");
    }

    private Optional<BpfProgram> program(Symbol s) {
        return s.owner() < 0 ? Optional.empty() : Optional.of(system.scenario().agents().get(s.owner()).program());
    }

    private static String place(Optional<BpfProgram> program, int slot) {
        return program.map(p -> p.isSystemCall() ? " of " + p.name()
                : " at " + p.lineAt(slot).map(l -> ":" + l.line()).orElse("instruction " + slot)).orElse("");
    }

    /** {@return the instruction that made an unknown} */
    private String made(Symbol s) {
        Optional<BpfProgram> program = program(s);
        if (program.isPresent() && s.detail() >= 0 && s.detail() < program.get().code().size()) {
            return (program.get().isSystemCall() ? "value" : maker(program.get(), s.detail())) + place(program, s.detail());
        }
        return "unknown";
    }

    private static String maker(BpfProgram program, int slot) {
        return switch (program.code().get(slot)) {
            case Instruction.CallHelper call -> Helpers.byId(call.helper()).map(h -> "bpf_" + h.name()).orElse("helper " + call.helper()) + "()";
            case Instruction.CallKfunc call -> program.references().get(slot) instanceof Reference.Kfunc k ? k.name() + "()" : "kfunc";
            case null, default -> "unknown";
        };
    }

    /** {@return the field of the context that these bytes are; of a system call what user space hands over} */
    private String context(Symbol s, int offset, int bytes) {
        BpfProgram program = program(s).orElse(null);
        if (program != null && program.isSystemCall()) {
            return "value of " + program.name() + " [" + (s.detail() + offset) + "]";
        }
        Optional<String> field = program == null ? Optional.empty() : program.prototype().flatMap(p -> p.parameters().getFirstOptional())
                .flatMap(p -> program.types().flatMap(t -> field(t, p, s.detail() + offset, bytes)));
        return field.orElseGet(() -> "ctx[" + (s.detail() + offset) + ".." + (s.detail() + offset + bytes - 1) + "]");
    }

    private static Optional<String> field(BtfTypes types, BtfType.Parameter parameter, int offset, int bytes) {
        if (types.resolved(parameter.type()) instanceof BtfType.Pointer pointer && types.resolved(pointer.target()) instanceof BtfType.Struct struct) {
            return struct.members().detectOptional(m -> m.bitSize() == 0 && m.bitOffset() == 8L * offset && types.sizeOf(m.type()).orElse(0) == bytes)
                    .map(m -> parameter.name() + "->" + m.name());
        }
        return Optional.empty();
    }

    private String element(Symbol address) {
        MapDefinition map = system.scenario().object().maps().get(system.slots().mapOf(address.index()));
        return map.data().isPresent() ? map.name() : elements.apply(address.index());
    }

    private String element(Symbol s, int offset, int bytes) {
        MapDefinition map = system.scenario().object().maps().get(system.slots().mapOf(s.index()));
        if (s.detail() == Symbol.LENGTH) {
            return "number of entries of " + map.name();
        }
        int at = Math.floorDiv(s.detail(), WORD) * WORD + offset;
        String field = map.value().fieldAt(at, bytes).map(Field::name).orElse("bytes " + at + " to " + (at + bytes - 1));
        return map.data().isPresent() ? field : elements.apply(s.index()) + (field.equals("value") ? "" : "." + field);
    }
}
