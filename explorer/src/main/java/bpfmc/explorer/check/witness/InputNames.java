package bpfmc.explorer.check.witness;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.call.Calls;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.machine.CurrentTask;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The inputs of a run by the names that its source has for them: "CPU0: skb->len = 61". */
public final class InputNames {
    private InputNames() {}

    /** {@return the inputs that matter and differ from zero} */
    public static ImmutableList<String> all(Scenario scenario, Map<Symbol, Long> inputs) {
        return Lists.immutable.withAll(inputs.entrySet().stream()
                .filter(e -> e.getKey().kind() == Symbol.Kind.READ_ONLY || e.getValue() != 0 && e.getKey().owner() >= 0)
                .sorted(Map.Entry.comparingByKey())
                .flatMap(e -> of(scenario, e.getKey(), e.getValue()).stream()).toList());
    }

    /** {@return what a word of the context or the packet holds, field by field; nothing for unknowns without a name} */
    static ImmutableList<String> of(Scenario scenario, Symbol symbol, long value) {
        if (symbol.kind() == Symbol.Kind.READ_ONLY) {
            return constants(scenario, symbol, value);
        }
        Scenario.AgentPlace agent = scenario.agents().get(symbol.owner());
        boolean alone = scenario.agents().select(a -> a.cpu() == agent.cpu()).collect(a -> a.program().name()).distinct().size() == 1;
        String cpu = "CPU" + agent.cpu() + (alone ? ": " : " " + agent.program().name() + ": ");
        return switch (symbol.kind()) {
            case CONTEXT -> context(agent.program(), symbol, value)
                    .collect(text -> cpu + text + (symbol.index() == 0 ? "" : ", read again after a helper may have changed it"));
            case PACKET -> Lists.immutable.with(cpu + (symbol.detail() == Symbol.LENGTH ? "packet length = " + value
                    : symbol.detail() == Symbol.METADATA ? "metadata length = " + value : bytes("packet", symbol.detail(), value)));
            case MONOTONIC_CLOCK, BOOT_CLOCK, COARSE_CLOCK, TAI_CLOCK, JIFFIES -> Lists.immutable.with(cpu + "clock at " + agent.program().lineAt(symbol.detail())
                    .map(l -> ":" + l.line()).orElse("instruction " + symbol.detail()) + " = " + Long.toUnsignedString(value));
            case TASK -> Lists.immutable.with(cpu + task(symbol, value));
            case UNWRITTEN -> Lists.immutable.with(cpu + bytes("memory that nobody has written", symbol.detail(), value));
            case CONSTANT_RESULT -> Lists.immutable.with(cpu + Helpers.byId(symbol.index()).map(h -> "bpf_" + h.name()).orElse("helper") + "() = " + Long.toUnsignedString(value));
            case FRESH, EXPORTED -> result(agent.program(), symbol).map(call -> cpu + call + " = " + Long.toUnsignedString(value))
                    .map(Lists.immutable::with).orElseGet(Lists.immutable::empty);
            case ELEMENT, READ_ONLY, ADDRESS, KERNEL_SYMBOL, UNFOLLOWED -> Lists.immutable.empty();
        };
    }

    /** {@return the call that returned the number, empty when none did} */
    private static Optional<String> result(BpfProgram program, Symbol symbol) {
        return program.code().get(symbol.detail()) instanceof Instruction.CallHelper call && !program.isSystemCall()
                ? Helpers.byId(call.helper()).map(h -> "bpf_" + h.name()).filter(Calls.unknownResults(program)::contains)
                        .map(name -> name + "() at " + program.lineAt(symbol.detail()).map(l -> ":" + l.line()).orElse("instruction " + symbol.detail()))
                : Optional.empty();
    }

    private static String task(Symbol symbol, long value) {
        return switch (CurrentTask.of(symbol)) {
            case TID -> "thread " + value;
            case TGID -> "process " + value;
            case UID -> "user " + value;
            case GID -> "group " + value;
            case ADDRESS -> "current task = 0x" + Long.toHexString(value);
            case COMM -> bytes("comm", symbol.detail(), value);
            case CGROUP -> "cgroup " + value;
            case ANCESTOR_CGROUP -> "cgroup at level " + symbol.detail() + " " + value;
        };
    }

    /** The constants that lie in this word. */
    private static ImmutableList<String> constants(Scenario scenario, Symbol symbol, long value) {
        return scenario.object().maps().get(symbol.index()).value().fields()
                .select(f -> f.offset() >= symbol.detail() && f.offset() + f.size() <= symbol.detail() + 8)
                .collect(f -> f.name() + " = " + Long.toUnsignedString(value >>> 8 * (f.offset() - symbol.detail()) & Terms.mask(f.size())));
    }

    private static String bytes(String region, int offset, long value) {
        return "*(u64 *)(" + region + " + " + offset + ") = 0x" + Long.toHexString(value);
    }

    private static ImmutableList<String> context(BpfProgram program, Symbol symbol, long value) {
        MutableList<String> fields = program.prototype().flatMap(p -> p.parameters().getFirstOptional())
                .map(p -> fields(program.types().orElseThrow(), p, symbol.detail(), value)).orElseGet(Lists.mutable::empty);
        return fields.isEmpty() ? Lists.immutable.with(bytes("ctx", symbol.detail(), value)) : fields.toImmutable();
    }

    /** The scalar members of the structure that the parameter points to which lie in this word and are not zero. */
    private static MutableList<String> fields(BtfTypes btf, BtfType.Parameter parameter, int word, long value) {
        MutableList<String> fields = Lists.mutable.empty();
        if (btf.resolved(parameter.type()) instanceof BtfType.Pointer pointer && btf.resolved(pointer.target()) instanceof BtfType.Struct struct) {
            for (BtfType.Member member : struct.members()) {
                long size = btf.sizeOf(member.type()).orElse(0);
                long at = member.bitOffset() / 8 - word;
                if (member.bitSize() == 0 && size >= 1 && at >= 0 && at + size <= 8) {
                    long field = value >>> 8 * at & Terms.mask((int) size);
                    if (field != 0) {
                        fields.add(parameter.name() + "->" + member.name() + " = " + Long.toUnsignedString(field));
                    }
                }
            }
        }
        return fields;
    }
}
