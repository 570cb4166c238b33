package bpfmc.model.rules;

import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/** bpf_kptr_xchg is handed the place of a kernel pointer, and NULL or an object of its struct that the program owns. */
final class KptrExchange implements LockRule.OfRun {
    private static final String CALL = "bpf_kptr_xchg";

    @Override
    public String id() {
        return "kptr-exchange";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        if (!m.helper().map(h -> "bpf_" + h.name()).orElse("").equals(CALL)) {
            return Optional.empty();
        }
        Optional<Breach> type = type(m, 1).map(t -> Breach.because("its first argument is no address of a map value or allocated object (" + t + ")")
                .saying("place", t));
        return type.or(() -> Locks.fields(m, m.argument(1), kernel).flatMap(fields -> at(m, (Value.Pointer) m.argument(1), fields)));
    }

    private static Optional<Breach> at(VerifierPoint m, Value.Pointer place, ImmutableList<SpecialField> fields) {
        if (fields.noneSatisfy(f -> f.kind().pointer())) {
            return Optional.of(Breach.because("there are no kernel pointers in what its first argument points into").saying("no-kptr"));
        }
        if (!m.range(place.offset()).isExact()) {
            return Optional.of(Breach.because("the offset of its first argument is not known").saying("offset"));
        }
        long offset = m.range(place.offset()).value();
        Optional<SpecialField> field = fields.detectOptional(f -> f.kind().pointer() && f.offset() == offset);
        return field.isEmpty() ? Optional.of(Breach.because("there is no kernel pointer at offset " + offset).with(offset))
                : field.flatMap(f -> given(m, f));
    }

    /** NULL may be given, and unknown numbers may be addresses of objects of the kernel. */
    private static Optional<Breach> given(VerifierPoint m, SpecialField field) {
        Value object = m.argument(2);
        if (object.is(0)) {
            return Optional.empty();
        }
        Optional<String> type = m.released(object) ? Optional.of("scalar") : m.origin(object).filter(o -> o instanceof Origin.MapValue).isPresent()
                ? Optional.of("map_value") : type(m, 2);
        return type.map(t -> Breach.because("what it is handed is no object of the program's own (" + t + ")").saying("object", t))
                .or(() -> another(m, field, object));
    }

    private static Optional<Breach> another(VerifierPoint m, SpecialField field, Value object) {
        if (field.kind() != SpecialKind.KPTR || field.contained().isEmpty() || !(object instanceof Value.Pointer p)
                || !(m.origin(p).orElse(null) instanceof Origin.Allocated a) || !Structs.is(m, a.type()) || !m.range(p.offset()).isExact()) {
            return Optional.empty();
        }
        int expected = field.contained().get().struct();
        return expected == a.type() && m.range(p.offset()).value() == 0 ? Optional.empty()
                : Optional.of(Breach.because("the pointer is one to struct " + Structs.name(m, expected) + ", and it is handed one "
                        + (expected == a.type() ? "into struct " : "to struct ") + Structs.name(m, a.type())).saying("struct", Structs.name(m, a.type()), Structs.name(m, expected)));
    }

    /** {@return what the kernel calls an argument that is certainly no object} */
    private static Optional<String> type(VerifierPoint m, int argument) {
        return switch (m.argument(argument)) {
            case Value.Scalar s -> s.term() instanceof Constant ? Optional.of("scalar") : Optional.empty();
            case Value.Pointer p -> switch (p.region()) {
                case Region.Stack r -> Optional.of("fp");
                case Region.Context r -> Optional.of("ctx");
                case Region.Memory r -> Optional.empty();
                case Region.Packet r -> Optional.empty();
                case Region.PacketEnd r -> Optional.empty();
                case Region.Element r -> Optional.empty();
                case Region.MapHandle r -> Optional.empty();
                case Region.Code r -> Optional.empty();
                case Region.Kernel r -> Optional.empty();
            };
        };
    }
}
