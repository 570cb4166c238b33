package bpfmc.explorer.condition;

import bpfmc.explorer.scenario.Scenario.Start;
import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.kernel.ContextFields;
import bpfmc.model.machine.InputRange;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.value.Terms;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Ranges of context fields by the names that the programs' sources have for them: {@code skb->mark}, {@code 0..3}. */
record InputFields(BpfObject object) {
    private static final Pattern FIELD = Pattern.compile("(\\w+)->(\\w+)");

    /** A field of a structure. */
    private record Member(String name, int offset, int size) {}

    /** {@return the range, for each program whose parameter has such a field} @throws InputException when none has */
    ImmutableList<Start.Input> of(String name, String range) {
        Matcher field = FIELD.matcher(name);
        if (!field.matches()) {
            throw new InputException("'" + name + "' is no input; write PARAMETER->FIELD as the program does, skb->mark, or HELPER(), bpf_get_prandom_u32()");
        }
        MutableList<Start.Input> inputs = Lists.mutable.empty();
        MutableList<String> known = Lists.mutable.empty();
        for (BpfProgram program : object.programs()) {
            String parameter = parameter(program).map(BtfType.Parameter::name).orElse("");
            ImmutableList<Member> members = members(program);
            known.addAllIterable(members.collect(m -> parameter + "->" + m.name()));
            if (parameter.equals(field.group(1))) {
                members.select(m -> m.name().equals(field.group(2))).each(m -> inputs.add(new Start.Input(program.name(), range(name, range, program, m))));
            }
        }
        if (inputs.isEmpty()) {
            throw new InputException("no program has an input '" + name + "'" + Nearest.hint(known.distinct().toImmutable(), name));
        }
        return inputs.toImmutable();
    }

    /** {@return the field whatever it holds, for each program whose parameter has it} @throws InputException when none has */
    ImmutableList<Start.Input> anyOf(String name) {
        return of(name, "0").collect(i -> new Start.Input(i.program(), new InputRange(i.range().offset(), i.range().size(), 0, Terms.mask(i.range().size()))));
    }

    /** {@return the fields of a program's context that lie in a word of it and hold numbers} @param word offset in bytes */
    static ImmutableList<String> names(BpfProgram program, int word) {
        String parameter = parameter(program).map(BtfType.Parameter::name).orElse("");
        return members(program).select(m -> m.offset() >= word && m.offset() + m.size() <= word + Long.BYTES
                && FIELD.matcher(parameter + "->" + m.name()).matches()
                && ContextFields.at(program.section().type(), m.offset(), m.size()) == ContextFields.Role.NUMBER).collect(m -> parameter + "->" + m.name());
    }

    private static InputRange range(String name, String text, BpfProgram program, Member member) {
        if (ContextFields.at(program.section().type(), member.offset(), member.size()) != ContextFields.Role.NUMBER) {
            throw new InputException(name + " is an address, of which no range can be known");
        }
        Bounds range = Bounds.of(name, text);
        if (range.signed()) {
            throw new InputException(name + ": a field's range begins at 0 or above, not at " + range.least());
        }
        if (member.size() < 8 && Long.compareUnsigned(range.most(), 1L << 8 * member.size()) >= 0) {
            throw new InputException(name + " has " + member.size() + (member.size() == 1 ? " byte, " : " bytes, ") + text + " does not fit");
        }
        return new InputRange(member.offset(), member.size(), range.least(), range.most());
    }

    private static Optional<BtfType.Parameter> parameter(BpfProgram program) {
        return program.prototype().flatMap(p -> p.parameters().getFirstOptional());
    }

    private static ImmutableList<Member> members(BpfProgram program) {
        Optional<BtfType.Parameter> parameter = parameter(program);
        if (parameter.isEmpty()) {
            return Lists.immutable.empty();
        }
        BtfTypes btf = program.types().orElseThrow();
        if (!(btf.resolved(parameter.get().type()) instanceof BtfType.Pointer pointer)
                || !(btf.resolved(pointer.target()) instanceof BtfType.Struct struct)) {
            return Lists.immutable.empty();
        }
        return struct.members().select(m -> m.bitSize() == 0 && m.bitOffset() % 8 == 0 && scalar(btf, m)).collect(m ->
                new Member(m.name(), (int) (m.bitOffset() / 8), Math.toIntExact(btf.sizeOf(m.type()).orElseThrow())));
    }

    private static boolean scalar(BtfTypes btf, BtfType.Member member) {
        long size = btf.sizeOf(member.type()).orElse(0);
        return size >= 1 && size <= 8 && !(btf.resolved(member.type()) instanceof BtfType.Composite)
                && !(btf.resolved(member.type()) instanceof BtfType.Array);
    }
}
