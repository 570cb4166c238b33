package bpfmc.model.rules;

import bpfmc.model.machine.VerifierState.LockClass;
import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** A lock is reached through a map value or an allocated object. */
final class LockArgument implements LockRule.OfRun {
    @Override
    public String id() {
        return "lock-argument";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Locks.call(m).flatMap(c -> {
            boolean fits = Locks.element(m.argument(1)).isPresent()
                    && m.origin(m.argument(1)).map(o -> !(o instanceof Origin.Allocated) || kernel.atLeast(6, 2)).orElse(true);
            String type = typeName(m.argument(1), kernel);
            return fits ? Optional.empty() : Optional.of(Breach.because("its argument is no address of a map value or allocated object (" + type + ")")
                    .saying(c.kind() != LockClass.PLAIN ? "res" : packet(m.argument(1)) ? "packet" : "", type));
        });
    }

    /** Looked at before the type, for any helper that has no business there. */
    private static boolean packet(Value value) {
        return value instanceof Value.Pointer p && (p.region() instanceof Region.Packet || p.region() instanceof Region.PacketEnd);
    }

    /** What the verifier calls the register's type (kernel/bpf/log.c, reg_type_str). A NULL that was not tested for is a number here. */
    private static String typeName(Value value, Kernel kernel) {
        return switch (value) {
            case Value.Scalar s -> s.is(0) ? "map_value_or_null" : kernel.atLeast(5, 18) ? "scalar" : "inv";
            case Value.Pointer p -> switch (p.region()) {
                case Region.Stack r -> "fp";
                case Region.Context r -> "ctx";
                case Region.Packet r -> "pkt";
                case Region.PacketEnd r -> "pkt_end";
                case Region.Memory r -> "mem";
                case Region.Element r -> "ptr_";
                case Region.MapHandle r -> "map_ptr";
                case Region.Code r -> "func";
                case Region.Kernel r -> "ptr_";
            };
        };
    }
}
