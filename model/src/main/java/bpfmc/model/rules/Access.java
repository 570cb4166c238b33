package bpfmc.model.rules;

import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Helper;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Range;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/**
 * Bytes of an element with special fields that an instruction touches, directly, through a helper's argument (verifier.c, check_map_access), or
 * through the argument of a global function: the function is verified alone and may touch all that its parameter's type spans (btf.c,
 * btf_prepare_func_args).
 *
 * @param address of the first byte, without the instruction's own offset
 * @param from lowest offset that may be touched @param to offset after the highest
 */
record Access(Value address, long from, long to) {

    /** {@return what the instruction touches} */
    static ImmutableList<Access> of(VerifierPoint m) {
        return switch (m.instruction()) {
            case Instruction.Load i -> at(m, m.register(i.base()), i.offset(), i.size().bytes());
            case Instruction.LoadAcquire i -> at(m, m.register(i.base()), i.offset(), i.size().bytes());
            case Instruction.Store i -> at(m, m.register(i.base()), i.offset(), i.size().bytes());
            case Instruction.StoreRelease i -> at(m, m.register(i.base()), i.offset(), i.size().bytes());
            case Instruction.Atomic i -> at(m, m.register(i.base()), i.offset(), i.size().bytes());
            case Instruction.CallHelper i -> m.helper().map(h -> arguments(m, h)).orElse(Lists.immutable.empty());
            case Instruction.CallSubprogram i -> m.subprogram().filter(Function::global).flatMap(f -> m.program().types().flatMap(types -> prototype(types, f.name())
                    .map(p -> arguments(m, types, p)))).orElse(Lists.immutable.empty());
            case Instruction i -> Lists.immutable.empty();
        };
    }

    private static Optional<BtfType.Prototype> prototype(BtfTypes types, String function) {
        return types.find(BtfType.Function.class, function).map(id -> types.byId(((BtfType.Function) types.byId(id)).prototype()))
                .filter(BtfType.Prototype.class::isInstance).map(BtfType.Prototype.class::cast);
    }

    private static ImmutableList<Access> arguments(VerifierPoint m, BtfTypes types, BtfType.Prototype prototype) {
        MutableList<Access> touched = Lists.mutable.empty();
        for (int i = 0; i < prototype.parameters().size(); i++) {
            if (types.resolved(prototype.parameters().get(i).type()) instanceof BtfType.Pointer pointer) {
                touched.addAllIterable(at(m, m.argument(i + 1), 0, types.sizeOf(pointer.target()).orElse(0)));
            }
        }
        return touched.toImmutable();
    }

    private static ImmutableList<Access> at(VerifierPoint m, Value address, int displacement, long bytes) {
        if (!(address instanceof Value.Pointer p) || !(p.region() instanceof Region.Element) || bytes <= 0 || isPlain(m, address)) {
            return Lists.immutable.empty();
        }
        Range range = m.range(p.offset());
        return Lists.immutable.with(new Access(address, range.smin() + displacement, Math.max(range.smin(), range.umax()) + displacement + bytes));
    }

    /** {@return whether all bytes of the element are alike: then nothing rests on where in it the access goes} */
    private static boolean isPlain(VerifierPoint m, Value address) {
        return m.mapOf(address).filter(map -> map.value().special().isEmpty()).isPresent();
    }

    private static ImmutableList<Access> arguments(VerifierPoint m, Helper h) {
        MutableList<Access> touched = Lists.mutable.empty();
        for (int i = 0; i < h.arguments().size(); i++) {
            Helper.Argument argument = h.arguments().get(i);
            if (argument.reads() || argument.writes()) {
                touched.addAllIterable(at(m, m.argument(i + 1), 0, size(m, h, i)));
            }
        }
        return touched.toImmutable();
    }

    private static long size(VerifierPoint m, Helper h, int index) {
        return switch (h.arguments().get(index)) {
            case KEY -> m.mapArgument(1).map(MapDefinition::keySize).orElse(0);
            case VALUE, VALUE_OUT -> m.mapArgument(1).map(MapDefinition::valueSize).orElse(0);
            default -> h.arguments().get(index).fixedSize().isPresent() ? h.arguments().get(index).fixedSize().getAsInt() : told(m, index + 2);
        };
    }

    /** {@return the most bytes that the size argument can stand for} */
    private static long told(VerifierPoint m, int argument) {
        if (argument > 5 || !(m.argument(argument) instanceof Value.Scalar s)) {
            return 0;
        }
        long most = s.term() instanceof Constant c ? c.value() : m.range(s.term()).umax();
        return most < 0 ? Integer.MAX_VALUE : most;
    }

    /** {@return the first of the fields that the access may touch} */
    Optional<SpecialField> first(ImmutableList<SpecialField> fields) {
        return fields.detectOptional(f -> f.offset() < to && from < f.offset() + f.size());
    }
}
