package bpfmc.model.step;

import bpfmc.model.value.Symbol;

/**
 * A sample of a clock in one run's hands, and one that another run has taken of the same clock since.
 *
 * @param told whether a difference of the two that has wrapped has been told; that the other is the later one stays true
 */
public record StaleClockSample(Symbol sample, Symbol by, boolean told) {
    public StaleClockSample(Symbol sample, Symbol by) {
        this(sample, by, false);
    }

    /** {@return whether it is about these samples} */
    public boolean concerns(Symbol earlier, Symbol later) {
        return sample.equals(earlier) && by.equals(later);
    }
}
