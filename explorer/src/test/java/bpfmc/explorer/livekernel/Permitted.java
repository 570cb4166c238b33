package bpfmc.explorer.livekernel;

import bpfmc.model.InputException;
import org.junit.jupiter.api.Assumptions;

/** Skips tests where the running kernel cannot be asked, saying why. */
final class Permitted {
    private Permitted() {}

    static LiveKernel kernel() {
        try {
            return LiveKernel.open();
        } catch (InputException e) {
            return Assumptions.abort(e.getMessage());
        }
    }
}
