package bpfmc.explorer.secondopinion;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.secondopinion.enumerator.Found;
import bpfmc.explorer.secondopinion.enumerator.Found.Property;
import bpfmc.model.isa.Instruction;
import bpfmc.model.program.BpfProgram;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where bpfmc is known to be wrong. A kind that is mended is struck out here, and its system moves from {@link KnownDifferencesTest},
 * which fails once it shows no difference, to {@link MendedDifferencesTest}.
 */
enum KnownDifference {
    /** A load counts as overwritten as a whole where another run has stored to other bytes of it than those that are stored back. */
    STORED_BESIDE(Side.EXTRA) {
        @Override
        boolean explains(BpfProgram p, Found found) {
            return found.property() == Property.LOST_UPDATE && bytes(p, found.places().getFirst()) > bytes(p, found.places().getLast());
        }
    };

    /** Whether bpfmc misses what the enumerator finds, confirms what it does not, or calls it possible. */
    enum Side { MISSED, EXTRA, POSSIBLE }

    private final Side side;

    KnownDifference(Side side) {
        this.side = side;
    }

    /** {@return whether that is why the opinions differ} @param p the program of the first place */
    abstract boolean explains(BpfProgram p, Found found);

    /** {@return how many bytes the instruction at a place loads or stores} */
    private static int bytes(BpfProgram p, Found.Place place) {
        return switch (p.code().get(place.slot())) {
            case Instruction.Load i -> i.size().bytes();
            case Instruction.Store i -> i.size().bytes();
            default -> Long.BYTES;
        };
    }

    /** {@return which one a difference is, if any} */
    static Optional<KnownDifference> of(Scenario scenario, Side side, Found found) {
        BpfProgram program = scenario.object().programs().detect(p -> p.name().equals(found.places().getFirst().program()));
        return Arrays.stream(values()).filter(k -> k.side == side && k.explains(program, found)).findFirst();
    }
}
